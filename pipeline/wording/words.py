"""The words of words.yaml: what values, answers and forces are called, and how written words are compared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.codebooks.cues import CueIndex
from pipeline.swedish.texts import LANGUAGES, load_texts
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, Any]:
    """All of words.yaml."""
    content: dict[str, Any] = parse_tree(PATH.read_text("utf-8"))
    return content


def say(name: str, key: str) -> str:
    """The Swedish words for a key of one of the lists; the key itself where it has none."""
    return str(words()[name].get(key, key))


def lets_in(quote: str) -> bool:
    """Whether a permission lets content in or out, rather than letting somebody remove it."""
    return _holds("letting", quote)


def restricts(quote: str) -> bool:
    """Whether a permission forbids all but what it names: "får bara publiceras om ..."."""
    return _holds("restricting", quote)


def frees(quote: str) -> bool:
    """Whether a permission is one not to do something: "behöver inte diarieföras"."""
    return _holds("exemptions", quote)


def asks_by_denying(quote: str) -> bool:
    """Whether a prohibition denies twice, and so demands: "får aldrig lämnas obevakat"."""
    return _holds("undenied", quote)


def _holds(name: str, quote: str) -> bool:
    """Whether a quote has what some of the words' cues look for."""
    return _cues(name).holds(quote)


@cache
def _cues(name: str) -> CueIndex:
    return CueIndex.of_terms(words()[name])


def capitalise(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def fold(written: str) -> str:
    """What a person wrote, for comparing: small letters, single blanks, no sign around it."""
    return " ".join(written.casefold().split()).strip(' .,;:!"”“»«')


@cache
def codes(shown: str, name: str = "") -> dict[str, str]:
    """The code by every word for it: the code itself, what the interface calls it, and what words.yaml has.

    Args:
        shown: What the names in the interface's texts begin with ("answer").
        name: The list of words.yaml that says it too; "also" has further words for any.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        prefix = f"{shown}."
        texts = load_texts(language).words
        found |= {fold(said): key.removeprefix(prefix) for key, said in texts.items() if key.startswith(prefix)}
    found |= {fold(said): code for code, said in words().get(name, {}).items()}
    found |= {fold(said): code for code, also in words()["also"].get(shown, {}).items() for said in also}
    return found | {fold(code): code for code in found.values()}
