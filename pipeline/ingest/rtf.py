"""Rich text (.rtf): its words, headings, list items, table rows, heads and feet, no pictures, nothing hidden."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean
from pipeline.ingest.docx_styles import level_by_name
from pipeline.ingest.numerals import BULLET
from pipeline.ingest.stacked import unstack
from pipeline.ingest.symbols import family, is_private, readable

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)

_LEFT_OUT = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore", "listtable", "fldinst",
        "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "latentstyles", "mmathpr",
        "bkmkstart", "bkmkend", "colorschememapping", "filetbl", "annotation", "atnid", "atnauthor", "nonshppict",
    )
)  # fmt: skip
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "cell": "\t",
}  # fmt: skip
_CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

_FURNITURE = {f"{role}{page}": role for role in ("header", "footer") for page in ("", "l", "r", "f")}
_ROLES = ("body", "header", "footer", "box")
_STYLE = re.compile(rb"\{\\s(\d{1,5})(?=\D)([^{};]*);\}")
_OUTLINE = re.compile(rb"\\outlinelevel([0-8])(?=\D)")
_MARKERS = frozenset({"listtext", "pntext"})
_FONT = re.compile(rb"\{\\f(\d{1,5})(?=\D)([^{};]{0,200}(?:\{[^{}]{0,200}\}[^{};]{0,100}){0,4});\}")
_SAID_OF_FONT = re.compile(rb"\{[^{}]*\}|\\[a-z]+-?\d* ?")

USUAL_SIZE = 12.0
"""Points of print where a file says nothing else."""

BOX = "box"
"""The role of words in a text box until its lines stand before the paragraph that it hangs on."""

MAX_DEPTH = 2_000
"""Groups inside groups."""


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    left_out: bool = False
    vanished: bool = False
    skip_after_unicode: int = 1
    role: str = "body"
    marks: bool = False
    heading: int = 0
    level: int = 1
    font: int = -1
    size: float = USUAL_SIZE
    bold: bool = False

    @property
    def hidden(self) -> bool:
        """Whether nothing of the group is shown."""
        return self.left_out or self.vanished


@dataclass(slots=True)
class _Walk:
    """The way through a file: the words of the paragraph under way for each role, its marker, and the lines so far."""

    encoding: str = "cp1252"
    lines: dict[str, list[DraftLine]] = field(default_factory=lambda: {role: [] for role in _ROLES})
    words: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in _ROLES})
    looks: dict[str, Counter[tuple[float, bool]]] = field(default_factory=lambda: {role: Counter() for role in _ROLES})
    rows: dict[str, list[list[list[str]]]] = field(default_factory=lambda: {role: [] for role in _ROLES})
    marker: list[str] = field(default_factory=list)
    in_row: bool = False
    to_skip: int = 0
    fresh_group: bool = False
    headings: dict[int, int] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)

    def put(self, text: str, group: _Group) -> None:
        """Words of a paragraph, or of the bullet or number before it; in a cell these stand among its words."""
        if any(map(is_private, text)) and not group.marks:
            text = readable(text, self.fonts.get(group.font, ""))
        words = self.words[group.role]
        if self.in_row and self.marker and not group.marks:
            words.append(f"{self._drawn()} ")
            self.marker = []
        (self.marker if group.marks else words).append(text)
        letters = 0 if group.marks else sum(c.isalnum() for c in text)
        if letters:
            self.looks[group.role][group.size, group.bold] += letters

    def end(self, group: _Group, *, row: bool = False) -> None:
        """End a paragraph or a table row."""
        text = clean("".join(self.words[group.role]))
        self.words[group.role] = []
        if row:
            cells = text.removesuffix("\t").split("\t")
            self.rows[group.role].append([[x.strip(" ") for x in cell.split("\n") if x.strip()] for cell in cells])
            return
        drawn = self._drawn()
        marker = readable(clean("".join(self.marker)).strip(), "Symbol")
        self.marker = []
        looks, self.looks[group.role] = self.looks[group.role], Counter()
        bold = 2 * sum(n for (_, one), n in looks.items() if one) > looks.total()
        size = max(looks, key=lambda look: (looks[look], look))[0] if looks else 0.0
        self.end_table(group.role)
        lines = self.lines[group.role]
        style, level = "plain", 0
        if group.heading and group.role == "body":
            style, level, text, drawn = "heading", group.heading, f"{marker} {text}".strip(), ""
        elif marker and text.strip():
            style, level = "list_item", group.level
        for i, part in enumerate(text.split("\n")):
            if part.strip():
                together = style == "list_item" and bool(lines) and lines[-1].style == style
                lines.append(
                    DraftLine(
                        part.strip(" "), style=style, level=level, marker=drawn if i == 0 else "",
                        role="body" if group.role == BOX else group.role, gap=i == 0 and not together,
                        size=size, bold=bold, origin="rtf",
                    )
                )  # fmt: skip

    def end_table(self, role: str) -> None:
        """Put the rows of a table that is at its end to the lines."""
        rows, self.rows[role] = self.rows[role], []
        parts = [text for row in unstack(rows) for text in row]
        self.lines[role] += [
            DraftLine(text, style="table_row", role="body" if role == BOX else role, gap=n == 0, origin="rtf")
            for n, text in enumerate(parts)
        ]

    def _drawn(self) -> str:
        """The bullet or number before the words under way."""
        marker = readable(clean("".join(self.marker)).strip(), "Symbol")
        return marker if not marker or any(map(str.isalnum, marker)) else BULLET


def read_rtf(data: bytes) -> list[DraftPage]:
    """The content of a rich text file as one page.

    Raises:
        DocumentFailure: `malformed` when its braces do not fit or nest without end.
    """
    walk = _Walk(
        headings={int(style): _level(said) for style, said in _STYLE.findall(data)},
        fonts={int(font): family(_SAID_OF_FONT.sub(b"", said).decode("latin-1")) for font, said in _FONT.findall(data)},
    )
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
                ended = groups.pop()
                if ended.role != groups[-1].role:
                    walk.end(ended)
                if ended.role == BOX != groups[-1].role:
                    walk.end_table(BOX)
                    walk.lines["body"] += walk.lines[BOX]
                    walk.lines[BOX] = []
        elif word:
            _control(word.decode("ascii").lower(), int(number) if number else None, walk, groups[-1])
        elif not groups[-1].hidden or sign == b"*":
            _say(code, sign, plain, walk, groups[-1])
        walk.fresh_group = walk.fresh_group and sign == b"*"
    walk.end(groups[0])
    for role in walk.lines:
        walk.end_table(role)
    furniture = (
        replace(line, style="plain", level=0, marker="")
        for role in ("header", "footer")
        for line in _once(walk.lines[role])
    )
    return [DraftPage((*walk.lines["body"], *furniture), choice="RTF")]


def _level(style: bytes) -> int:
    """The heading level of a style by what it says or by its name, which comes last; 0 for other styles."""
    if outline := _OUTLINE.search(style):
        return int(outline[1]) + 1
    return level_by_name(style.rpartition(b"\\")[2].partition(b" ")[2].decode("cp1252", "replace").strip())


def _once(lines: list[DraftLine]) -> list[DraftLine]:
    """Each line of heads or feet once: those of first, even and odd pages often say the same."""
    return list({line.text: line for line in lines}.values())


def _control(word: str, number: int | None, walk: _Walk, group: _Group) -> None:
    if word in _LEFT_OUT:
        group.left_out = True
    elif word in _FURNITURE:
        group.role = _FURNITURE[word]
    elif word in _MARKERS:
        group.marks = True
    elif word == "shptxt":
        # A shape is a kind of group that readers may pass over, and its text box is text all the same.
        group.left_out = False
        group.role = BOX if group.role == "body" else group.role
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
        walk.put(chr(number % 65536), group)
        walk.to_skip = group.skip_after_unicode
    elif word in {"par", "sect", "page"}:
        if walk.in_row:
            walk.put("\n", group)
        else:
            walk.end(group)
    elif word in {"trowd", "intbl"}:
        walk.in_row = True
    elif word == "pard" and not group.marks:
        walk.in_row = False
        group.heading, group.level = 0, 1
    elif word == "s" and number is not None:
        group.heading = walk.headings.get(number, 0)
    elif word == "outlinelevel":
        group.heading = number + 1 if number is not None and 0 <= number < 9 else 0
    elif word == "ilvl":
        group.level = min(max(number or 0, 0), 8) + 1
    elif word == "row":
        walk.end(group, row=True)
        walk.in_row = False
    elif word in _SIGNS:
        walk.put(_SIGNS[word], group)
    else:
        _look(word, number, group)


def _look(word: str, number: int | None, group: _Group) -> None:
    """What a control says of the print that follows."""
    if word == "plain":
        group.size, group.bold = USUAL_SIZE, False
    elif word == "b":
        group.bold = number != 0
    elif word == "fs" and number is not None:
        group.size = min(max(number, 1), 400) / 2
    elif word == "f" and number is not None:
        group.font = number


def _say(code: bytes | None, sign: bytes | None, plain: bytes | None, walk: _Walk, group: _Group) -> None:
    """A character by its code, a control sign, or plain words."""
    if sign == b"*" and walk.fresh_group:
        # A kind of group that readers may pass over when they do not know it.
        group.left_out = True
    elif code:
        if walk.to_skip:
            walk.to_skip -= 1
        else:
            walk.put(bytes([int(code, 16)]).decode(walk.encoding, "replace"), group)
    elif sign:
        walk.put({b"~": "\u00a0", b"-": "\u00ad", b"_": "-", b"\n": "\n", b"\r": "\n"}.get(sign, ""), group)
        if sign in {b"\\", b"{", b"}"}:
            walk.put(sign.decode("ascii"), group)
    elif plain:
        text = plain.decode(walk.encoding, "replace")[walk.to_skip :]
        walk.to_skip = 0
        walk.put(text, group)
