"""Pages read without å, ä and ö, which no model was built from, are mended as docs/repair.md promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.repairs import Edits, Rates, edits, measure
from pipeline.params import RepairSettings
from pipeline.repair import repair_text

PAGES = Path(__file__).parents[2] / "benchmarks" / "repair" / "data"
SETTINGS = RepairSettings()


@pytest.mark.parametrize(
    ("pages", "fallen", "precision"), [("development", 0.91, 0.99), ("development_unseen", 0.84, 0.975)]
)
def test_damaged_pages_are_mended(pages: str, fallen: float, precision: float) -> None:
    before, after, made = Rates(), Rates(), Edits()
    for path in sorted((PAGES / pages).glob("*.gold.txt"))[::5]:
        gold = path.read_text("utf-8")
        read = path.with_name(path.name.replace(".gold.", ".read.")).read_text("utf-8")
        repaired = repair_text(read, settings=SETTINGS).text
        before, after = before + measure(gold, read), after + measure(gold, repaired)
        made += edits(gold, read, repaired)
    assert made.made > 500
    assert 1 - after.words / before.words > fallen
    assert made.precision > precision


def test_clean_pages_come_through() -> None:
    for path in sorted(PAGES.glob("*/prose*.gold.txt")):
        gold = path.read_text("utf-8")
        assert " ".join(repair_text(gold, settings=SETTINGS).text.split()) == " ".join(gold.split())
