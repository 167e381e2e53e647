"""Precision and recall of the finders against annotations; borderline annotations are neither hit nor miss."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from pipeline.swedish.laws import find_references
from pipeline.swedish.roles import canonical_role, find_roles
from pipeline.swedish.sentences import split_sentences


class Span(Protocol):
    """What every finding has: where it starts and ends, in code points."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""


Found = TypeVar("Found", bound=Span)


@dataclass(slots=True)
class Score:
    """Counts of one measure; `extra` counts what holds of some of the hits, such as an exact section."""

    hits: int = 0
    expected: int = 0
    found: int = 0
    extra: dict[str, int] | None = None

    def note(self, name: str, holds: bool) -> None:
        """Count a hit of which something more holds, or does not."""
        self.extra = self.extra or {}
        self.extra[name] = self.extra.get(name, 0) + holds

    def __str__(self) -> str:
        """One line for people."""
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.expected)
        more = "".join(f", {name} {count / max(1, self.hits):.3f}" for name, count in (self.extra or {}).items())
        return (
            f"precision {precision:.3f} ({self.hits} of {self.found}), recall {recall:.3f} "
            f"({self.hits} of {self.expected}){more}"
        )


def score_case_file(path: Path) -> Score:
    """References of a case file, in either of its two forms: lists, or records with a norm."""
    score = Score()
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        text = case["text"]
        left = find_references(text, written_on=case.get("written_on"))
        score.found += len(left)
        for row in case.get("expect", []):
            quote, identifier, section = (
                row if isinstance(row, list) else (row["quote"], row["identifier"], row.get("section", ""))
            )
            score.expected += 1
            places = [at for at in range(len(text)) if text.startswith(quote, at)]
            hit = next(
                (
                    one
                    for one in left
                    if one.identifier == identifier
                    and any(one.start < at + len(quote) and at < one.end for at in places)
                ),
                None,
            )
            if hit:
                left.remove(hit)
                score.hits += 1
                score.note("same section", hit.section == section)
                score.note("same span", hit.quote == quote)
    return score


def score_training_laws(folder: Path) -> Score:
    """References of annotated documents, resolved by the day they were last revised or else adopted."""
    score = Score()
    for text, gold in _read_documents(folder):
        meta = gold["metadata"]
        left = find_references(text, written_on=_day(meta.get("revised_date")) or _day(meta.get("adopted_date")))
        for one in gold["legal_refs"]:
            _count(score, one, _take(left, one, sfs=one.get("sfs") or ""))
        score.found += len(left)
    return score


def score_training_roles(folder: Path) -> Score:
    """Roles of annotated documents: any overlap is a hit; the canonical and the id are counted among the hits."""
    score = Score()
    for text, gold in _read_documents(folder):
        left = list(find_roles(text))
        for one in gold["roles"]:
            hit = _take(left, one)
            if _count(score, one, hit) and hit:
                score.note("same canonical", hit.canonical.removesuffix("n") == one["role"].removesuffix("n"))
                score.note("same id", hit.role_id == canonical_role(one["role"])[0])
        score.found += len(left)
    return score


def training_sentences(folder: Path) -> list[str]:
    """The sentences, headings and items of the annotated documents, as the parser is given them."""
    found = []
    for text, _ in _read_documents(folder):
        at = 0
        for paragraph in text.split("\n\n"):
            found += [text[a:b] for a, b in split_sentences(text, at, at + len(paragraph))]
            at += len(paragraph) + 2
    return found


def _read_documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        yield path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written and len(written) == 10 else None


def _take(left: list[Found], gold: dict[str, Any], *, sfs: str = "") -> Found | None:
    """The first finding that overlaps an annotation (with its number, where it has one), taken out of the list."""
    for one in left:
        if one.start < gold["end"] and gold["start"] < one.end and (not sfs or getattr(one, "identifier", sfs) == sfs):
            left.remove(one)
            return one
    return None


def _count(score: Score, gold: dict[str, Any], hit: object) -> bool:
    """Count an annotation as expected, and as hit where something was found for it; borderline ones not at all."""
    if gold.get("borderline"):
        return False
    score.expected += 1
    score.hits += hit is not None
    score.found += hit is not None
    return True
