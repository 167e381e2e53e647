"""Whether the harmonised table's cells are what the gold says, the silent ones too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.codebooks import HarmonisedRequirement, list_codebooks, load_codebook, normalise_value
from pipeline.evaluation.counts import DocumentScore, Item, Judged
from pipeline.evaluation.gold import GoldCell, GoldDocument
from pipeline.records.comparison import Cell, Document
from pipeline.wording import name_body

SILENT = "silent"
NOTHING = ("", SILENT, "unreadable")
"""Answers by which nothing is said."""


@dataclass(frozen=True, slots=True)
class WantedCell:
    """What the gold says of one municipality's answer, and the document whose gold says it."""

    slug: str
    municipality: str
    cell: GoldCell


def merge_gold_cells(
    gold: Sequence[GoldDocument], documents: Mapping[str, Document | None]
) -> tuple[list[WantedCell], int]:
    """The gold's cells by the municipality that the run gave each document, and how many are left out.

    A table has one cell for a municipality, gold one for a document. Where several documents of one municipality are in
    the gold, a silent document yields to one that answers; where two answer differently the cell is left out, because
    the gold does not say which of them goes first.
    """
    groups: dict[tuple[str, str], list[WantedCell]] = {}
    for document in gold:
        found = documents.get(document.slug)
        municipality = name_body(found.municipality, found.file_name) if found is not None else ""
        for cell in document.cells:
            # Documents that are not in the output can't be merged with each other: each stands for itself.
            key = (municipality or f"\0{document.slug}", cell.requirement)
            groups.setdefault(key, []).append(WantedCell(document.slug, municipality, cell))
    kept: list[WantedCell] = []
    left_out = 0
    for _, group in sorted(groups.items()):
        spoken = [w for w in group if w.cell.answer != SILENT] or group[:1]
        if len({(w.cell.answer, w.cell.value) for w in spoken}) == 1:
            kept.append(spoken[0])
        else:
            left_out += 1
    return kept, left_out


def score_cells(scores: Mapping[str, DocumentScore], wanted: Sequence[WantedCell], found: Sequence[Cell]) -> None:
    """Count the cells of every document that the gold has cells for.

    Measures: `cell answer` is the share of cells with the right answer; `cell stated` precision and recall of telling
    that a municipality says something at all; `cell silent` the share of silent cells that are truly silent (what
    lacks is the silent error rate); `cell value` the values of cells, one by one; `cell value exact` whole cells.

    Values are compared as tokens of the codebook: gold may say a member of a set by its id or in Swedish words. The
    bare duty is no value of its own.
    """
    given = {(c.requirement, c.municipality): c for c in found}
    entries = _entries({c.codebook for c in found})
    for want in wanted:
        cell = given.get((want.cell.requirement, want.municipality))
        _score_cell(scores[want.slug], want.cell, cell, entries.get(want.cell.requirement))


def _entries(codebooks: set[str]) -> dict[str, HarmonisedRequirement]:
    """The harmonised requirements by id, of those codebooks that ship with the project."""
    known = sorted(codebooks & set(list_codebooks()))
    return {entry.id: entry for name in known for entry in load_codebook(name).requirements}


def _score_cell(score: DocumentScore, want: GoldCell, cell: Cell | None, entry: HarmonisedRequirement | None) -> None:
    answer = cell.answer if cell is not None else ""
    right = answer == want.answer
    score.add_share("cell answer", [right])
    says, should = (a not in NOTHING for a in (answer, want.answer))
    score.add("cell stated", int(says and should), int(says), int(should))
    if answer == SILENT:
        score.add_share("cell silent", [want.answer == SILENT])
    if cell is not None:
        score.judged.append(Judged("cell", cell.confidence, right))
    if not right:
        score.items.append(Item("cell answer", score.slug, "wrong", 0, 0, want.requirement, f"{want.answer}: {answer}"))
    if want.value:
        _score_value(score, want, cell, entry)


def _score_value(score: DocumentScore, want: GoldCell, cell: Cell | None, entry: HarmonisedRequirement | None) -> None:
    wanted = _tokens(want.value or "", entry)
    given = _tokens(cell.value if cell is not None else "", entry)
    if not wanted:
        return
    score.add("cell value", len(wanted & given), len(given), len(wanted))
    score.add_share("cell value exact", [wanted == given])
    if wanted != given:
        told = f"{want.requirement}: {'|'.join(sorted(wanted))}"
        score.items.append(Item("cell value", score.slug, "wrong", 0, 0, told, "|".join(sorted(given))))


def _tokens(value: str, entry: HarmonisedRequirement | None) -> frozenset[str]:
    """The values as tokens that can be compared; of a codebook that does not ship with the project, as they stand."""
    if entry is not None:
        return normalise_value(entry, value)
    return frozenset(" ".join(v.casefold().split()) for v in value.split("|") if v.strip())
