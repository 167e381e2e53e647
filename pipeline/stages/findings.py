"""Every file of a run as the comparison and the report receive it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pipeline import tasks
from pipeline.buckets import Store
from pipeline.params import Params
from pipeline.records.comparison import DocumentFindings
from pipeline.records.reading import NearDuplicate, SourceFile
from pipeline.records.stage import ReadingText, StageFailure
from pipeline.tables import read_table

NEAR_DUPLICATES = "near_duplicates.parquet"
"""The pairs of documents that were compared with each other, alike or not, beside the rows of ingest."""
READ = {
    "repair": ("texts", "pages"), "outline": ("documents", "sections", "units", "metadata"),
    "extract": ("requirements", "values"),
}  # fmt: skip
"""The tables of each stage that compare and report are made of; the others are many times as large."""
NAMED = 3
"""Files that a note on near-duplicates names."""


class Kept(Protocol):
    """A run, of which what the stages keep can be read."""

    @property
    def params(self) -> Params:
        """Its settings."""

    def store(self, stage: str) -> Store:
        """What a stage keeps."""


def _quarantined(found: DocumentFindings, failure: StageFailure | None) -> DocumentFindings:
    """A document as compare receives it: one that a stage could not process has neither outline nor extraction."""
    if failure is None:
        return found
    said = replace(found.source, status="quarantined", message=failure.message, message_en=failure.message_en)
    return DocumentFindings(said, 0.0, None, None)


def read_findings(work: Kept) -> list[DocumentFindings]:
    """Every file of the run as compare receives it, by document id; what failed has neither outline nor extraction."""
    return _read(work, READ)


def read_extractions(work: Kept) -> list[DocumentFindings]:
    """As `read_findings`, but of each outline only what it says of the whole document, and no text."""
    return _read(work, {"outline": ("documents",), "extract": READ["extract"]})


def without_failed(store: Store, findings: Iterable[DocumentFindings]) -> list[DocumentFindings]:
    """The documents; those that failed where a store's rows were made are as one that was not read."""
    failures = {f.document_id: f for f in store.rows("failures")}
    return [_quarantined(found, failures.get(found.source.document_id)) for found in findings]


def _read(work: Kept, tables: Mapping[str, tuple[str, ...]]) -> list[DocumentFindings]:
    stores = {name: work.store(name) for name in tasks.TABLES}
    sources = sorted(stores["ingest"].rows("sources"), key=lambda s: s.document_id)
    ids = [s.document_id for s in sources]
    failures = {f.document_id: f for name in reversed(tuple(tasks.TABLES)) for f in stores[name].rows("failures")}
    repaired, outlined, extracted = (
        dict(stores[name].read(ids, only=tables[name])) if name in tables else {} for name in READ
    )
    findings: list[DocumentFindings] = []
    unread = {s.document_id: (s.message, s.message_en) for s in sources if s.status == "quarantined"}
    unread |= {f.document_id: (f.message, f.message_en) for f in failures.values()}
    # One that outline could not process has rows, but none that say what it is.
    owners = {i: rows["documents"][0].municipality for i, rows in outlined.items() if rows["documents"]}
    for source in _with_notes(sources, stores["ingest"].folder / NEAR_DUPLICATES, owners):
        i = source.document_id
        # What becomes of the rows takes their place: both together would be twice the memory.
        own, outlining, extracting = repaired.pop(i, {}), outlined.pop(i, None), extracted.pop(i, {})
        if i in failures:
            findings.append(_quarantined(DocumentFindings(source, 0.0, None, None), failures[i]))
        elif extracting and outlining is not None:
            text = own["texts"][0] if own else ReadingText(i, "", 0.0)
            outline = tasks.outline_of(outlining, text.text, own.get("pages", ()))
            findings.append(DocumentFindings(source, text.damage_score, outline, tasks.extraction_of(extracting)))
        else:
            findings.append(DocumentFindings(_as_its_original(source, unread), 0.0, None, None))
    return findings


def _as_its_original(source: SourceFile, unread: Mapping[str, tuple[str, str]]) -> SourceFile:
    """A file that was not opened; a copy of one that could not be read was not read either."""
    said = unread.get(source.duplicate_of)
    return source if said is None else replace(source, status="quarantined", message=said[0], message_en=said[1])


def _with_notes(sources: Sequence[SourceFile], pairs: Path, owners: Mapping[str, str]) -> list[SourceFile]:
    """The files; those with a near-duplicate have a message that names it, the most alike first.

    What one municipality has taken over from another is lineage, and no reason to leave either of them out.
    """
    from pipeline.ingest import ALIKE
    from pipeline.swedish.texts import load_texts

    names = {s.document_id: s.file_name for s in sources}
    alike: dict[str, list[tuple[float, str]]] = {}
    for pair in read_table(NearDuplicate, pairs) if pairs.exists() else []:
        named = {owners.get(pair.document_id, ""), owners.get(pair.other_document_id, "")} - {""}
        if len(named) > 1:
            continue
        for one, other in ((pair.document_id, pair.other_document_id), (pair.other_document_id, pair.document_id)):
            if pair.similarity >= ALIKE and one in names and other in names:
                alike.setdefault(one, []).append((-pair.similarity, names[other]))

    def note(document_id: str, language: str) -> str:
        others = sorted(alike[document_id])
        texts = load_texts(language)
        said = [f"{name} ({round(-100 * similarity)} %)" for similarity, name in others[:NAMED]]
        more = texts.say("documents.near_duplicates_more", count=len(others) - NAMED) if len(others) > NAMED else ""
        return texts.say("documents.near_duplicates", files=", ".join(said) + more)

    return [
        replace(s, message=note(s.document_id, "sv"), message_en=note(s.document_id, "en"))
        if s.status == "ok" and s.document_id in alike
        else s
        for s in sources
    ]
