"""Whether a document's metadata are what the gold says."""

from __future__ import annotations

from pipeline.evaluation.counts import DocumentScore, Item
from pipeline.evaluation.gold import GoldDocument
from pipeline.records.comparison import Document

EXACT_FIELDS = ("municipality", "document_type", "adopted_date", "revised_date", "diary_number")
"""Fields that have one right value; compared without regard to case."""

WORDED_FIELDS = ("title", "adopted_by", "valid_until", "responsible")
"""Fields in the text's words; compared without regard to case and white space, and only where the gold has them."""


def score_metadata(score: DocumentScore, gold: GoldDocument, found: Document | None) -> None:
    """Count every metadata field of one document; a field that the text lacks is right when it is left empty."""
    for name in EXACT_FIELDS:
        wanted, given = gold.metadata.get(name) or "", _given(found, name)
        _count(score, name, wanted, given, right=wanted.lower() == given.lower())
    for name in WORDED_FIELDS:
        if name in gold.metadata:
            wanted, given = gold.metadata[name] or "", _given(found, name)
            _count(score, name, wanted, given, right=_plain(wanted) == _plain(given))


def _given(found: Document | None, name: str) -> str:
    return str(getattr(found, name)) if found is not None else ""


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).rstrip(".")


def _count(score: DocumentScore, name: str, wanted: str, given: str, *, right: bool) -> None:
    score.add_share(f"metadata {name}", [right])
    score.add_share("metadata all", [right])
    if not right:
        score.items.append(Item(f"metadata {name}", score.slug, "wrong", 0, 0, wanted, given))
