"""The bullets and numbers of lists, which Word, OpenDocument and web pages name each in its own words."""

from __future__ import annotations

BULLET = "-"
"""What stands in the text for any bullet: the glyphs lie in symbol fonts and mean nothing as characters."""

LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""Word's names for the numerals that web pages and OpenDocument call so; all others are decimal."""


def numeral(number: int, kind: str) -> str:
    """A number as a list shows it: decimal, letters (a ... z, aa), Roman."""
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "upperRoman" else roman.lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    result = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        result += sign * (number // value)
        number %= value
    return result


def integer(text: str | None, default: int) -> int:
    """A number that an attribute says, or what holds where it says none."""
    try:
        return int(text or "")
    except ValueError:
        return default
