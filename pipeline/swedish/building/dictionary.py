"""The Swedish hunspell dictionary written out: every form of a word, and what may begin or end a compound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# What the flags of sv_SE.aff mean (see its head).
_BEGIN, _MIDDLE, _END = "X", "U", "Y"
_ONLY_IN_COMPOUND, _FORBIDDEN, _NEEDS_AFFIX = "Z", "%", "¤"
_DASH_SUFFIXES = frozenset("rb")


@dataclass(frozen=True, slots=True)
class Form:
    """One written form."""

    text: str
    alone: bool
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class _Suffix:
    strip: str
    add: str
    continuation: str
    condition: re.Pattern[str]


def expand_dictionary(affixes: Path, words: Path) -> Iterator[Form]:
    """Every form of every entry, with what it may do in compounds.

    Args:
        affixes: The .aff file; only its suffix rules are read, for Swedish has no prefix rules.
        words: The .dic file.
    """
    suffixes = _read_suffixes(affixes)
    for line in words.read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if word and word[0].isalpha() and _FORBIDDEN not in flags:
            yield from _expand_entry(word.strip(), flags.strip(), suffixes)


def _expand_entry(word: str, flags: str, suffixes: dict[str, list[_Suffix]]) -> Iterator[Form]:
    only_in_compound = _ONLY_IN_COMPOUND in flags
    ends = _END in flags
    begins = _BEGIN in flags or _MIDDLE in flags
    if _NEEDS_AFFIX not in flags:
        yield Form(word, not only_in_compound, begins, ends)
    for flag in sorted(set(flags) & suffixes.keys()):
        if flag in _DASH_SUFFIXES:
            continue
        for suffix in suffixes[flag]:
            if not suffix.condition.search(word):
                continue
            stem = word[: len(word) - len(suffix.strip)] if suffix.strip else word
            text = stem + suffix.add
            if suffix.continuation:
                yield Form(text, False, True, False)
            elif text:
                yield Form(text, not only_in_compound, False, ends)


def _read_suffixes(path: Path) -> dict[str, list[_Suffix]]:
    suffixes: dict[str, list[_Suffix]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        fields = line.split()
        if len(fields) < 5 or fields[0] != "SFX":
            continue
        add, _, continuation = fields[3].partition("/")
        suffixes[fields[1]].append(
            _Suffix(
                "" if fields[2] == "0" else fields[2],
                "" if add == "0" else add,
                continuation,
                re.compile(fields[4] + "$"),
            )
        )
    return dict(suffixes)
