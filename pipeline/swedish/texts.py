"""The words of the interface: what report, workbook and exports say, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.trees import parse_tree

LANGUAGES = ("sv", "en")
MODAL = "modal_"
"""What the names of rules that know a modal begin with."""


class Texts:
    """The interface's words in one language, by dotted name such as ``answer.silent``."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self.words: Mapping[str, str] = MappingProxyType(dict(sorted(words.items())))

    def __getitem__(self, name: str) -> str:
        """The words for a name; KeyError where there are none."""
        return self.words[name]

    def get(self, name: str, instead: str) -> str:
        """The words for a name made of data (a kind, a field), or what to say where it is not known."""
        return self.words.get(name, instead)

    def rule(self, names: str) -> str:
        """The rules that found or mended something (joined by "+"), in words; one without words stands as it is."""
        said = []
        for name in names.split("+"):
            if name.startswith(MODAL):
                said.append(self.say("found_by.modal", word=name.removeprefix(MODAL)))
            else:
                said.append(self.get(f"found_by.{name}", self.get(f"mended_by.{name}", name)))
        return ", ".join(said)

    def say(self, name: str, **values: object) -> str:
        """The words with their fields in braces filled in."""
        said = self.words[name]
        for key, value in values.items():
            said = said.replace(f"{{{key}}}", str(value))
        return said


@lru_cache(maxsize=len(LANGUAGES))
def load_texts(language: str) -> Texts:
    """The interface's words in a language.

    Raises:
        ValueError: When there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no interface texts in {language!r}; there are {', '.join(LANGUAGES)}")
    content = parse_tree(Path(__file__).with_name(f"texts_{language}.yaml").read_text("utf-8"))
    return Texts(language, dict(_flat("", content)))


def _flat(prefix: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Nested names as dotted ones."""
    result: list[tuple[str, str]] = []
    for key, value in content.items():
        name = f"{prefix}{key}"
        result += _flat(f"{name}.", value) if isinstance(value, dict) else [(name, str(value))]
    return result


def alphabetical(name: str) -> tuple[str, str]:
    """A sort key by the Swedish alphabet: å, ä and ö come last, capitals count as small letters."""
    order = name.casefold().translate(
        {ord("å"): "\uffff1", ord("ä"): "\uffff2", ord("æ"): "\uffff2", ord("ö"): "\uffff3", ord("ø"): "\uffff3"}
    )
    return order, name
