"""Text files come through character for character."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document

RAW = Path(__file__).parents[2] / "data/raw"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda p: p.stem)
def test_the_five_texts_come_through_unchanged(path: Path) -> None:
    reading = read_document(path)
    assert reading.text == path.read_text("utf-8")
    assert [reading.text[line.start : line.end] for line in reading.lines] == [
        line for line in reading.text.split("\n") if line.strip()
    ]


def test_a_form_feed_begins_a_page_and_a_mark_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("## Syfte\r\n\r\nVi ska svara.\fSida två".encode("utf-16"))
    reading = read_document(path, file_name="mapp/a\u030a.txt")
    assert reading.text == "## Syfte\n\nVi ska svara.\fSida två"
    assert [(line.page, line.style, line.level) for line in reading.lines] == [
        (1, "heading", 2), (1, "plain", 0), (2, "plain", 0),
    ]  # fmt: skip
    assert [reading.text[p.start : p.end] for p in reading.pages] == ["## Syfte\n\nVi ska svara.", "Sida två"]
    assert (reading.source.file_name, reading.source.pages, reading.source.text_source) == ("mapp/å.txt", 2, "text")


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b" \n\t\r\n", "no_text"), (b"\x00" * 50, "unsupported")])
def test_what_is_no_text_is_a_failure(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentFailure) as failure:
        read_document(path)
    assert failure.value.code == code


def test_same_bytes_same_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text("Samma text", "utf-8")
    a, b = (read_document(tmp_path / n).source for n in ("a.txt", "b.md"))
    assert a.document_id == b.document_id == f"d{a.sha256[:12]}"
    assert (a.media_type, b.media_type) == ("text/plain", "text/markdown")
