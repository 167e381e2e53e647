"""What the report is made of beside the comparison itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.records.comparison import Change, DocumentFindings
from pipeline.records.decision import DecisionConflict
from pipeline.records.reading import Page, Word
from pipeline.records.repair import ReadingPage, Repair
from pipeline.records.stage import ReportShard


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """The tables and files beside the comparison that the report shows.

    Attributes:
        findings: Every document with its outline and extraction, None where it is quarantined.
        repairs: All edits of all documents, applied or not.
        words: Words with their boxes; offsets refer to the reading text.
        raw_words: The same words as ingest read them, running heads too; offsets refer to the raw text. With them,
            names in running heads are covered in page pictures.
        pages: Pages as spans of the reading text.
        sheets: Pages as ingest read them: their size in points, where their text came from.
        raw_texts: The reading before repair by document_id.
        page_images: Folder with DOCUMENT_ID/N.webp, None where there are no page images.
        conflicts: Decisions that could not be applied.
        changes: Cells that are not what they were in the last run.
        scorecard: The figures of the evaluation against gold, nested by subject; None where there was none.
        shards: What was made ready of each document before, by document_id; the others are made ready here. The words,
            pages and sheets of a document that has one are not asked for.
        law_date: The day on which the law's status is given; None where it is not known.
    """

    findings: Sequence[DocumentFindings]
    repairs: Sequence[Repair] = ()
    words: Sequence[Word] = ()
    raw_words: Sequence[Word] = ()
    pages: Sequence[ReadingPage] = ()
    sheets: Sequence[Page] = ()
    raw_texts: Mapping[str, str] = field(default_factory=dict)
    page_images: Path | None = None
    conflicts: Sequence[DecisionConflict] = ()
    changes: Sequence[Change] = ()
    scorecard: Mapping[str, Any] | None = None
    shards: Mapping[str, ReportShard] = field(default_factory=dict)
    law_date: datetime.date | None = None
