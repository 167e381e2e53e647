"""How a record says what its columns mean: the data dictionary is made from these sentences."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def column(meaning: str, *, values: tuple[str, ...] = ()) -> Any:
    """A dataclass field that carries its own documentation.

    Args:
        meaning: What the column holds, with units and what offsets refer to.
        values: The closed set of values, where there is one.
    """
    return field(metadata={"meaning": meaning, "values": values})
