"""Requirements that fit nowhere in the codebook, grouped as proposed entries."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks import Codebook
from pipeline.codebooks.cues import split_words
from pipeline.compare.cells import BodyDocuments
from pipeline.records.comparison import ProposedRequirement
from pipeline.records.requirement import Requirement

SIMILARITY = 0.3
"""Cosine similarity of weighted word stems from which on a requirement joins a group."""

STEM, LEAST_LETTERS, LABEL_WORDS = 7, 4, 3

KEYS, CANDIDATES = 5, 20
"""Stems by which a group is found, and how many of the groups found are compared: more would grow with the square."""

HEAVIEST = 3.0
"""A stem weighs at most this much: a place or number that stands once must not hide that the rest is the same."""

Vector = dict[str, float]


@dataclass(slots=True)
class _Group:
    centre: Vector
    members: list[tuple[Requirement, str, float]] = field(default_factory=list)


def propose_requirements(codebook: Codebook, bodies: Sequence[BodyDocuments]) -> list[ProposedRequirement]:
    """Groups of requirements in force without a topic, the largest first; a requirement alone is a group too.

    A requirement joins the most alike group among those that share one of its rarest stems, else it starts one:
    near-linear, and the same for the same documents in whatever order they came.
    """
    loose = [(r, body.municipality) for body in bodies for r in _without_topic(codebook, body)]
    loose.sort(key=lambda pair: (pair[0].document_id, pair[0].start, pair[0].requirement_id))
    stems = [_stems(requirement.quote) for requirement, _ in loose]
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
    return [row for group in _in_order(groups) for row in _rows(codebook, group)]


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
            if not named and requirement.status == "in_force" and requirement.actor_group != "public":
                yield requirement


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


def _rows(codebook: Codebook, group: _Group) -> Iterator[ProposedRequirement]:
    first = group.members[0][0]
    name = hashlib.sha256(f"{codebook.id}\n{first.requirement_id}".encode()).hexdigest()[:12]
    label = _label(group)
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


def _label(group: _Group) -> str:
    """The group's heaviest words as they are written in its first requirement."""
    written: dict[str, str] = {}
    for word in split_words(group.members[0][0].quote):
        written.setdefault(word[:STEM], word)
    heaviest = sorted(group.centre, key=lambda stem: (-group.centre[stem], stem))[:LABEL_WORDS]
    return ", ".join(written[stem] for stem in heaviest if stem in written)
