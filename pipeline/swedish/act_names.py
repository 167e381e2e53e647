"""What an act is called in running text, by its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.law_register import register

UNION = 2015
"""The year from which acts of the European Union are numbered "(EU) 2016/679"."""


def write_acts(identifiers: str) -> str:
    """Acts as one writes them, from their numbers joined by |: "förvaltningslagen (2017:900)"."""
    return ", ".join(with_number(long_name(number), number) for number in identifiers.split("|") if number)


def with_number(name: str, number: str) -> str:
    """An act's name with its number: "förvaltningslagen (2017:900)", "dataskyddsförordningen (EU) 2016/679"."""
    year, slash, _ = number.partition("/")
    return f"{name} (EU) {number}" if slash and int(year) >= UNION else f"{name} ({number})"


def former_name(quote: str, identifier: str) -> str:
    """The name by which a citation calls an act that goes by another now ("sekretesslagen" for OSL); else empty."""
    told = " ".join(quote.split())  # "offentlighets- och" may end a line
    for name, number in _former_names():
        if number == identifier and re.search(rf"(?<!och )(?<!-)\b{re.escape(name)}s?\b", told, re.IGNORECASE):
            return name
    return ""


@cache
def _former_names() -> tuple[tuple[str, str], ...]:
    """Names of acts whose successor has another name, each with the number of that one."""
    rows = [row for row in read_tree("acts.yaml") if row.get("successor_norm")]
    return tuple((str(name), str(row["acts"][-1])) for row in rows for name in (*row["names"], *row["abbreviations"]))


@cache
def _long_names() -> dict[str, str]:
    """The first full name of each act by its number, in definite form."""
    names: dict[str, str] = {}
    for row in read_tree("acts.yaml"):
        for number in row.get("acts", ()):
            name = str(next(iter(row.get("names", ())), row["norm"]))
            names.setdefault(str(number), str(row["norm"]) if name == str(row["norm"]).lower() else _spelt(name, row))
    return names


def _spelt(name: str, row: Mapping[str, Any]) -> str:
    """A name with an abbreviation in front as people write it: "dsa-förordningen" is "DSA-förordningen"."""
    first, dash, rest = name.partition("-")
    return f"{first.upper()}{dash}{rest}" if dash and first.upper() in row.get("abbreviations", ()) else name


def long_name(number: str) -> str:
    """An act's full name as within a sentence: "offentlighets- och sekretesslagen"; "lag" where it is unknown."""
    act = register().by_identifier.get(number)
    return _long_names().get(number) or (act.norm if act else "lag")
