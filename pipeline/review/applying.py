"""What decisions do to findings: accepted ones are sure, changed ones say what the person says, rejected ones go."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from pipeline.records.decision import AnchoredDecision, Decision, DecisionConflict
from pipeline.records.outline import METADATA_FIELDS, Metadatum, Outline
from pipeline.records.repair import Repair
from pipeline.records.requirement import VALUE_KINDS, Requirement, Value
from pipeline.review.anchoring import by_document, conflict
from pipeline.spans import Span, iou
from pipeline.swedish.dates import find_dates
from pipeline.tables import columns
from pipeline.wording import NotUnderstood, ValueReader, value_choices

Row = TypeVar("Row")

YES, NO = frozenset(("true", "ja", "1", "sant")), frozenset(("false", "nej", "0", "falskt"))

FIXED = (
    "requirement_id", "value_id", "document_id", "municipality", "page", "start", "end", "quote", "rule",
    "repair_dependent", "confidence",
)  # fmt: skip
"""Columns that no decision changes: ids, places, and what we ourselves say of how it was found."""

CODED = ("response_time", "removal_time", "frequency", "retention", "prohibited_content", "count")
"""Kinds of values with codes of their own: nothing else can stand there."""

DAYS = ("document_date", "adopted_date", "revised_date")
"""Metadata fields that hold a date."""

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

SAME_PLACE = 0.5
"""Intersection over union from which on a finding is the one that was decided on."""


@dataclass(frozen=True, slots=True)
class Applied(Generic[Row]):
    """Findings after decisions: those that hold, those a person rejected (kept for the record), and what failed."""

    rows: tuple[Row, ...]
    rejected: tuple[Row, ...]
    conflicts: tuple[DecisionConflict, ...]
    used: tuple[str, ...]


def apply_to_requirements(
    requirements: Sequence[Requirement],
    decisions: Iterable[AnchoredDecision],
    *,
    added: Callable[[AnchoredDecision], Requirement] | None = None,
    topics: Collection[str] | None = None,
) -> Applied[Requirement]:
    """The requirements after decisions of target `requirement` and `alignment`.

    A requirement decision's field names the column to change, is empty for the finding as a whole, or is `added` for a
    requirement that a reviewer missed in the list (its modality is the new value). An alignment decision's field names
    a harmonised requirement that the clause belongs to (accept) or not (reject), or is `topics` with all of them.

    Args:
        requirements: Findings of any number of documents.
        decisions: Anchored in the reading text; those of other targets are left alone.
        added: Makes the row of an added requirement; without it such a decision is a conflict.
        topics: The harmonised requirements that there are; without them any is taken.
    """
    work = _Work(requirements, lambda r: (r.document_id, r.start, r.end), _change_requirement)
    for item in _of(decisions, "requirement", "alignment"):
        if item.decision.field == "added":
            if added is None:
                work.fail(item, "Kravet kan inte läggas till i det här steget.")
            else:
                work.add(item, added(item))
        else:
            aligning = item.decision.target == "alignment"
            unknown = sorted(_aligned_with(item.decision) - set(topics)) if aligning and topics is not None else []
            if unknown:
                work.fail(item, f"Kodboken har inget krav med id ”{'”, ”'.join(unknown)}”.")
            else:
                work.decide(item, lambda _: True, always_change=aligning)
    return work.done()


def apply_to_values(values: Sequence[Value], decisions: Iterable[AnchoredDecision]) -> Applied[Value]:
    """The values after decisions of target `value`.

    The field is a kind ("retention"), or a kind and a column ("response_time.calendar"); without a column the normal
    form is changed.
    """
    work = _Work(values, lambda v: (v.document_id, v.start, v.end), _change_value)
    for item in _of(decisions, "value"):
        kind, _, _ = item.decision.field.partition(".")
        if kind and kind not in VALUE_KINDS:
            work.fail(item, f"”{kind}” är inget slags värde.")
        else:
            work.decide(item, _of_kind(kind))
    return work.done()


def apply_to_metadata(
    metadata: Sequence[Metadatum], decisions: Iterable[AnchoredDecision], *, outlines: Mapping[str, Outline]
) -> Applied[Metadatum]:
    """The metadata after decisions of target `metadata`; the field is the metadata field.

    A field that nothing was found for is put in with the words the decision is anchored at.

    Args:
        metadata: Fields of any number of documents.
        decisions: Anchored in the reading text; those of other targets are left alone.
        outlines: The outline of each document, for page and quote of a field that is put in.
    """
    work = _Work(metadata, lambda m: (m.document_id, 0, 1), _change_metadatum)
    for item in _of(decisions, "metadata"):
        name = item.decision.field
        if name not in METADATA_FIELDS:
            work.fail(item, f"”{name}” är ingen uppgift om dokumentet.")
        elif work.has(item, _of_field(name)) or item.decision.verdict != "change":
            work.decide(item, _of_field(name))
        else:
            outline = outlines.get(item.document_id)
            quote = outline.text[item.start : item.end] if outline else item.decision.quote
            page = outline.page_of(item.start) if outline else 1
            row = _change_metadatum(Metadatum(item.document_id, name, "", page, item.start, item.end, quote, 1.0), item)
            if isinstance(row, str):
                work.fail(item, row)
            else:
                work.add(item, row)
    return work.done()


def apply_to_repairs(repairs: Sequence[Repair], decisions: Iterable[AnchoredDecision]) -> Applied[Repair]:
    """The repairs after decisions of target `repair`, anchored in the raw text: what is to be applied and what not.

    Accepted and changed ones get status `applied`; those in `rejected` have status `rejected`. Making the reading text
    of both is the repair stage's.
    """
    work = _Work(repairs, lambda r: (r.document_id, r.raw_start, r.raw_end), _change_repair, _accept_repair)
    for item in _of(decisions, "repair"):
        work.decide(item, lambda _: True)
    done = work.done()
    return replace(done, rejected=tuple(replace(r, confidence=1.0, status="rejected") for r in done.rejected))


def _of_kind(kind: str) -> Callable[[Value], bool]:
    return lambda value: not kind or value.kind == kind


def _of_field(name: str) -> Callable[[Metadatum], bool]:
    return lambda metadatum: metadatum.field == name


def _sure(row: Row) -> Row:
    """The row with full confidence: a person has seen it."""
    return replace(row, confidence=1.0)  # type: ignore[type-var]


def _of(decisions: Iterable[AnchoredDecision], *targets: str) -> list[AnchoredDecision]:
    ordered = by_document(item for item in decisions if item.decision.target in targets)
    return [item for _, group in sorted(ordered.items()) for item in group]


class _Work(Generic[Row]):
    """Rows while decisions are applied to them, one decision after the other."""

    def __init__(
        self,
        rows: Iterable[Row],
        span: Callable[[Row], tuple[str, int, int]],
        change: Callable[[Row, AnchoredDecision], Row | str],
        accept: Callable[[Row], Row] = _sure,
    ) -> None:
        self.rows, self.span, self.change, self.accept = list(rows), span, change, accept
        self.rejected: list[Row] = []
        self.conflicts: list[DecisionConflict] = []
        self.used: list[str] = []

    def decide(self, item: AnchoredDecision, fits: Callable[[Row], bool], *, always_change: bool = False) -> None:
        """Do what the decision says to the one row at its place."""
        at, overlap = self._nearest(item, fits)
        if at is None or overlap < SAME_PLACE:
            near = str(getattr(self.rows[at], "quote", "")) if at is not None else ""
            self.fail(item, "Det som beslutet gäller hittas inte längre på den platsen.", nearest=near)
            return
        verdict = item.decision.verdict
        if verdict == "reject" and not always_change:
            self.rejected.append(self.rows.pop(at))
        else:
            row = self.rows[at]
            new = self.change(row, item) if verdict == "change" or always_change else self.accept(row)
            if isinstance(new, str):
                self.fail(item, new)
                return
            self.rows[at] = new
        self.used.append(item.decision.decision_id)

    def has(self, item: AnchoredDecision, fits: Callable[[Row], bool]) -> bool:
        """Whether there is a row at the decision's place."""
        at, overlap = self._nearest(item, fits)
        return at is not None and overlap >= SAME_PLACE

    def add(self, item: AnchoredDecision, row: Row) -> None:
        """Put in a row that only the person saw."""
        self.rows.append(row)
        self.used.append(item.decision.decision_id)

    def fail(self, item: AnchoredDecision, reason: str, *, nearest: str = "") -> None:
        """Keep the decision as a conflict."""
        self.conflicts.append(conflict(item.decision, reason, document_id=item.document_id, nearest=nearest))

    def done(self) -> Applied[Row]:
        """What has become of the rows."""
        return Applied(tuple(self.rows), tuple(self.rejected), tuple(self.conflicts), tuple(sorted(set(self.used))))

    def _nearest(self, item: AnchoredDecision, fits: Callable[[Row], bool]) -> tuple[int | None, float]:
        best: tuple[int | None, float] = (None, -1.0)
        for number, row in enumerate(self.rows):
            document_id, start, end = self.span(row)
            if document_id == item.document_id and fits(row):
                # Metadata have one row a field wherever it stands: their span is a token one, and so is its overlap.
                overlap = 1.0 if (start, end) == (0, 1) else _overlap((start, end), (item.start, item.end))
                if overlap > best[1]:
                    best = (number, overlap)
        return best


def _overlap(one: Span, two: Span) -> float:
    """Intersection over union; an empty span overlaps wholly with the same one: a place where something was put in."""
    return 1.0 if one == two else iou(one, two)


def _change_requirement(row: Requirement, item: AnchoredDecision) -> Requirement | str:
    if item.decision.target == "alignment":
        return _align(row, item)
    return _change_column(row, item.decision.field, item.decision.new_value)


def _change_value(row: Value, item: AnchoredDecision) -> Value | str:
    _, _, column = item.decision.field.partition(".")
    column, written = column or "value", item.decision.new_value
    if column != "value" or row.kind not in CODED:
        return _change_column(row, column, written)
    try:
        read = ValueReader().read(row.kind, column, written)
    except NotUnderstood:
        return f"”{written}” kan inte stå i {column}; skriv {value_choices(row.kind, column)}."
    return replace(row, **read, confidence=1.0)  # type: ignore[arg-type]


def _change_metadatum(row: Metadatum, item: AnchoredDecision) -> Metadatum | str:
    written = item.decision.new_value.strip()
    if row.field in DAYS and written and not _DAY.fullmatch(written):
        found = find_dates(written)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written)):
            return f"”{written}” är inget datum; skriv ÅÅÅÅ-MM-DD."
        written = found[0].value
    return replace(row, value=written, confidence=1.0)


def _change_repair(row: Repair, item: AnchoredDecision) -> Repair:
    return replace(row, after=item.decision.new_value, confidence=1.0, status="applied")


def _accept_repair(row: Repair) -> Repair:
    return replace(row, confidence=1.0, status="applied")


def _aligned_with(decision: Decision) -> set[str]:
    """The harmonised requirements that a decision says a clause belongs to."""
    if decision.verdict == "change":
        return {t.strip() for t in decision.new_value.split("|") if t.strip()}
    return {decision.field} - {"", "topics"} if decision.verdict == "accept" else set()


def _align(row: Requirement, item: AnchoredDecision) -> Requirement | str:
    topics = {t for t in row.topics.split("|") if t}
    decision = item.decision
    if decision.verdict == "change":
        topics = _aligned_with(decision)
    elif decision.verdict == "accept":
        topics |= _aligned_with(decision)
    elif decision.field in topics:
        topics -= {decision.field}
    else:
        return f"Kravet hör inte längre till ”{decision.field}”."
    return replace(row, topics="|".join(sorted(topics)), confidence=1.0)


def _change_column(row: Row, name: str, new_value: str) -> Row | str:
    """The row with a column set from a person's words, or why that can't be done, in Swedish."""
    kind: Any = type(row)
    known = columns(kind)
    if name not in known or name in FIXED:
        return f"Fältet ”{name}” kan inte ändras." if name else "Beslutet säger inte vilket fält som ska ändras."
    allowed = next(f.metadata.get("values", ()) for f in fields(kind) if f.name == name)
    if allowed and new_value not in allowed:
        return f"”{new_value}” kan inte stå i {name}; det ska vara något av {', '.join(a for a in allowed if a)}."
    type_, _ = known[name]
    value: object = new_value
    if type_ is bool:
        if new_value.lower() not in YES | NO:
            return f"”{new_value}” kan inte stå i {name}; skriv ja eller nej."
        value = new_value.lower() in YES
    elif type_ is int:
        if not new_value.isdecimal():
            return f"”{new_value}” kan inte stå i {name}; skriv ett heltal."
        value = int(new_value)
    return replace(row, **{name: value}, confidence=1.0)  # type: ignore[type-var]
