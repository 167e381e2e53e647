"""How a finding's row is filled: what it is about by name, the rest empty."""

from __future__ import annotations

from typing import Any

from pipeline.compare.support import Support
from pipeline.failures import Message
from pipeline.records.comparison import Finding

_EMPTY = dict.fromkeys(
    ("document_id", "requirement", "requirement_id", "other_requirement_id", "value_id", "quote", "other_quote"), ""
)


def notice(kind: str, municipality: str, *, said: Message, weight: float, **about: str) -> Finding:
    """A finding of that kind; `about` are the row's other columns, empty where they are not given.

    Raises:
        TypeError: When there is no such column.
    """
    fields: dict[str, Any] = {**_EMPTY, **about}
    return Finding(
        kind=kind, municipality=municipality, message_sv=said.sv, message_en=said.en, weight=round(weight, 4), **fields
    )


def rivals_told(
    municipality: str, requirement: str, one: Support, other: Support, said: Message, weight: float
) -> Finding:
    """The conflict between two passages of one document that answer a question, the first of them its quote."""
    return notice(
        "conflict",
        municipality,
        document_id=one.document_id,
        requirement=requirement,
        requirement_id=one.requirement.requirement_id if one.requirement else "",
        other_requirement_id=other.requirement.requirement_id if other.requirement else "",
        quote=one.quote,
        other_quote=other.quote,
        said=said,
        weight=weight,
    )
