"""A municipality of whom the folder has only a letter that proposes a guideline: its silence is the letter's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.report import write_report
from pipeline.report.contents import Contents
from pipeline.report.summary import summary_part
from tests.report.conftest import IN_CHROMIUM

LETTER = "Östnäs"


@pytest.fixture(scope="module")
def proposing(sample: Any) -> Any:
    """The sample where Östnäs has a letter alone."""
    documents = (
        replace(one, completeness="proposal") if one.municipality == LETTER else one
        for one in sample.comparison.documents
    )
    return replace(sample, comparison=replace(sample.comparison, documents=tuple(documents)))


@pytest.fixture(scope="module")
def written(proposing: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposing")
    write_report(proposing.comparison, proposing.material, folder,
                 codebooks=proposing.codebooks, settings=proposing.settings)  # fmt: skip
    return folder


def test_only_who_has_nothing_but_letters_is_without_rules(contents: Any, proposing: Any) -> None:
    changed = Contents(proposing.comparison, proposing.material, proposing.codebooks, proposing.settings)
    assert contents.unruled == frozenset()
    assert changed.unruled == {LETTER}
    figures = summary_part(changed)["figures"]
    assert figures["cells_unruled"] == figures["harmonised"]
    ruled = sum(count for name, count in figures.items() if name.startswith("ruled_"))
    assert ruled == figures["cells"] - figures["cells_unruled"]


def test_the_workbook_says_that_the_guideline_is_not_here(written: Path) -> None:
    book = openpyxl.load_workbook(written / "harmonised_requirements.xlsx")
    rows = [row for row in book["Harmoniserade krav"].iter_rows(min_row=2, values_only=True) if "Nämns inte" in row]
    for row in rows:
        assert any("finns inte i mappen" in str(cell) for cell in row) == (LETTER in row), row
    assert {LETTER, "Ekvik"} <= {cell for row in rows for cell in row}
    assert any("bara ett förslag" in str(cell.value) for row in book["Matris"].iter_rows() for cell in row)


@pytest.mark.parametrize("mark", [pytest.param(None, marks=IN_CHROMIUM)])
def test_matrix_card_and_overview_say_that_the_guideline_is_not_here(browser: Any, written: Path, mark: None) -> None:
    page = browser.new_context(locale="sv-SE").new_page()
    page.goto((written / "report" / "index.html").as_uri() + f"#/matrix/crisis/{LETTER}")
    page.wait_for_selector(".evidence")
    assert "finns inte i mappen" in page.inner_text(".evidence-head")
    assert page.locator(".evidence-head .tag .g-unruled").count() == 1
    page.wait_for_selector(".evidence h3")
    assert "Hela texten är läst" not in page.inner_text("#panel")
    page.evaluate(f"location.hash = '#/municipality/{LETTER}'")
    page.wait_for_selector(".view-municipality .notice")
    assert "Nämns inte i förslaget" in page.inner_text("#main")
    page.evaluate("location.hash = '#/overview'")
    page.wait_for_selector(".figures")
    assert "2 av 3 som har ett gällande dokument" in page.inner_text("#main")
    assert "räknas inte, där mappen bara har ett förslag" in page.inner_text(".figures")
    bars = page.locator(".bars .numeric").all_inner_texts()
    assert bars
    assert all(bar.endswith("/2") for bar in bars)
    page.evaluate("location.hash = '#/graph'")
    page.wait_for_selector("caption:has-text('Krav som håller ihop')", state="attached")
    shares = page.locator(".data-table", has=page.locator("caption", has_text="Krav som håller ihop")).locator(
        "td:nth-child(5)"
    )
    assert {share.split()[-1] for share in shares.all_inner_texts()} <= {"1", "2"}
    page.evaluate("location.hash = '#/matrix'")
    said = page.locator(".matrix td.unruled .clamp").all_inner_texts()
    assert said
    assert set(said) == {"bara ett förslag finns"}
    page.uncheck("#matrix-words")
    page.wait_for_selector(".matrix.compact td.a-silent.unruled")
    assert page.locator(".matrix.compact td.unruled:not(.a-silent)").count() == 0
    assert "Nämns inte i förslaget; riktlinjen saknas i mappen" in page.inner_text(".legend")
    page.context.close()
