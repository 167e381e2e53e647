"""Procedures that lack a step: one that belongs to another, or one that most others with the procedure have."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from pipeline.codebooks import Codebook
from pipeline.compare.certainty import surely_says
from pipeline.compare.examples import Examples
from pipeline.compare.gaps import name_law
from pipeline.compare.legal_conflicts import lawful_text_of
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Finding
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
    """The steps of a procedure, in order, and those of them by which it is known that there is the procedure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sv: str
    en: str
    defining: tuple[str, ...] = Field(min_length=1)
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


def find_missing_steps(
    codebook: Codebook, cells: Sequence[Cell], *, on: datetime.date, examples: Examples
) -> Iterator[Finding]:
    """Steps that lack in a municipality's procedures, each once: by what it says itself first, then by what others do.

    Only a silent cell lacks: an unreadable one proves nothing.

    Args:
        codebook: The questions.
        cells: The answers of municipalities that are compared.
        on: The run's date, on which an act that asks for a step must be in force to be named.
        examples: Shows what others say.
    """
    known = {(c.requirement, c.municipality): c for c in cells}
    told: set[tuple[str, str]] = set()
    for finding in (*_by_pairs(codebook, cells, known, on, examples), *_by_others(codebook, known, on, examples)):
        if (finding.requirement, finding.municipality) not in told:
            told.add((finding.requirement, finding.municipality))
            yield finding


def _by_pairs(
    codebook: Codebook,
    cells: Sequence[Cell],
    known: dict[tuple[str, str], Cell],
    on: datetime.date,
    examples: Examples,
) -> Iterator[Finding]:
    laws = {duty.duty_id: duty for duty in legal_duties()}
    for pair in procedures().pairs:
        if codebook.find(pair.first) is None or codebook.find(pair.second) is None:
            continue
        first = (c for c in cells if c.requirement == pair.first and c.answer == "stated" and surely_says(c))
        lacking = [c for c in first if _silent(known.get((pair.second, c.municipality)))]
        if not lacking:
            continue
        law, whose = Message("", ""), Message("", "")
        if pair.duty:
            beside = lawful_text_of(laws[pair.duty])
        else:
            beside, whose = examples.most_telling([c for c in cells if c.requirement == pair.second])
            law = name_law(codebook, pair.second, on=on)
        for cell in lacking:
            yield notice(
                "missing_step",
                cell.municipality,
                document_id=cell.document_id,
                requirement=pair.second,
                quote=cell.quote,
                other_quote=beside,
                said=Message(f"{pair.sv}{law.sv}{whose.sv}", f"{pair.en}{law.en}{whose.en}"),
                weight=pair.weight,
            )


def _by_others(
    codebook: Codebook, known: dict[tuple[str, str], Cell], on: datetime.date, examples: Examples
) -> Iterator[Finding]:
    municipalities = sorted({municipality for _, municipality in known})
    for procedure in procedures().procedures:
        steps = [step for step in procedure.steps if codebook.find(step) is not None]
        has = {m: [s for s in steps if surely_says(known.get((s, m)))] for m in municipalities}
        having = [
            m for m in municipalities if len(has[m]) >= LEAST_STEPS and not set(procedure.defining).isdisjoint(has[m])
        ]
        others = len(having) - 1
        for step in steps if others >= LEAST_OTHERS else ():
            with_it = [m for m in having if step in has[m]]
            if len(with_it) / others <= MOST:
                continue
            lacking = [m for m in having if _silent(known.get((step, m)))]
            if not lacking:
                continue
            example, whose = examples.most_telling([known[step, m] for m in with_it])
            law = name_law(codebook, step, on=on)
            more = Message(law.sv + whose.sv, law.en + whose.en)
            for municipality in lacking:
                # The first of the steps that make it the procedure shows that the municipality has it.
                own = next(known[s, municipality] for s in procedure.defining if s in has[municipality])
                count = (len(with_it), others)
                yield _lacking(codebook, procedure, known[step, municipality], own, example, count, more)


def _silent(cell: Cell | None) -> bool:
    return cell is not None and cell.answer == "silent"


def _lacking(
    codebook: Codebook,
    procedure: Procedure,
    cell: Cell,
    own: Cell,
    example: str,
    count: tuple[int, int],
    more: Message,
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
        other_quote=example,
        said=Message(
            f"Steget ”{label_sv}” saknas i rutinen för att {procedure.sv}; "
            f"{with_it} av {others} andra som har rutinen har med det.{more.sv}",
            f"The step “{label_en}” is missing in the procedure for {procedure.en}; "
            f"the step is there in {with_it} of {others} others.{more.en}",
        ),
        weight=WEIGHT * with_it / others * cell.confidence,
    )
