"""Why a clause of a draft says what it says: who says so too, who does not, what the law asks, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebooks import HarmonisedRequirement, match_members
from pipeline.drafting.lines import Position, answering_cells, tokens_of
from pipeline.drafting.material import Case, Material
from pipeline.drafting.naming import is_of_one_unit
from pipeline.drafting.strength import MODALS
from pipeline.records.comparison import Cell
from pipeline.records.requirement import Requirement, Value
from pipeline.swedish.legal_duties import LegalDuty
from pipeline.wording import join_words, not_here

UNSURE = 0.6
"""Confidence of an answer below which it is called unsure."""

DAMAGED = 0.04
"""Share of damaged words from which on a source is called damaged."""


OWNER_SHARE = 1 / 2
"""Share of the followed municipalities that must bind the same role before a draft does: one librarian in one of
thirty is nobody that the others have."""


FEWEST_NAMING = 2
"""Followed municipalities that must name the same, where there are more than one: one of two is half of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a clause rests on."""

    municipality: str
    file_name: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Argument:
    """What a clause rests on; municipalities are named in alphabetical order, the drafting one's sources come first.

    `asking` are those that have the requirement at all, `following` those whose answer the clause is made of,
    `announcing` those whose documents say that a proposed guideline will, `readable` how many could be read. `thin` are
    the reasons, in Swedish, why the evidence is thin; else empty.
    """

    line: str
    own: tuple[Source, ...]
    asking: tuple[str, ...]
    following: tuple[str, ...]
    readable: int
    dissent: tuple[tuple[str, str], ...]
    announcing: tuple[str, ...]
    silent: tuple[str, ...]
    unreadable: tuple[str, ...]
    law: tuple[LegalDuty, ...]
    sources: tuple[Source, ...]
    thin: tuple[str, ...]
    owner_found: bool


def argue(case: Case, entry: HarmonisedRequirement, position: Position, line: str) -> Argument:
    """The argument for a clause; whether its owner was found is set when the clause is worded."""
    material, own = case.material, case.municipality
    cells = material.cells.get(entry.id, ())
    asking = answering_cells(material, entry.id)
    following = [c for c in asking if c.municipality in position.municipalities]
    following.sort(key=lambda c: (c.municipality != own, c.municipality))
    dissent = tuple((c.municipality, _say(c)) for c in asking if c.municipality not in position.municipalities)
    return Argument(
        line=line,
        own=own_sources(material, entry.id, own),
        asking=tuple(c.municipality for c in asking),
        following=tuple(sorted(c.municipality for c in following)),
        readable=len(material.readable(entry.id)),
        dissent=dissent,
        announcing=tuple(sorted(c.municipality for c in cells if material.announces(c) and c.municipality != own)),
        silent=tuple(sorted(c.municipality for c in cells if c.answer == "silent")),
        unreadable=tuple(sorted(c.municipality for c in cells if c.answer == "unreadable")),
        law=case.duties(entry.id),
        sources=find_sources(material, entry, following, position.tokens),
        thin=_thin(material, asking, following, position),
        owner_found=True,
    )


def find_owner(material: Material, entry: HarmonisedRequirement, position: Position, own: str) -> str:
    """Who most of the followed municipalities bind, as a canonical role or unit; empty where too few name the same.

    The municipality's own word goes first. "Kommunen", "du" and the like are nobody in particular, whom only the text
    around a clause binds is not who it names, and who is bound by a passage that is about something else is not who is
    bound to do this: only what leads a cell, or says a followed value, is asked.
    """
    cells = [c for c in answering_cells(material, entry.id) if c.municipality in position.municipalities]
    mine = [c for c in cells if c.municipality == own]
    for group in (mine, cells):
        roles = Counter(r for c in group for r in sorted(_bound(material, entry, c, position) - {""}))
        if group is not mine:
            roles = Counter({r: n for r, n in roles.items() if not is_of_one_unit(r)})
        if roles:
            role = min(roles, key=lambda r: (-roles[r], r))
            enough = roles[role] >= OWNER_SHARE * len(group) and roles[role] >= min(FEWEST_NAMING, len(group))
            return role if enough else ""
    return ""


def _bound(material: Material, entry: HarmonisedRequirement, cell: Cell, position: Position) -> set[str]:
    """Whom the passages bind that lead a cell or say a value of the position."""
    told = set(position.tokens)
    return {
        _role(r)
        for r in material.supporting(cell)
        if (r.document_id, r.start) == (cell.document_id, cell.start) or told & _said(material, entry, cell, r.quote, r)
    }


def own_sources(material: Material, requirement: str, municipality: str) -> tuple[Source, ...]:
    """What the municipality's own documents already say, or announce, on a requirement."""
    cell = material.cell(requirement, municipality)
    found = [source_of(material, cell)] if cell is not None and cell.quote else []
    for item in material.own_requirements(requirement, municipality):
        source = Source(municipality, _file_name(material, item.document_id), item.page, item.quote)
        if all(item.quote not in other.quote for other in found):
            found.append(source)
    return tuple(found)


def find_sources(
    material: Material, entry: HarmonisedRequirement, cells: Sequence[Cell], tokens: Sequence[str]
) -> tuple[Source, ...]:
    """A quote of each cell, then quotes for the values that none of these says.

    Of a cell it is the leading one, or the first that says a value of the clause where the leading one says none: what
    a municipality says of something else ("inom fyra timmar") is no source of "inom två arbetsdagar".
    """
    found, left = [], set(tokens)
    for cell in cells:
        if not cell.quote:
            continue
        says = _said(material, entry, cell, cell.quote)
        bearing = None if says.intersection(tokens) else _bearing(material, entry, cell, tokens)
        found.append(source_of(material, cell) if bearing is None else _source(material, cell, bearing))
        left -= says if bearing is None else _said(material, entry, cell, bearing.quote, bearing)
    for cell in cells:
        for passage in material.passages(cell) if left else ():
            said = left & _said(material, entry, cell, passage.quote, passage)
            source = _source(material, cell, passage)
            if said and source not in found:
                found.append(source)
                left -= said
    return tuple(found)


def _bearing(
    material: Material, entry: HarmonisedRequirement, cell: Cell, tokens: Sequence[str]
) -> Requirement | Value | None:
    """The best of a cell's passages that says one of the values, a sentence before a word.

    None where such a passage stands in the leading quote.
    """
    told = set(tokens)
    bearing = [p for p in material.passages(cell) if told & _said(material, entry, cell, p.quote, p)]
    if any(p.quote in cell.quote for p in bearing):
        return None
    return min(bearing, key=lambda p: isinstance(p, Value), default=None)


def _source(material: Material, cell: Cell, passage: Requirement | Value) -> Source:
    return Source(cell.municipality, _file_name(material, passage.document_id), passage.page, passage.quote)


def _said(
    material: Material, entry: HarmonisedRequirement, cell: Cell, quote: str, passage: Requirement | Value | None = None
) -> set[str]:
    """The values that a quote says; without its passage that of the cell's leading one."""
    if passage is None:
        passage = next((p for p in material.passages(cell) if p.quote == quote), None)
    values: tuple[Value, ...] = ()
    if passage is not None:
        values = (passage,) if isinstance(passage, Value) else material.values_in.get(passage.requirement_id, ())
    tokens = {f"{v.value} {v.calendar or v.period}".strip() for v in values}
    return tokens | {v.identifier or v.value for v in values} | set(match_members(entry, quote))


def source_of(material: Material, cell: Cell) -> Source:
    """Where a cell's leading quote stands."""
    return Source(cell.municipality, _file_name(material, cell.document_id), cell.page, cell.quote)


def _file_name(material: Material, document_id: str) -> str:
    document = material.documents.get(document_id)
    return document.file_name if document is not None else ""


def _say(cell: Cell) -> str:
    """A cell's answer as a reader would say it."""
    if cell.answer == "stated_negatively":
        return "anger att det inte krävs"
    said = (cell.value_text or cell.value).removeprefix("enligt ").replace(f" {not_here()}", "")
    if cell.value in ("", "duty"):
        return f"{MODALS[cell.modality]}, utan närmare värde" if cell.modality else "nämner det utan krav"
    return f"hänvisar till {said}" if cell.answer == "delegated" else said


def _role(requirement: Requirement) -> str:
    from pipeline.swedish.renames import current_name
    from pipeline.swedish.roles import find_roles

    if requirement.actor_group not in ("role", "unit") or not requirement.actor_explicit:
        return ""
    found = find_roles(requirement.actor)
    return current_name(found[0].canonical) if found else ""


def _thin(material: Material, asking: Sequence[Cell], following: Sequence[Cell], position: Position) -> tuple[str, ...]:
    reasons = []
    if len(asking) == 1:
        reasons.append(f"bara {asking[0].municipality} anger kravet")
    elif len(following) == 1 and (tokens_of(following[0]) or position.told):
        reasons.append(f"värdet finns bara hos {following[0].municipality}")
    local = [t for t in position.tokens if is_of_one_unit(t)]
    if local:
        reasons.append(f"{join_words(local)} finns bara i en del av kommunen: välj vem det ska vara")
    if not following:
        reasons.append("ingen kommun i materialet säger så: det är ett eget val")
    elif max(c.confidence for c in following) < UNSURE:
        reasons.append("svaret är osäkert avläst")
    documents = [material.documents.get(c.document_id) for c in following if c.document_id]
    if documents and all(d is not None and d.damage_score >= DAMAGED for d in documents):
        reasons.append("källan är en skadad text")
    if documents and all(d is not None and d.completeness == "proposal" for d in documents):
        reasons.append("källan är ett förslag som inte är beslutat")
    return tuple(reasons)
