"""A file's text comes back from whatever encoding a Swedish office wrote it in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.failures import DocumentFailure
from pipeline.ingest.decoding import clean, decode

TEXTS = yaml.safe_load((Path(__file__).parent / "encodings.yaml").read_text("utf-8"))
WITH_MARK = ("utf-8-sig", "utf-16", "utf-32")
WITHOUT_MARK = ("utf-8", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1252", "cp850", "mac_roman")


@pytest.mark.parametrize("encoding", WITH_MARK + WITHOUT_MARK)
@pytest.mark.parametrize("text", TEXTS)
def test_swedish_comes_back_from_each_encoding(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip(f"{encoding} lacks a character")
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"a\x00b and some more words of text here", "a\ufffdb and some more words of text here"),
        ("nämnd\x0bkommun".encode(), "nämnd\nkommun"),
        ("sida ett\fsida två".encode(), "sida ett\fsida två"),
        ("är avbruten på slutet också".encode() + b"\xc3", "är avbruten på slutet ocksåÃ"),
        (("å" * 40).encode() + b" \x96 slut", "å" * 40 + " – slut"),
    ],
)
def test_line_breaks_controls_and_broken_bytes(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_typography_of_windows_is_kept() -> None:
    assert decode("”Ja” – sa chefen… och gick på möte".encode("cp1252")) == "”Ja” – sa chefen… och gick på möte"


def test_a_program_is_no_text() -> None:
    with pytest.raises(DocumentFailure) as failure:
        decode(bytes(range(32)) * 20)
    assert failure.value.code == "unsupported"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_without_controls_or_a_failure(data: bytes) -> None:
    try:
        text = decode(data)
    except DocumentFailure:
        return
    assert text == clean(text)
    text.encode("utf-8")


@given(st.text(max_size=200))
def test_utf8_is_always_read_as_such(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    wanted = clean(data.decode("utf-8").removeprefix("\ufeff"))
    try:
        assert decode(data) == wanted or b"\x00" in data or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    except DocumentFailure:
        assert "\ufffd" in wanted
