"""What compare gives: what follows from many documents, or from a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column
from pipeline.records.outline import Outline
from pipeline.records.reading import SourceFile
from pipeline.records.requirement import MODALITIES, Extraction

ANSWERS = ("stated", "stated_negatively", "delegated", "silent", "unreadable", "conflicting")
SAYING = ("stated", "stated_negatively", "delegated", "conflicting")
"""Answers by which a text says something."""
TO_STRICTEST = ("strictest", "equal", "laxer", "incomparable", "none")
REVIEWS = ("unreviewed", "accepted", "changed", "rejected")
RELATIONS = ("equal", "stricter", "laxer", "broader", "narrower", "overlapping", "incomparable")
ABOVE, BELOW = ("stricter", "broader"), ("laxer", "narrower")
"""Relations by which the first asks for more than the other, and for less."""
FINDING_KINDS = (
    "conflict", "orphan_duty", "gap", "stale_law", "stale_name", "copy_residue", "missing_step", "missing_attachment",
    "truncation",
)  # fmt: skip
LAW_STATUSES = ("in_force", "repealed", "not_yet", "unknown")


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the run as an analyst sees it: a row of documents.csv."""

    KEY: ClassVar[tuple[str, ...]] = ("file_name", "document_id")

    document_id: str = column("Id made of the file's bytes and, for same bytes, its name")
    file_name: str = column("Path relative to its source folder; members of an archive as a.zip/b.txt")
    sha256: str = column("SHA-256 of the file's bytes, hexadecimal; empty where it could not be read")
    duplicate_of: str = column("document_id of the first file with the same bytes, else empty")
    media_type: str = column("Media type by content")
    pages: int = column("Number of pages; 1 for formats without pages")
    text_source: str = column("Where the text came from", values=("text", "ocr", "mixed", ""))
    municipality: str = column("Name in kommuner.csv; other bodies as they call themselves")
    municipality_code: str = column("Four digits of a municipality, two of a region, empty for other bodies")
    title: str = column("The document's title as written")
    document_type: str = column("policy, riktlinje, regler, rutin, plan, ..., tjänsteskrivelse")
    document_date: str = column("Date the document itself bears, YYYY-MM-DD")
    adopted_by: str = column("Body that adopted it")
    adopted_date: str = column("Date of adoption, YYYY-MM-DD")
    revised_date: str = column("Date of the last revision, YYYY-MM-DD")
    valid_until: str = column("End of validity as date or in the text's words")
    diary_number: str = column("The document's own diary number")
    responsible: str = column("Who answers for the document")
    applies_to: str = column("For whom it is said to apply")
    supersedes: str = column("What it replaces")
    policy_area: str = column("Codebook it belongs to, empty where none fits")
    damage_score: float = column("Estimated share of damaged words before repair, 0 to 1")
    completeness: str = column("Whether the text is whole", values=("complete", "truncated", "proposal", ""))
    status: str = column("ok, or quarantined with a message", values=("ok", "quarantined"))
    message: str = column("What is wrong and what to do, in Swedish; when ok empty, or which files say nearly the same")
    message_en: str = column("The same in English")


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """One document as compare receives it; outline and extraction are None where it is quarantined."""

    source: SourceFile
    damage_score: float
    outline: Outline | None
    extraction: Extraction | None


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A citation of an act, with what has become of the act."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start", "end", "value_id")

    value_id: str = column("The value it is")
    document_id: str = column("The document")
    municipality: str = column("The municipality whose document it is")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The reading text's characters, exactly text[start:end]")
    norm: str = column("Short name in use; the text's own words where it fits nothing known")
    identifier: str = column("SFS number (1998:112) or EU act (2016/679), empty where unresolved")
    section: str = column("K16P8S2N1 for chapter, section, paragraph, item; A6P1Lc for articles; |-separated")
    status_when_adopted: str = column(
        "The act's status when the wording was made: last revised, else adopted, else dated", values=LAW_STATUSES
    )
    status_on_date: str = column("The act's status on the run's date", values=LAW_STATUSES)
    repealed_on: str = column("Date of repeal, YYYY-MM-DD")
    repealed_by: str = column("Number of the act that repealed it")
    use_instead: str = column("Number of the act to write instead")
    note: str = column("What a drafter should know, in Swedish")
    confidence: float = column("How sure the resolution is, 0 to 1")


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality's answer to one harmonised requirement: a row of harmonised_requirements.csv."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "requirement", "municipality")

    codebook: str = column("The codebook")
    requirement: str = column("Id of the harmonised requirement")
    label_sv: str = column("Its Swedish label")
    label_en: str = column("Its English label")
    municipality: str = column("The municipality or other body")
    answer: str = column("What its documents answer", values=ANSWERS)
    modality: str = column("Effective modality of the leading requirement", values=(*MODALITIES, ""))
    value: str = column("Normal form, several |-separated and sorted; durations with calendar: 'PT24H weekdays'")
    value_text: str = column("The value as a reader would say it, in Swedish")
    relation_to_strictest: str = column("How it stands to the strictest answer", values=TO_STRICTEST)
    document_id: str = column("The document of the leading quote")
    page: int | None = column("Its page, from 1")
    start: int | None = column("Offset in the reading text, code points")
    end: int | None = column("Offset in the reading text, exclusive")
    quote: str = column("The leading quote, exactly text[start:end]")
    confidence: float = column("How sure the answer is, 0 to 1")
    review: str = column("What a person decided", values=REVIEWS)


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """What supports or dissents from a cell, or lies nearest to a silent one."""

    KEY: ClassVar[tuple[str, ...]] = (
        "codebook", "requirement", "municipality", "document_id", "start", "end", "relation", "requirement_id",
        "value_id",
    )  # fmt: skip

    codebook: str = column("The codebook")
    requirement: str = column("Id of the harmonised requirement")
    municipality: str = column("The municipality or other body")
    requirement_id: str = column("The requirement that is the evidence, or empty")
    value_id: str = column("The value that is the evidence, or empty")
    document_id: str = column("The document")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    relation: str = column("How it bears on the cell", values=("supports", "dissents", "nearest"))
    score: float = column("How closely it fits the requirement, 0 to 1")


@dataclass(frozen=True, slots=True)
class Relation:
    """How one municipality's answer stands to another's."""

    KEY: ClassVar[tuple[str, ...]] = ("requirement", "municipality", "other_municipality")

    requirement: str = column("Id of the harmonised requirement")
    municipality: str = column("The municipality spoken of")
    other_municipality: str = column("The one it is compared with")
    relation: str = column("How the first stands to the other", values=RELATIONS)
    rationale: str = column("Why, in Swedish")


@dataclass(frozen=True, slots=True)
class Lineage:
    """A passage that two documents share."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "other_document_id", "start", "other_start")

    document_id: str = column("One document")
    other_document_id: str = column("The other")
    start: int = column("Offset in the reading text of document_id")
    end: int = column("Offset, exclusive")
    other_start: int = column("Offset in the reading text of other_document_id")
    other_end: int = column("Offset, exclusive")
    quote: str = column("The passage in document_id")
    other_quote: str = column("The passage in other_document_id")
    similarity: float = column("Share of characters that agree after alignment, 0 to 1")
    earlier: str = column(
        "document_id of the likely earlier one, empty where nothing tells: nor do the dates alone where "
        "others hold the passages too"
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an analyst should look at."""

    KEY: ClassVar[tuple[str, ...]] = (
        "kind", "municipality", "document_id", "requirement", "requirement_id", "other_requirement_id", "value_id",
        "quote",
    )  # fmt: skip

    kind: str = column("What it is", values=FINDING_KINDS)
    municipality: str = column("The municipality or other body")
    document_id: str = column("The document, empty where it is about a cell")
    requirement: str = column("Id of the harmonised requirement, or empty")
    requirement_id: str = column("The requirement it is about, or empty")
    other_requirement_id: str = column("The other requirement, for conflicts")
    value_id: str = column("The value it is about, or empty")
    quote: str = column("The words it is about")
    other_quote: str = column("The other words, for conflicts")
    message_sv: str = column("What is the matter, in Swedish")
    message_en: str = column("The same in English")
    weight: float = column("How much it matters, 0 to 1")


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure over the municipalities, with its uncertainty."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "requirement", "measure")

    codebook: str = column("The codebook")
    requirement: str = column("Id of the harmonised requirement, empty for the whole")
    measure: str = column("What is counted")
    count: int = column("Numerator")
    total: int = column("Denominator: municipalities with a document in force that could be read")
    share: float = column("count divided by total")
    low: float = column("Lower end of the 95 % interval (Wilson)")
    high: float = column("Upper end of the 95 % interval")
    corrected_share: float = column("The share corrected for errors of reading, a question's answers together")
    corrected_low: float = column("Lower end of its 95 % interval (Lang and Reiczigel), errors of reading included")
    corrected_high: float = column("Upper end of that interval; 0 to 1 where the errors were not measured")
    note_sv: str = column("How to read it, in Swedish")
    note_en: str = column("How to read it, in English")


@dataclass(frozen=True, slots=True)
class ReviewNext:
    """A document worth a person's time, by how much of the doubt about all shares lies in it."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "rank")

    codebook: str = column("The codebook")
    rank: int = column("1 for the document to review first")
    document_id: str = column("The document")
    municipality: str = column("The municipality or other body")
    cells: int = column("Answers nobody has reviewed that rest on it")
    doubt: float = column("Their expected wrong answers' variance: the sum of confidence times 1 minus confidence")
    share: float = column("Its part of the doubt of all documents, 0 to 1: what a review would take away")
    requirements: str = column("Where most of it lies: harmonised requirements, |-separated, the most doubtful first")


@dataclass(frozen=True, slots=True)
class ProposedRequirement:
    """Requirements that fit nowhere in the codebook, grouped as a proposed entry."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "proposal", "requirement_id")

    codebook: str = column("The codebook")
    proposal: str = column("Id of the group")
    label: str = column("Words that mark the group")
    municipality: str = column("The municipality")
    requirement_id: str = column("A requirement of the group")
    document_id: str = column("Its document")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The requirement's words")
    score: float = column("How close it lies to the group's centre, 0 to 1")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is not what it was before the last run that changed any."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "requirement", "municipality")

    codebook: str = column("The codebook")
    requirement: str = column("Id of the harmonised requirement")
    municipality: str = column("The municipality or other body")
    change: str = column("What happened to the cell", values=("gained", "lost", "altered", "added", "gone"))
    before: str = column("Answer and value before that run")
    after: str = column("Answer and value now")


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A cell that a municipality's documents in force answer otherwise than the version they replaced."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "requirement", "municipality")

    codebook: str = column("The codebook")
    requirement: str = column("Id of the harmonised requirement")
    municipality: str = column("The municipality or other body")
    document_id: str = column("The document that answers now, empty where none does")
    other_document_id: str = column("The newest version that it replaced")
    change: str = column("What happened to the cell", values=("gained", "lost", "altered"))
    before: str = column("Answer and value of the replaced version")
    after: str = column("Answer and value now")
    before_text: str = column("The value of the replaced version in Swedish words, empty where it has none")
    after_text: str = column("The value now in Swedish words")


@dataclass(frozen=True, slots=True)
class FamilyChange:
    """A cell that a document alone answers otherwise than the document of its family that it likely comes from."""

    KEY: ClassVar[tuple[str, ...]] = ("codebook", "document_id", "requirement")

    codebook: str = column("The codebook")
    family: str = column("document_id of the likely earliest document of those that share much text")
    requirement: str = column("Id of the harmonised requirement")
    municipality: str = column("The municipality or other body whose document it is")
    document_id: str = column("The document")
    other_municipality: str = column("The municipality or other body of the other one")
    other_document_id: str = column("The likely earlier document of the family that it shares most text with")
    shared: float = column("Share of the shorter document's letters that stand in both, 0 to 1")
    change: str = column("What happened to the answer", values=("gained", "lost", "altered"))
    before: str = column("Answer and value of the other document")
    after: str = column("Answer and value of the document")
    before_text: str = column("The other document's value in Swedish words, empty where it has none")
    after_text: str = column("The document's value in Swedish words")


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that compare gives; the tables share ids with those of extract."""

    documents: tuple[Document, ...]
    legal_references: tuple[LegalReference, ...]
    cells: tuple[Cell, ...]
    evidence: tuple[CellEvidence, ...]
    relations: tuple[Relation, ...]
    lineage: tuple[Lineage, ...]
    findings: tuple[Finding, ...]
    statistics: tuple[Statistic, ...]
    proposed: tuple[ProposedRequirement, ...]
    review_next: tuple[ReviewNext, ...] = ()
    versions: tuple[VersionChange, ...] = ()
    families: tuple[FamilyChange, ...] = ()
    lineage_left_out: int = 0
    """Pairs of sentences that may be shared passages too and were not compared, because there are too many."""

    def measure_staleness(self) -> dict[str, float]:
        """How much of each document is out of date, 0 to 1: how likely one of its stale acts or names matters.

        The weights of its findings are taken as chances that do not hang together; a document without any has no score.
        """
        fresh: dict[str, float] = {}
        for row in self.findings:
            if row.kind in ("stale_law", "stale_name"):
                fresh[row.document_id] = fresh.get(row.document_id, 1.0) * (1 - row.weight)
        return {document_id: round(1 - share, 4) for document_id, share in fresh.items()}
