"""Drafts through the pipeline and back: which harmonised requirements come back with the answer and values they had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import stages
from pipeline.codebooks import HarmonisedRequirement
from pipeline.compare.values import tidy_tokens
from pipeline.drafting.composing import Clause, Draft
from pipeline.drafting.draft_docx import draft_as_docx
from pipeline.drafting.naming import current_role, is_act, is_role, name_act, name_document
from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.records.comparison import Cell
from pipeline.tables import read_table

PLAIN = "duty"


@dataclass(frozen=True, slots=True)
class Trip:
    """One clause and what the pipeline reads in it: answer, modality and values, before and after."""

    municipality: str
    requirement: str
    sentences: tuple[str, ...]
    before: tuple[str, str, frozenset[str]]
    after: tuple[str, str, frozenset[str]]
    quote: str

    @property
    def same(self) -> bool:
        """Whether everything came back as it was."""
        (answer, modality, values), (answer_after, modality_after, values_after) = self.before, self.after
        return answer == answer_after and values == values_after and modality_after in modality.split("|")


def send(drafts: Iterable[Draft], folder: Path, *, codebook: str, on: date, workers: int = 2) -> list[Trip]:
    """Write drafts as Word files, run the pipeline over them, and set each clause beside the cell it gives.

    Args:
        drafts: Drafts for different municipalities.
        folder: An empty folder to work in.
        codebook: The codebook of the drafts.
        on: The day of the law.
        workers: Processes.
    """
    drafts = list(drafts)
    texts = folder / "drafts"
    texts.mkdir(parents=True)
    for number, draft in enumerate(drafts):
        (texts / f"{number}.docx").write_bytes(draft_as_docx(draft))
    params = Params()
    params = params.model_copy(
        update={
            "extract": params.extract.model_copy(update={"codebook": codebook}),
            "compare": params.compare.model_copy(update={"date": on}),
        }
    )
    out = folder / "out"
    with open_executor("local", workers=workers) as executor:
        stages.run_stages(stages.Work((texts,), out, folder / "parts", params, executor))
    cells = {(c.municipality, c.requirement): c for c in read_table(Cell, out / "harmonised_requirements.parquet")}
    return [_trip(draft, clause, cells, on) for draft in drafts for clause in draft.clauses]


def _trip(draft: Draft, clause: Clause, cells: dict[tuple[str, str], Cell], on: date) -> Trip:
    from pipeline.codebooks import load_codebook

    cell = cells.get((draft.municipality, clause.requirement))
    after = ("missing", "", frozenset[str]())
    if cell is not None:
        after = (cell.answer, cell.modality, frozenset(cell.value.split("|")) - {"", PLAIN})
    entry = load_codebook(cell.codebook).find(clause.requirement) if cell else None
    before = (clause.rule.answer, _modality(clause), _expected(entry, clause, on))
    said = tuple(" ".join((s.text, *s.items)) for s in clause.sentences)
    return Trip(draft.municipality, clause.requirement, said, before, after, cell.quote if cell else "")


def _expected(entry: HarmonisedRequirement | None, clause: Clause, on: date) -> frozenset[str]:
    """The values as the draft is to say them: roles and acts by what they are called or replaced by now."""
    if clause.rule.answer == "delegated":
        return frozenset({clause.rule.document})
    if clause.rule.answer == "stated_negatively":
        return frozenset()
    said = frozenset(_now(t, on) for t in clause.rule.tokens)
    return tidy_tokens(entry, said) if entry else said


def _now(token: str, on: date) -> str:
    if is_act(token):
        number = re.search(r"\(([^()]+)\)$", name_act(token, on))
        return number[1] if number else token
    return current_role(token) if is_role(token) else token


def _modality(clause: Clause) -> str:
    """The modalities that the clause's sentences have; several where it holds duties and prohibitions."""
    if clause.rule.answer == "stated_negatively":
        return "may"
    soft = clause.rule.modality in ("should", "should_not")
    found = []
    for sentence in clause.sentences:
        forbids = re.search(r"\b(?:får|bör) inte\b", sentence.text)
        kind = ("should_not" if soft else "must_not") if forbids else "should" if soft else "must"
        found.append("may" if clause.rule.modality == "may" and not forbids else kind)
    return "|".join(dict.fromkeys(found))


def tell(trips: Sequence[Trip]) -> str:
    """How many came back the same, by requirement, and each that did not."""
    lines = []
    for requirement in dict.fromkeys(t.requirement for t in trips):
        own = [t for t in trips if t.requirement == requirement]
        same = sum(t.same for t in own)
        lines.append(f"{requirement:28} {same:4} of {len(own)}")
        for trip in (t for t in own if not t.same):
            lines += [f"    {' '.join(trip.sentences)}"]
            lines += [f"        was {_show(trip.before)}, came back {_show(trip.after)} from {trip.quote!r}"]
    same = sum(t.same for t in trips)
    return "\n".join([*lines, f"{same} of {len(trips)} clauses came back the same ({same / max(1, len(trips)):.3f})"])


def _show(said: tuple[str, str, frozenset[str]]) -> str:
    return f"{said[0]} {said[1]} {'|'.join(sorted(said[2])) or '-'}"
