"""What extract finds: requirements and values, each with its exact span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column

MODALITIES = ("must", "must_not", "should", "should_not", "may")
ACTOR_GROUPS = ("role", "unit", "staff", "organisation", "public", "")
VALUE_KINDS = (
    "response_time", "frequency", "removal_time", "retention", "prohibited_content", "legal_reference", "role",
    "count", "platform", "document_reference", "date",
)  # fmt: skip
PROHIBITED_CONTENT = (
    "hate_speech", "threats", "defamation_or_insult", "harassment", "violence", "pornography", "incitement_to_crime",
    "copyright_infringement", "profanity", "advertising", "personal_data", "secrecy", "drugs_alcohol",
    "political_propaganda", "spam_offtopic", "other",
)  # fmt: skip
EXEMPTION = "exemption"
"""The rule of what frees somebody of a duty; of such clauses the models have seen too few to overrule it."""
RETENTION = ("gallras", "bevaras", "diarieförs", "arkiveras", "skärmdump", "sparas")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A clause that binds somebody, by the annotation guidelines."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start", "end", "requirement_id")

    requirement_id: str = column("Id made of content: the same finding has the same id in every run")
    document_id: str = column("The document")
    municipality: str = column("The municipality whose document it is")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The reading text's characters, exactly text[start:end]")
    section: str = column("Titles of the headings above it, outermost first, joined by ' > '")
    modality: str = column("Modality as written", values=MODALITIES)
    force: str = column("Effective modality, by document type and the document's own words", values=MODALITIES)
    actor: str = column("Who is bound, in the text's own word; empty where nothing names one")
    actor_explicit: bool = column("Whether the clause itself names the actor")
    actor_group: str = column("Who the actor is", values=ACTOR_GROUPS)
    action: str = column("What is to be done: the main verb's lemma with its object, as words")
    condition: str = column("When it applies, in the text's words")
    exception: str = column("When it does not, in the text's words")
    procedure: str = column("Id of the chain of steps it belongs to, else empty")
    step: int | None = column("Place in that chain, from 1")
    topics: str = column("Harmonised requirement ids, |-separated, sorted")
    status: str = column("In force by this document, or only proposed", values=("in_force", "proposed"))
    rule: str = column("The rule or component that found it")
    repair_dependent: bool = column("Whether it rests on a guarded repair")
    confidence: float = column("Probability that it is a requirement, 0 to 1")


@dataclass(frozen=True, slots=True)
class Value:
    """A value inside a requirement or standing alone: a time, a role, a law, a kind of content."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start", "end", "kind", "value_id")

    value_id: str = column("Id made of content")
    requirement_id: str = column("The requirement it stands in, empty outside a duty")
    document_id: str = column("The document")
    kind: str = column("What it is", values=VALUE_KINDS)
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The reading text's characters, exactly text[start:end]")
    value: str = column("Normal form: ISO 8601 duration, canonical role, kind of content, short name of the act")
    identifier: str = column("SFS number or EU act as YYYY/N, else empty")
    calendar: str = column("Which days count for a duration", values=("weekdays", "working_hours", "any", ""))
    of: str = column("What a duration or frequency is of: answer, monitoring, removal, posting, screenshots, review")
    period: str = column("How long is kept, ISO 8601 duration")
    trigger: str = column("What sets it off, in the text's words")
    refers_to: str = column("The document it delegates to, in the text's words")
    negated: bool = column("Whether the text says that it is not so ('diarieförs inte')")
    confidence: float = column("How sure the reading is, 0 to 1")


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that extract finds in one document."""

    requirements: tuple[Requirement, ...]
    values: tuple[Value, ...]
