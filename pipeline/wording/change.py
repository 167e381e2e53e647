"""What a decision makes of a cell, in the codes that decisions are kept in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records.comparison import ANSWERS, Cell
from pipeline.records.requirement import MODALITIES
from pipeline.wording.saying import DUTY

REVIEW_OF = {"accept": "accepted", "change": "changed", "reject": "rejected"}
"""What a decision's verdict makes of a cell's review."""
WITHOUT_VALUE = ("silent", "unreadable", "stated_negatively")
"""Answers that say no value."""
_HAVING = frozenset({"stated", "conflicting"})


@dataclass(frozen=True, slots=True)
class CellChange:
    """What is to stand in a cell: answer, force and value, each empty where it follows from the others or stays."""

    answer: str = ""
    modality: str = ""
    value: str = ""

    @classmethod
    def parse(cls, new_value: str) -> CellChange:
        """The change that a decision's new value says: "silent", "PT24H weekdays", "delegated: arkivplan", "must"."""
        answer, rest = _split_code(new_value, ANSWERS)
        modality, rest = _split_code(rest, MODALITIES)
        return cls(answer, modality, "|".join(sorted({token.strip() for token in rest.split("|") if token.strip()})))

    def __str__(self) -> str:
        """The change as a decision keeps it."""
        return ": ".join(filter(None, (self.answer, self.modality, self.value)))

    def apply(self, cell: Cell) -> Cell:
        """The cell after the change; its words are its maker's to set.

        What is said without an answer is stated. Where only answer or force is said the value stays, as far as it is
        one of such an answer: a force alone in a silent cell is the duty as such.
        """
        answer = self.answer or "stated"
        if answer in ("silent", "unreadable"):
            return without_answer(cell, answer)
        stays = answer not in WITHOUT_VALUE and (answer == cell.answer or {answer, cell.answer} <= _HAVING)
        value = self.value or (cell.value if stays else "") or (DUTY if answer == "stated" else "")
        return replace(cell, answer=answer, modality=self.modality or cell.modality, value=value)


def _split_code(written: str, codes: Sequence[str]) -> tuple[str, str]:
    """The code that stands before a colon or alone, empty where there is none, and the rest."""
    head, _, tail = written.partition(":")
    named = head.strip().lower()
    return (named, tail) if named in codes else ("", written)


def rule_on(cell: Cell, verdict: str, new_value: str) -> Cell:
    """The cell after a decision, surely so; a changed one's words are its maker's to set.

    A rejected cell is silent: what it rested on was none.
    """
    if verdict == "change":
        cell = CellChange.parse(new_value).apply(cell)
    elif verdict == "reject":
        cell = without_answer(cell, "silent")
    return replace(cell, confidence=1.0, review=REVIEW_OF[verdict])


def without_answer(cell: Cell, answer: str) -> Cell:
    """The cell where nothing answers, silent or unreadable: it rests on no place any more."""
    return replace(
        cell, answer=answer, modality="", value="", value_text="", relation_to_strictest="none", document_id="",
        page=None, start=None, end=None, quote="",
    )  # fmt: skip
