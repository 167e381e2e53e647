"""What a document's duties answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.codebooks import (
    FIT,
    ClauseText,
    Codebook,
    HarmonisedRequirement,
    is_misplaced,
    is_permitting,
    match_topics,
    score_together,
)
from pipeline.compare.passages import Passages
from pipeline.compare.support import GIVEN_SCORE, DocumentSupport, Support, around, forbidding
from pipeline.compare.values import Surroundings, is_delegating, is_exemption, read_tokens
from pipeline.compare.words import says
from pipeline.records.outline import Unit
from pipeline.records.requirement import Requirement, Value
from pipeline.wording import forbids_content


def from_requirements(
    gathered: DocumentSupport, codebook: Codebook, requirements: Iterable[Requirement], least: float
) -> Iterator[tuple[str, Support]]:
    """What requirements of a document support, by harmonised requirement.

    Args:
        gathered: The document.
        codebook: The questions.
        requirements: The requirements, each with the topics that extract or a person gave it.
        least: Fit to a topic from which on it counts.
    """
    values: dict[str, list[Value]] = {}
    for value in gathered.item.extraction.values if gathered.item.extraction else ():
        values.setdefault(value.requirement_id, []).append(value)
    asked = [
        (requirement, own, _as_clause(gathered, requirement, own))
        for requirement in requirements
        for own in (values.get(requirement.requirement_id, []),)
    ]
    score_together(codebook, [clause for _, _, clause in asked])
    for requirement, own, clause in asked:
        yield from _from_requirement(gathered, codebook, requirement, own, clause, least)


def _as_clause(gathered: DocumentSupport, requirement: Requirement, values: Sequence[Value]) -> ClauseText:
    """A requirement as the codebook sees it, with what stands around it and the kinds of the values in it."""
    passages = gathered.passages
    unit = passages.unit_at(requirement.start)
    sentence = passages.read(unit) if unit else ""
    return ClauseText(
        requirement.quote,
        requirement.section.rsplit(" > ", 1)[-1],
        f"{passages.lead_in_of(unit)} {sentence}".strip(),
        requirement.actor,
        requirement.modality,
        frozenset(v.kind for v in values),
        requirement.actor_group,
        requirement.condition,
        passages.outline.words_before(unit) if unit else "",
    )


def _from_requirement(
    gathered: DocumentSupport, codebook: Codebook, requirement: Requirement, values: Sequence[Value],
    clause: ClauseText, least: float,
) -> Iterator[tuple[str, Support]]:  # fmt: skip
    unit = gathered.passages.unit_at(requirement.start)
    given = {name for name in requirement.topics.split("|") if name}
    matches = match_topics(codebook, clause)
    gathered.hear(requirement.start, requirement.end, matches)
    scores = {m.requirement: m.score for m in matches} if given else {}
    # A topic that only the condition speaks for ("Om verksamheten beslutar att ...") is not what is required.
    if given and requirement.condition:
        given -= {m.requirement for m in match_topics(codebook, replace(clause, condition=""))} - scores.keys()
    rest = _answered_without(codebook, clause) if given and requirement.modality in _DEMANDS else None
    denied = given - rest if rest is not None else set()
    contents = {v.value for v in values if v.kind == "prohibited_content"}
    answered = [entry for entry in codebook.requirements if entry.id in given]
    for entry in codebook.requirements:
        forbids = entry.prohibits and contents.intersection(entry.prohibits)
        if (entry.id in given and not _on_the_public(entry, requirement)) or forbids:
            score = scores.get(entry.id, GIVEN_SCORE)
            if entry.id in given and score < FIT:  # a person, or extract with more around it, knew better
                score = GIVEN_SCORE
            if score >= least or entry.id not in scores:
                rivals = [other for other in answered if other is not entry]
                place = around(gathered, unit, rivals, codebook)
                if is_misplaced(codebook, entry, place.near):
                    continue
                support = _support(gathered, entry, requirement, values, score, place)
                undone = entry.id in denied and entry.prohibition == "denies"
                force = "must_not" if undone else support.force
                yield entry.id, replace(support, force=_power(codebook, entry, requirement, force))


def _power(codebook: Codebook, entry: HarmonisedRequirement, requirement: Requirement, force: str) -> str:
    """The force, may where the clause only says who decides: neither "blockera ingen på egen hand" forbids to block."""
    return "may" if entry.permits and force and is_permitting(codebook, entry.id, requirement.quote) else force


_DEMANDS = ("must", "should", "may")
_WITHOUT = re.compile(r"\butan att\b[^,.;]*", re.IGNORECASE)


def _answered_without(codebook: Codebook, clause: ClauseText) -> set[str] | None:
    """What a clause answers without its "utan att ...", None where it has none: "tas bort direkt utan att sparas"."""
    rest = _WITHOUT.sub("", clause.clause)
    if rest == clause.clause:
        return None
    return {m.requirement for m in match_topics(codebook, replace(clause, clause=rest, lead_in="", kinds=frozenset()))}


def _on_the_public(entry: HarmonisedRequirement, requirement: Requirement) -> bool:
    """Whether the clause asks something of visitors ("håll god ton"): that says nothing of the municipality.

    What they may not publish is answered all the same, and so is what may befall them: "kan du bli avstängd".
    """
    forbids = requirement.modality in ("must_not", "should_not")
    of_content = "prohibited_content" in entry.kinds or bool(entry.prohibits)
    undergoes = requirement.action.startswith("bli ")
    return requirement.actor_group == "public" and not (forbids and of_content) and not undergoes


def _support(
    gathered: DocumentSupport,
    entry: HarmonisedRequirement,
    requirement: Requirement,
    values: Sequence[Value],
    score: float,
    place: Surroundings,
) -> Support:
    forbids = any(v.kind == "prohibited_content" and v.value in entry.prohibits for v in values)
    # What is taken away where it occurs must not occur, whatever list below the clause names it.
    forbids = forbids or (forbids_content(entry) and says("removing", requirement.quote))
    passages = gathered.passages
    unit = passages.unit_at(requirement.start)
    below = [passages.read(u) for u in passages.items_under(unit)]
    text = " . ".join([requirement.quote, *below])
    tokens = read_tokens(entry, requirement, values, text, place)
    taken_back = _is_taken_back(passages, requirement, unit)
    force = "must" if taken_back and requirement.force == "must_not" else requirement.force
    return Support(
        requirement.document_id,
        requirement.page,
        requirement.start,
        requirement.end,
        requirement.quote,
        score,
        requirement.confidence,
        tokens,
        requirement=requirement,
        force=forbidding(entry, requirement.force) if forbids else force,
        exempt=is_exemption(entry, requirement, values) and not taken_back,
        delegates=is_delegating(entry, tokens, requirement.quote),
    )


_TAKEN_BACK = re.compile(r"\W*(?:men|däremot)\b[^.;]*?\b(?:gör|ska|skall|bör|måste|behöver|är) det\b", re.IGNORECASE)
"""How a sentence goes on whose denial holds of some things only: "diarieförs inte, men klagomål gör det"."""


def _is_taken_back(passages: Passages, requirement: Requirement, unit: Unit | None) -> bool:
    """Whether the words behind a denial ask of other things what it frees some of."""
    text = passages.outline.text[requirement.end : unit.end] if unit is not None else ""
    return _TAKEN_BACK.match(text) is not None
