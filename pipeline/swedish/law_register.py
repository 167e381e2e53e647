"""The acts that texts may name: names, abbreviations, long titles and numbers, looked up by any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pipeline.swedish.datafiles import read_rows, read_tree

_NUMBER = re.compile(r"\(?\d{4}:\d+\)?\s*")
_DEFINITE = re.compile(r"(?:(lag|balk|ning|nig|form|konvention|akt)en|(direktiv)et)$")


@dataclass(frozen=True, slots=True)
class Act:
    """What a name stands for: a norm, and the numbers it has had, oldest first."""

    norm: str
    identifiers: tuple[str, ...]
    successor_norm: str = ""
    compounds: bool = False

    def resolve(self, written_on: date | None) -> tuple[str, str]:
        """Norm and identifier on a day; no identifier where several would do and no day is known."""
        if len(self.identifiers) == 1:
            return self.norm, self.identifiers[0]
        if not self.identifiers or written_on is None:
            return self.successor_norm or self.norm, ""
        started = [one for one in self.identifiers if starts_on(one) <= written_on] or [self.identifiers[0]]
        newest = started[-1] == self.identifiers[-1]
        return (self.successor_norm if newest and self.successor_norm else self.norm), started[-1]


@dataclass(frozen=True, slots=True)
class Register:
    """Every act by its keys. A key is lower case, indefinite, without hyphens, spaces and the s of a first part."""

    names: dict[str, Act] = field(default_factory=dict)
    curated: list[str] = field(default_factory=list)
    curated_norms: set[str] = field(default_factory=set)
    titles: dict[str, list[tuple[tuple[str, ...], Act]]] = field(default_factory=dict)
    phrases: dict[str, Act] = field(default_factory=dict)
    abbreviations: dict[str, tuple[Act, ...]] = field(default_factory=dict)
    cautious: dict[str, bool] = field(default_factory=dict)
    by_identifier: dict[str, Act] = field(default_factory=dict)
    long_titles: dict[str, tuple[str, ...]] = field(default_factory=dict)


def name_key(name: str) -> str:
    """The key of a name however it is inflected, hyphenated or split."""
    key = re.sub(r"[-\u2010\u2011\u00ad]", "", name.lower())
    key = _DEFINITE.sub(r"\1\2", re.sub(r"(?<=en)s$|(?<=et)s$|(?<=lag)s$", "", key.strip()))
    parts = re.split(r"\s*,?\s+(?:och|&|samt)\s+", key)
    return "och".join([*(part.removesuffix("s") for part in parts[:-1]), parts[-1]]).replace(" ", "")


@cache
def act_dates() -> dict[str, dict[str, str]]:
    """Dates of force and repeal by identifier: the curated ones, else the register of statutes."""
    rows = {row["identifier"]: {**row, "source": "sfs_register.csv"} for row in read_rows("sfs_register.csv")}
    for row in read_rows("act_dates.csv"):
        rows[row["identifier"]] = {**row, "status": "", "source": "act_dates.csv"}
    return rows


def starts_on(identifier: str) -> date:
    """The day an act came into force; where unknown, the first day of the year in its number."""
    row = act_dates().get(identifier)
    known = row["in_force_from"] if row else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", known):
        return date.fromisoformat(known)
    year = re.search(r"\d{4}", known or identifier)
    return date(int(year[0]), 1, 1) if year else date.min


@cache
def register() -> Register:
    """The register, read once a process."""
    found = Register()
    for row in read_tree("acts.yaml"):
        _add_act(found, row)
    found.curated.extend(sorted(found.names))
    for name, identifiers in _statute_names().items():
        found.names.setdefault(name_key(name), Act(name, identifiers))
        for identifier in identifiers:
            found.by_identifier.setdefault(identifier, Act(name, (identifier,)))
    for identifier, row in act_dates().items():
        _add_title(found, identifier, row["title"])
    for acts in found.titles.values():
        acts.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return found


def _add_act(found: Register, row: dict[str, object]) -> None:
    identifiers = _texts(row, "acts")
    act = Act(str(row["norm"]), identifiers, str(row.get("successor_norm", "")), bool(row.get("compounds", False)))
    found.curated_norms.add(act.norm)
    for name in _texts(row, "names"):
        found.names[name_key(name)] = act
    for title in _texts(row, "titles"):
        _file_title(found, title, act)
    for phrase in _texts(row, "phrases"):
        found.phrases[phrase.lower()] = act
    for column in ("abbreviations", "in_context", "after_cue"):
        for short in _texts(row, column):
            found.abbreviations[short] = (*found.abbreviations.get(short, ()), act)
            if column != "abbreviations":
                found.cautious[short] = column == "after_cue"
    for place, identifier in enumerate(identifiers):
        norm = act.successor_norm if act.successor_norm and place else act.norm
        if identifier not in found.by_identifier:
            found.by_identifier[identifier] = Act(norm, (identifier,))


def _texts(row: dict[str, object], column: str) -> tuple[str, ...]:
    values = row.get(column, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _statute_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for row in read_rows("statute_names.csv"):
        names.setdefault(row["name"], []).append(row["identifier"])
    return {name: tuple(identifiers) for name, identifiers in names.items()}


def _add_title(found: Register, identifier: str, title: str) -> None:
    """A long title of a statute: what follows "Lag (1998:112)", or a name of one word."""
    bare = _NUMBER.sub("", title).strip()
    head, _, rest = bare.partition(" ")
    if re.fullmatch(r"lag|förordning|kungörelse|direktiv", head.lower()) and rest:
        found.long_titles[identifier] = title_words(rest)
        act = found.by_identifier.setdefault(identifier, Act(f"{definite(head.lower())} {rest}", (identifier,)))
        _file_title(found, rest, act)
    elif re.search(r"(?:lag|balk|förordning)$", bare):
        name = definite(bare[0].lower() + bare[1:])
        act = found.by_identifier.setdefault(identifier, Act(name, (identifier,)))
        known = found.names.get(name_key(name))
        if known is None:
            found.names[name_key(name)] = act


def _file_title(found: Register, title: str, act: Act) -> None:
    words = title_words(title)
    bucket = found.titles.setdefault(" ".join(words[:2]), [])
    for place, (known, other) in enumerate(bucket):
        if known == words:
            # Two statutes of one title that acts.yaml does not name: the document's date decides between them.
            if other.norm not in found.curated_norms and not set(act.identifiers) <= set(other.identifiers):
                bucket[place] = (words, Act(other.norm, (*other.identifiers, *act.identifiers)))
            return
    bucket.append((words, act))


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title, lower case, without punctuation and numbers in brackets."""
    return tuple(re.findall(r"[\w:]+", re.sub(r"\([^)]*\)", " ", title.lower())))


def definite(head: str) -> str:
    """The definite form of an act's own word: lag gives lagen, direktiv gives direktivet."""
    return f"{head}et" if head.endswith("direktiv") else f"{head}en"
