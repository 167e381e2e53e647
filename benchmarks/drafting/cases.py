"""Answers to draft from: every harmonised requirement of a codebook with every kind of value there are words for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.codebooks.cues import CueIndex
from pipeline.drafting.material import Material
from pipeline.drafting.templates import RequirementWording, Wording, load_wording
from pipeline.records.comparison import Cell
from pipeline.swedish.municipality_register import municipality_register

ROLES = ("registrator", "kommunikationschef", "kommunstyrelsen", "informatör")
"""A role of each kind: one person, a chief, a body, one that has another name now."""

ACTS = ("2016/679", "1998:112", "1998:204")
"""An act of the Union, one of Sweden, and one that is repealed."""

TIMES = ("PT24H weekdays", "P2D", "PT1H working_hours", "P1D weekdays", "same-day", "skyndsamt", "snarast")
FREQUENCIES = ("P1D", "P1W", "P1D weekdays", "P6M", "P1Y", "regelbundet", "löpande")
KEEPINGS = ("gallras P2Y", "gallras P1M", "bevaras", "arkiveras", "sparas P1Y")
TITLES = ("kommunikationspolicy", "dokumenthanteringsplan", "grafisk profil", "Policy för informationssäkerhet")


@dataclass(frozen=True, slots=True)
class Case:
    """One answer to one harmonised requirement."""

    requirement: str
    answer: str
    modality: str
    tokens: tuple[str, ...]


def cases_of(entry: HarmonisedRequirement, said: RequirementWording) -> Iterator[Case]:
    """Every answer that a drafter may choose for a requirement: each modality, each value alone, and all together."""
    yield from (Case(entry.id, "stated", m, ()) for m in ("must", "should", "may"))
    if said.prohibition:
        yield from (Case(entry.id, "stated", m, ()) for m in ("must_not", "should_not"))
    values = [m.id for m in entry.members]
    forbidding = {t for t, form in said.each.items() if "{får_inte}" in form}
    powers = _powers(entry)
    plain = {t: "must_not" if t in forbidding else "may" if t in powers else "must" for t in values}
    yield from (Case(entry.id, "stated", m, (t,)) for t, m in plain.items())
    if len(values) > 1:
        yield Case(entry.id, "stated", "may" if powers else "must", tuple(sorted(values)))
        yield Case(entry.id, "stated", "may" if powers else "should", tuple(sorted(values)[:2]))
    for tokens in _open_values(entry, said):
        yield from (Case(entry.id, "stated", m, tokens) for m in ("must", "should"))
    if said.exemption:
        yield Case(entry.id, "stated_negatively", "may", ())
    if entry.delegation != "never":
        yield Case(entry.id, "delegated", "must", ("dokumenthanteringsplan",))


def _powers(entry: HarmonisedRequirement) -> set[str]:
    """The members that make a duty a power: no cell asks anybody to block "efter beslut"."""
    permits = CueIndex(cue.all for cue in entry.permits)
    return {m.id for m in entry.members if permits.holds(m.sv)}


def _open_values(entry: HarmonisedRequirement, said: RequirementWording) -> Iterator[tuple[str, ...]]:
    """Values that are no members: times, numbers, acts, kinds of content, titles and roles."""
    kinds: list[tuple[object, Sequence[str]]] = [
        (said.time and not said.frequency, TIMES), (said.time and said.frequency, FREQUENCIES),
        (said.count, ("1", "2", "3")),
        (said.acts, ACTS), (said.keeping, KEEPINGS), (said.documents, TITLES),
        (said.owner_from_value or said.role or said.role_in, ROLES),
    ]  # fmt: skip
    for there, tokens in kinds:
        yield from ((t,) for t in tokens if there)
    if said.prohibited:
        from pipeline.records.requirement import PROHIBITED_CONTENT

        yield from ((t,) for t in PROHIBITED_CONTENT)
        yield tuple(sorted(PROHIBITED_CONTENT))
    if entry.value == "acts":
        yield ("1949:105", "2009:400", "2017:900")


def few_cases_of(entry: HarmonisedRequirement, said: RequirementWording) -> list[Case]:
    """One answer of each kind: plain, all values of its own, an open value, left to another document."""
    cases = [c for c in cases_of(entry, said) if c.modality in ("must", "must_not")]
    members = {m.id for m in entry.members}
    kinds: dict[tuple[str, str, bool], Case] = {}
    for case in sorted(cases, key=lambda c: -len(c.tokens)):
        own = "own" if set(case.tokens) & members else ""
        kinds.setdefault((case.answer, own, bool(case.tokens)), case)
    return list(kinds.values())


def materials(codebook: Codebook, *, few: bool = False) -> Iterator[tuple[str, Material]]:
    """A material of one answer to one requirement for each case, with the municipality it is drafted for.

    Each is by itself, so that what one clause says can't answer for another. No name comes twice within as many
    materials as there are municipalities. With `few`, one case of each kind instead of all.
    """
    wording: Wording = load_wording(codebook.id)
    names = [m.name for m in municipality_register().by_code.values() if m.kind == "municipality"]
    choose = few_cases_of if few else cases_of
    cases = [(e, case) for e in codebook.requirements for case in choose(e, wording.requirements[e.id])]
    for number, (entry, case) in enumerate(cases):
        name = names[number % len(names)]
        cells = {entry.id: (_cell(codebook, entry, name, case),)}
        yield name, Material(codebook, {}, cells, {}, {}, {}, {}, {}, ())


def _cell(codebook: Codebook, entry: HarmonisedRequirement, municipality: str, case: Case) -> Cell:
    return Cell(
        codebook=codebook.id, requirement=entry.id, label_sv=entry.label_sv, label_en=entry.label_en,
        municipality=municipality, answer=case.answer, modality=case.modality, value="|".join(case.tokens) or "duty",
        value_text="", relation_to_strictest="none", document_id="", page=None, start=None, end=None, quote="",
        confidence=1.0, review="unreviewed",
    )  # fmt: skip
