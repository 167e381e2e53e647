"""What outline gives: sections, units of text with their lead-ins, metadata, completeness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.records.column import column

SECTION_KINDS = (
    "body", "cover", "contents", "boilerplate", "definitions", "purpose", "law", "attachments", "signature",
    "proposal", "decision",
)  # fmt: skip
"""What a section is for: rules are looked for in the body, the others have their own reading."""

UNIT_KINDS = ("sentence", "list_item", "heading", "lead_in", "table_row", "line", "site")

METADATA_FIELDS = (
    "municipality", "title", "document_type", "document_date", "adopted_by", "adopted_date", "revised_date",
    "valid_until", "diary_number", "responsible", "applies_to", "supersedes",
)  # fmt: skip


MOST_UNREAD = 0.2
"""Share of words that are none from which on a text is beyond reading."""

DRAFT = "draft"
"""Reason of a document that is itself the draft of what it proposes, as a letter about another document is not."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, as a span of the reading text."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "section")

    document_id: str = column("The document")
    section: int = column("Ordinal in the document, from 0 for what precedes the first heading")
    parent: int = column("Ordinal of the section this one lies in, -1 at the top")
    level: int = column("Heading level from 1; 0 for what precedes the first heading")
    title: str = column("The heading's words without marks and numbers; empty before the first heading")
    start: int = column("Offset in the reading text, heading included")
    end: int = column("Offset in the reading text, exclusive, subsections not included")
    kind: str = column("What the section is for", values=SECTION_KINDS)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, list item or heading: what the parser is given, with what it hangs on."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "unit")

    document_id: str = column("The document")
    unit: int = column("Ordinal in the document, from 0")
    section: int = column("Ordinal of its section")
    kind: str = column("What it is in the text", values=UNIT_KINDS)
    paragraph: int = column("Ordinal of the paragraph or list it belongs to; sentences of one paragraph share it")
    depth: int = column("List depth from 1, 0 outside lists")
    marker: str = column("The bullet or number before it, not part of the span")
    lead_in: int = column("Ordinal of the unit that leads into this list item, -1 for none")
    start: int = column("Offset in the reading text, bullet and marks left out")
    end: int = column("Offset in the reading text, exclusive, final stop included")


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One field of a document's metadata with the words that say so."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "field", "start")

    document_id: str = column("The document")
    field: str = column("Which field", values=METADATA_FIELDS)
    value: str = column("The value in normal form: dates as YYYY-MM-DD, document types by their list")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text, code points; 0 with an empty quote where the text does not say it")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The reading text's characters, exactly text[start:end]")
    confidence: float = column("How sure the reading of the field is, 0 to 1")


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """What the document is as a whole."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    municipality: str = column("Name in kommuner.csv; other bodies as they call themselves; empty where unknown")
    municipality_code: str = column("Four-digit code of the municipality, empty for other bodies")
    policy_area: str = column("Codebook the document belongs to, such as social_media; empty where none fits")
    policy_area_score: float = column("How clearly it belongs there, 0 to 1")
    completeness: str = column("Whether the text is whole", values=("complete", "truncated", "proposal"))
    completeness_reason: str = column("The sign that decided it, such as heading_without_body")
    missing: str = column("Titles of what is announced and not there, |-separated")
    missing_start: int = column("Offset in the reading text from which on it is missing; -1 where nothing is")
    recommends: bool = column("Whether the document's own words call it advice rather than rules")
    unread_share: float = column("Share of the words that are neither Swedish, English nor names, 0 to 1")

    @property
    def beyond_reading(self) -> bool:
        """Whether so few of its words are words that what it does not say proves nothing."""
        return self.unread_share > MOST_UNREAD

    @property
    def is_draft(self) -> bool:
        """Whether it is itself the draft of what it proposes."""
        return self.completeness == "proposal" and self.completeness_reason == DRAFT

    @property
    def proposes_another(self) -> bool:
        """Whether it is a letter or minutes that propose another document; a draft holds its rules itself."""
        return self.completeness == "proposal" and not self.is_draft


@dataclass(frozen=True, slots=True)
class Outline:
    """All that outline knows of one document; offsets refer to the reading text."""

    document: DocumentOutline
    text: str
    sections: tuple[Section, ...]
    units: tuple[Unit, ...]
    metadata: tuple[Metadatum, ...]
    page_starts: tuple[int, ...]

    def page_of(self, offset: int) -> int:
        """The page, from 1, on which an offset of the reading text lies."""
        from bisect import bisect_right

        return max(1, bisect_right(self.page_starts, offset))

    def lead_in_of(self, unit: Unit) -> str:
        """The words of the lead-in of the list that a unit stands in, empty outside lists."""
        leading = self.units[unit.lead_in] if unit.lead_in >= 0 else None
        return self.text[leading.start : leading.end] if leading is not None else ""

    def words_before(self, unit: Unit) -> str:
        """The words of the sentence or list item before a unit, headings passed over; empty for the first."""
        ahead = (self.units[n] for n in range(unit.unit - 1, -1, -1))
        found = next((u for u in ahead if u.kind != "heading"), None)
        return self.text[found.start : found.end] if found is not None else ""

    def written_on(self) -> date | None:
        """The day the wording is from: last revised, else adopted, else dated; None where the document does not say."""
        for name in ("revised_date", "adopted_date", "document_date"):
            try:
                return date.fromisoformat(self.value_of(name))
            except ValueError:
                continue
        return None

    def value_of(self, name: str) -> str:
        """A metadata field's value, empty where the text does not say."""
        return next((m.value for m in self.metadata if m.field == name), "")
