"""What a document answers outside its duties: values that stand alone, statements, and where it points to others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.codebooks import (
    ClauseText,
    Codebook,
    HarmonisedRequirement,
    find_excluded,
    match_statements,
    match_topics,
    score_together,
)
from pipeline.codebooks.cues import split_words
from pipeline.compare.history import is_told_as_past
from pipeline.compare.passages import RULE_SECTIONS, Passages
from pipeline.compare.support import DocumentSupport, Support, around, forbidding
from pipeline.compare.values import Surroundings, Tokens, is_delegating, read_tokens
from pipeline.compare.words import says
from pipeline.records.outline import Unit
from pipeline.records.requirement import Requirement, Value
from pipeline.swedish.documents import find_document_references

FREE_SCORE = 0.85
"""Fit of a value that is of the very kind a requirement asks for."""

STATEMENT_CONFIDENCE = 0.7

REFERENCE_KINDS = ("legal_reference", "document_reference")

LONGEST_SENTENCE = 400
"""A value in a longer unit than this many characters is quoted alone."""

_PARTS = re.compile(r",|;|\bsamt\b|\boch (?:(?:i|på|under) vilk|(?:att|hur|vad|vem|vilka|när)\b)")

_DEFINITION = re.compile(
    r"(?:en|ett|med(?: en| ett)?) (?:[\wåäö-]+ ){1,2}(?:är|menas|avses|innebär) "
    r"(?:en|ett|all|allt|alla|varje|det som|sådan\w*)\b(?! (?:allmän|inkommen|upprättad|offentlig)\w*)",
    re.IGNORECASE,
)
"""A sentence that says what a word means: it asks nothing of anybody, and answers nothing.

That a post is a public record says more than what it means."""

_NONE = re.compile(r"\W*(?:ingen|inga|inget|ej)\b", re.IGNORECASE)
"""How a line of a table begins that says that nothing is done in its case: "Ingen skärmdump"."""

LONGEST_OWNER = 30
"""Letters before the name of a document that say whose it is: "i kommunkoncernens informationssäkerhetspolicy"."""

TITLE_STEM = 5
"""Letters by which the words of two titles are compared: "Reglerna för ..." is "Regler för ..."."""


def from_free_values(
    gathered: DocumentSupport, codebook: Codebook, entry: HarmonisedRequirement
) -> Iterator[Support]:  # fmt: skip
    """Values that answer a requirement outside its own duties: an act that is named, content listed under a rule.

    What the words around a value rule out ("Arbetet med en gallringsplan pågår") is no answer.
    """
    taken = [(s.start, s.end) for s in gathered.by_requirement.get(entry.id, ())]
    for value in gathered.item.extraction.values if gathered.item.extraction else ():
        if not _is_free(entry, value) or not _in_rules(gathered.passages, value):
            continue
        if any(start <= value.start and value.end <= end for start, end in taken):
            continue
        if value.kind == "legal_reference" and is_told_as_past(gathered.passages, value.start, value.end):
            continue  # an act that another has replaced is none that holds
        tokens = read_tokens(entry, None, [value], "", Surroundings())
        if _answers_by_itself(entry, value) or (tokens.said and not _names_itself(gathered.passages, tokens)):
            found = _free(gathered, entry, value, tokens)
            if entry.id not in find_excluded(codebook, found.quote) and not _DEFINITION.match(found.quote):
                yield found


def _is_free(entry: HarmonisedRequirement, value: Value) -> bool:
    if _answers_by_itself(entry, value) and not value.requirement_id:
        return True
    if value.requirement_id:
        # An act or document that a duty names is named all the same; other values belong to the duty they stand in.
        return entry.free_values and value.kind in entry.kinds and value.kind in REFERENCE_KINDS
    return entry.free_values and value.kind in entry.kinds


def _answers_by_itself(entry: HarmonisedRequirement, value: Value) -> bool:
    """Whether a value answers the requirement by what it is: content that it forbids, an act that it is about."""
    return (value.kind == "prohibited_content" and value.value in entry.prohibits) or (
        value.kind == "legal_reference" and value.identifier in entry.acts
    )


def _names_itself(passages: Passages, tokens: Tokens) -> bool:
    """Whether the document that is named is this one, however its title is inflected."""
    own = _stems(passages.outline.value_of("title"))
    return bool(own) and any(_stems(title) >= own for title in tokens.said)


def _stems(title: str) -> frozenset[str]:
    return frozenset(word[:TITLE_STEM] for word in split_words(title))


def _free(gathered: DocumentSupport, entry: HarmonisedRequirement, value: Value, tokens: Tokens) -> Support:
    unit = gathered.passages.unit_at(value.start)
    whole = unit is not None and value.end <= unit.end and unit.end - unit.start <= LONGEST_SENTENCE
    start, end = (unit.start, unit.end) if unit is not None and whole else (value.start, value.end)
    sentence = gathered.passages.outline.text[start:end]
    return Support(
        value.document_id,
        value.page,
        start,
        end,
        sentence,
        FREE_SCORE,
        value.confidence,
        tokens,
        value=value,
        force=forbidding(entry, _force_over(gathered, value)) if value.kind == "prohibited_content" else "",
        exempt=value.negated,
        delegates=is_delegating(entry, tokens, sentence),
    )


def _force_over(gathered: DocumentSupport, value: Value) -> str:
    """The force of the rule that a list belongs to: the last one before it in its section that forbids or removes."""
    passages = gathered.passages
    unit = passages.unit_at(value.start)
    rules = [s for name in ("prohibited_content", "removal") for s in gathered.by_requirement.get(name, ())]
    above = [s for s in rules if s.requirement and s.start < value.start and unit]
    same = [s for s in above if (u := passages.unit_at(s.start)) and unit and u.section == unit.section]
    return max(same, key=lambda s: s.start).force if same else ""


def _in_rules(passages: Passages, value: Value) -> bool:
    """Whether a value stands where the document says what holds: no heading, no question, no list of contents."""
    unit = passages.unit_at(value.start)
    if unit is not None and (unit.kind == "heading" or passages.read(unit).rstrip().endswith("?")):
        return False
    if unit is not None and value.kind == "document_reference" and unit.unit in passages.head_lines:
        return False
    section = passages.section_of(unit) if unit else None
    return section is None or section.kind in (*RULE_SECTIONS, "definitions")


def from_statements(gathered: DocumentSupport, codebook: Codebook, least: float) -> Iterator[tuple[str, Support]]:
    """Sentences that answer a requirement though they bind nobody ("Inlägg är allmänna handlingar")."""
    passages, document = gathered.passages, gathered.passages.outline.document
    requirements = gathered.item.extraction.requirements if gathered.item.extraction else ()
    values = gathered.item.extraction.values if gathered.item.extraction else ()
    asked = [
        (unit, _as_clause(passages, unit, text), _holds_any(unit, requirements))
        for unit in passages.rule_units
        if unit.unit not in passages.head_lines
        and not (text := passages.read(unit)).rstrip().endswith("?")
        and not _DEFINITION.match(text)
        and not _is_cut_short(gathered, unit)
    ]
    score_together(codebook, [clause for _, clause, binds in asked if not binds])
    for unit, clause, binds in asked:
        text, matches = clause.clause, match_statements(codebook, clause, trained=not binds)
        gathered.hear(unit.start, unit.end, matches)
        inside = [v for v in values if unit.start <= v.start and v.end <= unit.end] if matches else []
        answered = [entry for m in matches if m.score >= least and (entry := codebook.find(m.requirement))]
        for match in matches:
            entry = codebook.find(match.requirement)
            if entry is None or match.score < least or _is_answered_in(gathered, match.requirement, unit):
                continue
            rivals = [other for other in answered if other is not entry]
            tokens = read_tokens(entry, None, inside, text, around(gathered, unit, rivals, codebook))
            if entry.value == "documents" and _names_itself(passages, tokens):
                continue
            yield (
                entry.id,
                Support(
                    document.document_id,
                    passages.outline.page_of(unit.start),
                    unit.start,
                    unit.end,
                    text,
                    match.score,
                    STATEMENT_CONFIDENCE,
                    tokens,
                    exempt=entry.prohibition == "denies" and _NONE.match(text) is not None,
                    delegates=is_delegating(entry, tokens, text),
                ),
            )


def _as_clause(passages: Passages, unit: Unit, text: str) -> ClauseText:
    lead_in, before = passages.lead_in_of(unit), passages.outline.words_before(unit)
    return ClauseText(text, passages.heading_of(unit), lead_in, before=before)


def _is_cut_short(gathered: DocumentSupport, unit: Unit) -> bool:
    """Whether a unit is the words with which a text breaks off: what they would have said is not known."""
    outline = gathered.passages.outline
    if outline.document.completeness != "truncated" or outline.text[unit.end :].strip(" .\n"):
        return False
    return not outline.text[unit.start :].rstrip(" \n").endswith((".", "!", ")", "”"))


def _is_answered_in(gathered: DocumentSupport, requirement: str, unit: Unit) -> bool:
    """Whether something in a unit answers a requirement already."""
    return any(unit.start < s.end and s.start < unit.end for s in gathered.by_requirement.get(requirement, ()))


def _holds_any(unit: Unit, requirements: Sequence[Requirement]) -> bool:
    """Whether a unit shares letters with one of the requirements: it binds somebody."""
    return any(unit.start < r.end and r.start < unit.end for r in requirements)


def from_pointers(gathered: DocumentSupport, codebook: Codebook, least: float) -> Iterator[tuple[str, Support]]:
    """What a sentence says stands elsewhere: "Svarstider och regler för borttagning framgår av bilaga 1"."""
    passages, document = gathered.passages, gathered.passages.outline.document
    for unit in passages.rule_units:
        text = passages.read(unit)
        said = " ".join(text.split())
        pointing = _LEAVING.match(said) or _FRONTED.match(said) or _POINTING.match(said)
        where = _named_place(pointing["where"]) if pointing else ""
        if pointing is None or not where:
            continue
        scores = read_parts(codebook, pointing["what"], passages.heading_of(unit))
        for part in _THINGS.split(pointing["what"]):
            scores |= dict.fromkeys(_labelled(codebook, part), LABELLED)
        for name, score in scores.items():
            entry = codebook.find(name)
            if entry is None or entry.delegation == "never" or score < least or _is_answered_in(gathered, name, unit):
                continue
            place = (document.document_id, passages.outline.page_of(unit.start), unit.start, unit.end, text)
            yield name, Support(*place, score, STATEMENT_CONFIDENCE, Tokens(refers_to=where), delegates=True)


_POINTING = re.compile(
    r"(?P<what>[^.;:]{4,160}?)\s(?:framgår|beskrivs|regleras|anges|återfinns|finns|specificeras|redovisas|behandlas)\s"
    r"(?:[\wåäö]+\s){0,2}?(?:av|i|som)\s(?P<where>[^.;:]+)",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"(?:I|Av)\s(?P<where>[^.;:,]{4,80}?)\s(?:framgår|beskrivs|regleras|anges|återfinns|finns|står|behandlas)\s(?P<what>[^.;:]+)"
)
_LEAVING = re.compile(
    r"[^.;:]{0,60}?\s(?P<where>(?:[\wåäö]+\s){0,2}?[\wåäö]*(?:riktlinje|policy|handbok|regle|anvisning)[^.;:]{0,120}?)"
    r"(?:\s\([^)]*\))?,?\s(?:i\svilk\w+|där)\s(?:[\wåäö]+\s){0,3}?frågor[^.;:]{0,60}?\s"
    r"(?:behandlas|regleras|finns|tas\supp|beskrivs),?\s(?:såsom|som|till\sexempel|bland\sannat|nämligen)\s"
    r"(?P<what>[^.;:]+)",
    re.IGNORECASE,
)
"""A document that treats the other questions, and which these are."""
_THINGS = re.compile(r",\s*|\s(?:och|samt|eller)\s")
LABELLED = 0.7
"""Fit of a thing that is called as the requirement's label calls it."""


def _labelled(codebook: Codebook, thing: str) -> Iterator[str]:
    """The requirements whose label begins with what a thing is called: "regler för borttagning"."""
    named = _stems(" ".join(word for word in split_words(thing) if not says("title_filler", word)))
    for entry in codebook.requirements if named else ():
        first, *others = (word[:TITLE_STEM] for word in split_words(entry.label_sv))
        if first in named and named <= {first, *others}:
            yield entry.id


_ATTACHED = re.compile(r"bilaga\w*(?:\s+\d+)?", re.IGNORECASE)


def _named_place(words: str) -> str:
    """The attachment or document that words begin with, empty where they name none ("i kommunens rutin")."""
    attached = _ATTACHED.match(words)
    if attached:
        return attached[0].casefold()
    named = find_document_references(words)
    return named[0].title if named and named[0].start <= LONGEST_OWNER else ""


def read_parts(codebook: Codebook, text: str, heading: str) -> dict[str, float]:
    """How well a sentence fits each requirement, its parts read by themselves: letters and pointers list much."""
    scores: dict[str, float] = {}
    for part in (text, *_PARTS.split(text)):
        for match in match_topics(codebook, ClauseText(part, heading)):
            scores[match.requirement] = max(scores.get(match.requirement, 0.0), match.score)
    return dict(sorted(scores.items()))
