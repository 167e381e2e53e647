"""Fields that a document gives under labels: beside them, below them, in grids, in lists, in tables of its versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, takewhile

from pipeline.outline.adoption import names_body
from pipeline.outline.lines import KEY_VALUE
from pipeline.outline.said import COVER_UNITS, Said, parts_of
from pipeline.outline.valued import DATE_FIELDS, has_day, valued
from pipeline.outline.vocabulary import may_say, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.tables import CELL_MARK, heads_of

LONGEST_LABEL = 40
LONGEST_VALUE = 80
"""Characters of a label that stands alone in its line, and of a value that does."""

FOOT_UNITS = COVER_UNITS
"""How many units from the end labels may stand in."""

BELOW = 0.8
"""What remains of the confidence of a value that stands under its label, not beside it."""
IN_HISTORY = 0.75
"""What remains of it for a table of versions: where a label says when it was adopted, that is better."""

_ABOUT_DOCUMENT = re.compile(
    r"^(?:dokumentet|riktlinjen?|riktlinjerna|policyn?|rutin(?:en)?|planen?|reglerna)\s+är\s+"
    r"|^(?:riktlinjen?|riktlinjerna|policyn?|rutin(?:en)?|planen?|reglerna)\s+(?=fast|anta|beslut|godkän)|\s+är$"
)
"""What a label says around the field: "Dokumentet är antaget av", "Rutin fastställd av", "Dokumentansvarig är"."""

_COLON = re.compile(r":(?=\s)")
_WORD = re.compile(r"[^\s;,]+")
LABEL_WORDS = 4
"""Words of a label that stands among others in a line."""
_BARE_OWNER = frozenset({"ansvar", "ansvarig", "ansvariga"})
"""Labels of an owner that do not say of what."""
IGNORED = "handler"
"""The field of labels whose values say nothing of the document."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line: its span, how far into the line it stands, and the field that it names if it is a label."""

    start: int
    end: int
    column: int
    field: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line in its cells; a ruled row's empty cells are among them."""

    cells: tuple[Cell, ...]
    ruled: bool

    @property
    def labels(self) -> int:
        """How many cells name a field."""
        return sum(1 for cell in self.cells if cell.field)


@lru_cache(maxsize=1 << 12)
def label_field(label: str) -> str:
    """The metadata field a label such as "Fastställt av" names, empty where it names none."""
    low = re.sub(r"[*_]", "", label).strip(" :.").lower()
    low = re.sub(r"\s+", " ", low)
    low = _ABOUT_DOCUMENT.sub("", low.removeprefix("dokumentets "))
    by = " av" if low.endswith(" av") else ""
    # "Fastställd/upprättad av", "Dokumentansvarig/processägare": the first of them says what it is.
    first = low.partition("/")[0].strip()
    for words in dict.fromkeys((low, first if not by or first.endswith(by) else first + by)):
        for name, pattern in vocabulary().metadata_labels:
            if pattern.fullmatch(words):
                return name
    return ""


def said_under_labels(text: str, units: Sequence[Unit]) -> list[Said]:
    """Fields given under labels near the document's beginning and end.

    Args:
        text: The reading text the offsets refer to.
        units: The document's units.
    """
    edge = {u.unit for u in units[:COVER_UNITS]} | {u.unit for u in units[-FOOT_UNITS:]}
    tasks = _rows_of_tasks(text, units)
    rows = [r for u in units if u.unit in edge - tasks for r in _rows(text, u)]
    found: list[Said] = []
    taken: set[int] = set()
    for n, row in enumerate(rows):
        if n in taken:
            continue
        body = _under_header(rows, n)
        if body:
            taken.update(range(n + 1, n + 1 + len(body)))
            found += _from_history(text, row, body) if len(body) > 1 else _from_grid(text, row, body[0])
        else:
            found += _from_row(text, row)
    return [*found, *_from_lists(text, rows)]


def _rows(text: str, unit: Unit) -> Iterator[Row]:
    if unit.kind == "table_row" and CELL_MARK.search(text, unit.start, unit.end):
        yield Row(_peeled(text, list(_ruled_cells(text, unit))), ruled=True)
        return
    for line in re.finditer(r"[^\n]+", text[unit.start : unit.end]):
        start, end = unit.start + line.start(), unit.start + line.end()
        head = text.rfind("\n", 0, start) + 1
        spans = [piece for a, b in parts_of(text, start, end) for piece in _listed(text, a, b)]
        # "... tas bort. Beslut" at the end of a line of prose begins a sentence and is no label.
        named = len(spans) > 1 or not text[head:start].strip()
        yield Row(tuple(Cell(a, b, a - head, _label(text[a:b]) if named else "") for a, b in spans), ruled=False)


def _rows_of_tasks(text: str, units: Sequence[Unit]) -> set[int]:
    """The rows of tables whose head asks who does what: "Sidansvarig" in them does something and is no label."""
    found: set[int] = set()
    inside = False
    for above, unit in zip([None, *units], units, strict=False):
        if not _is_row(text, unit):
            inside = False
            continue
        if above is None or not _is_row(text, above):
            heads, known = set(heads_of(text[unit.start : unit.end])), lexicon().words
            first = next(iter(parts_of(text, unit.start, unit.end)), (0, 0))
            # "Beslutande | Kommunstyrelsen" gives a field and heads no table.
            inside = not label_field(text[first[0] : first[1]]) and bool(
                heads & known["task_heads"] and heads & known["doer_heads"]
            )
        if inside:
            found.add(unit.unit)
    return found


def _is_row(text: str, unit: Unit) -> bool:
    """Whether a unit is a table's row, or a sentence in a line whose cells are parted by bars."""
    if unit.kind == "table_row":
        return True
    end = text.find("\n", unit.start)
    return " |" in text[text.rfind("\n", 0, unit.start) + 1 : end if end >= 0 else len(text)]


def _label(words: str) -> str:
    """The field that a part of a line names; the last word of a sentence ("... i kommunens / namn.") names none."""
    return "" if words[:1].islower() and words.endswith(".") else label_field(words)


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A part that lists several pairs in one go ("Typ: Policy; Beslutad av: KF Datum: 2020-01-02"), pair by pair."""
    labels = [start + at for colon in _COLON.finditer(text[start:end]) if (at := _label_before(colon)) >= 0]
    if len(labels) < 2:
        return [(start, end)]
    cuts = [*({start} | set(labels)), end]
    parts = ((a, a + len(text[a:b].rstrip(" ,;"))) for a, b in pairwise(sorted(cuts)))
    return [(a, b) for a, b in parts if a < b]


def _label_before(colon: re.Match[str]) -> int:
    """Where the label begins that stands before a colon, the longest one that names a field; -1 where none does."""
    words = [*_WORD.finditer(colon.string, 0, colon.start())][-LABEL_WORDS:]
    named = (w for w in words if w.group()[0].isupper() and label_field(colon.string[w.start() : colon.start()]))
    return next((word.start() for word in named), -1)


def _ruled_cells(text: str, unit: Unit) -> Iterator[Cell]:
    at = unit.start
    for n, cell in enumerate(CELL_MARK.split(text[unit.start : unit.end])):
        words = cell.strip()
        start = at + (cell.find(words) if words else 0)
        yield Cell(start, start + len(words), n, label_field(words) if words else "")
        at += len(cell) + 1


def _peeled(text: str, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a row; where all but one hold a label with its value behind, as cells of their own."""
    filled = [cell for cell in cells if cell.start < cell.end]
    parts = {cell: pair for cell in filled if (pair := _label_and_value(text, cell))}
    if len(parts) < 2 or len(parts) < len(filled) - 1:
        return tuple(cells)
    return tuple(part for cell in filled for part in parts.get(cell, (cell,)))


def _label_and_value(text: str, cell: Cell) -> tuple[Cell, Cell] | None:
    """A cell as its label and the value behind it ("Dokumenttyp Riktlinje"), by the longest label that it begins with.

    So cells look whose lines were put together: a label with its value below.
    """
    words = list(_WORD.finditer(text, cell.start, cell.end))[: LABEL_WORDS + 1]
    if cell.field and not any(sign.isdigit() for sign in text[cell.start : cell.end]):
        return None  # a label and nothing else
    for one, two in reversed(list(pairwise(words))):
        name = label_field(text[cell.start : one.end()]) if text[two.start()].isupper() or two[0][0].isdigit() else ""
        if name:
            return replace(cell, end=one.end(), field=name), replace(cell, start=two.start(), field="")
    return None


def _under_header(rows: Sequence[Row], n: int) -> list[Row]:
    """The rows that a header of labels stands over; none where the row is no header."""
    header = rows[n]
    filled = [c for c in header.cells if c.start < c.end]
    if header.labels < 2 or header.labels < len(filled) - 1 or (filled[0].field == "" and not header.ruled):
        return []
    body: list[Row] = []
    for row in rows[n + 1 :]:
        if row.labels > 1 or next((c.field for c in row.cells if c.start < c.end), "") or not _fits_under(header, row):
            break
        body.append(row)
    return body


def _fits_under(header: Row, row: Row) -> bool:
    filled = sum(1 for c in row.cells if c.start < c.end)
    if header.ruled:  # empty cells at a row's end are not written
        return row.ruled and len(row.cells) <= len(header.cells)
    return 2 <= filled <= len(header.cells)


def _columns(header: Row, row: Row) -> Iterator[tuple[str, Cell]]:
    """The filled cells of a row with the field of the column that each stands in."""
    for n, cell in enumerate(row.cells):
        if header.ruled or len(row.cells) == len(header.cells):
            label = header.cells[n]
        else:
            at = cell.column
            label = min((abs(c.column - at), c.column, c.start, c) for c in header.cells)[-1]
        if cell.start < cell.end:
            yield label.field, cell


def _from_grid(text: str, header: Row, row: Row) -> list[Said]:
    return [said for name, cell in _columns(header, row) for said in valued(name, text, cell.start, cell.end)]


def _from_history(text: str, header: Row, body: Sequence[Row]) -> list[Said]:
    """Adoption and last revision from a table of versions: its first and its last day."""
    versions: list[tuple[str, list[Said]]] = []
    for row in body:
        said = _from_grid(text, header, row)
        days = [s.value for s in said if s.field in DATE_FIELDS]
        if days:
            versions.append((days[0], said))
    if not versions:
        return _from_grid(text, header, body[0])
    versions.sort(key=lambda version: version[0])
    first = [
        replace(s, field="adopted_date" if s.field in DATE_FIELDS else s.field, confidence=s.confidence * IN_HISTORY)
        for s in versions[0][1]
        if s.field in DATE_FIELDS or s.field == "adopted_by"
    ]
    last = [s for s in versions[-1][1] if s.field in DATE_FIELDS][:1] if len(versions) > 1 else []
    return [*first, *(replace(s, field="revised_date", confidence=s.confidence * IN_HISTORY) for s in last)]


def _from_row(text: str, row: Row) -> list[Said]:
    """Fields from parts that stand side by side: "label: value" in one, or a label and its value in two."""
    found: list[Said] = []
    filled = [cell for cell in row.cells if cell.start < cell.end]  # tabs in a row leave empty cells between
    paired = len(filled) == 2 or (filled and filled[0].field)  # else it is a row of a table on something else
    skip = False
    for n, cell in enumerate(filled):
        if skip:
            skip = False
            continue
        pair = KEY_VALUE.match(text[cell.start : cell.end])
        name = label_field(pair.group(1)) if pair else ""
        if pair and pair.group(1).strip(" *").lower() in _BARE_OWNER and _behind_sentence(text, cell.start):
            continue  # "Behörighet tas bort samma dag. Ansvarig: kontoägaren": whose task that is, not whose document
        if pair and name:
            found += valued(name, text, cell.start + pair.start(2), cell.start + pair.end(2))
        elif paired and cell.field and n + 1 < len(filled):
            beside = filled[n + 1]
            other = KEY_VALUE.match(text[beside.start : beside.end])
            if not beside.field and not (other and label_field(other.group(1))):
                found += valued(cell.field, text, beside.start, beside.end)
                skip = True
    return found


def _behind_sentence(text: str, start: int) -> bool:
    """Whether a sentence ends on the same line before an offset that tells nothing of the document's adoption."""
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    return before.endswith(".") and not may_say(vocabulary().adopting_stems, before)


def _from_lists(text: str, rows: Sequence[Row]) -> Iterator[Said]:
    """Fields from labels that stand alone in their lines: over their values, or in a list beside a list of values."""
    runs = [(bool(key), list(run)) for key, run in groupby(rows, key=_stands_alone)]
    for n, (labels, run) in enumerate(runs):
        if not labels:
            continue
        names = [row.cells[0] for row in run]
        behind = runs[n + 1][1] if n + 1 < len(runs) else []
        ahead = runs[n - 1][1] if n and len(names) > 1 else []
        told = max(_ways_to_pair(text, names, behind, ahead), key=len)
        if len(names) == 1 and names[0].field == "revised_date" and told:
            told = _last_day(text, names[0], runs[n + 1][1]) or told
        yield from (replace(said, confidence=said.confidence * BELOW) for said in told)


def _ways_to_pair(
    text: str, names: Sequence[Cell], behind: Sequence[Row], ahead: Sequence[Row]
) -> Iterator[list[Said]]:
    """What a list of labels says with the values ahead of it and behind; its first may only head the others."""
    heads = len(names) > 1 and names[0].field == IGNORED
    for labels in (names, names[1:]) if heads else (names,):
        if len(labels) > 1:  # what stands over a single label is the title, or another label's value
            yield _pair(text, labels, _values(text, ahead[-len(labels) :], len(labels)))
        yield _pair(text, labels, _values(text, behind, len(labels)))


def _last_day(text: str, label: Cell, rows: Sequence[Row]) -> list[Said]:
    """The last of the days that stand under a label one below the other."""
    days = takewhile(lambda row: len(row.cells) == 1 and has_day(text[row.cells[0].start : row.cells[0].end]), rows)
    said = [s for row in days for s in valued(label.field, text, row.cells[0].start, row.cells[0].end)]
    return [max(said, key=lambda s: s.value)] if said else []


def _stands_alone(row: Row) -> bool:
    """Whether a row is a label and nothing else."""
    return len(row.cells) == 1 and bool(row.cells[0].field) and row.cells[0].end - row.cells[0].start <= LONGEST_LABEL


def _values(text: str, rows: Sequence[Row], count: int) -> list[Cell]:
    """The first rows, as many as there are labels, where each is one short value."""
    cells = [row.cells[0] for row in rows[:count] if len(row.cells) == 1]
    short = [c for c in cells if c.end - c.start <= LONGEST_VALUE and not KEY_VALUE.match(text[c.start : c.end])]
    return short if len(short) == count else []


def _pair(text: str, labels: Sequence[Cell], values: Sequence[Cell]) -> list[Said]:
    """What values say under labels, nothing where a day or a body is asked for and another thing stands there."""
    found: list[Said] = []
    for label, value in zip(labels, values, strict=False):
        words = text[value.start : value.end]
        if len(labels) > 1 and label.field in DATE_FIELDS and not has_day(words):
            return []
        if len(labels) > 1 and label.field == "adopted_by" and not names_body(words):
            return []
        found += valued(label.field, text, value.start, value.end)
    return found
