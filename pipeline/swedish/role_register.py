"""The words for functions, units and bodies: heads, endings and the vocabulary with its ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree

_FOLD = str.maketrans("åäöéü", "aaoeu")
#: Endings of words of the vocabulary that have no head: växeln, kundtjänsten, publicisterna, superanvändarna.
_LOOSE = r"(?:n|en|et|t|ns|ens|ets|s|ar|er|arna|erna|na|r|rna)?"


#: Latin words whose forms have another stem than the one an ending is put to.
_OTHER_STEMS = {
    "center": ("centret", "centrets", "centrum", "centra"),
    "presidium": ("presidiet", "presidiets"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """A last part of a compound that makes a role, with what may stand before it and how it is inflected."""

    word: str
    group: str
    endings: tuple[str, ...]
    plural: str
    alone: float
    compound: float
    only: tuple[str, ...]
    no: tuple[str, ...]

    def takes(self, first: str) -> bool:
        """Whether the head makes a role with this first part ("" for the head alone)."""
        first = first.lower().rstrip("-")
        if not first:
            return self.alone > 0
        if self.only:
            return first in self.only
        return not any(first == no or (len(no) > 2 and first.endswith(no)) for no in self.no)


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the vocabulary: its id, its canonical and its group."""

    role_id: str
    canonical: str
    group: str


@dataclass(frozen=True, slots=True)
class RoleRegister:
    """Heads by each inflected form, titles by canonical, patterns of several words."""

    heads: dict[str, tuple[Head, bool]] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    patterns: list[tuple[str, re.Pattern[str], Title]] = field(default_factory=list)
    """Each with letters that every match holds in small letters, quick to look for."""
    loose: dict[str, Title] = field(default_factory=dict)
    exact: dict[str, Title] = field(default_factory=dict)
    adjectives: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def role_id_of(canonical: str) -> str:
    """The id of a role outside the vocabulary: its canonical in small ASCII letters."""
    return re.sub(r"[^a-z0-9]+", "_", canonical.lower().translate(_FOLD)).strip("_")


@cache
def role_register() -> RoleRegister:
    """The register, read once a process."""
    tree = read_tree("roles.yaml")
    found = RoleRegister()
    for row in tree["heads"]:
        _add_head(found, row, tree["declensions"][row["declension"]])
    for row in tree["adjectives"]:
        for form in row["forms"]:
            found.adjectives[form] = (row["canonical"], tuple(row["groups"]))
    for row in tree["vocabulary"]:
        _add_title(found, row)
    return found


def _add_head(found: RoleRegister, row: dict[str, Any], endings: list[str]) -> None:
    word = str(row["word"])
    head = Head(
        word,
        str(row["group"]),
        tuple(endings),
        str(row.get("plural", "")),
        float(row["alone"]),
        float(row["compound"]),
        tuple(row.get("only", ())),
        tuple(row.get("never", ())),
    )
    for place, ending in enumerate(endings):
        found.heads[word + ending] = (head, 3 <= place < len(endings) - 1)
    if head.plural:
        found.heads[head.plural] = found.heads[head.plural + "s"] = (head, True)
    for form in _OTHER_STEMS.get(word, ()):
        found.heads[form] = (head, form == "centra")


def _add_title(found: RoleRegister, row: dict[str, Any]) -> None:
    role_id, group = str(row["id"]), str(row["group"])
    own = Title(role_id, str(row["canonical"]), group)
    for title in [own, *(Title(role_id, str(name), group) for name in row.get("titles", ()))]:
        found.titles[title.canonical.lower()] = title
        _file_wording(found, title.canonical, title)
    for form in row.get("forms", ()):
        _file_wording(found, str(form), own)
    for pattern in row.get("patterns", ()):
        title = Title(role_id, str(pattern["canonical"]), group)
        # A look-behind has a fixed width, so its spaces stay as they are.
        spaced = re.sub(r"\(\?<=[^)]*\)| ", lambda m: m[0] if len(m[0]) > 1 else r"\s+", str(pattern["form"]))
        found.patterns.append((str(pattern["has"]), re.compile(rf"(?<![\w-]){spaced}(?![\w-])", re.IGNORECASE), title))


def _file_wording(found: RoleRegister, wording: str, title: Title) -> None:
    """File a wording where it will be found: as a pattern of words, a compound with a head, or a word by itself."""
    if " " in wording:
        inflected = [_inflect(found, word) for word in wording.split()]
        pattern = re.compile(r"(?<![\w-])" + r"\s+".join(inflected) + r"(?![\w-])", re.IGNORECASE)
        found.patterns.append((max(map(_letters_of, inflected), key=len), pattern, title))
    elif len(wording) < 4 or wording[:-1].isupper():
        found.exact[wording] = title
    elif not any(wording.lower().endswith(word) for word in found.heads):
        found.loose[wording.lower()] = title


def _letters_of(inflected: str) -> str:
    """The letters that an inflected word's pattern begins with, whatever its ending."""
    plain = re.match(r"[^\W\d_]*(?![?*{])", inflected, re.UNICODE)
    return plain[0].lower() if plain else ""


def _inflect(found: RoleRegister, word: str) -> str:
    for head, _ in found.heads.values():
        if word.endswith(head.word) and (head.alone or word != head.word):
            first = re.escape(word.removesuffix(head.word))
            forms = sorted(
                {re.escape(head.word + ending) for ending in head.endings}, key=lambda form: (-len(form), form)
            )
            return f"{first}(?:{'|'.join(forms)})"
    if word.endswith(("ig", "ad", "al")):
        return f"{re.escape(word)}[ae]?"
    return re.escape(word) if len(word) < 4 else re.escape(word) + "s?"


@cache
def loose_words() -> re.Pattern[str]:
    """The pattern of the vocabulary's words without a head (växel, superanvändare) and of short forms (KS, VD, TiB).

    A short form before a figure is a piece of a diary number ("KS 2018/276"), one after a figure too ("2022.277 KS").
    """
    words = sorted(role_register().loose, key=lambda word: (-len(word), word))
    stems = [re.escape(word.removesuffix("e") if word.endswith("are") else word) for word in words]
    shorts = sorted(role_register().exact, key=lambda short: (-len(short), short))
    return re.compile(
        rf"(?<![\w-])(?:(?P<long>(?i:{'|'.join(stems)}))(?i:e|{_LOOSE})"
        rf"|(?<!\d )(?P<short>{'|'.join(map(re.escape, shorts))})(?:(?::s|s)(?!\w))?(?!\s?[-/:.]?\s?\d))(?![\w-])"
    )
