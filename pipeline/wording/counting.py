"""Numbers with what they count: "1 rad", "2 rader"; and names in a row: "A, B och C"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.swedish.texts import Texts


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun in the form that agrees with it; big numbers in groups of three."""
    return f"{in_figures(number)} {one if number == 1 else many}"


def say_count(texts: Texts, name: str, number: int, **fields: object) -> str:
    """The interface's words for so many: `name`.one for 1, `name`.many for all else, with {n} and the other fields.

    Raises:
        KeyError: When the interface has no words of that name.
    """
    return texts.say(f"{name}.{'one' if number == 1 else 'many'}", n=in_figures(number), **fields)


def in_figures(number: int) -> str:
    """A whole number as Swedish writes it: five figures and more in groups, with blanks that break no line."""
    return f"{number:,}".replace(",", "\u00a0") if abs(number) >= 10_000 else str(number)


def join_words(words: Sequence[str], conjunction: str = "och") -> str:
    """The words as a list in a sentence: "a", "a och b", "a, b och c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
