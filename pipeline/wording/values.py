"""What a person writes for a value that was found in a text, back in the columns of its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.records.requirement import Value
from pipeline.wording.kinds import NAMED, read_act, read_kind, read_length
from pipeline.wording.lists import NotUnderstood
from pipeline.wording.saying import LIMITS, say_value
from pipeline.wording.words import codes, fold, say, words

_BESIDE = {**dict.fromkeys((*LIMITS, "frequency"), "calendar"), "retention": "period"}
"""The column of what stands behind the first word of a normal form: "PT24H weekdays", "gallras P2Y"."""
_FREE = ("trigger", "refers_to")
_YES_NO = {"ja": "true", "sant": "true", "true": "true", "1": "true",
           "nej": "false", "falskt": "false", "false": "false", "0": "false"}  # fmt: skip


class ValueReader:
    """Reads what is written for values; those of a run are known by the words they are shown in."""

    def __init__(self, values: Iterable[Value] = ()) -> None:
        self.known: dict[tuple[str, str], Mapping[str, str]] = {}
        for value in values:
            beside = _BESIDE.get(value.kind, "")
            more = {beside: getattr(value, beside)} if beside and getattr(value, beside) else {}
            self.known[value.kind, fold(say_value(value))] = {"value": value.value, **more}

    def read(self, kind: str, column: str, written: str) -> dict[str, str]:
        """The columns that the words set, each with its code; "inom 24 timmar på vardagar" sets value and calendar.

        Raises:
            NotUnderstood: Where they are nothing that the column can hold.
        """
        columns = self._value(kind, written) if column == "value" else {column: _in_column(column, written)}
        if not all(columns.values()):
            raise NotUnderstood(written)
        return columns

    def _value(self, kind: str, written: str) -> dict[str, str]:
        if known := self.known.get((kind, fold(written))):
            return dict(known)
        if kind == "legal_reference":
            norm, number = read_act(written)
            return {"value": norm} | ({"identifier": number} if number else {})
        code = read_kind(kind, written)
        value, _, rest = code.partition(" ")
        return {"value": value, _BESIDE[kind]: rest} if rest and kind in _BESIDE else {"value": code}


def value_choices(kind: str, column: str) -> str:
    """What can be written in a column of a value, in Swedish."""
    if column == "value":
        return say("may_write", kind) + ("; ett annat namn inom citattecken" if kind in NAMED else "")
    if column == "calendar":
        return ", ".join(words()["calendars"].values())
    return ", ".join(codes("of")) if column == "of" else say("may_write", column)


def _in_column(column: str, written: str) -> str:
    """The code of what is written in any column but the value's own."""
    if column in _FREE:
        return written
    if column == "period":
        return read_length(written)
    if column == "identifier":
        return read_act(written)[1]
    if column == "calendar":
        code = codes("term", "calendars").get(fold(written), "")
        return code if code in words()["calendars"] else ""
    return (_YES_NO if column == "negated" else codes("of")).get(fold(written), "")
