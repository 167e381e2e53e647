"""The figures agree with those printed by the measures that are used from outside, on a frozen gold and output.

frozen/gold and frozen/out hold made-up documents with everything that the measures treat apart: borderline gold, duties
of the public, proposals, quotes that are repaired or lost, a word that stands twice, a document that is missing. The
printed figures in frozen/extraction.txt and frozen/repair.txt were obtained by running those measures on these files.
"""

import csv
import re
import typing
from pathlib import Path

import pytest

from pipeline.evaluation import format_scorecard, score_folder, score_repairs
from pipeline.records.comparison import Cell, Document
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import columns, write_table

FROZEN = Path(__file__).with_name("frozen")
PRINTED = re.compile(r"^(.{24}) P ([\d.]+) R ([\d.]+) F1 ([\d.]+)  \((\d+)/(\d+) predicted, (\d+) gold\)$")


def parse(record: type, row: dict[str, str]) -> object:
    def value(name: str) -> typing.Any:
        kind, maybe = columns(record)[name]
        cell = row[name]
        if maybe and not cell:
            return None
        return cell == "true" if kind is bool else kind(cell)

    return record(**{name: value(name) for name in columns(record)})


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    for name, record in (
        ("documents", Document),
        ("requirements", Requirement),
        ("values", Value),
        ("harmonised_requirements", Cell),
    ):
        with (FROZEN / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            write_table([parse(record, row) for row in csv.DictReader(file)], record, folder, name)
    return folder


@pytest.fixture(scope="module")
def card(output):
    repaired = FROZEN / "gold" / "repair" / "repaired"
    damaged = FROZEN / "gold" / "repair" / "damaged"
    known = {f.read_text("utf-8"): (repaired / f.name).read_text("utf-8") for f in damaged.glob("*.txt")}
    return score_folder(FROZEN / "gold", output, repair=known.__getitem__)


PRINTED_LINES = (FROZEN / "extraction.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in PRINTED_LINES if not line.startswith("metadata")])
def test_extraction_agrees_to_the_digit(card, line):
    name, *numbers = PRINTED.match(line).groups()
    figure = card.figure(name.strip())
    assert [
        f"{figure.precision:.3f}", f"{figure.recall:.3f}", f"{figure.f1:.3f}", str(figure.hits), str(figure.found),
        str(figure.gold),
    ] == numbers  # fmt: skip


@pytest.mark.parametrize("line", [line for line in PRINTED_LINES if line.startswith("metadata")])
def test_metadata_agree_to_the_digit(card, line):
    _, name, counts = line.split()
    figure = card.figure(f"metadata {name}")
    assert f"{figure.hits}/{figure.gold}" == counts


def test_repair_agrees_to_the_digit(card):
    printed = (FROZEN / "repair.txt").read_text("utf-8").splitlines()
    listed = format_scorecard(card).splitlines()
    assert len(printed) == 5
    assert [line for line in printed if line not in listed] == []


def test_repair_that_changes_nothing_reduces_nothing():
    score = score_repairs(FROZEN / "gold" / "repair", lambda text: text)
    assert score.wer_reduction == score.cer_reduction == 0
    assert score.edits.made == 0


def test_cells_count_the_silent_ones_too(card):
    # By hand: of six cells that the gold settles (a third document answers differently on one), response_time,
    # prohibited_content and photo_consent are right; "tone" is answered by a second document and called silent.
    answer, silent, stated = (card.figure(f"cell {name}") for name in ("answer", "silent", "stated"))
    assert (answer.hits, answer.gold) == (3, 5)
    assert (silent.hits, silent.gold) == (1, 2)
    assert (stated.hits, stated.found, stated.gold) == (2, 3, 3)
    assert any("1 cells left out" in note for note in card.notes)


def test_cell_values_are_counted_one_by_one(card):
    value, exact = card.figure("cell value"), card.figure("cell value exact")
    assert (value.hits, value.found, value.gold) == (4, 5, 6)
    assert (exact.hits, exact.gold) == (1, 3)


def test_a_document_that_is_missing_is_said(card):
    assert "borta: not in the output" in card.notes


def test_the_baseline_is_scored_on_the_same_gold(card):
    by_name = {f.measure: f for f in card.baseline}
    assert by_name["obligation overlap"].gold == card.figure("obligation overlap").gold
    assert 0 < by_name["obligation overlap"].f1 < 1
    assert (by_name["cell answer"].hits, by_name["cell answer"].gold) == (2, 5)
