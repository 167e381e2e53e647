"""Page labels and running heads of plain text are told from its words."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import read_document
from pipeline.ingest.text_furniture import find_text_furniture
from pipeline.outline import outline_document
from pipeline.repair import repair_document

PAGES = """Ekby kommun                 RIKTLINJE          1 (3)
KS 2020/12

Riktlinje för sociala medier

Frågor besvaras inom två dagar. Den kontoansvarige

Ekby kommun                 RIKTLINJE          2 (3)
KS 2020/12

läser kommentarerna varje dag.

Ekby kommun                 RIKTLINJE          3 (3)
KS 2020/12

Ansvar

Chefen utser en redaktör.
"""


def furniture(text: str) -> dict[str, str]:
    lines = text.split("\n")
    return {f"{i}: {' '.join(lines[i].split())}": role for i, role in sorted(find_text_furniture(lines).items())}


def test_heads_of_later_pages_are_furniture_and_the_first_page_keeps_its_own() -> None:
    assert furniture(PAGES) == {
        "7: Ekby kommun RIKTLINJE 2 (3)": "page_number", "8: KS 2020/12": "header",
        "12: Ekby kommun RIKTLINJE 3 (3)": "page_number", "13: KS 2020/12": "header",
    }  # fmt: skip


def test_a_sentence_over_a_page_break_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAGES, encoding="utf-8")
    outline = outline_document(repair_document(read_document(path)))
    assert "2 (3)" not in outline.text
    assert outline.document.completeness == "complete"
    assert {m.field: m.value for m in outline.metadata}["diary_number"] == "KS 2020/12"


def test_front_matter_is_said_around_the_text(tmp_path: Path) -> None:
    front = "---\ntitle: Riktlinjer för sociala medier\nkommun: Krokoms kommun\ntags:\n  - webb\n---\n"
    path = tmp_path / "a.md"
    path.write_text(f"{front}\n# Svar\n\nFrågor ska besvaras inom en dag.\n", encoding="utf-8")
    outline = outline_document(repair_document(read_document(path)))
    assert outline.text.strip() == "# Svar\n\nFrågor ska besvaras inom en dag."
    said = {m.field: m.value for m in outline.metadata}
    assert (said["title"], said["municipality"]) == ("Riktlinjer för sociala medier", "Krokom")
    assert not furniture("---\nFrågor ska besvaras inom en dag.\n---\n")
    assert not furniture("---\n# Svar\n")


def test_labels_alone_are_found_from_the_first_page_on() -> None:
    text = "Text.\n\nSida 1 av 2\n\nMer text.\n\nSida 2 av 2\n"
    assert list(furniture(text)) == ["2: Sida 1 av 2", "6: Sida 2 av 2"]


def test_labels_of_one_count_may_have_gaps() -> None:
    text = "Rubrik\n\nText.\n\nMer.\n\nEkby kommun    Sida 3 av 5\n\nMer text.\n\nEkby kommun    Sida 5 av 5\n"
    assert list(furniture(text)) == ["6: Ekby kommun Sida 3 av 5", "10: Ekby kommun Sida 5 av 5"]
    assert furniture(text.replace("5 av 5", "6 av 5")) == {}
    assert furniture(text.replace("5 av 5", "5 av 7")) == {}


def test_the_head_of_the_first_page_stays_whatever_its_number() -> None:
    text = "PROTOKOLL    Sida 14 (31)\n\nText.\n\nPROTOKOLL    Sida 15 (31)\n\nMer.\n"
    assert list(furniture(text)) == ["4: PROTOKOLL Sida 15 (31)"]


def test_numbers_that_do_not_count_on_are_of_the_text() -> None:
    assert furniture("Antal\n\n12\n\n7\n\n31\n\n8\n") == {}
    assert furniture("Se sida 4 av 9\n\nText\n\nSe sida 2 av 9\n") == {}


def test_a_heading_that_comes_back_without_labels_is_of_the_text() -> None:
    assert furniture("Ansvar\n\nChefen utser.\n\nAnsvar\n\nNämnden beslutar.\n") == {}


@given(st.lists(st.text(alphabet="Sida av123(), \t-\nåx", max_size=30), max_size=30))
def test_only_lines_that_are_there_have_roles(lines: list[str]) -> None:
    roles = find_text_furniture(lines)
    assert all(0 <= i < len(lines) and lines[i].strip() for i in roles)
    assert set(roles.values()) <= {"page_number", "header"}
