"""What changed in a municipality's rules from the version that was replaced to what is in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments, answers_alone
from pipeline.compare.changes import find_changes
from pipeline.compare.precedence import has_lapsed, written_on
from pipeline.compare.support import DocumentSupport
from pipeline.compare.weighing import WeighedDocument
from pipeline.failures import Message
from pipeline.params import CompareSettings
from pipeline.records.comparison import Cell, VersionChange
from pipeline.swedish.texts import load_texts


def find_version_changes(
    codebook: Codebook,
    bodies: Sequence[BodyDocuments],
    weighed: Mapping[str, WeighedDocument],
    cells: Sequence[Cell],
    settings: CompareSettings,
) -> Iterator[VersionChange]:
    """Each cell that says otherwise than the newest replaced version would, had it alone been in the folder.

    "24 hours became 48" is `altered`, a retention rule that fell out `lost`, a new one `gained`.

    Args:
        codebook: The questions.
        bodies: The municipalities with their documents on the codebook's area.
        weighed: What each document comes to by itself.
        cells: The codebook's cells as they are now.
        settings: Thresholds.
    """
    by_body: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        by_body.setdefault(cell.municipality, {})[cell.requirement] = cell
    for body in (b for b in bodies if b.superseded):
        old = max(body.superseded, key=_age)
        key = old.item.source.document_id
        then = answers_alone(codebook, body.municipality, old, weighed, settings)
        now = by_body[body.municipality]
        for row in find_changes(then.values(), now.values()):
            yield VersionChange(
                row.codebook, row.requirement, row.municipality, now[row.requirement].document_id, key,
                row.change, row.before, row.after, then[row.requirement].value_text, now[row.requirement].value_text,
            )  # fmt: skip


def outdated(bodies: Iterable[BodyDocuments], on: datetime.date) -> dict[str, Message]:
    """What is said of documents that were replaced or whose term has ended, by document_id: which ones count.

    One whose term has ended without another in its place still answers: alone all, beside others what these leave out.
    """
    found: dict[str, Message] = {}
    for body in bodies:
        files = sorted(document.item.source.file_name for document in body.in_force)
        for key, standing in body.gone.items():
            found[key] = _say(standing, files=", ".join(files))
        for document in body.in_force:
            outline = document.item.outline
            if outline is not None and has_lapsed(outline, on):
                found[document.item.source.document_id] = _say("lapsed", day=outline.value_of("valid_until"))
    return found


def _say(standing: str, **values: str) -> Message:
    return Message(*(load_texts(name).say(f"outdated.{standing}", **values) for name in ("sv", "en")))


def _age(document: DocumentSupport) -> tuple[datetime.date, str]:
    return written_on(document.item.outline) or datetime.date.min, document.item.source.document_id
