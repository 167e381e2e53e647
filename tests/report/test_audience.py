"""A municipality of whom the folder has rules for the public alone: what lacks is measured against such rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.records.comparison import Finding
from pipeline.report import write_report
from pipeline.report.contents import Contents
from pipeline.report.summary import summary_part
from pipeline.wording import PARTIAL, PUBLIC, STAFF, UNRULED, asked_of
from tests.report.conftest import IN_CHROMIUM
from tests.rows import row

VISITED = "Östnäs"


@pytest.fixture(scope="module")
def visited(sample: Any) -> Any:
    """The sample where Östnäs has rules for the public alone."""
    told = row(Finding, kind="missing_attachment", municipality=VISITED, message_sv=UNRULED[PUBLIC].sv, weight=0.6)
    findings = (*sample.comparison.findings, told)
    return replace(sample, comparison=replace(sample.comparison, findings=findings))


def test_whom_documents_speak_to_is_told(visited: Any) -> None:
    said = summary_part(Contents(visited.comparison, visited.material, visited.codebooks, visited.settings))
    assert {m["name"]: m["audience"] for m in said["municipalities"]} == {
        m["name"]: PUBLIC if m["name"] == VISITED else STAFF for m in said["municipalities"]
    }
    assert set(said["asked"][PUBLIC]) == asked_of(PUBLIC, visited.codebooks[0])


def test_of_whom_there_is_only_a_document_on_some_questions_is_told(sample: Any) -> None:
    told = row(Finding, kind="missing_attachment", municipality=VISITED, message_sv=UNRULED[PARTIAL].sv, weight=0.6)
    comparison = replace(sample.comparison, findings=(*sample.comparison.findings, told))
    said = summary_part(Contents(comparison, sample.material, sample.codebooks, sample.settings))
    assert [m["name"] for m in said["municipalities"] if m["partial"]] == [VISITED]
    assert all(m["audience"] == STAFF for m in said["municipalities"])


@pytest.mark.parametrize("mark", [pytest.param(None, marks=IN_CHROMIUM)])
def test_its_card_counts_nobody_who_speaks_to_others(browser: Any, visited: Any, tmp_path: Path, mark: None) -> None:
    write_report(visited.comparison, visited.material, tmp_path, codebooks=visited.codebooks, settings=visited.settings)
    page = browser.new_context(locale="sv-SE").new_page()
    page.goto((tmp_path / "report" / "index.html").as_uri() + f"#/municipality/{VISITED}")
    page.wait_for_selector(".view-municipality .notice")
    assert "bara regler för allmänheten" in page.inner_text("#main")
    assert page.locator(".chips li").count() == 0
    page.evaluate("location.hash = '#/municipality/Ekvik'")
    page.wait_for_selector(".view-municipality .chips li")
    assert "vänder sig till samma läsare" in page.inner_text("#main")
    counts = page.locator(".chips li").all_inner_texts()
    assert counts
    assert all(chip.endswith("/1") for chip in counts)
    page.context.close()
