"""What Word's styles say of a paragraph: heading level, list, bold, size; taken over from the styles they build on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.ingest.docx_package import W

_HEADING_NAME = re.compile(r"(?:heading|rubrik|överskrift|otsikko)\s*([1-9])", re.IGNORECASE)
_LIST_NAME = re.compile(
    r"(?:list (?:bullet|number|continue)|punktlista|numrerad lista|listfortsättning) ([2-5])", re.IGNORECASE
)
"""Styles for the inner levels of lists: each has a list of its own, so that only the name tells the level."""
_TITLE_NAMES = {"title", "rubrik", "titel", "dokumenttitel", "huvudrubrik"}

MAX_STYLES = 30
"""Styles that build on each other; a ring of them must end."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says; None and empty where it says nothing."""

    level: int = 0
    list_id: str = ""
    list_level: int | None = None
    list_style: str = ""
    depth: int = 0
    bold: bool | None = None
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class RunStyle:
    """What a run's properties or a style say of letters; None, 0 and empty where they say nothing."""

    bold: bool | None = None
    size: float = 0.0
    hidden: bool | None = None
    font: str = ""
    style: str = ""


class Styles:
    """The paragraph and character styles of a document, by id."""

    def __init__(self, root: Any | None) -> None:
        self._raw: dict[str, Any] = {}
        self._known: dict[str, ParagraphStyle] = {}
        self._letters: dict[str, RunStyle] = {"": RunStyle()}
        self.default = ""
        for style in root.iter(W + "style") if root is not None else ():
            kind = style.get(W + "type")
            if kind == "character":
                self._raw.setdefault(style.get(W + "styleId", ""), style)
            if kind != "paragraph":
                continue
            self._raw[style.get(W + "styleId", "")] = style
            if style.get(W + "default") in {"1", "true", "on"}:
                self.default = style.get(W + "styleId", "")

    def of(self, style_id: str) -> ParagraphStyle:
        """What the style and those it builds on say."""
        wanted = style_id or self.default
        if wanted not in self._known:
            self._known[wanted] = self._resolve(wanted, MAX_STYLES)
        return self._known[wanted]

    def run_style(self, style_id: str) -> RunStyle:
        """What a paragraph or character style and those it builds on say of letters."""
        if style_id not in self._letters:
            said = RunStyle()
            for style in self._chain(style_id):
                own = run_says(style.find(W + "rPr"))
                said = RunStyle(
                    own.bold if said.bold is None else said.bold, said.size or own.size,
                    own.hidden if said.hidden is None else said.hidden,
                )  # fmt: skip
            self._letters[style_id] = said
        return self._letters[style_id]

    def _chain(self, style_id: str) -> Iterator[Any]:
        """A style and those it builds on."""
        for _ in range(MAX_STYLES):
            style = self._raw.get(style_id)
            if style is None:
                return
            yield style
            based_on = style.find(W + "basedOn")
            style_id = based_on.get(W + "val", "") if based_on is not None else ""

    def _resolve(self, style_id: str, left: int) -> ParagraphStyle:
        style = self._raw.get(style_id)
        if style is None or not left:
            return ParagraphStyle(level=level_by_name(style_id))
        based_on = style.find(W + "basedOn")
        base = self._resolve(based_on.get(W + "val", ""), left - 1) if based_on is not None else ParagraphStyle()
        name = style.find(W + "name")
        said = paragraph_says(style.find(W + "pPr"))
        level = level_by_name(name.get(W + "val", "") if name is not None else style_id) or said.level or base.level
        letters = self.run_style(style_id)
        depth = _LIST_NAME.fullmatch(name.get(W + "val", "").strip() if name is not None else style_id)
        return ParagraphStyle(
            level=level,
            list_id=said.list_id or base.list_id,
            list_level=base.list_level if said.list_level is None else said.list_level,
            list_style=style_id if said.list_id else base.list_style,
            depth=int(depth[1]) if depth else base.depth,
            bold=letters.bold,
            size=letters.size,
        )


def paragraph_says(properties: Any | None) -> ParagraphStyle:
    """What a paragraph's own properties say: outline level and list."""
    if properties is None:
        return ParagraphStyle()
    outline = properties.find(W + "outlineLvl")
    level = 0
    if outline is not None and (outline.get(W + "val") or "").isdigit() and int(outline.get(W + "val")) < 9:
        level = int(outline.get(W + "val")) + 1
    numbers = properties.find(W + "numPr")
    list_id, list_level = "", None
    if numbers is not None:
        which, depth = numbers.find(W + "numId"), numbers.find(W + "ilvl")
        list_id = which.get(W + "val", "") if which is not None else ""
        said = depth.get(W + "val", "") if depth is not None else ""
        list_level = min(int(said), 8) if said.isdigit() else None
    return ParagraphStyle(level=level, list_id=list_id, list_level=list_level)


def run_says(properties: Any | None) -> RunStyle:
    """What a run's own properties say: bold, size in points, hidden, font, and the character style."""
    if properties is None:
        return RunStyle()
    bold, size, hidden = (properties.find(W + name) for name in ("b", "sz", "vanish"))
    said = size.get(W + "val", "") if size is not None else ""
    fonts, style = properties.find(W + "rFonts"), properties.find(W + "rStyle")
    return RunStyle(
        is_on(bold) if bold is not None else None,
        int(said) / 2 if said.isdigit() and len(said) < 5 else 0.0,
        is_on(hidden) if hidden is not None else None,
        (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else "",
        style.get(W + "val", "") if style is not None else "",
    )


def is_on(item: Any | None) -> bool:
    """Whether a switch such as bold or hidden is there and not set off."""
    return item is not None and item.get(W + "val", "1") not in {"0", "false", "off", "none"}


def level_by_name(name: str) -> int:
    """The level of a heading by its style's name in Swedish, English, ...; 0 where the name says nothing."""
    if found := _HEADING_NAME.fullmatch(name.replace(" ", "").strip()) or _HEADING_NAME.fullmatch(name.strip()):
        return int(found[1])
    return 1 if name.strip().lower() in _TITLE_NAMES else 0
