"""What lacks: requirements that others or the law ask for, attachments that are relied on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments, is_titled
from pipeline.compare.notices import notice
from pipeline.compare.passages import Passages
from pipeline.compare.support import DocumentSupport
from pipeline.compare.words import says
from pipeline.failures import Message
from pipeline.records.comparison import SAYING, Cell, Finding

COMMON = 0.5
"""Share of the other municipalities that state a requirement from which on its lack is a gap."""

LAW_WEIGHT = 0.2
"""How much it adds to a gap's weight that an act bears on what lacks; the rest is the share of the others."""

LONGEST_TITLE = 120
"""A longer line in a list of attachments is no title but the attachment itself."""

NUMBERED = re.compile(r"(?i)bilaga\s+(\d{1,2})\b")
"""A heading over an attachment that is there."""

POINTED = re.compile(r"(?i)\b(?:se|i|av|enligt|som|till)\s+(?:även\s+)?bilaga\s+(\d{1,2})\b")
"""Words that send the reader to one."""

LIST_OF_ATTACHMENTS = re.compile(r"(?i)\W*(bilaga|bilagor|bilageförteckning|förteckning över bilagor)\W*")


def find_gaps(codebook: Codebook, cells: Sequence[Cell], *, on: datetime.date) -> Iterator[Finding]:
    """Silent cells where most others say something, or where an act asks for it; weight by how many and by law."""
    from pipeline.swedish.legal_duties import duties_for

    by_requirement: dict[str, list[Cell]] = {}
    for cell in cells:
        by_requirement.setdefault(cell.requirement, []).append(cell)
    for entry in codebook.requirements:
        own = by_requirement.get(entry.id, [])
        readable = sum(c.answer != "unreadable" for c in own)
        saying = [c for c in own if c.answer in SAYING]
        example = next((c.quote for c in saying if c.answer == "stated"), "")
        duties = duties_for(codebook.id, entry.id, on=on)
        others = readable - 1
        share = len(saying) / others if others > 0 else 0.0
        if share < COMMON and not duties:
            continue
        for cell in (c for c in own if c.answer == "silent"):
            law_sv = f" {duties[0].source}: {duties[0].text_sv}{duties[0].doubt_sv}" if duties else ""
            law_en = f" {duties[0].source}: {duties[0].text_en}{duties[0].doubt_en}" if duties else ""
            yield notice(
                "gap",
                cell.municipality,
                requirement=entry.id,
                other_quote=example,
                said=Message(
                    f"{entry.label_sv} regleras inte; {_among(len(saying), others).sv} tar upp det.{law_sv}",
                    f"{entry.label_en} is not ruled on; {_among(len(saying), others).en} take it up.{law_en}",
                ),
                weight=(share * (1 - LAW_WEIGHT) + LAW_WEIGHT * bool(duties)) * cell.confidence,
            )


def _among(count: int, others: int) -> Message:
    """So many of the others, in words where it is none."""
    if count:
        return Message(f"{count} av {others} andra", f"{count} of {others} others")
    if others < 2:
        return Message("ingen annan", "no others")
    return Message(f"ingen av de {others} andra", f"none of the {others} others")


UNNAMED = {"bilaga": "attachment", "plan": "plan", "policy": "policy", "rutin": "routine", "riktlinje": "guideline"}
"""Kinds of documents, for where a text names nothing but the kind."""


def find_missing_attachments(bodies: Sequence[BodyDocuments], cells: Sequence[Cell]) -> Iterator[Finding]:
    """Attachments that are announced, and documents that answers are left to or rules refer to, which the run lacks."""
    by_name = {b.municipality: b for b in bodies}
    told: dict[str, str] = {}
    for cell in (c for c in cells if c.answer == "delegated"):
        told[cell.document_id] = f"{told.get(cell.document_id, '')}|{cell.value.casefold()}"
        for title in filter(None, cell.value.split("|")):
            if cell.municipality not in by_name or by_name[cell.municipality].lacks(title):
                yield _missing(cell.municipality, cell.document_id, title, cell)
    for body in bodies:
        for document in body.in_force:
            key = document.item.source.document_id
            for title in _announced(document.passages):
                if title.casefold() not in told.get(key, "") and body.lacks(title):
                    yield _missing(body.municipality, key, title)
            for title, quote in _referred_to(document).items():
                # What an answer is left to is told with the answer.
                if title.casefold() not in told.get(key, "") and body.lacks(title):
                    yield _referred(body.municipality, key, title, quote)


def _referred_to(document: DocumentSupport) -> dict[str, str]:
    """The steering documents that a document's rules follow or point to, each with the first sentence that does.

    Others' documents ("E-delegationens riktlinjer") and the document itself are none that the folder lacks.
    """
    found: dict[str, str] = {}
    extraction, passages = document.item.extraction, document.passages
    own, replaced = (passages.outline.value_of(name) for name in ("title", "supersedes"))
    named = [v for v in extraction.values if v.kind == "document_reference"] if extraction is not None else []
    for value in named:
        unit = passages.unit_at(value.start)
        words = passages.read(unit) if unit is not None else ""
        if not any(says(name, words) for name in ("delegation_named", "delegation_referred")):
            continue
        title = value.value or value.quote
        known = is_titled(title, own) or is_titled(own, title) or is_titled(title, replaced)
        if says("steering_documents", title) and not known:
            found.setdefault(title, " ".join(words.split()))
    return found


def _referred(municipality: str, document_id: str, title: str, quote: str) -> Finding:
    said = Message(
        f"Reglerna hänvisar till ett dokument som saknas i mappen: {title}. Lägg till det om svaren ska vara hela.",
        f"The rules refer to a document that the folder lacks: {title}. Add it if the answers are to be whole.",
    )
    about = {"document_id": document_id, "quote": title, "other_quote": quote}
    return notice("missing_attachment", municipality, said=said, weight=0.4, **about)


def _announced(passages: Passages) -> list[str]:
    """Titles of attachments that a whole document announces: what outline misses, and its own list of attachments."""
    document = passages.outline.document
    if document.completeness != "complete":
        return []
    lists = {s.section: s for s in passages.outline.sections if s.kind == "attachments"}
    units = [u for u in passages.outline.units if u.section in lists]
    listed = [passages.read(u).strip(" .*") for u in units if u.kind != "heading"]
    # An attachment that is there has text under its heading; one that is only named is a bare heading.
    bare = set(lists) - {u.section for u in units if u.kind != "heading"}
    listed += [lists[number].title for number in sorted(bare) if not LIST_OF_ATTACHMENTS.fullmatch(lists[number].title)]
    short = [title for title in listed if title and len(title) <= LONGEST_TITLE]
    known = list(dict.fromkeys([*filter(None, document.missing.split("|")), *short]))
    return [*known, *(name for name in _numbered(passages) if not any(is_titled(name, title) for title in known))]


def _numbered(passages: Passages) -> list[str]:
    """Attachments that the text points to by number ("se bilaga 2") and that follow nowhere in it."""
    outline = passages.outline
    there = {
        found[1]
        for u in outline.units
        if u.kind == "heading" and (found := NUMBERED.match(passages.read(u).lstrip(" .*#")))
    }
    pointed = {found[1]: None for found in POINTED.finditer(outline.text)}
    return [f"bilaga {number}" for number in pointed if number not in there]


def _missing(municipality: str, document_id: str, title: str, cell: Cell | None = None) -> Finding:
    if cell is None:
        said = Message(
            f"Bilagan saknas i mappen: {title}. Lägg till den och kör igen.",
            f"The folder lacks the attachment: {title}. Add it and run again.",
        )
        return notice("missing_attachment", municipality, said=said, weight=0.5, document_id=document_id, quote=title)
    kind = title.casefold()
    if kind in UNNAMED:
        said = Message(
            f"Svaret står i en {kind} som texten inte namnger och som saknas i mappen. Lägg till den.",
            f"The answer stands in a {UNNAMED[kind]} that the text does not name and the folder lacks.",
        )
    else:
        said = Message(
            f"Svaret står i ett dokument som saknas i mappen: {title}. Lägg till det och kör igen.",
            f"The answer stands in a document that the folder lacks: {title}. Add it and run again.",
        )
    about = {"document_id": document_id, "requirement": cell.requirement, "quote": title, "other_quote": cell.quote}
    return notice("missing_attachment", municipality, said=said, weight=0.7, **about)
