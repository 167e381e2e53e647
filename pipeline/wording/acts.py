"""What acts are called to who does not know their abbreviations."""

from __future__ import annotations

import re
from functools import cache

_SHORT = re.compile(r"[A-ZÅÄÖ]{2,}(?:-lagen)?")
_TITLE = re.compile(r"(lag|förordning)\b(?:\s*\([^)]*\))?(?:\s+\d+/\d+)?\s+(.+)", re.IGNORECASE)


@cache
def full_name(identifier: str) -> str:
    """An act's name in full, as within a sentence: "förvaltningslagen", "lagen om elektronisk kommunikation".

    Empty where the act is not known. An abbreviation that no name stands for is replaced by the act's title.
    """
    from pipeline.swedish.act_names import long_name
    from pipeline.swedish.law_register import act_dates, register

    if identifier not in register().by_identifier:
        return ""
    name = long_name(identifier)
    title = _TITLE.fullmatch(act_dates().get(identifier, {}).get("title", "")) if _SHORT.fullmatch(name) else None
    return f"{title[1].lower()}en {title[2]}" if title else name


def say_act(identifier: str) -> str:
    """An act by its full name and number, "förvaltningslagen (2017:900)"; as it stands where none is known by it."""
    from pipeline.swedish.act_names import with_number

    name = full_name(identifier)
    if not name:
        return name_of_norm(identifier) or identifier
    return with_number(name, identifier)


@cache
def name_of_norm(norm: str) -> str:
    """The full name that all acts of a short name have, whichever of them is meant: FL is "förvaltningslagen"."""
    from pipeline.swedish.law_register import register

    names = {full_name(number) for number, act in register().by_identifier.items() if act.norm == norm}
    return names.pop() if len(names) == 1 else ""
