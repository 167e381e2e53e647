"""Procedures that lack a step: one that belongs to another, or one that most others with the procedure have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from pipeline.codebooks import Codebook
from pipeline.compare.legal_conflicts import lawful_text_of
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import SAYING, Cell, Finding
from pipeline.swedish.legal_duties import legal_duties
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("procedures.yaml")

LEAST_STEPS = 2
"""Steps that a municipality must have before it has the procedure at all."""

LEAST_OTHERS = 2
"""Others with the procedure below which what most of them do says nothing."""

MOST = 0.5
"""Share of the others with the procedure above which what they have is a step of it."""

WEIGHT = 0.5
"""Weight of a step that all others have."""


class StepPair(BaseModel):
    """A step that asks for another."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: str
    second: str
    duty: str = ""
    weight: float = Field(gt=0, le=1)
    sv: str
    en: str


class Procedure(BaseModel):
    """The steps of a procedure, in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sv: str
    en: str
    steps: tuple[str, ...] = Field(min_length=2)


class Procedures(BaseModel):
    """The whole of procedures.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pairs: tuple[StepPair, ...]
    procedures: tuple[Procedure, ...]


@cache
def procedures() -> Procedures:
    """The steps that belong together."""
    return Procedures.model_validate(parse_tree(PATH.read_text("utf-8")))


def find_missing_steps(codebook: Codebook, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Steps that lack in a municipality's procedures, each once: by what it says itself first, then by what others do.

    Only a silent cell lacks: an unreadable one proves nothing.
    """
    known = {(c.requirement, c.municipality): c for c in cells}
    told: set[tuple[str, str]] = set()
    for finding in (*_by_pairs(codebook, cells, known), *_by_others(codebook, known)):
        if (finding.requirement, finding.municipality) not in told:
            told.add((finding.requirement, finding.municipality))
            yield finding


def _by_pairs(
    codebook: Codebook, cells: Sequence[Cell], known: dict[tuple[str, str], Cell]
) -> Iterator[Finding]:  # fmt: skip
    laws = {duty.duty_id: duty for duty in legal_duties()}
    for pair in procedures().pairs:
        if codebook.find(pair.first) is None or codebook.find(pair.second) is None:
            continue
        for cell in (c for c in cells if c.requirement == pair.first and c.answer == "stated"):
            other = known.get((pair.second, cell.municipality))
            if other is not None and other.answer == "silent":
                yield notice(
                    "missing_step",
                    cell.municipality,
                    document_id=cell.document_id,
                    requirement=pair.second,
                    quote=cell.quote,
                    other_quote=lawful_text_of(laws[pair.duty]) if pair.duty else "",
                    said=Message(pair.sv, pair.en),
                    weight=pair.weight,
                )


def _by_others(codebook: Codebook, known: dict[tuple[str, str], Cell]) -> Iterator[Finding]:
    municipalities = sorted({municipality for _, municipality in known})
    for procedure in procedures().procedures:
        steps = [step for step in procedure.steps if codebook.find(step) is not None]
        has = {m: [s for s in steps if _says(known.get((s, m)))] for m in municipalities}
        having = [m for m in municipalities if len(has[m]) >= LEAST_STEPS]
        others = len(having) - 1
        for step in steps if others >= LEAST_OTHERS else ():
            with_it = [m for m in having if step in has[m]]
            if len(with_it) / others <= MOST:
                continue
            for municipality in having:
                cell = known.get((step, municipality))
                if cell is not None and cell.answer == "silent":
                    example = known[step, with_it[0]]
                    yield _lacking(codebook, procedure, cell, known[has[municipality][0], municipality], example,
                                   (len(with_it), others))  # fmt: skip


def _says(cell: Cell | None) -> bool:
    return cell is not None and cell.answer in SAYING


def _lacking(
    codebook: Codebook, procedure: Procedure, cell: Cell, own: Cell, example: Cell, count: tuple[int, int]
) -> Finding:
    with_it, others = count
    entry = codebook.find(cell.requirement)
    label_sv, label_en = (entry.label_sv, entry.label_en) if entry else (cell.requirement, cell.requirement)
    return notice(
        "missing_step",
        cell.municipality,
        document_id=own.document_id,
        requirement=cell.requirement,
        quote=own.quote,
        other_quote=example.quote,
        said=Message(
            f"Steget ”{label_sv}” saknas i rutinen för att {procedure.sv}; "
            f"{with_it} av {others} andra som har rutinen har med det.",
            f"The step “{label_en}” is missing in the procedure for {procedure.en}; "
            f"the step is there in {with_it} of {others} others.",
        ),
        weight=WEIGHT * with_it / others * cell.confidence,
    )
