"""What an analyst should look at in one document, whatever the others say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.compare.documents import body_of
from pipeline.compare.ended_duties import find_ended_duties
from pipeline.compare.legal_conflicts import find_legal_conflicts
from pipeline.compare.notices import notice
from pipeline.compare.opposed import find_opposed_duties
from pipeline.compare.owners import Owners
from pipeline.compare.reviews import find_overdue_reviews
from pipeline.compare.staleness import find_copy_residue, find_ended_terms, find_stale_names
from pipeline.compare.states import is_state
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.requirement import Requirement

if TYPE_CHECKING:
    from pipeline.swedish.renames import Rename

SURE = 0.8
"""Confidence from which on a duty is sure enough to ask for its owner."""
ORPHAN_WEIGHT = {"must": 0.5, "should": 0.3}
"""A prohibition binds all and a permission nobody: neither needs an owner."""

BARE = {"heading_without_body": 1, "folded_answers": None}
"""By the sign of a text that breaks off, how many of its missing titles stand there as headings; None for all."""

NO_TEXT = Message("Det finns ingen text under {titles}.", "There is no text below {titles}.")
ABSENT = Message("Det här saknas: {titles}.", "This is missing: {titles}.")

NO_OWNER = Message(
    "Kravet säger inte vem som ska göra det. Ange en ansvarig.",
    "The duty does not say who is to fulfil it. Name somebody.",
)


def find_own_findings(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """What can be found in one document without looking at others; nothing in a copy of another file."""
    if item.outline is not None and not item.source.duplicate_of:
        yield from find_orphans(item)
        yield from find_gone_roles(item, on=on)
        yield from find_opposed_duties([item])
        yield from find_legal_conflicts(item, on=on)
        yield from find_truncation(item)
        yield from (list(find_ended_terms(item, on=on)) or find_overdue_reviews(item, on=on))
        yield from find_ended_duties(item, on=on)
        yield from find_stale_names(item, on=on)
        yield from find_copy_residue(item)


def find_orphans(item: DocumentFindings) -> Iterator[Finding]:
    """Duties in force, surely so, for which nothing in clause, sentence or paragraph says who is to fulfil them.

    An imperative speaks to its reader, and what something is to be like ("Språket ska vara
    enkelt") is no act that could have a doer.
    """
    owners = Owners(item)
    for requirement in _binding(item):
        spoken_to = requirement.rule == "imperative" or requirement.actor_group == "public"
        sure = requirement.confidence >= SURE and not (spoken_to or is_state(requirement))
        if sure and not requirement.actor and not owners.knows_owner_of(requirement):
            yield _orphan(item, requirement, NO_OWNER)


def find_gone_roles(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """Duties in force laid on a function or body that by the register no longer exists on the run's date.

    What has only another name by and by (informatör, kommunikatör) still exists.
    """
    from pipeline.swedish.renames import find_old_names

    for requirement in _binding(item):
        names = find_old_names(requirement.actor, on=on) if requirement.actor else ()
        name = next((name for name in names if _is_gone(name.rename)), None)
        if name is None:
            continue
        now_sv = f"ersattes av {name.rename.new}" if name.rename.new else "upphörde"
        now_en = f"was replaced by {name.rename.new}" if name.rename.new else "ceased"
        said = Message(
            f"Kravet läggs på {name.quote}, som {now_sv} {name.rename.since}. Ange vem som har uppgiften nu.",
            f"The duty is laid on {name.quote}, which {now_en} in {name.rename.since}. Say who has the task now.",
        )
        yield _orphan(item, requirement, said)


def _binding(item: DocumentFindings) -> Iterator[Requirement]:
    """The duties in force whose force asks for an owner."""
    for requirement in item.extraction.requirements if item.extraction else ():
        if requirement.status == "in_force" and ORPHAN_WEIGHT.get(requirement.force):
            yield requirement


def _orphan(item: DocumentFindings, requirement: Requirement, said: Message) -> Finding:
    return notice(
        "orphan_duty",
        body_of(item),
        document_id=requirement.document_id,
        requirement=requirement.topics.split("|")[0],
        requirement_id=requirement.requirement_id,
        quote=requirement.quote,
        said=said,
        weight=ORPHAN_WEIGHT[requirement.force],
    )


def _is_gone(rename: Rename) -> bool:
    return rename.kind in ("role", "body") and rename.change != "gradual"


def _lacks(said: Message, titles: list[str]) -> tuple[str, str]:
    """What lacks by its titles, in Swedish and English, with a blank before it; empty without titles."""
    if not titles:
        return "", ""
    swedish, english = ", ".join(f"”{title}”" for title in titles), ", ".join(f"“{title}”" for title in titles)
    return " " + said.sv.format(titles=swedish), " " + said.en.format(titles=english)


def find_truncation(item: DocumentFindings) -> Iterator[Finding]:
    """The document that breaks off, with the titles of what lacks."""
    outline = item.outline
    if outline is None or outline.document.completeness != "truncated":
        return
    titles = [title for title in outline.document.missing.split("|") if title]
    bare = titles[: BARE.get(outline.document.completeness_reason, 0)]
    start = outline.document.missing_start
    said_sv, said_en = map("".join, zip(_lacks(NO_TEXT, bare), _lacks(ABSENT, titles[len(bare) :]), strict=True))
    yield notice(
        "truncation",
        body_of(item),
        document_id=item.source.document_id,
        quote=outline.text[start:].strip()[:200] if start >= 0 else "",
        said=Message(
            f"Dokumentet bryts av.{said_sv} Det som inte sägs kan stå i den del som saknas; skaffa hela texten.",
            f"The document breaks off.{said_en} What it does not say may stand in the lost part; get the whole text.",
        ),
        weight=0.9,
    )
