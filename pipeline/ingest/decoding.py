"""Bytes to text: the encoding a Swedish text file was most likely written in, and text free of control characters."""

from __future__ import annotations

import codecs
import re

from pipeline.failures import DocumentFailure

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16: its little-endian mark begins with UTF-16's."""

OLD_CODE_PAGES = ("cp1252", "cp850", "mac_roman")
"""What Swedish offices have written in before UTF-8, the likeliest first: ties go to the first."""

MAX_CONTROL_SHARE = 0.05
"""With more control characters than this a file is no text, whatever its name says."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SWEDISH = re.compile("(?<=[A-Za-z])[åäöéÅÄÖÉ]|[åäöéÅÄÖÉ](?=[A-Za-z])|§(?= ?\\d)|(?<=\\d)[ ]?§")
_TYPOGRAPHY = re.compile("[–—…•·”“„»«’‘½°´€]")
_STRANGE = re.compile("[^\x00-\x7fåäöéüÅÄÖÉÜæøÆØàèáíóúñçß§–—…•·”“„»«’‘½°´€\u00a0\u00ad©®×²³]")
_INSIDE_A_WORD = re.compile("(?<=[A-Za-z])[^\\w\\s'’.,:;/&@()\\-–*\u00ad](?=[a-z])")


def decode(data: bytes) -> str:
    """The text of a file: line breaks as LF, no byte order mark, no control characters but tab, LF and form feed.

    The order is: byte order mark; UTF-16 by its zero bytes; strict UTF-8; UTF-8 with a few broken bytes; then the old
    code page under which the Swedish letters fall inside Swedish words.

    Raises:
        DocumentFailure: `unsupported` when the bytes are no text in any of these.
    """
    text = clean(_decoded(data))
    visible = sum(not c.isspace() for c in text)
    if visible and text.count("\ufffd") > MAX_CONTROL_SHARE * visible:
        raise DocumentFailure("unsupported", kind="okänd binär fil")
    return text


def clean(text: str) -> str:
    """The text with LF line breaks and each control character, lone surrogate or non-character as U+FFFD."""
    return _CONTROLS.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def _decoded(data: bytes) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _wide(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _with_broken_bytes(data)
    return max((_in_code_page(data, name) for name in OLD_CODE_PAGES), key=swedish_score)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: in Swedish text nearly every second byte is zero."""
    sample = data[:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    zeros_first, zeros_second = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_second > 0.7 * pairs and zeros_first < 0.1 * pairs:
        return "utf-16-le"
    if zeros_first > 0.7 * pairs and zeros_second < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether a file is UTF-8 but for a cut end or stray bytes: in old code pages hardly a pair of bytes is sound."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(c > "\x7f" for c in text) - broken
    return sound > 2 * broken


def _with_broken_bytes(data: bytes) -> str:
    """UTF-8 in which a broken byte is read as CP1252 where that has a character, as pasted text often is."""
    text = data.decode("utf-8", "surrogateescape")
    return "".join(
        bytes([ord(c) - 0xDC00]).decode("cp1252", "replace") if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text
    )


def _in_code_page(data: bytes, name: str) -> str:
    return data.decode(name, "replace")


def swedish_score(text: str) -> int:
    """How well a decoding suits Swedish: its letters inside words count for, characters nobody writes there against."""
    good = 2 * len(_SWEDISH.findall(text)) + len(_TYPOGRAPHY.findall(text))
    return good - 2 * len(_STRANGE.findall(text)) - 3 * len(_INSIDE_A_WORD.findall(text))
