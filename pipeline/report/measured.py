"""How well answers are read in documents that nobody who writes rules has seen, for the page on method."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.trees import parse_tree

PATH = Path(__file__).parents[1] / "compare" / "measured_error.yaml"
"""Counted by benchmarks/cell_error.py to correct the shares of the comparison; read as data, for rooms are apart."""


@cache
def measured_unseen() -> Mapping[str, int]:
    """The documents measured on; of cells called silent how many are not, of those that are stated how many are found.

    Cells that either side calls unreadable are left out.
    """
    content: dict[str, Any] = parse_tree(PATH.read_text("utf-8"))
    rows: dict[str, dict[str, int]] = content["cells"]
    silent = {should: says.get("silent", 0) for should, says in rows.items() if should != "unreadable"}
    stated = rows["stated"]
    return {
        "documents": content["documents"],
        "silent": sum(silent.values()),
        "silent_wrong": sum(silent.values()) - silent["silent"],
        "stated": sum(stated.values()) - stated.get("unreadable", 0),
        "stated_found": stated["stated"],
    }
