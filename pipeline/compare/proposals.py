"""Requirements that fit nowhere in the codebook, grouped as proposed entries."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks import Codebook
from pipeline.codebooks.cues import split_words
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.owners import is_definition
from pipeline.compare.passages import Passages
from pipeline.compare.words import says
from pipeline.records.comparison import ProposedRequirement
from pipeline.records.requirement import Requirement
from pipeline.swedish.parsing import parse

SIMILARITY = 0.3
"""Cosine similarity of weighted word stems from which on a requirement joins a group."""

STEM, LEAST_LETTERS, LABEL_WORDS = 7, 4, 3

KEYS, CANDIDATES = 5, 20
"""Stems by which a group is found, and how many of the groups found are compared: more would grow with the square."""

HEAVIEST = 3.0
"""A stem weighs at most this much: a place or number that stands once must not hide that the rest is the same."""

RULING = ("body", "law")
"""Kinds of sections whose clauses rule something."""

EVERYBODYS = "kommun kommunen kommunens kommuner kommunal kommunala"
"""Words that every document is full of: two clauses that share only these and the codebook's name are not alike."""

Vector = dict[str, float]


@dataclass(slots=True)
class _Group:
    centre: Vector
    members: list[tuple[Requirement, str, float]] = field(default_factory=list)


def propose_requirements(codebook: Codebook, bodies: Sequence[BodyDocuments]) -> list[ProposedRequirement]:
    """Groups of requirements in force without a topic, the largest first; a requirement alone is a group too.

    Groups of one municipality stand after the others and say so in their label: only what several ask could be asked of
    all. Definitions, visions and what a text says of itself are no rules, and a group whose first clause has no noun
    has no subject; neither is proposed.

    A requirement joins the most alike group among those that share one of its rarest stems, else it starts one:
    near-linear, and the same for the same documents in whatever order they came.
    """
    loose = [(r, body.municipality) for body in bodies for r in _without_topic(codebook, body)]
    loose.sort(key=lambda pair: (pair[0].document_id, pair[0].start, pair[0].requirement_id))
    everybodys = _stems(f"{codebook.label_sv} {EVERYBODYS}").keys()
    stems = [_without(_stems(requirement.quote), everybodys) for requirement, _ in loose]
    weights = _weigh(stems)
    groups: list[_Group] = []
    where: dict[str, list[int]] = {}
    seen = Counter(stem for own in stems for stem in own)
    for (requirement, municipality), own in zip(loose, stems, strict=True):
        vector = _vector(own, weights)
        keys = sorted((stem for stem in vector if seen[stem] > 1), key=lambda stem: (-vector[stem], stem))[:KEYS]
        near = _nearest_groups(keys, where)
        score, number = max(((_cosine(vector, groups[n].centre), -n) for n in near), default=(0.0, 0))
        if score < SIMILARITY:
            number, score = -len(groups), 1.0
            groups.append(_Group(vector))
            for key in keys:
                where.setdefault(key, []).append(-number)
        groups[-number].members.append((requirement, municipality, score))
    ordered = _in_order(groups)
    subjects = _find_nouns([group.members[0][0].quote for group in ordered])
    return [
        row for group, nouns in zip(ordered, subjects, strict=True) if nouns for row in _rows(codebook, group, nouns)
    ]


def _nearest_groups(keys: Sequence[str], where: dict[str, list[int]]) -> list[int]:
    """The groups that share most of the keys; of a key that many have only the latest groups are looked at."""
    shared = Counter(number for key in keys for number in where.get(key, ())[-CANDIDATES:])
    return sorted(shared, key=lambda number: (-shared[number], number))[:CANDIDATES]


def _without_topic(codebook: Codebook, body: BodyDocuments) -> Iterator[Requirement]:
    known = {entry.id for entry in codebook.requirements}
    for document in body.in_force:
        extraction = document.item.extraction
        for requirement in extraction.requirements if extraction else ():
            named = set(requirement.topics.split("|")) & known
            ruling = not named and requirement.status == "in_force" and requirement.actor_group != "public"
            if ruling and _is_rule(document.passages, requirement):
                yield requirement


def _is_rule(passages: Passages, requirement: Requirement) -> bool:
    """Whether a clause rules something, rather than defines a word, paints a vision or speaks of its own text."""
    unit = passages.unit_at(requirement.start)
    section = passages.section_of(unit) if unit is not None else None
    words = passages.read(unit) if unit is not None else requirement.quote
    return (section is None or section.kind in RULING) and not (is_definition(words) or says("no_rules", words))


def _find_nouns(quotes: Sequence[str]) -> list[tuple[str, ...]]:
    """The common nouns of each clause that name a subject, in small letters, as they are written."""
    return [
        tuple(t.low for t in read.tokens if t.pos == "NOUN" and t.low.isalpha() and not says("no_subject", t.low))
        for read in parse(quotes)
    ]


def _without(stems: Counter[str], some: Collection[str]) -> Counter[str]:
    return Counter({stem: count for stem, count in stems.items() if stem not in some})


def _stems(text: str) -> Counter[str]:
    return Counter(word[:STEM] for word in split_words(text) if len(word) >= LEAST_LETTERS and not word.isdigit())


def _weigh(stems: Sequence[Counter[str]]) -> Vector:
    seen = Counter(stem for own in stems for stem in own)
    return {stem: min(HEAVIEST, 1 + math.log((1 + len(stems)) / (1 + count))) for stem, count in seen.items()}


def _vector(stems: Counter[str], weights: Vector) -> Vector:
    raw = {stem: count * weights[stem] for stem, count in sorted(stems.items())}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {stem: value / length for stem, value in raw.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return sum(value * other[stem] for stem, value in one.items() if stem in other)


def _in_order(groups: Sequence[_Group]) -> list[_Group]:
    def order(group: _Group) -> tuple[int, int, str]:
        """Groups of most municipalities first, then of most requirements, then by id."""
        bodies = {municipality for _, municipality, _ in group.members}
        return -len(bodies), -len(group.members), group.members[0][0].requirement_id

    return sorted(groups, key=order)


def _rows(codebook: Codebook, group: _Group, nouns: Sequence[str]) -> Iterator[ProposedRequirement]:
    first = group.members[0][0]
    name = hashlib.sha256(f"{codebook.id}\n{first.requirement_id}".encode()).hexdigest()[:12]
    label = _label(group, nouns)
    for requirement, municipality, score in group.members:
        yield ProposedRequirement(
            codebook=codebook.id,
            proposal=name,
            label=label,
            municipality=municipality,
            requirement_id=requirement.requirement_id,
            document_id=requirement.document_id,
            start=requirement.start,
            end=requirement.end,
            quote=requirement.quote,
            score=round(min(score, 1.0), 4),
        )


def _label(group: _Group, nouns: Sequence[str]) -> str:
    """The heaviest nouns of the group's first requirement, and whose it is where it is one municipality's alone."""
    weights = {noun: group.centre.get(noun[:STEM], 0.0) for noun in nouns}
    heaviest = ", ".join(sorted(weights, key=lambda noun: (-weights[noun], noun))[:LABEL_WORDS])
    bodies = {municipality for _, municipality, _ in group.members}
    return heaviest if len(bodies) > 1 else f"{heaviest} (endast {min(bodies)})"
