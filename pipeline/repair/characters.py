"""Character repair: restoring the words of a damaged passage, each edit with its rule and confidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.garbage import leave_garbage
from pipeline.params import RepairSettings
from pipeline.repair.blanks import lay_out_places, mend_blanks
from pipeline.repair.choices import ChoiceFinder, read_capitals
from pipeline.repair.edits import TextEdit
from pipeline.repair.guard import MEASURES, TURNING, guard_of, names_another_municipality
from pipeline.repair.lattice import Choice, weigh_choices
from pipeline.repair.opinions import Facts, FirstReading, gather_facts, load_opinions
from pipeline.repair.run_lexicon import RunLexicon, prepare_run_words
from pipeline.repair.tokens import Token, cut_tokens
from pipeline.swedish.channel import INITIAL, adapt_channel, load_channel
from pipeline.swedish.lexicon import BEGINS, TRUSTED, load_lexicon
from pipeline.swedish.ngrams import load_ngrams

_TRUST = 0.9
_LONGEST_PASSAGE = 60
# Repairs at least this sure teach the document's own profile, each as much as it is sure.
_TEACHES = 0.5
# What is left as it is is wrong as well where only å, ä and ö are missing from a word that exists, mostly; where other
# letters would change it is right more often than not.
_EXISTS, _EXISTS_OTHERWISE = 0.06, -0.01
# Letters that the engine knows are misread for a word like another, in its beginning or middle; the rest may be a name
# or the author's own slip, and so may a dropped letter in documents that were read roughly.
_MAY_BE_MEANT = 0.97
# A word that no list has but that falls into two that exist may be one, too.
_MAYBE, _SHORTEST_PART = 0.95, 3
# What is no word as printed is wrong if it is left, too. Where it only lacks its å, ä or ö another word that no list
# has is likelier than where other letters were misread as well: of the edits between 0.80 and 0.88 a quarter was wrong.
_NO_WORD, _NO_WORD_PLAIN = 0.07, 0.02
# "ar" for "år": no unit on the tuning pages was put back wrong from here on.
_MEASURE = 0.15
# From this roughness on (of 1) words that exist are doubted for other letters than å, ä and ö, too.
_ROUGH = 0.5
# What a word that turns a rule around takes: near-certain, and more so where not only å, ä and ö were put back.
_TURNS, _TURNS_OTHERWISE = 0.985, 0.99
# A "1" alone between words, which is no number there but an "i": the tuning pages have none wrong from 0.7 on.
_LONE_ONE = 0.9
# An "A" or an "O" inside a sentence where a word with "å", "ä" or "ö" fits that no other does: an engine without them
# prints them so. Of 29 such readings between 0.65 and 0.83 that are no words as printed 27 were right.
_LACKING_CAPITAL = 0.25
# An "L" before such a letter ("Link") was an "l" as often: six of 15 wrong below here.
_TALL = 0.97
# A word that exists and is more common than the one read for it (by a factor, as a logarithm): of 65 such edits below
# here seven broke a right word, which others hardly do.
_COMMONER, _COMMONER_STANDS = 1.0, 0.93
_SWEDISH = frozenset("åäö")


@dataclass(frozen=True, slots=True)
class Place:
    """One printed word and the ways to read it.

    Attributes:
        token: The printed word.
        choices: The ways to read it.
        facts: The facts on each and on none of them; None where nothing speaks against the printed word.
        rough: Whether it stands in a document where letters that the engine knows were misread, too.
    """

    token: Token
    choices: Sequence[Choice]
    facts: tuple[list[Facts], Facts] | None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What context says of one printed word: the likeliest reading and its probability."""

    token: Token
    choice: Choice
    share: float
    rough: bool = False


def repair_words(
    text: str, spans: Sequence[tuple[int, int]], *, run: RunLexicon | None, settings: RepairSettings
) -> list[TextEdit]:
    """Edits that restore the damaged words of a text; offsets refer to that text.

    Args:
        text: The text after layout repair.
        spans: The damaged passages (pages) in it.
        run: Words of the undamaged documents of the run.
        settings: Confidences from which on edits are applied and suggested.

    Returns:
        Applied and suggested edits in the order of the text.
    """
    with leave_garbage():
        verdicts = [_conclude(place) for place in read_places(text, spans, run=run)]
    edits: list[TextEdit] = []
    for number, verdict in enumerate(verdicts):
        following = verdicts[number + 1] if number + 1 < len(verdicts) else None
        if following is not None and following.token.glued:
            edits += _decide_blank(text, [verdict, following], settings)
        elif len(verdict.token.text) < verdict.token.end - verdict.token.start:
            edits += _decide_blank(text, [verdict], settings)
        elif not verdict.token.glued:
            edits += _decide(verdict, settings)
    return edits


def read_places(text: str, spans: Sequence[tuple[int, int]], *, run: RunLexicon | None) -> list[Place]:
    """Every word of the damaged passages with what speaks for each way to read it, read by what a first round showed.

    Args: as for `repair_words`.
    """
    words = prepare_run_words(run) if run is not None and run.words else None
    lexicon = load_lexicon()
    printed = [list(cut_tokens(text, start, end)) for start, end in spans]
    everything = [token for tokens in printed for token in tokens]
    capitals, channel = read_capitals(everything, lexicon, load_channel())
    finder = ChoiceFinder(lexicon, channel, words, capitals=capitals)
    passages = [
        mend_blanks(passage, text, finder, trust=_TRUST) for tokens in printed for passage in _cut_passages(tokens)
    ]
    seen: dict[tuple[str, str], float] = defaultdict(float)
    first, nothing = FirstReading(capitals), FirstReading(capitals)
    for verdict in (_conclude(place) for passage in passages for place in _read(passage, finder, nothing)):
        odd = verdict.choice.text != verdict.token.text and _is_unusual(verdict.token.text, verdict.choice)
        first.add(verdict.token, verdict.choice.text, verdict.share, odd=odd)
        for true, read in verdict.choice.confusions:
            if verdict.share >= _TEACHES and true[-1:] in _SWEDISH:
                seen[true, read] += verdict.share
    rough = first.roughness >= _ROUGH
    finder = ChoiceFinder(lexicon, adapt_channel(channel, seen), words, finder.guesses, capitals, rough)
    return [place for passage in passages for place in _read(passage, finder, first)]


def _read(passage: Sequence[Token], finder: ChoiceFinder, first: FirstReading) -> Iterator[Place]:
    choices, owners = lay_out_places(passage, finder)
    weights = weigh_choices(choices, load_ngrams(), trust=_TRUST)
    facts = gather_facts(owners, choices, weights, first)
    for owner, ways, told in zip(owners, choices, facts, strict=True):
        if owner is not None:
            yield Place(owner, ways, told, finder.rough)


def _conclude(place: Place) -> Verdict:
    if place.facts is None:
        return Verdict(place.token, place.choices[0], place.token.doubt)
    shares = load_opinions().judge(*place.facts)
    best = max(range(len(shares)), key=lambda number: shares[number])
    return Verdict(place.token, place.choices[best], shares[best] * place.token.doubt, place.rough)


def _cut_passages(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Sentences, or pieces of very long ones: context doesn't reach over a full stop."""
    start = 0
    for number, token in enumerate(tokens):
        if number > start and (token.opens or number - start >= _LONGEST_PASSAGE):
            yield tokens[start:number]
            start = number
    if start < len(tokens):
        yield tokens[start:]


def _decide_blank(text: str, verdicts: Sequence[Verdict], settings: RepairSettings) -> Iterator[TextEdit]:
    """The edit that puts a blank back between two words, or takes one out of a word."""
    start, end = verdicts[0].token.start, verdicts[-1].token.end
    share = min(verdict.share for verdict in verdicts)
    before, after = text[start:end], " ".join(verdict.choice.text for verdict in verdicts)
    if share < settings.suggest_above:
        return
    guards = [guard_of(before, verdict.choice.text, opens=verdict.token.opens) for verdict in verdicts]
    threshold = max(
        settings.apply_above,
        *(_threshold(verdict, guard, settings) for verdict, guard in zip(verdicts, guards, strict=True)),
    )
    rule = "lost_blank" if len(verdicts) > 1 else "added_blank"
    status = "applied" if share >= threshold else "suggested"
    yield TextEdit(
        start, end, before, after, next((f"guarded_{g}" for g in guards if g), rule), round(share, 4), status
    )


def _decide(verdict: Verdict, settings: RepairSettings) -> Iterator[TextEdit]:
    token, choice = verdict.token, verdict.choice
    if choice.text == token.text or verdict.share < settings.suggest_above:
        return
    guard = guard_of(token.text, choice.text, opens=token.opens)
    threshold = _threshold(verdict, guard, settings)
    rule = f"guarded_{guard}" if guard else _name_rule(token.text, choice)
    applied = verdict.share >= threshold and not names_another_municipality(token.text, choice.text)
    yield TextEdit(
        token.start,
        token.end,
        token.text,
        choice.text,
        rule,
        round(verdict.share, 4),
        "applied" if applied else "suggested",
    )


def _threshold(verdict: Verdict, guard: str, settings: RepairSettings) -> float:
    """The confidence that an edit needs: the more, the worse it is to be wrong."""
    printed, choice = verdict.token.text, verdict.choice
    plain = choice.text.translate(_DIACRITICS) == printed
    # A letter alone is a word for no list's sake ("t sociala medier").
    exists = len(printed) > 1 and load_lexicon().is_trusted(printed)
    if guard in TURNING:
        return max(settings.apply_guarded_above, _TURNS_OTHERWISE if exists and not plain else _TURNS)
    if guard and guard not in MEASURES:
        return _LONE_ONE if printed == "1" else settings.apply_guarded_above
    dropped = not all(read for _, read in choice.confusions)
    if _is_unusual(printed, choice) and not _is_like(printed, choice) and (dropped or not verdict.rough):
        return max(settings.apply_above, _MAY_BE_MEANT)
    if guard in MEASURES:
        return settings.apply_above - _MEASURE
    if exists:
        if _is_commoner(printed, choice):
            return max(settings.apply_above, _COMMONER_STANDS)
        return settings.apply_above - (_EXISTS if plain else _EXISTS_OTHERWISE)
    if not verdict.token.opens and printed[0] == choice.text[0] == "L" and choice.text[1:2] in _SWEDISH:
        return max(settings.apply_above, _TALL)
    if printed[0] in "AO" and choice.text[0] in _SWEDISH and len(printed) > 1:
        return settings.apply_above - _LACKING_CAPITAL
    if choice.index < 0 and _may_be_a_word(printed):
        return max(settings.apply_above, _MAYBE)
    return settings.apply_above - (_NO_WORD_PLAIN if plain else _NO_WORD)


def _is_like(printed: str, choice: Choice) -> bool:
    """Whether the reading is a listed word of as many letters with the same ending, and the printed one is no name."""
    kept = all(read for _, read in choice.confusions)
    return choice.index >= 0 and kept and (not choice.wild or (choice.text[-1] == printed[-1] and printed[0].islower()))


def _is_commoner(printed: str, choice: Choice) -> bool:
    """Whether the printed word is clearly more common than the one read for it."""
    alone = load_lexicon().log_probability(printed.lower())
    return alone is not None and alone > choice.alone + _COMMONER


def _may_be_a_word(printed: str) -> bool:
    """Whether the printed word falls into two that exist, as a compound does which no list has ("tidstal")."""
    lexicon = load_lexicon()
    return any(
        lexicon.flags_of(printed[:cut]) & BEGINS and lexicon.flags_of(printed[cut:]) & TRUSTED
        for cut in range(_SHORTEST_PART, len(printed) - _SHORTEST_PART + 1)
    )


_DIACRITICS = str.maketrans("åäöÅÄÖ", "aaoAAO")


def _name_rule(before: str, choice: Choice) -> str:
    if choice.text.lower() == before.lower():
        return "capital"
    if _is_unusual(before, choice):
        return "unusual_confusion"
    if choice.text.translate(_DIACRITICS) == before:
        return "diacritics" if load_lexicon().index(before.lower()) < 0 else "real_word"
    if re.sub(r"\W|\d", "", before) != before:
        return "symbol_for_letter"
    return "confusion"


def _is_unusual(printed: str, choice: Choice) -> bool:
    """Whether the reading rests on confusions that say little: none of a letter that the engine lacks."""
    if choice.text.lower() == printed.lower():
        return False
    learned = load_channel().shares
    bodies = [true.removeprefix(INITIAL) for true, read in choice.confusions if (true, read) in learned]
    lacking = [body in _SWEDISH for body in bodies]
    if not printed.isalpha() and not choice.wild:
        return False
    return not any(lacking) or (choice.index < 0 and len(choice.confusions) > sum(lacking))
