"""The rows of the workbook's sheets: one function a sheet; their columns are in workbook_columns.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.records.comparison import Cell, Document, Finding, LegalReference, Lineage, Statistic
from pipeline.records.holders import count_holders
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.report.contents import Contents, standings
from pipeline.report.document_parts import repair_shown
from pipeline.report.headings import heading_of
from pipeline.report.law_words import act_called, instead_of, note_of
from pipeline.report.lists import other_of
from pipeline.report.sources import say_sources
from pipeline.report.wording import strength, token_in_words
from pipeline.report.workbook_sheet import in_one_line, in_sight
from pipeline.swedish.durations import find_periods
from pipeline.swedish.section_names import tell_section
from pipeline.swedish.texts import Texts, alphabetical
from pipeline.tables import as_row
from pipeline.wording import name_own_force

Row = Mapping[str, Any]

WEIGHTS = {"high": 0.7, "middle": 0.4, "low": 0.0}
"""From which weight on a finding is called so, as in the report."""

LAW_ORDER = ("repealed", "not_yet", "unknown", "in_force")
"""References that need work stand first."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet in order, each made when it is asked for: of long tables a sheet has the first alone."""

    records: Sequence[Any]
    show: Callable[[Any], Row]

    def first(self, count: int) -> Iterator[Row]:
        """So many rows from the top."""
        return map(self.show, self.records[:count])


def cells_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every cell of the matrix with its quote, in the codebook's order."""
    groups = {
        (book.id, requirement.id): contents.group_name(requirement.group, swedish=texts.language == "sv")
        for book, requirement in contents.requirements
    }
    entries = {(book.id, requirement.id): requirement for book, requirement in contents.requirements}
    rows: list[tuple[Cell, str]] = []
    for key in entries:
        row = [contents.cells.get((*key, municipality)) for municipality in contents.municipalities]
        told = zip(row, standings(row), strict=True)
        rows += [(cell, standing) for cell, standing in told if cell is not None]

    def show(told: tuple[Cell, str]) -> Row:
        """A cell with its group, its strength, where it stands to the strictest, and its sources in words."""
        cell, standing = told
        key = cell.codebook, cell.requirement
        row = _shown(contents, cell)
        if cell.answer == "silent" and cell.municipality in contents.unruled:
            row["value_text"] = texts["unruled.answer_long"]
        return row | {
            "group": groups[key], "modality": strength(cell, entries[key]), "relation_to_strictest": standing,
            "sources": say_sources(contents, cell, entries[key], texts),
        }  # fmt: skip

    return SheetRows(rows, show)


def _labels(contents: Contents, texts: Texts) -> Mapping[str, str]:
    """What the harmonised requirements are called, by id."""
    return {r.id: r.label_sv if texts.language == "sv" else r.label_en for _, r in contents.requirements}


def requirements_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every requirement found in the texts."""
    labels = _labels(contents, texts)
    order = sorted(
        contents.found.values(),
        key=lambda r: (alphabetical(contents.municipality(r.document_id)), r.document_id, r.start, r.end),
    )

    def show(requirement: Requirement) -> Row:
        """A requirement with topics and rule in words, and its force by the name it is shown under."""
        row = _shown(contents, requirement)
        topics = ", ".join(labels.get(one, one) for one in row["topics"].split("|"))
        forces = {name: name_own_force(requirement, row[name]) for name in ("modality", "force")}
        owner = contents.municipality(requirement.document_id)
        return row | forces | {"municipality": owner, "topics": topics, "rule": texts.rule(row["rule"])}

    return SheetRows(order, show)


def values_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every value, ordered by kind."""
    order = sorted(contents.values.values(), key=lambda v: (v.kind, v.value, v.document_id, v.start, v.end, v.value_id))

    def show(value: Value) -> Row:
        """A value with its municipality, and its normal form in words."""
        row = _shown(contents, value)
        period = token_in_words(row["period"], texts, bare=True)
        return row | {
            "municipality": contents.municipality(value.document_id),
            "value": token_in_words(row["value"], texts, every=value.kind == "frequency"),
            "period": period,
            "trigger": "" if _says_only(row["trigger"], value.period) else row["trigger"],
        }

    return SheetRows(order, show)


def _says_only(trigger: str, period: str) -> bool:
    """Whether what sets something off is but how long is waited: "efter 2 år" beside a period of two years."""
    whole = ((one.value, one.start, one.end) for one in find_periods(trigger))
    return (period, 0, len(trigger)) in whole


def documents_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every file of the run, those that could not be read too."""
    areas = {book.id: book.label_sv if texts.language == "sv" else book.label_en for book in contents.codebooks}

    def show(document: Document) -> Row:
        """A document with its policy area and what went wrong in the reader's language."""
        row = _shown(contents, document)
        row["policy_area"] = areas.get(row["policy_area"], row["policy_area"])
        row["municipality"] = contents.municipality(document.document_id) or row["municipality"]
        return row if texts.language == "sv" else row | {"message": row["message_en"]}

    return SheetRows(contents.documents_by_name, show)


def repairs_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every edit of the texts, before and after."""
    order = sorted(contents.repairs, key=lambda d: (contents.file_name(d), d))

    def show(edit: tuple[str, Repair]) -> Row:
        """An edit as the report shows it, with its file and its rule in words."""
        document, repair = edit
        shown = repair_shown(contents, document, repair)
        return (
            as_row(repair)
            | shown
            | {name: in_sight(shown[name]) for name in ("before", "after")}
            | {"document": contents.file_name(document), "rule": texts.rule(repair.rule)}
        )  # fmt: skip

    return SheetRows([(document, repair) for document in order for repair in contents.repairs[document]], show)


def laws_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Every reference to an act with what holds on the run's date; those that need work first."""
    order = sorted(
        contents.comparison.legal_references,
        key=lambda r: (LAW_ORDER.index(r.status_on_date), r.norm, alphabetical(r.municipality), r.document_id, r.start),
    )

    def show(row: LegalReference) -> Row:
        """A reference with act, section and note in words."""
        said = tell_section(row.section, texts.language)
        acts = {"norm": act_called(row.norm, row.identifier), "use_instead": instead_of(row)}
        return _shown(contents, row) | acts | {"section": said, "note": note_of(row, texts.language)}

    return SheetRows(order, show)


def findings_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Findings, the weightiest first."""
    labels = _labels(contents, texts)

    def show(finding: Finding) -> Row:
        """A finding with its message in the reader's language, the other document, and its weight in words."""
        row = _shown(contents, finding)
        said = row["message_sv"] if texts.language == "sv" else row["message_en"]
        whose, file = other_of(contents, finding)
        return row | {
            "kind": heading_of(finding),
            "message_sv": said,
            "label": labels.get(finding.requirement, ""),
            "other_document": ", ".join(filter(None, (whose, file))),
            "weight": next(step for step, least in WEIGHTS.items() if finding.weight >= least),
        }

    return SheetRows(contents.findings_by_weight, show)


def _key(row: Lineage) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in Lineage.KEY)


def lineage_rows(contents: Contents, _: Texts) -> SheetRows:
    """Passages that two documents share, the longest first."""
    rows = contents.comparison.lineage
    holders = dict(zip((_key(row) for row in rows), count_holders(rows), strict=True))

    def show(row: Lineage) -> Row:
        """A shared passage with both municipalities, the other file and quote, which is earlier, how many hold it."""
        return _shown(contents, row) | {
            "municipality": contents.municipality(row.document_id),
            "other_municipality": contents.municipality(row.other_document_id),
            "other_document": contents.file_name(row.other_document_id),
            "other_quote": in_one_line(
                contents.quote(row.other_document_id, row.other_start, row.other_end, said=row.other_quote)
            ),
            "earlier": contents.file_name(row.earlier),
            "holders": holders[_key(row)],
        }

    return SheetRows(contents.lineage_by_length, show)


def statistics_rows(contents: Contents, texts: Texts) -> SheetRows:
    """Shares with both intervals, in the codebook's order, the whole first."""
    labels = {(b.id, r.id): r.label_sv if texts.language == "sv" else r.label_en for b, r in contents.requirements}
    places = {key: place for place, key in enumerate(labels)}
    common = shared_note(contents, texts)
    order = sorted(
        contents.comparison.statistics, key=lambda s: (places.get((s.codebook, s.requirement), -1), s.measure)
    )

    def show(row: Statistic) -> Row:
        """A share with its question, and its note without what stands below all of them."""
        label = labels.get((row.codebook, row.requirement), texts["method.whole"])
        note = " ".join(_note_of(row, texts).replace(common, "").split())
        return _corrected(row) | {"note_sv": note, "label_sv": label}

    return SheetRows(order, show)


def _note_of(row: Statistic, texts: Texts) -> str:
    return row.note_sv if texts.language == "sv" else row.note_en


def shared_note(contents: Contents, texts: Texts) -> str:
    """The sentence that is to be noted of more than half of the shares: it is told once, below them; empty for none."""
    rows = contents.comparison.statistics
    sentences = Counter(one for row in rows for one in set(_SENTENCES.split(_note_of(row, texts))) if one)
    said, times = min(sentences.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
    return said if times > max(1, len(rows) / 2) else ""


_SENTENCES = re.compile(r"(?<=\.) ")


def _corrected(row: Statistic) -> dict[str, Any]:
    """A share's row; where the errors of reading say nothing there is no corrected share, and its cells are empty."""
    empty: dict[str, Any] = {"corrected_share": None, "corrected_low": None, "corrected_high": None}
    return as_row(row) | (empty if row.corrected_high - row.corrected_low >= 1 else {})


def _shown(contents: Contents, record: Any) -> dict[str, Any]:
    """A record's fields with people masked, the quote by its place, and its document's file name."""
    mask, row = contents.mask(record.document_id), as_row(record)
    if mask.hidden:
        row = {name: mask.words(value) if isinstance(value, str) else value for name, value in row.items()}
    if "quote" in row and "start" in row:
        quote = contents.quote(record.document_id, record.start, record.end, said=row["quote"])
        row["quote"] = in_one_line(quote)
    return row | {"document": contents.file_name(record.document_id)}
