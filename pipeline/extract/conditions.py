"""When a duty applies and when it does not, in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.norm import Norm
from pipeline.swedish.clauses import put_in, split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token


def find_condition(parse: Parse, norm: Norm) -> tuple[str, str]:
    """Condition and exception of a norm, empty where the words give none."""
    exception = _exception(parse, norm)
    condition = ("" if norm.conjunct else _in_front(parse, norm)) or _turned_round(parse, norm) or _inside(parse, norm)
    # "utom när de är av ringa betydelse" says when it does not apply, never when it does.
    if exception and condition and (exception.startswith(condition[:8]) or condition.strip(" ,") in exception):
        condition = ""
    return _closed(parse, norm, condition.strip(" ,")), exception.strip(" ,")


def _closed(parse: Parse, norm: Norm, condition: str) -> str:
    """A condition with all of the brackets that it opens: "Blir det kris (brand, hot mot personal) ..."."""
    if condition.count("(") <= condition.count(")"):
        return condition
    words = _folded(_words(parse, norm)[1])
    end = words.find(")", words.find(condition) + len(condition))
    return words[words.find(condition) : end + 1] if end >= 0 and condition in words else condition


def _exception(parse: Parse, norm: Norm) -> str:
    at, words = _words(parse, norm)
    found = lexicon().patterns["exception"].search(words)
    if found is None:
        return ""
    if not words[: found.start()].strip(" ,"):  # "Förutom vid kris ska inlägg godkännas"
        first = next((t for t in parse.tokens[norm.start : norm.end] if t.start >= at + found.start()), None)
        end = _end_in_front(parse, norm, first) if first is not None else -1
        if end >= 0:
            return _folded(parse.text[at + found.start() : end])
    return _folded(_aside(parse, norm, at + found.start(), found.group(0)))


def _in_front(parse: Parse, norm: Norm) -> str:
    """A condition before the verb of the clause it belongs to: "Vid misstanke om intrång kontaktas supporten"."""
    _, words = _words(parse, norm)
    first = next((t for t in parse.tokens[norm.start : norm.end] if t.pos not in ("PUNCT", "SYM")), None)
    if first is None or not lexicon().patterns["condition_opener"].match(words):
        return ""
    end = _end_in_front(parse, norm, first)
    if end < 0:
        opening = lexicon().patterns["condition_in_front"].match(words)
        return _folded(opening.group(1)) if opening else ""
    return _folded(parse.text[first.start : end]) if end > first.end else ""


def _end_in_front(parse: Parse, norm: Norm, first: Token) -> int:
    """Where what stands in front of a main clause ends in the text; -1 where no main clause is known.

    In a main clause nothing but what stands in front comes before the finite verb, so it ends there, or at the comma
    right before: "Om du är osäker, fråga", "Om det brådskar, så ring".
    """
    tokens, clauses = parse.tokens, split_clauses(parse)
    finites = sorted(c.finite for c in clauses if first.i < c.finite < norm.end)
    main = next((c.finite for c in clauses if c.kind in ("main", "imperative") and c.finite in finites), -1)
    if main == min(finites, default=-1) and _opens_with_its_verb(tokens, first) and len(finites) > 1:
        main = finites[1]
    if main <= first.i:
        return -1
    comma = next((t.i for t in reversed(tokens[first.i : main]) if t.text == ","), main)
    resumes = all(t.pos in ("ADV", "PRON") for t in tokens[comma + 1 : main])
    return tokens[_before_resuming(tokens, comma if resumes else main) - 1].end


def _before_resuming(tokens: Sequence[Token], end: int) -> int:
    """The end of a condition without what takes it up again: "Vill du veta mer så svarar vi"."""
    return end - 1 if end > 1 and tokens[end - 1].low in ("så", "då") else end


def _opens_with_its_verb(tokens: Sequence[Token], first: Token) -> bool:
    """Whether what opens is a phrase whose clause has a verb of its own: "I det fall en kommentar är oklar"."""
    opening = " ".join(t.low for t in tokens[first.i : first.i + 3])
    so_far = ("så länge", "så fort", "så snart", "så långt")
    return opening.startswith(("i det fall", "i de fall", "för det fall", *so_far))


def _inside(parse: Parse, norm: Norm) -> str:
    """A condition behind other words; an "om" that opens no clause is a preposition ("beslutar om nya konton")."""
    at, words = _words(parse, norm)
    for found in lexicon().patterns["condition_inside"].finditer(words):
        asks = lexicon().patterns["asks_before"].search(words[: found.start(1)])
        if asks and found.group(1).lower().startswith(("om ", "när ")):
            continue
        first = next((t for t in parse.tokens if t.start == at + found.start(1)), None)
        if first is None or first.low != "om" or _opens_clause(parse, norm, first):
            own = found.group(1)[: _length(parse, norm, first)]
            return _folded(_aside(parse, norm, at + found.start(1), own))
    return ""


def _aside(parse: Parse, norm: Norm, start: int, words: str) -> str:
    """The words of a condition or exception without what goes on behind it.

    One between commas ends with the second of them: "Alla konton, utom de interna, ska anmälas", "ska, vid behov, ta".
    """
    goes_on = lexicon().patterns["behind_condition"].search(words)
    words = words[: goes_on.start()] if goes_on else words
    before = [t for t in parse.tokens if t.end <= start][-2:]
    if len(before) < 2 or before[1].text != "," or "," not in words:
        return words
    if before[0].low in {*lexicon().modals, "att"}:
        return words[: words.index(",")]
    finite = norm.clause.finite if norm.clause is not None else -1
    verb = parse.tokens[finite].start if finite >= 0 else -1
    closing = words.rfind(",", 0, verb - start) if start < verb < start + len(words) else -1
    return words[:closing] if closing >= 0 else words


def _words(parse: Parse, norm: Norm) -> tuple[int, str]:
    """Where a norm's words begin in the text, and the words with each white space as a blank."""
    at = parse.tokens[norm.start].start
    return at, re.sub(r"\s", " ", parse.text[at : parse.tokens[norm.end - 1].end])


def _folded(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _length(parse: Parse, norm: Norm, first: Token | None) -> int | None:
    """How many letters of the words behind a subordinator are its clause, where the main verb follows that; else all.

    "Förvaltningen ska innan ett konto startas skicka en ansökan": the condition ends before "skicka".
    """
    own = next((c for c in split_clauses(parse) if first is not None and c.subordinator == first.i), None)
    if first is None or own is None or norm.verb != own.finite + 1:
        return None
    follows = parse.tokens[norm.verb] if norm.verb < norm.end else None
    ends = follows is not None and "VerbForm=Inf" in follows.morph
    return parse.tokens[own.finite].end - first.start if ends else None


def _opens_clause(parse: Parse, norm: Norm, word: Token) -> bool:
    """Whether an "om" has a finite verb of its own, by the clauses or before all else; "om möjligt" needs none."""
    follows = parse.tokens[word.i + 1].low if word.i + 1 < norm.end else ""
    known = {c.subordinator for c in split_clauses(parse)} | put_in(parse.tokens)
    if follows in ("möjligt", "så", "inte") or word.i in known:
        return True
    for token in parse.tokens[word.i + 1 : norm.end] if word.i > norm.verb else ():
        if token.low in lexicon().words["subordinators"] or token.text in (",", "|", ";"):
            return False
        if "VerbForm=Fin" in token.morph:
            return True
    return False


def _turned_round(parse: Parse, norm: Norm) -> str:
    """A condition without a word for it, told by its verb in front: "Får du kritik, ta den på allvar"."""
    opening = split_clauses(parse)[0]
    if (
        "|" in parse.text
        or norm.conjunct
        or opening.kind != "subordinate"
        or opening.subordinator >= 0
        or opening.start != opening.finite
    ):
        return ""
    if not norm.start <= opening.start < opening.end <= norm.verb:
        return ""
    tokens = parse.tokens
    main = norm.clause.finite if norm.clause is not None and norm.clause.finite > opening.finite else norm.verb
    comma = next((t.i for t in tokens[opening.start : main] if t.text == ","), -1)
    # Nothing but the condition stands before its main clause's verb: "Är du osäker på om det går kontaktas chefen".
    whole = any(clause.kind == "main" and clause.finite == main for clause in split_clauses(parse))
    end = _before_resuming(tokens, comma if comma >= 0 else main if whole else opening.end)
    return re.sub(r"\s+", " ", parse.text[tokens[opening.start].start : tokens[end - 1].end])
