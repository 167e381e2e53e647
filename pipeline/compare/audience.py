"""Whom a municipality's documents speak to: like is compared with like.

Rules for those who comment say nothing of how staff log in, and a policy of principles leaves the rules to guidelines.
That either is silent on them is no gap; that the guidelines are not in the folder is, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.codebooks import Codebook
from pipeline.codebooks.cues import CueIndex
from pipeline.compare.certainty import surely_says
from pipeline.compare.notices import notice
from pipeline.compare.support import DocumentSupport
from pipeline.records.comparison import Cell, Finding
from pipeline.trees import parse_tree
from pipeline.wording import PARTIAL, PRINCIPLES, PUBLIC, STAFF, UNRULED, asked_of, asked_of_part

if TYPE_CHECKING:
    from pipeline.compare.cells import BodyDocuments

PATH = Path(__file__).with_name("audiences.yaml")

WITHOUT_RULES = 0.6
"""Weight of a folder that has no rules for the staff of a municipality."""

FEWEST = 2
"""Sentences that speak to the public from which on a document may be meant for them."""

CLEARLY, LEAST_SHARE = 3, 0.08
"""It is where they are so many times those on staff, or such a share of all sentences and no fewer than those on staff.
By this 28 of 31 invented texts for the public were told, and none of 32 others (63 texts of data/gold/training)."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The cells of municipalities whose documents speak to the same, of the questions that such documents answer."""

    audience: str
    cells: tuple[Cell, ...]


def group_peers(codebook: Codebook, bodies: Sequence[BodyDocuments], cells: Sequence[Cell]) -> Iterator[Peers]:
    """The cells by whom the municipalities' documents speak to, less the questions that such documents leave out.

    A document on some of the questions is set beside those on all of them, and asked what it takes up.
    """
    audiences = {body.municipality: audience_of_body(body) for body in bodies}
    for audience in (STAFF, PRINCIPLES, PUBLIC):
        asked = asked_of(audience, codebook)
        own = [c for c in cells if audiences.get(c.municipality, STAFF) == audience and c.requirement in asked]
        if audience == STAFF:
            own += _of_parts(codebook, [c for c in cells if audiences.get(c.municipality) == PARTIAL])
        yield Peers(audience, tuple(own))


def _of_parts(codebook: Codebook, cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of documents on some of the questions that they take up."""
    answered: dict[str, set[str]] = {}
    for cell in cells:
        if surely_says(cell):
            answered.setdefault(cell.municipality, set()).add(cell.requirement)
    asked = {municipality: asked_of_part(codebook, names) for municipality, names in answered.items()}
    yield from (cell for cell in cells if cell.requirement in asked.get(cell.municipality, ()))


def find_unruled(bodies: Sequence[BodyDocuments]) -> Iterator[Finding]:
    """Municipalities of which the folder has rules for the public or principles alone, once each."""
    for body in bodies:
        audience = audience_of_body(body) if body.in_force else STAFF
        if audience == STAFF:
            continue
        first = body.in_force[0]
        yield notice(
            "missing_attachment",
            body.municipality,
            document_id=first.item.source.document_id,
            quote="riktlinjer",
            other_quote=(_narrowing(first) if audience == PARTIAL else _leaving(first))
            or first.passages.outline.value_of("title"),
            said=UNRULED[audience],
            weight=WITHOUT_RULES,
        )


def audience_of_body(body: BodyDocuments) -> str:
    """Whom a municipality's documents in force speak to; one for the staff among them is enough."""
    found = {document.audience or audience_of(document) for document in body.holding}
    return next((audience for audience in (STAFF, PARTIAL, PRINCIPLES, PUBLIC) if audience in found), STAFF)


def audience_of(document: DocumentSupport) -> str:
    """Whom a document speaks to.

    To the public where it lays more duties on who comments than on the municipality's own people, where its sentences
    speak to them as often as of these, or where its title says so and it lays no duties on these. Of principles where
    it is called a policy, leaves the rules to other documents and has no chapter of them. On a part of the questions
    where its title names only that part, or where it is no guideline and says that it is about some of them alone or
    adds to the guidelines on the same subject.
    """
    title, extraction = document.passages.outline.value_of("title"), document.item.extraction
    groups = [r.actor_group for r in extraction.requirements] if extraction is not None else []
    public, staff = groups.count("public"), groups.count("staff") + groups.count("role")
    if public > staff or (not staff and _says("public", title)) or _speaks_to_public(document):
        return PUBLIC
    if _says("principles", title) and not _has_rules(document) and _leaving(document):
        return PRINCIPLES
    if _says("part", title) or (_narrowing(document) and not _says("whole", title)):
        return PARTIAL
    return STAFF


def _speaks_to_public(document: DocumentSupport) -> bool:
    """Whether enough of a document's sentences speak to who comments, set against those that speak of staff.

    "Du" alone tells nothing: a routine says it to the staff.
    """
    passages = document.passages
    said = [passages.read(unit) for unit in passages.outline.units if unit.kind != "heading"]
    public = sum(_says("to_public", words) for words in said)
    staff = sum(_says("to_staff", words) for words in said)
    many = public >= LEAST_SHARE * len(said) and public >= staff
    return public >= FEWEST and (public >= CLEARLY * staff or many)


def _has_rules(document: DocumentSupport) -> bool:
    """Whether a document's title or one of its headings names rules that are worked by."""
    titles = [section.title for section in document.passages.outline.sections]
    return any(_says("worked_by", title) for title in (document.passages.outline.value_of("title"), *titles))


def _leaving(document: DocumentSupport) -> str:
    """The first sentence that leaves the document's rules to others of its municipality, empty where none does."""
    passages = document.passages
    said = (" ".join(passages.read(unit).split()) for unit in passages.rule_units)
    return next((sentence for sentence in said if _says("left_to_others", sentence)), "")


def _narrowing(document: DocumentSupport) -> str:
    """The first sentence by which the document is about a part of the questions, empty where none says so."""
    passages = document.passages
    said = (" ".join(passages.read(unit).split()) for unit in passages.rule_units)
    return next((sentence for sentence in said if _says("narrowing", sentence)), "")


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = parse_tree(PATH.read_text("utf-8"))
    return content


@cache
def _index(name: str) -> CueIndex:
    return CueIndex.of_terms(_content()[name])


def _says(name: str, text: str) -> bool:
    return _index(name).holds(text)
