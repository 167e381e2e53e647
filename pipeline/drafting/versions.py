"""Two versions of a guideline, requirement by requirement: what is new, dropped, stricter, laxer, reworded or moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from pipeline.drafting.same_words import SAME_WORD, fold_words, same_words
from pipeline.drafting.strength import compare_strength
from pipeline.records.outline import Outline
from pipeline.records.requirement import Extraction, Requirement, Value

CHANGES = ("stricter", "laxer", "changed", "new", "dropped", "reworded", "moved", "unchanged")
"""What may have happened to a requirement, in the order in which a reader wants to know."""

SAME_RULE = 0.6
"""Likeness from which on two clauses are taken for versions of one rule."""

LIST_REACH = 600
"""Characters after a duty in which values without one of their own are taken for its list."""

_WORDS, _TOPICS, _VALUES = 0.65, 0.25, 0.1
"""What words, topics and values weigh in likeness."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document, as the pipeline read it."""

    file_name: str
    outline: Outline
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one requirement; `old` is None where it is new, `new` where it was dropped."""

    change: str
    old: Requirement | None
    new: Requirement | None
    reason: str
    moved: bool = False

    @property
    def topics(self) -> tuple[str, ...]:
        """The harmonised requirements it belongs to, now or before."""
        said = (self.new or self.old).topics if self.new or self.old else ""  # type: ignore[union-attr]
        return tuple(t for t in said.split("|") if t)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions beside each other; changes in the order of the new text, dropped ones where they stood.

    `codebook` is the one whose requirements the topics are; empty where none of them is to be named.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    codebook: str = ""

    def count(self, change: str) -> int:
        """How many requirements a change happened to."""
        return sum(c.change == change for c in self.changes)


def compare_versions(old: Version, new: Version, *, codebook: str = "") -> Difference:
    """The difference of two versions.

    Requirements are paired by words, topics and values, best first, wherever they stand, so that reordering and
    renumbering change nothing. Words are compared without case, accents and marks and with room for misread letters; a
    modal, a negation or a number that differs is never taken for misreading.
    """
    before, after = old.extraction, new.extraction
    pairs = _pair(before, after)
    partners = _section_partners(before, after, pairs)
    changes: list[tuple[float, int, Change]] = []
    place: dict[int, float] = {}
    for i, j in pairs:
        place[i] = float(after.requirements[j].start)
        changes.append((place[i], 1, _compare(before, after, (i, j), partners)))
    for j, requirement in enumerate(after.requirements):
        if j not in {k for _, k in pairs}:
            changes.append((float(requirement.start), 1, Change("new", None, requirement, "")))
    last = -1.0
    for i, requirement in enumerate(before.requirements):
        last = place.get(i, last)
        if i not in place:
            changes.append((last, 2, Change("dropped", requirement, None, "")))
    changes.sort(key=lambda c: (c[0], c[1], c[2].old.start if c[2].old else -1))
    return Difference(old.file_name, new.file_name, tuple(c for *_, c in changes), codebook)


def _pair(old: Extraction, new: Extraction) -> list[tuple[int, int]]:
    """Indices of requirements that are versions of one rule, one to one, likest first; in the order of the old text."""
    old_values, new_values = _by_requirement(old), _by_requirement(new)
    folded = [[" ".join(fold_words(r.quote)) for r in side.requirements] for side in (old, new)]
    candidates = []
    for i, before in enumerate(old.requirements):
        for j, after in enumerate(new.requirements):
            words = _likeness(folded[0][i], folded[1][j])
            topics = _share(set(before.topics.split("|")) - {""}, set(after.topics.split("|")) - {""})
            sides = (old_values.get(before.requirement_id, ()), new_values.get(after.requirement_id, ()))
            values = _share({(v.kind, v.value) for v in sides[0]}, {(v.kind, v.value) for v in sides[1]})
            score = _WORDS * words + _TOPICS * topics + _VALUES * values
            if score >= SAME_RULE or words >= 0.9:
                near = abs(before.start / max(1, len(old.requirements)) - after.start / max(1, len(new.requirements)))
                candidates.append((-max(score, words), near, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for *_, i, j in sorted(candidates):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _likeness(one: str, two: str) -> float:
    return max(fuzz.ratio(one, two), 0.95 * fuzz.token_sort_ratio(one, two)) / 100


def _share(one: set[Any], two: set[Any]) -> float:
    """What two sets share of what either has; two empty ones neither agree nor disagree."""
    if not one and not two:
        return 0.5
    return len(one & two) / len(one | two)


def _by_requirement(extraction: Extraction) -> Mapping[str, tuple[Value, ...]]:
    """The values of each requirement; one that stands outside a duty belongs to the last duty before it, if near.

    The items of a list ("Detta gäller inlägg som innebär: hot, ...") are values of their own under such a duty.
    """
    ordered = sorted(extraction.requirements, key=lambda r: (r.end, r.start))
    ends = [r.end for r in ordered]
    groups: dict[str, list[Value]] = {}
    for value in extraction.values:
        owner = value.requirement_id
        last = bisect_right(ends, value.start) - 1
        listed = value.kind == "prohibited_content" and not owner
        if listed and last >= 0 and value.start - ends[last] <= LIST_REACH:
            owner = ordered[last].requirement_id
        if owner:
            groups.setdefault(owner, []).append(value)
    return {name: tuple(group) for name, group in groups.items()}


def _section_partners(old: Extraction, new: Extraction, pairs: Sequence[tuple[int, int]]) -> Mapping[str, str]:
    """Which new heading most requirements of each old heading are under: a renamed heading moves nothing."""
    votes: dict[str, Counter[str]] = {}
    for i, j in pairs:
        before, after = old.requirements[i], new.requirements[j]
        votes.setdefault(_heading(before), Counter())[_heading(after)] += 1
    partners = {}
    for heading, counts in votes.items():
        same = max(counts, key=lambda h: (fuzz.ratio(h, heading) >= SAME_WORD, counts[h], h))
        partners[heading] = same
    return partners


def _title(requirement: Requirement) -> str:
    """The nearest heading as it is written."""
    return requirement.section.rpartition(" > ")[2]


def _heading(requirement: Requirement) -> str:
    """The words of the nearest heading, without its number."""
    return " ".join(w for w in fold_words(_title(requirement)) if not w.isdigit())


def _compare(old: Extraction, new: Extraction, pair: tuple[int, int], partners: Mapping[str, str]) -> Change:
    before, after = old.requirements[pair[0]], new.requirements[pair[1]]
    old_values = _by_requirement(old).get(before.requirement_id, ())
    new_values = _by_requirement(new).get(after.requirement_id, ())
    moved = _heading(after) != partners.get(_heading(before), _heading(after))
    places = (_title(before), _title(after)) if _title(before) != _title(after) else (before.section, after.section)
    told = f"flyttat från ”{places[0]}” till ”{places[1]}”" if moved else ""
    same = same_words(before.quote, after.quote)
    verdict = compare_strength(before, after, old_values, new_values)
    listed = {v.kind for v in (*old_values, *new_values) if not v.requirement_id}
    if verdict is not None and (not same or listed or before.modality != after.modality):
        change, reason = verdict
        return Change(change, before, after, "; ".join(filter(None, (reason, told))), moved)
    if not same:
        return Change("reworded", before, after, told, moved)
    return Change("moved" if moved else "unchanged", before, after, told, moved)
