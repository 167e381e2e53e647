"""Whom a municipality's documents speak to: what they can be asked, and how that is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from pipeline.codebooks import Codebook
from pipeline.failures import Message
from pipeline.records.comparison import Finding
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("audiences.yaml")

STAFF, PARTIAL, PRINCIPLES, PUBLIC = "staff", "partial", "principles", "public"

AMONG: Mapping[str, Message] = {
    STAFF: Message("", ""),
    PRINCIPLES: Message(" med en policy", " with a policy"),
    PUBLIC: Message(" med regler för allmänheten", " with rules for the public"),
}
"""Who the others are that a municipality is compared with, to stand behind their number."""

MOST_OF_CUSTOM = 0.65
"""What a lack weighs at most that others' custom shows: less than repealed acts, conflicts and ended terms, which are
wrong whatever others do."""

UNRULED: Mapping[str, Message] = {
    PUBLIC: Message(
        "Mappen har bara kommunens regler för allmänheten. Riktlinjerna för medarbetare saknas; utan dem "
        "jämförs bara det som sådana regler brukar säga. Lägg till dem och kör igen.",
        "The folder has only rules for the public. The guidelines for staff are missing; without them only "
        "what such rules usually say is compared. Add them and run again.",
    ),
    PRINCIPLES: Message(
        "Mappen har bara kommunens policy med principer. Riktlinjerna som den lämnar reglerna till saknas; "
        "utan dem jämförs bara det som en policy brukar säga. Lägg till dem och kör igen.",
        "The folder has only a policy of principles. The guidelines that it leaves the rules to are missing; "
        "without them only what a policy usually says is compared. Add them and run again.",
    ),
    PARTIAL: Message(
        "Mappen har av kommunen bara ett dokument om en del av frågorna, som lämnar resten till andra riktlinjer. "
        "De saknas; luckor sägs bara i det som dokumentet tar upp. Lägg till dem och kör igen.",
        "The folder has of the municipality only a document on some of the questions, which leaves the rest to other "
        "guidelines. They are missing; gaps are told only in what it takes up. Add them and run again.",
    ),
}
"""What is told of a municipality whose documents speak to few; by these words it is known from a table too."""


TAKEN_UP = 2 / 3
"""Share of a group's questions from which on a document on some of the questions takes the group up."""


def asked_of(audience: str, codebook: Codebook) -> frozenset[str]:
    """The questions that documents for an audience answer; all where nobody has said which."""
    every = frozenset(entry.id for entry in codebook.requirements)
    return every if audience == STAFF else frozenset(_questions()[audience].get(codebook.id, every))


def audiences_told(findings: Iterable[Finding]) -> dict[str, str]:
    """Whom the documents of municipalities speak to, of those that findings tell to have none for the staff."""
    # A document on some of the questions is for the staff all the same.
    told = {UNRULED[audience].sv: audience for audience in (PRINCIPLES, PUBLIC)}
    return {f.municipality: told[f.message_sv] for f in findings if f.message_sv in told}


def partly_ruled(findings: Iterable[Finding]) -> frozenset[str]:
    """Municipalities of whom there is only a document on some of the questions: what it lacks may stand elsewhere."""
    return frozenset(f.municipality for f in findings if f.message_sv == UNRULED[PARTIAL].sv)


def asked_of_part(codebook: Codebook, answered: Collection[str]) -> frozenset[str]:
    """The questions that a document on some of them can be asked: those of the groups of which it answers most."""
    groups: dict[str, list[str]] = {}
    for entry in codebook.requirements:
        groups.setdefault(entry.group, []).append(entry.id)
    taken_up = (ids for ids in groups.values() if sum(name in answered for name in ids) >= TAKEN_UP * len(ids))
    return frozenset(name for ids in taken_up for name in ids)


@cache
def _questions() -> Mapping[str, Mapping[str, list[str]]]:
    return dict(parse_tree(PATH.read_text("utf-8")))
