"""What became of cells since the last run."""

from __future__ import annotations

from dataclasses import replace

from pipeline.compare import find_changes
from pipeline.records.comparison import Cell


def cell(requirement: str, answer: str = "stated", value: str = "duty", municipality: str = "Ekby") -> Cell:
    return Cell(
        "social_media", requirement, "", "", municipality, answer, "must", value, "", "none", "", None, None, None, "",
        0.9, "unreviewed",
    )  # fmt: skip


def test_each_kind_of_change() -> None:
    before = [cell("tone"), cell("crisis", "silent", ""), cell("removal", value="P1D"), cell("secrecy"), cell("old")]
    after = [cell("tone", "silent", ""), cell("crisis"), cell("removal", value="P2D"), cell("secrecy"), cell("new")]
    changes = {c.requirement: (c.change, c.before, c.after) for c in find_changes(before, after)}
    assert changes == {
        "tone": ("lost", "stated: duty", "silent"),
        "crisis": ("gained", "silent", "stated: duty"),
        "removal": ("altered", "stated: P1D", "stated: P2D"),
        "old": ("gone", "stated: duty", ""),
        "new": ("added", "", "stated: duty"),
    }


def test_what_is_only_worded_otherwise_is_no_change() -> None:
    before = cell("tone")
    assert find_changes([before], [replace(before, quote="Annat", confidence=0.5, start=7)]) == ()
