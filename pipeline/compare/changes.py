"""Which cells are not what they were in the last run."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records.comparison import Cell, Change

SAYS_NOTHING = ("silent", "unreadable")


def find_changes(previous: Iterable[Cell], cells: Iterable[Cell]) -> tuple[Change, ...]:
    """The cells that came, went, or say something else than in the last run, sorted.

    `gained` says something and said nothing before, `lost` the other way round, `altered` says something else; `added`
    and `gone` are cells of municipalities or requirements that only one of the runs has.
    """
    now = {(c.codebook, c.requirement, c.municipality): c for c in cells}
    then = {(c.codebook, c.requirement, c.municipality): c for c in previous}
    changes = []
    for key in sorted(now.keys() | then.keys()):
        before, after = _say(then.get(key)), _say(now.get(key))
        if before != after:
            changes.append(Change(*key, change=_kind(then.get(key), now.get(key)), before=before, after=after))
    return tuple(changes)


def _kind(before: Cell | None, after: Cell | None) -> str:
    if before is None:
        return "added"
    if after is None:
        return "gone"
    said, says = before.answer not in SAYS_NOTHING, after.answer not in SAYS_NOTHING
    if said == says:
        return "altered"
    return "gained" if says else "lost"


def _say(cell: Cell | None) -> str:
    return f"{cell.answer}: {cell.value}".removesuffix(": ") if cell else ""
