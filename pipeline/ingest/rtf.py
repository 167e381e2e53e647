"""Rich text (.rtf): its words, paragraphs and table rows; fonts, pictures and what is hidden left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)

_LEFT_OUT = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore", "listtable", "fldinst",
        "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "latentstyles", "mmathpr",
        "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "bkmkstart", "bkmkend",
        "colorschememapping", "filetbl", "annotation", "atnid", "atnauthor", "nonshppict",
    )
)  # fmt: skip
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "cell": "\t",
}  # fmt: skip
_CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

MAX_DEPTH = 2_000
"""Groups inside groups."""


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    left_out: bool = False
    vanished: bool = False
    skip_after_unicode: int = 1

    @property
    def hidden(self) -> bool:
        """Whether nothing of the group is shown."""
        return self.left_out or self.vanished


@dataclass(slots=True)
class _Walk:
    encoding: str = "cp1252"
    lines: list[DraftLine] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    in_row: bool = False
    to_skip: int = 0
    fresh_group: bool = False

    def end(self, *, row: bool = False) -> None:
        """End a paragraph or a table row."""
        text = clean("".join(self.words))
        self.words = []
        text = text.rstrip("\t") if row else text
        for i, part in enumerate(text.split("\n")):
            if part.strip():
                together = row and bool(self.lines) and self.lines[-1].style == "table_row"
                style = "table_row" if row else "plain"
                self.lines.append(DraftLine(part.strip(" "), style=style, gap=i == 0 and not together, origin="rtf"))


def read_rtf(data: bytes) -> list[DraftPage]:
    """The content of a rich text file as one page.

    Raises:
        DocumentFailure: `malformed` when its braces do not fit or nest without end.
    """
    walk = _Walk()
    groups = [_Group()]
    for match in _TOKEN.finditer(data):
        word, number, code, sign, brace, plain = match.groups()
        if brace == b"{":
            if len(groups) > MAX_DEPTH:
                raise DocumentFailure("malformed", kind="RTF")
            groups.append(replace(groups[-1]))
            walk.fresh_group = True
            continue
        if brace == b"}":
            if len(groups) > 1:
                groups.pop()
        elif word:
            _control(word.decode("ascii").lower(), int(number) if number else None, walk, groups[-1])
        elif not groups[-1].hidden or sign == b"*":
            _say(code, sign, plain, walk, groups[-1])
        walk.fresh_group = walk.fresh_group and sign == b"*"
    walk.end()
    return [DraftPage(tuple(walk.lines), choice="RTF")]


def _control(word: str, number: int | None, walk: _Walk, group: _Group) -> None:
    if word in _LEFT_OUT:
        group.left_out = True
    elif word in {"v", "deleted"}:
        group.vanished = number != 0
    elif word in _CODE_PAGES:
        walk.encoding = _CODE_PAGES[word]
    elif word == "ansicpg" and number in {437, 850, 1250, 1252, 10000}:
        walk.encoding = "mac_roman" if number == 10000 else f"cp{number}"
    elif word == "uc" and number is not None:
        group.skip_after_unicode = max(0, min(number, 10))
    elif not group.hidden:
        _shown_control(word, number, walk, group)


def _shown_control(word: str, number: int | None, walk: _Walk, group: _Group) -> None:
    if word == "u" and number is not None:
        # Twice the bytes of a character stand here as well, for old readers.
        walk.words.append(chr(number % 65536))
        walk.to_skip = group.skip_after_unicode
    elif word in {"par", "sect", "page"}:
        if walk.in_row:
            walk.words.append(" ")
        else:
            walk.end()
    elif word in {"trowd", "intbl"}:
        walk.in_row = True
    elif word == "pard":
        walk.in_row = False
    elif word == "row":
        walk.end(row=True)
        walk.in_row = False
    elif word in _SIGNS:
        walk.words.append(_SIGNS[word])


def _say(code: bytes | None, sign: bytes | None, plain: bytes | None, walk: _Walk, group: _Group) -> None:
    """A character by its code, a control sign, or plain words."""
    if sign == b"*" and walk.fresh_group:
        # A kind of group that readers may pass over when they do not know it.
        group.left_out = True
    elif code:
        if walk.to_skip:
            walk.to_skip -= 1
        else:
            walk.words.append(bytes([int(code, 16)]).decode(walk.encoding, "replace"))
    elif sign:
        walk.words.append({b"~": "\u00a0", b"-": "\u00ad", b"_": "-", b"\n": "\n", b"\r": "\n"}.get(sign, ""))
        if sign in {b"\\", b"{", b"}"}:
            walk.words.append(sign.decode("ascii"))
    elif plain:
        text = plain.decode(walk.encoding, "replace")[walk.to_skip :]
        walk.to_skip = 0
        walk.words.append(text)
