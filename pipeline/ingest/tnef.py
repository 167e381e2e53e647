"""What Outlook packs into a winmail.dat: the attachments of an e-mail in Microsoft's own wrapping (TNEF, MS-OXTNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\x78\x9f\x3e\x22"

MAX_ATTRIBUTES = 100_000
"""Parts of a wrapping that are looked at."""

_NEW, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME = 0x3707
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of a property's value by its type; strings, bytes and objects say their length themselves."""

_UNICODE = 0x1F


def wrapped_files(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each attachment that was packed in; none where the wrapping is broken before the first."""
    found: list[tuple[str, bytes]] = []
    name, content = "", b""
    for attribute, value in (*_attributes(data), (_NEW, b"")):
        if attribute == _NEW:
            if content:
                found.append((name, content))
            name, content = "", b""
        elif attribute == _TITLE:
            name = name or value.rstrip(b"\x00").decode("cp1252", "replace")
        elif attribute == _DATA:
            content = value
        elif attribute == _PROPERTIES:
            name = _long_name(value) or name
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and value of each part that belongs to an attachment."""
    if not data.startswith(SIGNATURE):
        return
    at = 6
    for _ in range(MAX_ATTRIBUTES):
        if at + 9 > len(data):
            return
        level, number, _, length = struct.unpack_from("<BHHI", data, at)
        value = data[at + 9 : at + 9 + length]
        if len(value) < length:
            return
        if level == 2:
            yield number, value
        at += 9 + length + 2


def _long_name(data: bytes) -> str:
    """An attachment's name as its owner wrote it; empty where its properties do not say or cannot be followed."""
    try:
        return next((text for number, text in _texts(data) if number == _LONG_NAME), "")
    except struct.error:
        return ""


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    """The number and text of each property, up to one of a kind that is not known here.

    Raises:
        struct.error: When the list is cut short.
    """
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, MAX_ATTRIBUTES)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:
            (named,) = struct.unpack_from("<I", data, at + 16)
            at += 20
            (length,) = struct.unpack_from("<I", data, at)
            at += 4 if named == 0 else 4 + length + -length % 4
        if kind in _FIXED:
            at += _FIXED[kind]
            continue
        if kind not in {0x0D, 0x1E, _UNICODE, 0x102}:
            return
        (values,) = struct.unpack_from("<I", data, at)
        at += 4
        for _ in range(min(values, MAX_ATTRIBUTES)):
            (length,) = struct.unpack_from("<I", data, at)
            value = data[at + 4 : at + 4 + length]
            at += 4 + length + -length % 4
            if kind in {0x1E, _UNICODE}:
                yield number, value.decode("utf-16-le" if kind == _UNICODE else "cp1252", "replace").rstrip("\x00")
