"""When a duty applies and when it does not, in the text's own words."""

from __future__ import annotations

import re

from pipeline.extract.norm import Norm
from pipeline.swedish.clauses import split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token


def find_condition(parse: Parse, norm: Norm) -> tuple[str, str]:
    """Condition and exception of a norm, empty where the words give none."""
    tokens = parse.tokens
    start, end = tokens[norm.start].start, tokens[norm.end - 1].end
    words = re.sub(r"\s+", " ", parse.text[start:end])
    exception = lexicon().patterns["exception"].search(words)
    opening = lexicon().patterns["condition_in_front"].match(words) if not norm.conjunct else None
    condition = opening.group(1) if opening else _turned_round(parse, norm) or _inside(parse, norm)
    if exception and condition:
        said = exception.group(0)
        # "utom när de är av ringa betydelse" says when it does not apply, never when it does.
        if said.startswith(condition[:8]) or condition.strip(" ,") in said:
            condition = ""
    return condition.strip(" ,"), exception.group(0).strip(" ,") if exception else ""


def _inside(parse: Parse, norm: Norm) -> str:
    """A condition behind other words; an "om" that opens no clause is a preposition ("beslutar om nya konton")."""
    at = parse.tokens[norm.start].start
    words = re.sub(r"\s", " ", parse.text[at : parse.tokens[norm.end - 1].end])
    for found in lexicon().patterns["condition_inside"].finditer(words):
        first = next((t for t in parse.tokens if t.start == at + found.start(1)), None)
        if first is None or first.text.lower() != "om" or _opens_clause(parse, norm, first):
            return re.sub(r"\s+", " ", found.group(1)[: _length(parse, norm, first)])
    return ""


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
    follows = parse.tokens[word.i + 1].text.lower() if word.i + 1 < norm.end else ""
    if follows in ("möjligt", "så", "inte") or word.i in {c.subordinator for c in split_clauses(parse)}:
        return True
    for token in parse.tokens[word.i + 1 : norm.end] if word.i > norm.verb else ():
        if token.text.lower() in lexicon().words["subordinators"] or token.text in (",", "|", ";"):
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
    comma = next((t.i for t in tokens[opening.start : norm.verb] if t.text == ","), -1)
    end = comma if comma >= 0 else opening.end
    return re.sub(r"\s+", " ", parse.text[tokens[opening.start].start : tokens[end - 1].end])
