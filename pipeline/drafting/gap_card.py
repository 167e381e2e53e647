"""A municipality's gap card: what its documents lack, where they are laxer than most, what in them is out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.drafting.material import Case
from pipeline.records.comparison import ABOVE, BELOW
from pipeline.wording import AMONG, MOST_OF_CUSTOM, join_words

FEWEST = 2
"""Others that it takes to speak of most of them, and from which on their share weighs in full."""

MOST = 0.5
"""Share of the others from which on they are most of them."""

BY_LAW = 0.2
"""What it adds to the importance of a gap that an act in force bears on it; the share of the others is the rest."""

OUTDATED = ("stale_law", "stale_name")
FLAWS = ("conflict", "missing_step", "truncation", "copy_residue")
OWNERLESS = "orphan_duty"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to mend, with its importance from 0 to 1; `requirement` is empty where it is about the document."""

    kind: Literal["lacks", "laxer", "outdated", "flaw"]
    requirement: str
    label: str
    why: str
    quote: str
    importance: float


def find_gap_card(case: Case) -> tuple[Gap, ...]:
    """Everything on the card, most important first; of equals in the codebook's order.

    Importance of what lacks is the share of the others that have it and whether an act bears on it; of what is laxer
    the share of the others that are stricter; of the rest what the comparison says it weighs. The others are those
    whose documents speak to the same, as in the comparison's own findings.
    """
    lacking = tuple(_lacking(case))
    # What lacks is one thing to mend, whether others have it or a procedure wants it.
    told = {gap.requirement for gap in lacking}
    found = [*lacking, *_laxer(case), *_found(case, told), *_ownerless(case)]
    return tuple(sorted(found, key=lambda g: -g.importance))


def _lacking(case: Case) -> Iterator[Gap]:
    material = case.material
    for entry in material.codebook.requirements:
        own = material.cell(entry.id, case.municipality)
        if own is None or not (own.answer == "silent" or material.announces(own)):
            continue
        others = material.peers(entry.id, case.municipality)
        saying = [c.municipality for c in others if c.answer != "silent" and not material.announces(c)]
        share = len(saying) / len(others) if others else 0.0
        law = case.duties(entry.id)
        if (share < MOST and not law) or not material.is_asked(entry.id, case.municipality):
            continue
        among = _among(case)
        why = f"{len(saying)} av {len(others)} andra{among} har det" if saying else f"ingen annan{among} har det"
        acts = join_words(list(dict.fromkeys(d.norm for d in law)))
        why += f"; {acts} har regler att ta hänsyn till" if acts else ""
        if material.announces(own):
            why += "; kommunens eget dokument säger att det ska regleras"
        custom = share * min(1.0, len(others) / FEWEST)
        weight = MOST_OF_CUSTOM * (custom * (1 - BY_LAW) + BY_LAW * bool(law))
        yield Gap("lacks", entry.id, entry.label_sv, f"{why}.", "", weight)


def _among(case: Case) -> str:
    """Who the others are, where they are not all that have guidelines."""
    return AMONG[case.material.audience(case.municipality)].sv


def _laxer(case: Case) -> Iterator[Gap]:
    material, own = case.material, case.municipality
    for entry in material.codebook.requirements:
        alike = {c.municipality for c in material.peers(entry.id, own)}
        # Each pair stands twice among the relations, once from either side.
        stricter, compared = set[str](), set[str]()
        for relation in material.relations.get(entry.id, ()):
            sides = (relation.municipality, relation.other_municipality)
            if own not in sides:
                continue
            other = sides[1] if sides[0] == own else sides[0]
            if other not in alike:
                continue
            compared.add(other)
            if relation.relation in (BELOW if sides[0] == own else ABOVE):
                stricter.add(other)
        cell = material.cell(entry.id, own)
        if cell is None or len(compared) < FEWEST or len(stricter) / len(compared) <= MOST:
            continue
        why = f"{len(stricter)} av {len(compared)} andra{_among(case)} är strängare eller kräver mer."
        weight = MOST_OF_CUSTOM * len(stricter) / len(compared) * (1 - BY_LAW)
        yield Gap("laxer", entry.id, entry.label_sv, why, cell.quote, weight)


def _found(case: Case, told: Collection[str]) -> Iterator[Gap]:
    """What the comparison itself found out of date or wrong in the municipality's documents; no step told before."""
    for finding in case.material.findings:
        if finding.municipality != case.municipality or finding.kind not in (*OUTDATED, *FLAWS):
            continue
        if finding.kind == "missing_step" and finding.requirement in told:
            continue
        entry = case.material.codebook.find(finding.requirement) if finding.requirement else None
        kind: Literal["outdated", "flaw"] = "outdated" if finding.kind in OUTDATED else "flaw"
        label = entry.label_sv if entry else ""
        yield Gap(kind, finding.requirement, label, finding.message_sv, finding.quote, finding.weight)


def _ownerless(case: Case) -> Iterator[Gap]:
    """All duties that bind nobody in particular, as one thing to mend."""
    own = [f for f in case.material.findings if f.municipality == case.municipality and f.kind == OWNERLESS]
    entries = [case.material.codebook.find(f.requirement) for f in own if f.requirement]
    labels = sorted({entry.label_sv for entry in entries if entry is not None})
    if own:
        about = f" Det gäller {join_words(labels)}." if labels else ""
        why = f"{len(own)} krav säger inte vem som ska göra det.{about} Ange en ansvarig."
        yield Gap("flaw", "", "Ansvar", why, "", max(f.weight for f in own))
