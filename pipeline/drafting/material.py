"""What an output folder holds for a drafter: answers, evidence, relations and texts, looked up by requirement."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.codebooks import Codebook, load_codebook
from pipeline.failures import RunFailure
from pipeline.records.comparison import Cell, CellEvidence, Document, Finding, Relation
from pipeline.records.requirement import Requirement, Value
from pipeline.swedish.legal_duties import LegalDuty, duties_for
from pipeline.tables import read_table
from pipeline.wording import (
    STAFF,
    BodyKind,
    asides_of,
    asked_of,
    audiences_told,
    in_one_list,
    kinds_of_bodies,
    restricts,
    rule_of,
)

_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)

SAYS = ("stated", "stated_negatively")
"""Answers that hold a rule which can be drafted."""


@dataclass(frozen=True)
class Material:
    """The findings of a run on one codebook."""

    codebook: Codebook
    documents: Mapping[str, Document]
    cells: Mapping[str, tuple[Cell, ...]]
    evidence: Mapping[tuple[str, str], tuple[CellEvidence, ...]]
    relations: Mapping[str, tuple[Relation, ...]]
    requirements: Mapping[str, Requirement]
    values: Mapping[str, Value]
    values_in: Mapping[str, tuple[Value, ...]]
    """The values of each requirement by its id; those outside a requirement under the empty one."""
    findings: tuple[Finding, ...]

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities of the comparison, sorted."""
        return tuple(sorted({c.municipality for cells in self.cells.values() for c in cells}))

    @property
    def bodies(self) -> Mapping[str, BodyKind]:
        """What each of the compared is, by name: regions may be among them, and documents of nobody knows whom."""
        kinds = kinds_of_bodies(self.documents.values())
        return {name: kinds.get(name, "other") for name in self.municipalities}

    def cell(self, requirement: str, municipality: str) -> Cell | None:
        """A municipality's cell, None where the comparison does not know it."""
        return next((c for c in self.cells.get(requirement, ()) if c.municipality == municipality), None)

    @property
    def proposing(self) -> frozenset[str]:
        """Municipalities of which there are only proposals: they rule on nothing here, and count among no others."""
        read = [d for d in self.documents.values() if d.status == "ok"]
        ruling = {d.municipality for d in read if d.completeness != "proposal"}
        return frozenset({d.municipality for d in read} - ruling)

    def readable(self, requirement: str) -> tuple[Cell, ...]:
        """The cells of municipalities with a document in force that can be read: what every count is out of."""
        proposing, cells = self.proposing, self.cells.get(requirement, ())
        return tuple(c for c in cells if c.answer != "unreadable" and c.municipality not in proposing)

    @cached_property
    def _audiences(self) -> Mapping[str, str]:
        return audiences_told(self.findings)

    def audience(self, municipality: str) -> str:
        """Whom a municipality's documents speak to; the staff, where the run tells of nobody else."""
        return self._audiences.get(municipality, STAFF)

    def is_asked(self, requirement: str, municipality: str) -> bool:
        """Whether documents such as the municipality's answer a question: rules for the public tell of no log-ins."""
        return requirement in asked_of(self.audience(municipality), self.codebook)

    def peers(self, requirement: str, municipality: str) -> tuple[Cell, ...]:
        """The readable cells of the others whose documents speak to the same as the municipality's."""
        others = (c for c in self.readable(requirement) if c.municipality != municipality)
        return tuple(c for c in others if self.audience(c.municipality) == self.audience(municipality))

    def own_documents(self, municipality: str) -> tuple[Document, ...]:
        """The municipality's documents that could be read, sorted by file name."""
        own = [d for d in self.documents.values() if d.municipality == municipality and d.status == "ok"]
        return tuple(sorted(own, key=lambda d: d.file_name))

    def own_requirements(self, requirement: str, municipality: str) -> tuple[Requirement, ...]:
        """What the municipality's own documents say or propose on a requirement, in the order of the text."""
        own = [r for r in self.requirements.values() if r.municipality == municipality]
        fitting = [r for r in own if requirement in r.topics.split("|")]
        return tuple(sorted(fitting, key=lambda r: (r.document_id, r.start)))

    def announces(self, cell: Cell) -> bool:
        """Whether a cell only says that the proposed document will answer: a guideline can't refer to itself."""
        document = self.documents.get(cell.document_id)
        if cell.answer != "delegated" or document is None or document.completeness != "proposal":
            return False
        return cell.value in (document.title, document.file_name)

    def passages(self, cell: Cell) -> tuple[Requirement | Value, ...]:
        """The requirements and single values that a cell rests on, best first."""
        found: list[tuple[float, int, str, Requirement | Value]] = []
        for e in self.evidence.get((cell.requirement, cell.municipality), ()):
            passage = self.requirements.get(e.requirement_id) or self.values.get(e.value_id)
            if e.relation == "supports" and passage is not None:
                found.append((-e.score, e.start, e.requirement_id or e.value_id, passage))
        return tuple(passage for *_, passage in sorted(found, key=lambda f: f[:3]))

    def supporting(self, cell: Cell) -> tuple[Requirement, ...]:
        """The requirements that a cell rests on, best first."""
        return tuple(p for p in self.passages(cell) if isinstance(p, Requirement))


@dataclass(frozen=True, slots=True)
class Case:
    """What is drafted: for whom, from what, and the day on which the law must be in force."""

    material: Material
    municipality: str
    on: date

    def duties(self, requirement: str) -> tuple[LegalDuty, ...]:
        """What acts in force on the day ask on a requirement of the codebook."""
        return duties_for(self.material.codebook.id, requirement, on=self.on)


def read_material(out: Path, *, codebook: str = "") -> Material:
    """The material of an output folder for one codebook.

    Args:
        out: Output folder of a run.
        codebook: Its name, or its YAML file; empty for the one that most cells answer.

    Raises:
        RunFailure: When a table is missing, there is no such codebook, or the folder has no cells of it.
    """
    cells: list[Cell] = _read(out, Cell, "harmonised_requirements")
    name = codebook or _busiest(cells)
    asked = load_codebook(name).id if codebook else name
    own = [c for c in cells if c.codebook == asked]
    if own:
        book = load_codebook(name)
        channels = {r.id for r in book.requirements if r.value == "channels"}
        powers = {r.id for r in book.requirements if r.permits}
        own = [_at_home(c) if c.requirement in channels else _ruling(book, c) for c in own]
        own = [c if c.requirement in powers else _demanding(c) for c in own]
    else:
        raise RunFailure(
            f"Jämförelsen i {out} har inga krav ur kodboken ”{name}”. Kör jamka run med --codebook {name}.",
            f"The comparison in {out} has no requirements of the codebook {name!r}. Run jamka run --codebook {name}.",
        )
    documents: list[Document] = _read(out, Document, "documents")
    requirements: list[Requirement] = _read(out, Requirement, "requirements")
    values: list[Value] = _read(out, Value, "values")
    evidence: list[CellEvidence] = [e for e in _read(out, CellEvidence, "cell_evidence") if e.codebook == book.id]
    return Material(
        book,
        {d.document_id: d for d in documents},
        _group(own, lambda c: c.requirement),
        _group(evidence, lambda e: (e.requirement, e.municipality)),
        _group(_read(out, Relation, "relations"), lambda r: r.requirement),
        {r.requirement_id: r for r in requirements},
        {v.value_id: v for v in values},
        _group(values, lambda v: v.requirement_id),
        tuple(_read(out, Finding, "findings")),
    )


def _ruling(codebook: Codebook, cell: Cell) -> Cell:
    """The cell with its rule alone: a draft says no times for a crisis that its municipality did not decide on."""
    entry = codebook.find(cell.requirement)
    if entry is None or not asides_of(entry, cell):
        return cell
    return replace(cell, value="|".join(sorted(rule_of(entry, cell))), value_text=in_one_list(cell.value_text))


def _demanding(cell: Cell) -> Cell:
    """The cell, as a demand where its permission forbids all else: "får bara läggas ut om ..."."""
    return replace(cell, modality="must") if cell.modality == "may" and restricts(cell.quote) else cell


def find_municipality(name: str, material: Material) -> str:
    """The municipality that a user means: in the comparison, or at least in the register.

    Raises:
        RunFailure: When there is none of that name; the message names the nearest ones.
    """
    from pipeline.swedish.municipalities import by_name

    wanted = name.strip()
    known = {m.casefold(): m for m in material.municipalities}
    if wanted.casefold() in known:
        return _said_by_its_text(known[wanted.casefold()], material)
    registered = by_name(wanted)
    if registered is not None:
        return known.get(registered.name.casefold(), registered.name)
    near = difflib.get_close_matches(wanted.casefold(), sorted(known), n=3)
    names = ", ".join(known[n] for n in near)
    raise RunFailure(
        f"Det finns ingen kommun som heter ”{name}”.{f' Menade du {names}?' if near else ''}",
        f"There is no municipality {name!r}.{f' Did you mean {names}?' if near else ''}",
    )


def _said_by_its_text(name: str, material: Material) -> str:
    """The name of a body that its documents name; a draft can't be made for who is only a file.

    Raises:
        RunFailure: When it is a document whose body nobody knows; says how to tell it.
    """
    if material.bodies[name] == "unknown":
        raise RunFailure(
            f"Det framgår inte av texten vems dokument {name} är. Skriv det på raden ”kommun” i granskningens blad "
            "Uppgifter och kör igen, eller ge namnet på den kommun som utkastet är till.",
            f"The text does not say whose document {name} is. Say so in the review workbook and run again, or name the "
            "municipality that the draft is for.",
        )
    return name


def _at_home(cell: Cell) -> Cell:
    """A cell of channels as any municipality can have it: its own web site and intranet by no name.

    A guideline can't send its readers to the web address or the named intranet of another municipality.
    """
    tokens = sorted({_channel_at_home(t) for t in cell.value.split("|")})
    return replace(cell, value="|".join(tokens)) if cell.answer != "delegated" else cell


def _channel_at_home(token: str) -> str:
    """A channel as any municipality can have it: `website` for an address, `intranet` for a name that is no role's."""
    from pipeline.swedish.roles import find_roles

    if _ADDRESS.fullmatch(token):
        return "website"
    return "intranet" if token[:1].isupper() and not find_roles(token) else token


def _busiest(cells: Sequence[Cell]) -> str:
    """The codebook with most cells that say something; the first by name where several have as many."""
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell.codebook] = counts.get(cell.codebook, 0) + (cell.answer in SAYS)
    return min(sorted(counts), key=lambda name: -counts[name], default="")


def _read(out: Path, record: type[Any], name: str) -> list[Any]:
    try:
        return read_table(record, out / f"{name}.parquet")
    except (OSError, ValueError) as e:
        raise RunFailure(
            f"{out} är ingen hel resultatmapp: {name}.parquet kan inte läsas. Kör jamka run först.",
            f"{out} is no complete output folder: {name}.parquet can't be read ({e}).",
        ) from e


def _group(rows: Sequence[Any], key: Any) -> dict[Any, tuple[Any, ...]]:
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {k: tuple(group) for k, group in groups.items()}
