"""What the report prints: every column, every row, and in words what is left out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.site import write_site
from tests.report.conftest import IN_CHROMIUM, go

pytestmark = IN_CHROMIUM


def printed(page: Any, *, landscape: bool = False) -> str:
    """The words on paper."""
    import pypdfium2

    sheets = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", landscape=landscape)))
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in sheets)


def with_municipalities(page: Any, count: int) -> list[str]:
    """The first view's data with so many columns: the sample's, again under other names."""
    names = [f"Ort{n}." for n in range(count)]
    page.evaluate(
        """names => {
          const all = JAMKA.part("summary"), have = all.municipalities.length;
          const spread = (row) => names.map((_, i) => row[i % have]);
          all.municipalities = names.map((name, i) => ({ ...all.municipalities[i % have], name }));
          const letters = ["answers", "strictness", "modalities", "reviews", "doubtful"];
          for (const row of all.requirements) {
            for (const field of letters) row[field] = spread(row[field]).join("");
            for (const field of ["values", "confidence"]) row[field] = spread(row[field]);
          }
        }""",
        names,
    )
    return names


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(("count", "words", "parts"), [(7, True, 2), (15, True, 3), (30, False, 2)])
def test_every_column_of_the_matrix_is_on_paper(
    page: Any, count: int, words: bool, parts: int, landscape: bool
) -> None:
    names = with_municipalities(page, count)
    go(page, "#/matrix")
    assert page.locator("#matrix-words").is_checked() is words
    for _ in range(2):  # a second print is as whole as the first
        said = printed(page, landscape=landscape)
        assert [name for name in names if name not in said.replace("\n", "").replace("\r", "")] == []
        assert f"Del 2 av {parts}" in said
    assert page.locator(".printed-page").count() == 0


def test_a_list_prints_every_row_or_says_how_many_it_leaves_out(
    page: Any, contents: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.report.lists.PAGE_ROWS", 3)
    write_site(contents, tmp_path)
    go(page, "#/findings")
    assert "Utskrivna rader: 4 av 4." in printed(page)
    other = page.context.new_page()
    other.goto((tmp_path / "report" / "index.html").as_uri() + "#/findings")
    other.wait_for_selector("table.list")
    said = " ".join(printed(other).split())
    assert "Utskrivna rader: 3 av 4. 1 rad är inte med på papperet. Den finns" in said


def test_more_than_a_screenful_of_rows_is_printed(page: Any, written: Path) -> None:
    part = written / "report" / "data" / "findings.js"
    name, content = json.loads("[" + part.read_text("utf-8").split("(", 1)[1].rstrip(";\n)") + "]")
    content["rows"] = [{**content["rows"][0], "sv": f"nummer {n}."} for n in range(240)]
    page.evaluate("([name, content]) => JAMKA.register(name, content)", [name, {**content, "total": 240}])
    go(page, "#/findings")
    page.wait_for_selector("table.list")
    assert page.locator("table.list tbody tr").count() == 100
    assert "nummer239." in "".join(printed(page).split())
    assert page.locator("table.list tbody tr").count() == 100


def test_a_card_says_how_many_findings_it_leaves_out(page: Any, written: Path) -> None:
    part = written / "report" / "data" / "m" / "0000.js"
    name, content = json.loads("[" + part.read_text("utf-8").split("(", 1)[1].rstrip(";\n)") + "]")
    content["findings"] = content["findings"][:1] * 12
    page.evaluate("([name, content]) => JAMKA.register(name, content)", [name, {**content, "findings_total": 40}])
    go(page, "#/municipality/0")
    page.wait_for_selector("main .attention")
    assert "och 28 till" in page.inner_text("main")
    assert "och 32 till" in printed(page)
