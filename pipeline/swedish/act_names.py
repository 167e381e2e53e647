"""What an act is called in running text, by its number."""

from __future__ import annotations

from functools import cache

from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.law_register import register


def write_acts(identifiers: str) -> str:
    """Acts as one writes them, from their numbers joined by |: "förvaltningslagen (2017:900)"."""
    return ", ".join(f"{long_name(number)} ({number})" for number in identifiers.split("|") if number)


@cache
def _long_names() -> dict[str, str]:
    """The first full name of each act by its number, in definite form."""
    names: dict[str, str] = {}
    for row in read_tree("acts.yaml"):
        for number in row.get("acts", ()):
            name = str(next(iter(row.get("names", ())), row["norm"]))
            names.setdefault(str(number), str(row["norm"]) if name == str(row["norm"]).lower() else name)
    return names


def long_name(number: str) -> str:
    """An act's full name as within a sentence: "offentlighets- och sekretesslagen"; "lag" where it is unknown."""
    act = register().by_identifier.get(number)
    return _long_names().get(number) or (act.norm if act else "lag")
