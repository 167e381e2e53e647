"""The row of every file of the run, read or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.failures import Message
from pipeline.records.comparison import Document, DocumentFindings
from pipeline.records.outline import Outline
from pipeline.swedish.texts import load_texts
from pipeline.wording import name_body


def describe_documents(
    findings: Iterable[DocumentFindings], notes: Mapping[str, Message], areas: Mapping[str, str]
) -> tuple[Document, ...]:
    """One row a file, sorted by file name and id; what could not be read has its message and empty fields.

    Args:
        findings: Every file.
        notes: What there is to say of some documents, by document_id, beside what their files have to say.
        areas: The codebook that documents belong to, by document_id; of others the outline tells, which knows no
            codebook of somebody's own.
    """
    rows = [
        _describe(item, notes.get(item.source.document_id), areas.get(item.source.document_id, "")) for item in findings
    ]
    return tuple(sorted(rows, key=lambda row: (row.file_name, row.document_id)))


def body_of(item: DocumentFindings) -> str:
    """The municipality or other body whose answers a document gives."""
    if item.outline is None:
        return ""
    return name_body(item.outline.document.municipality, item.source.file_name)


def _describe(item: DocumentFindings, note: Message | None, area: str) -> Document:
    source, outline = item.source, item.outline
    said_of = [note, _beyond_reading(outline)]
    fields = (
        "title", "document_type", "document_date", "adopted_by", "adopted_date", "revised_date", "valid_until",
        "diary_number", "responsible", "applies_to", "supersedes",
    )  # fmt: skip
    said = {name: outline.value_of(name) if outline else "" for name in fields}
    document = outline.document if outline else None
    return Document(
        document_id=source.document_id,
        file_name=source.file_name,
        sha256=source.sha256,
        duplicate_of=source.duplicate_of,
        media_type=source.media_type,
        pages=source.pages,
        text_source=source.text_source,
        municipality=document.municipality if document else "",
        municipality_code=document.municipality_code if document else "",
        **said,
        policy_area=area or (document.policy_area if document else ""),
        damage_score=max(item.damage_score, document.unread_share if document and document.beyond_reading else 0.0),
        completeness=document.completeness if document else "",
        status=source.status,
        message=" ".join([*(one.sv for one in said_of if one), source.message]).strip(),
        message_en=" ".join([*(one.en for one in said_of if one), source.message_en]).strip(),
    )


def _beyond_reading(outline: Outline | None) -> Message | None:
    """What there is to say of a text of which too many words are none."""
    if outline is None or not outline.document.beyond_reading:
        return None
    share = round(100 * outline.document.unread_share)
    return Message(*(load_texts(name).say("documents.beyond_reading", share=share) for name in ("sv", "en")))
