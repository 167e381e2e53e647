"""What the report says of a citation in words: its place in the act, what to know, which act it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.records.comparison import LegalReference
from pipeline.swedish.act_names import write_acts
from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.law_register import register
from pipeline.swedish.texts import load_texts
from pipeline.wording import full_name, join_words, name_of_norm, say_act


def note_of(row: LegalReference, language: str) -> str:
    """What a reader must know of a citation; in English where the register has it so.

    An act without a number that nobody can tell has the acts by its name.
    """
    texts = load_texts(language)
    if row.note:
        english = _in_english(row.note)
        return row.note if language == "sv" else english or texts.say("law.note_in_swedish", note=row.note)
    if row.status_on_date == "unknown" and not row.identifier:
        acts = [number for number, act in sorted(register().by_identifier.items()) if act.norm == row.norm]
        said = join_words([write_acts(act) for act in acts], texts["law.or"])
        return texts.say("law.could_be", acts=said) if acts else texts["law.not_known"]
    return ""


def act_called(norm: str, identifier: str) -> str:
    """An act by its full name with the short one behind it: "förvaltningslagen (FL)"; the short one where alone."""
    name = (full_name(identifier) if identifier else name_of_norm(norm)) or norm
    return norm if name.casefold() == norm.casefold() else f"{name} ({norm})"


def instead_of(row: LegalReference) -> str:
    """The acts to write instead, by name and number; empty where the act holds."""
    return ", ".join(say_act(number) for number in row.use_instead.split("|") if number)


def _in_english(note: str) -> str:
    """A note in English, one of several sentences from the register too; empty where one of them is not from there."""
    said: list[str] = []
    while note:
        known = max((sv for sv in _english() if note.startswith(sv)), key=len, default="")
        if not known:
            return ""
        said.append(_english()[known])
        note = note[len(known) :].lstrip()
    return " ".join(said)


@cache
def _english() -> Mapping[str, str]:
    """The notes of the register in English, by the Swedish ones."""
    return dict(_pairs(read_tree("act_notes.yaml")))


def _pairs(tree: Any) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        if "sv" in tree and "en" in tree:
            yield str(tree["sv"]), str(tree["en"])
        for branch in tree.values():
            yield from _pairs(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _pairs(branch)
