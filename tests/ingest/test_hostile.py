"""Whatever a file holds, reading it ends as text or as a failure with a message, never as another exception."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.failures import DOCUMENT_FAILURES, DocumentFailure
from pipeline.ingest import read_document
from pipeline.params import IngestSettings, LimitSettings

HEADS = (
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"RIFF\x10\0\0\0WEBP",
    b"<html><body>", b"<!DOCTYPE html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"\xef\xbb\xbf", b"\xff\xfe",
    b"MZ", b"%!PS", b"GIF89a", b"From: a@b\n",
)  # fmt: skip
ANSWERS = {"text", *DOCUMENT_FAILURES} - {"crash", "internal", "memory"}
"""How reading may end; a crash, want of memory and an error of ours are what a file must not bring about."""


def ends(path: Path, **keywords: Any) -> str:
    """The failure's code, or text."""
    try:
        reading = read_document(path, **keywords)
    except DocumentFailure as failure:
        assert failure.message.sv
        assert failure.message.en
        return failure.code
    assert reading.text
    return "text"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(HEADS), st.binary(max_size=300), st.sampled_from(["a.txt", "a.pdf", "a.html", "a.docx", "a.eml"])
)
def test_any_bytes_under_any_name(tmp_path: Path, head: bytes, rest: bytes, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(head + rest)
    assert ends(path, file_name=name) in ANSWERS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_sound_file_with_damage(tmp_path: Path, make_pdf: Any, make_docx: Any, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["pdf", "docx"]))
    sound = make_pdf([[(60, 100, 11, "Text")]]) if kind == "pdf" else make_docx("<w:p><w:r><w:t>Text</w:t></w:r></w:p>")
    damaged = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged.{kind}"
    path.write_bytes(damaged)
    assert ends(path) in ANSWERS


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.4\n%%EOF", "a.pdf", "malformed"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "a.png", "malformed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"\x7fELF" + b"\x00" * 100, "a.txt", "unsupported"),
        (b"%!PS-Adobe\n(x) show", "a.jpg", "unsupported"),
        (b'{"rubrik": "Riktlinjer"}', "a.json", "unsupported"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no_text"),
        (b"PK\x03\x04" + b"\x00" * 50, "a.docx", "malformed"),
    ],
)
def test_each_kind_has_its_own_message(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert ends(path) == code


def test_a_wrong_ending_does_no_harm(tmp_path: Path, make_pdf: Any) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(make_pdf([[(60, 100, 11, "Egentligen en PDF")]]).read_bytes())
    reading = read_document(path)
    assert (reading.text, reading.source.media_type) == ("Egentligen en PDF", "application/pdf")


def test_an_image_over_the_limit_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (30_000, 30_000)).save(path)
    assert path.stat().st_size < 1_000_000
    assert ends(path) == "too_many_pixels"


def test_a_tiff_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tiff"
    page = Image.new("1", (10, 10))
    page.save(path, save_all=True, append_images=[page] * 5)
    assert ends(path, settings=IngestSettings(limits=LimitSettings(pages=5))) == "too_many_pages"


def test_a_spreadsheet_says_what_it_is(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    assert ends(path) == "unsupported"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_comments_without_a_page_behind_them_are_told_at_once(tmp_path: Path, name: str) -> None:
    # Were a comment read again at every length, this would take longer than the world is old.
    path = tmp_path / name
    path.write_text("<!---->" * 500 + "x <p>Kommunen ska svara.</p>")
    assert ends(path) == "text"


def test_line_breaks_of_unicode_end_a_line_in_every_format(tmp_path: Path, make_docx: Any) -> None:
    reading = read_document(make_docx("<w:p><w:r><w:t>ett\u2028två\u2029tre</w:t></w:r></w:p>"))
    assert [reading.text[line.start : line.end] for line in reading.lines] == ["ett", "två", "tre"]


def test_a_missing_file_is_no_document_failure(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "saknas.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert ends(tmp_path) == "not_a_file"
