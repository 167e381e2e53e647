"""What size and boldness of lines say of headings, where the format itself names none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.outline import outline_document
from pipeline.records.outline import Outline
from pipeline.records.reading import Line
from tests.cases import read_cases
from tests.texts import repaired_of


def formatted(lines: list[list[Any]], *, style: str = "plain") -> Outline:
    """The outline of lines given as words, size and "b" for bold, "h" for a heading, "f" for a footnote."""
    texts = [str(line[0]) if line else "" for line in lines]
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    sources = tuple(
        Line(
            "d1", 1, start, start + len(text), "footnote" if "f" in line else "body",
            style if "h" in line else "plain", int("h" in line), "",
            70.0, 100.0 + start, 500.0, 110.0 + start, float(line[1]), "b" in line, "text",
        )
        for line, text, start in zip(lines, texts, starts, strict=True)
        if line
    )  # fmt: skip
    return outline_document(replace(repaired_of("\n".join(texts)), lines=sources))


@pytest.mark.parametrize("case", read_cases(Path(__file__).with_name("formatted.yaml"), lambda case: str(case["name"])))
def test_headings_by_print(case: dict[str, Any]) -> None:
    assert [s.title for s in formatted(case["lines"]).sections if s.title] == case["titles"]


def test_a_last_line_that_only_looks_like_a_heading_does_not_make_a_web_page_break_off() -> None:
    page = [
        ["Ansvar", 0, "h"], ["Chefen ansvarar för kontot.", 0], [],
        ["Gallring", 0, "h"], ["Inlägg gallras efter ett år.", 0], [], ["Blankett för ansökan", 0],
    ]  # fmt: skip
    assert formatted(page, style="heading").document.completeness == "complete"
    assert formatted(page).document.completeness == "truncated"
    assert formatted(page[:4], style="heading").document.completeness == "truncated"


def test_a_footnote_does_not_part_a_list_from_what_leads_into_it() -> None:
    outline = formatted([
        ["Innan en kommentar tas bort ska redaktören:", 11], [],
        ["1 Lagen om elektroniska anslagstavlor,", 9, "f"], ["som den lyder i dag.", 9, "f"],
        ["2 Arkivlagen.", 9, "f"], [],
        ["1. Ta en skärmdump.", 11], ["2. Registrera den.", 11], [],
        ["3 Dataskyddsförordningen.", 9, "f"], [],
        ["3. Meddela chefen.", 11],
    ])  # fmt: skip
    units = [(u.kind, u.lead_in, " ".join(outline.text[u.start : u.end].split())) for u in outline.units]
    assert units == [
        ("lead_in", -1, "Innan en kommentar tas bort ska redaktören:"),
        ("sentence", -1, "1 Lagen om elektroniska anslagstavlor, som den lyder i dag."),
        ("sentence", -1, "2 Arkivlagen."),
        ("list_item", 0, "Ta en skärmdump."),
        ("list_item", 0, "Registrera den."),
        ("sentence", -1, "3 Dataskyddsförordningen."),
        ("list_item", 0, "Meddela chefen."),
    ]
