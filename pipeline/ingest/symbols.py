"""What the glyphs of symbol fonts (Wingdings, Webdings, Symbol) mean as characters, by symbol_fonts.csv."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources

FIRST_PRIVATE, LAST_PRIVATE = "\uf000", "\uf0ff"
"""Word and PDF files give a glyph of a symbol font as the first of these and its code in the font."""

DEFAULTS = ("wingdings", "symbol")
"""The fonts that bullets and check boxes are set in where a file does not say which, the likeliest first."""


def is_private(character: str) -> bool:
    """Whether a character is a symbol font's glyph and no letter."""
    return FIRST_PRIVATE <= character <= LAST_PRIVATE


def symbol(font: str, code: int) -> str:
    """The character for a glyph by its code, with or without `FIRST_PRIVATE`; empty where it is not known."""
    font = font.strip().lower()
    likely = (font,) if font in _fonts() else DEFAULTS
    return next((said for name in likely if (said := _table().get((name, code & 0xFF)))), "")


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font are shown as pictures."""
    return font.strip().lower() in _fonts()


def family(name: str) -> str:
    """The symbol font that a PDF's name for a font means ("ABCDEF+SymbolMT" is Symbol); empty where it is none."""
    plain = "".join(c for c in name.lower().rpartition("+")[2] if c.isalnum())
    fonts = sorted(_fonts(), key=len, reverse=True)
    return next((font for font in fonts if plain.startswith(font.replace(" ", ""))), "")


def readable(text: str, font: str = "") -> str:
    """The text with the glyphs of symbol fonts as characters, those that are not known as they are.

    A word of plain letters in such a font is a word that someone set so by mistake; one or two are pictures.
    """
    pictures = is_symbol_font(font) and len(text.strip()) <= 2
    if not pictures and not any(is_private(c) for c in text):
        return text
    return "".join(symbol(font, ord(c)) or c if is_private(c) or (pictures and "!" <= c <= "\xff") else c for c in text)


@lru_cache(maxsize=1)
def _fonts() -> frozenset[str]:
    return frozenset(font for font, _ in _table())


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, int], str]:
    text = resources.files("pipeline.ingest").joinpath("symbol_fonts.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["font"].lower(), int(row["code"], 16)): row["character"] for row in rows}
