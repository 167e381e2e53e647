"""The 290 municipalities and the regions: code, county, genitive, domain, and every form their names are met in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pipeline.swedish.datafiles import read_lines, read_rows


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality or region: its official code, name, genitive before "kommun", county and domains."""

    code: str
    name: str
    kind: str  # municipality | region
    county: str = ""
    genitive: str = ""
    own_name: str = ""
    domains: tuple[str, ...] = ()
    older_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MunicipalityRegister:
    """Municipalities by code, by form of the name (lower case), and by domain."""

    by_code: dict[str, Municipality] = field(default_factory=dict)
    forms: dict[str, tuple[Municipality, ...]] = field(default_factory=dict)
    longer: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, Municipality] = field(default_factory=dict)
    domains: dict[str, Municipality] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()


@cache
def municipality_register() -> MunicipalityRegister:
    """The register, read once a process."""
    found = MunicipalityRegister(ambiguous=frozenset(line.lower() for line in read_lines("ambiguous_names.txt")))
    for row in read_rows("municipalities.csv"):
        one = Municipality(
            row["code"],
            row["name"],
            "municipality",
            row["county"],
            row["genitive"],
            row["own_name"],
            tuple(domain for domain in (row["domain"], row["other_domain"]) if domain),
        )
        _add(found, one, {one.name, one.genitive, possessive(one.name)}, {one.own_name} - {""})
    for row in read_rows("regions.csv"):
        older = tuple(row["older_names"].split("|"))
        region = Municipality(row["code"], row["name"], "region", domains=(row["domain"],), older_names=older)
        _add(found, region, set(), {region.name, *older})
    for forms in found.longer.values():
        forms.sort(key=lambda form: (-len(form), form))
    return found


def _add(found: MunicipalityRegister, one: Municipality, forms: set[str], titles: set[str]) -> None:
    found.by_code[one.code if one.kind == "municipality" else f"region-{one.code}"] = one
    for form in sorted(forms):
        key = form.lower()
        found.forms[key] = (*found.forms.get(key, ()), one)
        if " " in key:
            found.longer.setdefault(key.split()[0], []).append(key)
    for title in sorted(titles):
        for key in (title.lower(), possessive(title).lower()):
            found.titles[key] = one
            found.longer.setdefault(key.split()[0], []).append(key)
    for domain in one.domains:
        found.domains[domain] = one


def possessive(name: str) -> str:
    """The name with the s of possession, which a name in s, x or z goes without: Borås, Karlskronas."""
    return name if name.lower().endswith(("s", "x", "z")) else f"{name}s"


def by_code(code: str) -> Municipality | None:
    """The municipality with an official code ("0114"), or the region ("region-12")."""
    return municipality_register().by_code.get(code)


def by_name(name: str) -> Municipality | None:
    """The municipality or region that goes by a name, in any form of it ("Falköpings kommun", "Falu", "Borås Stad").

    Returns:
        None where the name is unknown, or stands for more than one.
    """
    known = municipality_register()
    key = " ".join(name.lower().split())
    if key in known.titles:
        return known.titles[key]
    for ending in (" kommuns", " kommun", " stads", " stad"):
        key = key.removesuffix(ending)
    found = known.forms.get(key, ())
    return found[0] if len(found) == 1 else None


def genitive(name: str) -> str:
    """What stands before "kommun": Falköpings, Falu, Malmö; the name's own possessive where it is unknown."""
    found = by_name(name)
    return found.genitive if found and found.genitive else possessive(name)
