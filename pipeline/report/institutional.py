"""Requirements as statements in the grammar of institutions (ABDICO)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.records.comparison import DocumentFindings
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.outline import Unit
from pipeline.records.requirement import Requirement
from pipeline.report.contents import Contents
from pipeline.trees import parse_tree

EXECUTION = ("response_time", "removal_time", "frequency")
"""Kinds of values that say how or by when the aim is to be carried out."""


def statements(contents: Contents, found: DocumentFindings) -> Iterator[InstitutionalStatement]:
    """Every requirement of a document as a statement, people masked; none of a copy of another document."""
    if found.outline is None or found.extraction is None or found.source.duplicate_of:
        return
    document = found.source.document_id
    mask = contents.mask(document)
    times: defaultdict[str, list[str]] = defaultdict(list)
    for value in found.extraction.values:
        if value.kind in EXECUTION and value.requirement_id:
            times[value.requirement_id].append(mask.quote(value.start, value.end))
    units = sorted((u for u in found.outline.units if u.kind != "heading"), key=lambda u: (u.start, u.end))
    starts = [unit.start for unit in units]
    for requirement in found.extraction.requirements:
        or_else = _or_else(mask.text, requirement, units, starts)
        yield InstitutionalStatement(
            statement_id=requirement.requirement_id,
            document_id=document,
            municipality=requirement.municipality,
            page=requirement.page,
            start=requirement.start,
            end=requirement.end,
            quote=mask.quote(requirement.start, requirement.end),
            attributes=mask.words(requirement.actor),
            attributes_explicit=requirement.actor_explicit,
            attributes_group=requirement.actor_group,
            deontic=requirement.modality,
            aim=mask.words(requirement.action),
            conditions=mask.words(requirement.condition),
            exceptions=mask.words(requirement.exception),
            constraints="|".join(dict.fromkeys(times[requirement.requirement_id])),
            or_else=or_else,
            statement="rule" if or_else else "norm",
            topics=requirement.topics,
            status=requirement.status,
            confidence=requirement.confidence,
        )


def _or_else(text: str, requirement: Requirement, units: list[Unit], starts: list[int]) -> str:
    """The clause that says what follows where the rule is not kept, on one line; empty where there is none."""
    own = _clause(text[requirement.start : requirement.end], inside=True)
    if own:
        return own
    after = bisect_left(starts, requirement.end)
    before = units[after - 1] if after else None
    if before is None or after == len(units):
        return ""
    if before.end > requirement.end:
        rest = _clause(text[requirement.end : before.end], inside=True)
        if rest:
            return rest
    follows = units[after]
    if (follows.section, follows.paragraph) != (before.section, before.paragraph):
        return ""
    return _clause(text[follows.start : follows.end], inside=False)


def _clause(words: str, *, inside: bool) -> str:
    inside_it, opens_it, never = _patterns()
    found = (inside_it if inside else opens_it).search(words)
    if found is None or never.search(words):
        return ""
    return " ".join(words[found.start("clause") :].split()).strip(" ,;")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = parse_tree(Path(__file__).with_name("institutional.yaml").read_text("utf-8"))
    opening = "|".join(known["or_else"])
    return (
        re.compile(rf"(?i)[,;.:–-]\s+(?:och\s+|men\s+)?(?P<clause>(?:{opening})\b)"),
        re.compile(rf"(?i)^\W*(?P<clause>(?:{opening})\b)"),
        re.compile(rf"(?i)\b(?:{'|'.join(known['not_or_else'])})\b"),
    )
