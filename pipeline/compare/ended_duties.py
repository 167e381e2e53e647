"""Duties that a text tells as the law, though the act asks them no more on the run's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.codebooks.cues import CueIndex
from pipeline.compare.documents import body_of
from pipeline.compare.notices import notice
from pipeline.compare.passages import Passages
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.swedish.legal_duties import LegalDuty, legal_duties
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("ended_duties.yaml")

WEIGHT = 0.6


class EndedDuty(BaseModel):
    """Words that tell a duty as the law; ended_duties.yaml says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    duty: str
    requirement: str
    tells: tuple[tuple[str, ...], ...]
    sv: str
    en: str


def find_ended_duties(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """The sentences of one document that tell an ended duty as the law, each duty once, with what holds instead."""
    outline = item.outline
    if outline is None or outline.document.completeness == "proposal":
        return
    known, passages = {d.duty_id: d for d in legal_duties()}, Passages(outline)
    for rule, index in _rules():
        duty = known[rule.duty]
        if not duty.ends or on.isoformat() < duty.ends:
            continue
        said = next((words for u in outline.units if index.holds(words := passages.read(u))), "")
        if said:
            yield _told(item, rule, duty, said)


def _told(item: DocumentFindings, rule: EndedDuty, duty: LegalDuty, quote: str) -> Finding:
    return notice(
        "stale_law",
        body_of(item),
        document_id=item.source.document_id,
        requirement=rule.requirement,
        quote=quote,
        other_quote=f"{duty.source}: {duty.text_sv}",
        said=Message(rule.sv, rule.en),
        weight=WEIGHT,
    )


@cache
def _rules() -> tuple[tuple[EndedDuty, CueIndex], ...]:
    rules = [EndedDuty.model_validate(row) for row in parse_tree(PATH.read_text("utf-8"))]
    return tuple((rule, CueIndex(rule.tells)) for rule in rules)
