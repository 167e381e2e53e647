"""Which cells are worth a look before anybody relies on them: the same in the report and in the workbook."""

from __future__ import annotations

from pipeline.records.comparison import Cell

_SURE_SILENCE, _SURE_ANSWER = 0.9, 0.6
"""Confidence from which a cell is taken as it stands: silence is held to more, for nobody can look it up."""


def is_doubtful(cell: Cell) -> bool:
    """Whether nobody has reviewed the cell and its answer is less sure than its kind of answer has to be.

    An unreadable cell is none: that nobody can tell is all that it says.
    """
    if cell.review != "unreviewed" or cell.answer == "unreadable":
        return False
    return cell.confidence < (_SURE_SILENCE if cell.answer == "silent" else _SURE_ANSWER)
