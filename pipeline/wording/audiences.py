"""Whom a municipality's documents speak to: what they can be asked, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pipeline.codebooks import Codebook
from pipeline.failures import Message
from pipeline.records.comparison import Finding
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("audiences.yaml")

STAFF, PRINCIPLES, PUBLIC = "staff", "principles", "public"

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
}
"""What is told of a municipality whose documents speak to few; by these words it is known from a table too."""


def asked_of(audience: str, codebook: Codebook) -> frozenset[str]:
    """The questions that documents for an audience answer; all where nobody has said which."""
    every = frozenset(entry.id for entry in codebook.requirements)
    return every if audience == STAFF else frozenset(_questions()[audience].get(codebook.id, every))


def audiences_told(findings: Iterable[Finding]) -> dict[str, str]:
    """Whom the documents of municipalities speak to, of those that findings tell to have none for the staff."""
    told = {message.sv: audience for audience, message in UNRULED.items()}
    return {f.municipality: told[f.message_sv] for f in findings if f.message_sv in told}


@cache
def _questions() -> Mapping[str, Mapping[str, list[str]]]:
    return dict(parse_tree(PATH.read_text("utf-8")))
