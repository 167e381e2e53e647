"""Records for tests that say only what they are about."""

from __future__ import annotations

from typing import Any

from pipeline.tables import columns


def row(record: type[Any], **given: Any) -> Any:
    """A record with plain values where nothing is given."""
    plain = {str: "", int: 0, float: 0.9, bool: False}
    values = {name: None if maybe else plain[kind] for name, (kind, maybe) in columns(record).items()}
    return record(**values | given)
