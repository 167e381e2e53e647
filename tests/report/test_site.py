"""The report's files: whole, the same every time, in parts, with page pictures that show nobody's name."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.records.reading import Page, Word
from pipeline.records.repair import Repair
from pipeline.report.boxes import PageBoxes
from pipeline.report.masking import Mask
from pipeline.report.sides import side_by_side
from pipeline.report.site import write_site
from tests.report.sample import drafts


def read_part(folder: Path, name: str) -> Any:
    """What a data script hands to the page."""
    said = (folder / "report" / "data" / f"{name}.js").read_text("utf-8")
    match = re.fullmatch(r"window\.JAMKA\.register\((\"[^\"]+\"),(.*)\);\n", said, re.DOTALL)
    assert match is not None and json.loads(match[1]) == name
    return json.loads(match[2])


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_the_same_comparison_gives_the_same_bytes_whatever_stood_there(
    contents: Any, written: Path, tmp_path: Path
) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "old.html").write_text("gammal")
    write_site(contents, tmp_path)
    assert files(tmp_path / "report") == files(written / "report")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["report"]


def no_links(*_: Any) -> None:
    raise OSError("no links here")


@pytest.mark.parametrize("links", [True, False])
def test_what_is_as_it_was_is_not_written_again_and_what_is_not_is(
    contents: Any, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    write_site(contents, tmp_path)
    data = tmp_path / "report" / "data"
    same, shorter, altered = data / "documents.js", data / "findings.js", data / "laws.js"
    kept = same.stat().st_ino
    shorter.write_text("kort")
    altered.write_bytes(altered.read_bytes()[::-1])
    if not links:
        monkeypatch.setattr("os.link", no_links)
    write_site(contents, tmp_path)
    assert files(tmp_path / "report") == files(written / "report")
    assert (same.stat().st_ino == kept) is links
    assert same.stat().st_nlink == 1


def test_a_long_list_is_cut_into_parts_that_hold_it_all(
    contents: Any, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_part(written, "findings")
    assert (whole["total"], whole["parts"]) == (len(whole["rows"]), 1)
    monkeypatch.setattr("pipeline.report.lists.PAGE_ROWS", 1)
    write_site(contents, tmp_path)
    first = read_part(tmp_path, "findings")
    assert (first["total"], first["parts"], first["kinds"]) == (whole["total"], whole["total"], whole["kinds"])
    others = [read_part(tmp_path, f"findings/{n}") for n in range(2, first["parts"] + 1)]
    assert [first["rows"], *others] == [[row] for row in whole["rows"]]


def test_a_failed_run_leaves_the_old_report(contents: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(contents, tmp_path)
    before = files(tmp_path / "report")

    def fail(*_: Any) -> None:
        raise OSError("full disk")

    monkeypatch.setattr("pipeline.report.site.lineage_list", fail)
    with pytest.raises(OSError, match="full disk"):
        write_site(contents, tmp_path)
    assert files(tmp_path / "report") == before


def test_the_summary_says_every_cell_in_letters(written: Path, sample: Any) -> None:
    summary = read_part(written, "summary")
    assert [m["name"] for m in summary["municipalities"]] == ["Ekvik", "Ålbyn", "Östnäs"]
    row = next(r for r in summary["requirements"] if r["id"] == "response_time")
    assert [summary["codes"]["strictness"]["abc defghij".replace(" ", "").index(x)] for x in row["strictness"]] == [
        "strictest",
        "laxer",
        "incomparable",
    ]
    assert [summary["values"][v] for v in row["values"]][:2] == [
        ["24 timmar (vardagar)", "within 24 hours (weekdays)"],
        ["48 timmar", "within 48 hours"],
    ]
    assert (
        summary["figures"]["cells"]
        == len(sample.comparison.cells)
        == sum(v for k, v in summary["figures"].items() if k.startswith("cells_"))
    )


def test_a_cell_carries_quote_rule_laws_and_passages(written: Path) -> None:
    cell = read_part(written, "m/0000")["cells"]["response_time"]
    assert cell["quote"] == "Frågor ska besvaras inom 24 timmar på vardagar"
    assert [p["requirement"]["rule"] for p in cell["passages"]] == ["modal.active"]
    silent = read_part(written, "m/0000")["cells"]["blocking_users"]
    assert silent["start"] is None
    assert [(p["relation"], p["score"]) for p in silent["passages"]] == [("nearest", 0.21)]


def test_people_are_masked_in_every_file(written: Path) -> None:
    said = "".join(f.read_text("utf-8") for f in (written / "report").rglob("*.js"))
    assert "Karin" not in said and "Ödman" not in said and "45 67" not in said
    one = drafts()[0]
    part = read_part(written, f"d/{one.id}")
    assert len(part["text"]) == len(one.text)
    assert next(m for m in part["metadata"] if m["field"] == "responsible")["value"] == "••••• •••••"


def test_findings_stand_where_their_words_stand(written: Path) -> None:
    one = drafts()[0]
    law = read_part(written, "findings")["rows"][0]
    assert one.text[law["start"] : law["end"]] == "Personuppgiftslagen (1998:204)"


WORDS = [  # one line of two words, then another line
    Word("d", 1, 0, 5, 100.0, 50.0, 150.0, 60.0, 1.0), Word("d", 1, 6, 9, 155.0, 51.0, 180.0, 61.0, 1.0),
    Word("d", 1, 10, 14, 100.0, 70.0, 140.0, 80.0, 1.0), Word("d", 2, 15, 19, 100.0, 50.0, 140.0, 60.0, 1.0),
]  # fmt: skip
SHEETS = [Page("d", 1, 0, 14, 200.0, 100.0, "text", 1.0, ""), Page("d", 2, 15, 19, 200.0, 100.0, "text", 1.0, "")]


def test_boxes_join_the_words_of_a_line() -> None:
    placed = PageBoxes(WORDS, SHEETS)
    assert placed.of_span(2, 12) == [(1, 0.5, 0.5, 0.9, 0.61), (1, 0.5, 0.7, 0.7, 0.8)]
    assert placed.of_span(14, 19) == [(2, 0.5, 0.5, 0.7, 0.6)]
    assert placed.of_span(5, 6) == []


def test_page_pictures_are_covered_where_people_stand(sample: Any, contents: Any, tmp_path: Path) -> None:
    one = drafts()[0]
    start, end = one.span("Karin Ödman")
    sink = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(sink, "WEBP", lossless=True)
    for page in ("1", "2", "x"):
        (tmp_path / "pages" / one.id).mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / one.id / f"{page}.webp").write_bytes(sink.getvalue())
    placed = replace(
        sample.material, page_images=tmp_path / "pages",
        words=[Word(one.id, 1, start, end, 50.0, 20.0, 100.0, 30.0, 1.0),
               Word(one.id, 1, *one.span("0123-45 67 89"), 50.0, 60.0, 100.0, 70.0, 1.0)],
        sheets=[Page(one.id, 1, 0, len(one.text), 200.0, 100.0, "text", 1.0, "")],
    )  # fmt: skip
    write_site(replace(contents, material=placed), tmp_path)
    folder = tmp_path / "report" / "images" / one.id
    assert sorted(f.name for f in folder.iterdir()) == ["1.webp", "2.webp"]
    assert (folder / "2.webp").read_bytes() == sink.getvalue()
    with Image.open(folder / "1.webp") as picture:
        red = [picture.convert("RGB").getpixel(at)[0] for at in ((75, 25), (75, 65), (75, 45), (150, 25))]
    assert [value < 80 for value in red] == [True, True, False, False]
    assert read_part(tmp_path, f"d/{one.id}")["images"] == [1, 2]
    assert read_part(tmp_path, f"d/{one.id}")["boxes"][f"{start}-{end}"] == [[1, 0.25, 0.2, 0.5, 0.3]]
    # Where the hidden words have no place, the page is not shown at all.
    write_site(replace(contents, material=replace(placed, words=[])), tmp_path)
    assert sorted(f.name for f in (tmp_path / "report" / "images" / one.id).iterdir()) == ["2.webp"]


def test_before_and_after_stand_line_beside_line() -> None:
    raw, text = "vi bor\nsvara snabt\n", "vi bör\nsvara snabbt\n"
    repairs = [
        Repair("d", 1, 13, 19, 13, 18, "snabt", "snabbt", "channel", 0.9, "applied"),
        Repair("d", 1, 3, 6, 3, 6, "bor", "bör", "channel", 0.9, "applied"),
        Repair("d", 1, 0, 2, 0, 2, "vi", "Vi", "channel", 0.4, "suggested"),
    ]
    assert side_by_side(Mask(raw), Mask(text), repairs) == [
        ([("vi ", -1), ("bor", 1)], [("vi ", -1), ("bör", 1)]),
        ([("svara ", -1), ("snabt", 0)], [("svara ", -1), ("snabbt", 0)]),
    ]
    assert side_by_side(Mask(raw), Mask("annan text"), repairs) == []


def test_names_in_running_heads_are_covered_too(sample: Any, contents: Any, tmp_path: Path) -> None:
    one = drafts()[0]
    head = "Handläggare: Bo Ek\n"
    sink = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(sink, "WEBP", lossless=True)
    (tmp_path / "pages" / one.id).mkdir(parents=True)
    (tmp_path / "pages" / one.id / "1.webp").write_bytes(sink.getvalue())
    # Furniture is cut from the raw text; nothing of it is in the reading text.
    cut = Repair(one.id, 1, 0, 0, 0, len(head), head, "", "furniture", 1.0, "applied")
    moved = [len(head) + place for place in one.span("Karin Ödman")]
    placed = replace(
        sample.material,
        page_images=tmp_path / "pages",
        raw_texts={one.id: head + one.text},
        repairs=[cut],
        raw_words=[
            Word(one.id, 1, 13, 18, 50.0, 5.0, 100.0, 15.0, 1.0),
            Word(one.id, 1, moved[0], moved[1], 50.0, 40.0, 100.0, 50.0, 1.0),
            Word(one.id, 1, moved[1] + 1, len(head + one.text), 150.0, 60.0, 180.0, 70.0, 1.0),
        ],
        sheets=[Page(one.id, 1, 0, len(head + one.text), 200.0, 100.0, "text", 1.0, "")],
    )
    write_site(replace(contents, material=placed), tmp_path)
    with Image.open(tmp_path / "report" / "images" / one.id / "1.webp") as picture:
        red = [picture.convert("RGB").getpixel(at)[0] for at in ((75, 10), (75, 45), (75, 80))]
    assert [value < 80 for value in red] == [True, True, False]
