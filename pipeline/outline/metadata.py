"""What a document says of itself: labels and values, adoption lines, title and type, each with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.outline.lines import CELL_MARK, KEY_VALUE
from pipeline.outline.sayings import COVER_UNITS, Said, adopting_body, diary_number, said_in_lines
from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.records.outline import Metadatum, Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.municipalities import municipality_of

DATE_FIELDS = ("adopted_date", "revised_date", "document_date")


def find_metadata(
    document_id: str, text: str, *, units: Sequence[Unit], proposal: bool, page_of: Callable[[int], int],
) -> tuple[Metadatum, ...]:  # fmt: skip
    """The document's metadata, one row a field at most, each with page, span and quote.

    Args:
        document_id: The document.
        text: The reading text the offsets refer to.
        units: Its units.
        proposal: Whether it is a letter that proposes another document; adoption lines then speak of that one.
        page_of: Gives the page of an offset.
    """
    site = [u for u in units if u.kind == "site"]
    units = [u for u in units if u.kind != "site"]
    said = [*_last_changed(text, site), *_from_labels(text, units), *said_in_lines(text, units, proposal=proposal)]
    title = find_title(text, units)
    said += [title] if title else []
    said += _document_type(text, title, units, proposal=proposal)
    said += _municipality(text)
    best: dict[str, Said] = {}
    for item in said:
        if item.value and (item.field not in best or item.confidence > best[item.field].confidence):
            best[item.field] = item
    return tuple(
        Metadatum(
            document_id, s.field, s.value, page_of(s.start), s.start, s.end, text[s.start : s.end], s.confidence
        )
        for s in sorted(best.values(), key=lambda s: s.field)
    )  # fmt: skip


def _last_changed(text: str, site: Sequence[Unit]) -> list[Said]:
    """When a web page was last changed, as the site around it says."""
    for unit in site:
        row = text[unit.start : unit.end]
        dates = find_dates(row) if re.search(r"(?i)uppdatera|ändra|granska", row) else []
        if dates:
            at = unit.start + dates[0].start
            return [Said("revised_date", dates[0].value, at, unit.start + dates[0].end, 0.6)]
    return []


def label_field(label: str) -> str:
    """The metadata field a label such as "Fastställt av" names, empty where it names none."""
    low = re.sub(r"[*_]", "", label).strip(" :.").lower()
    low = re.sub(r"\s+", " ", low)
    return next((name for name, pattern in vocabulary().metadata_labels if pattern.fullmatch(low)), "")


def _from_labels(text: str, units: Sequence[Unit]) -> list[Said]:
    """Fields given as "label: value", as cells of a table, or as a label over its value."""
    found: list[Said] = []
    edge = {u.unit for u in units[:COVER_UNITS]} | {u.unit for u in units[-COVER_UNITS:]}
    for n, unit in enumerate(units):
        if unit.unit not in edge:
            continue
        row = text[unit.start : unit.end]
        if unit.kind == "table_row":
            found += _from_cells(text, unit, units[n + 1] if n + 1 < len(units) else None)
            continue
        pair = KEY_VALUE.match(row)
        if pair:
            name = label_field(pair.group(1))
            if name:
                found += _valued(name, text, unit.start + pair.start(2), unit.start + pair.end(2))
        elif n + 1 < len(units) and len(row) <= 40 and unit.kind in ("sentence", "line", "heading"):
            name = label_field(row)
            following = units[n + 1]
            if (
                name
                and following.end - following.start <= 80
                and not label_field(text[following.start : following.end])
            ):
                found += [_weaker(s) for s in _valued(name, text, following.start, following.end)]
    return found


def _from_cells(text: str, unit: Unit, below: Unit | None) -> list[Said]:
    """Fields from a row of cells: label beside value, or labels over the next row's values."""
    cells = _cells(text, unit)
    names = [label_field(text[a:b]) for a, b in cells]
    found: list[Said] = []
    if below is not None and sum(map(bool, names)) >= 2 and all(names):
        for name, (a, b) in zip(names, _cells(text, below), strict=False):
            found += _valued(name, text, a, b)
        return found
    for i, name in enumerate(names[:-1]):
        if name and not names[i + 1]:
            found += _valued(name, text, *cells[i + 1])
    return found


def _cells(text: str, unit: Unit) -> list[tuple[int, int]]:
    spans, at = [], unit.start
    for cell in CELL_MARK.split(text[unit.start : unit.end]):
        lead = len(cell) - len(cell.lstrip())
        spans.append((at + lead, at + max(lead, len(cell.rstrip()))))
        at += len(cell) + 1
    return [(a, b) for a, b in spans if a < b]


def _valued(name: str, text: str, start: int, end: int) -> list[Said]:
    """A label's value in normal form; a cell may hold a body and a date together."""
    words = text[start:end].rstrip("* _")
    end = start + len(words)
    if not words or name == "handler":
        return []
    dates = find_dates(words)
    found: list[Said] = []
    if name in DATE_FIELDS:
        found += [Said(name, d.value, start + d.start, start + d.end, 0.97) for d in dates[:1]]
        body = re.match(r"(?i)\s*(kommun\w+|\w*nämnd\w*|\w*styrelse\w*|\w*utskott\w*|ks|kf)\b", words)
        if name == "adopted_date" and body:
            found.append(Said("adopted_by", body.group(1), start + body.start(1), start + body.end(1), 0.8))
        behind = adopting_body(text, start, end) if name == "adopted_date" and not body else None
        return [*found, behind] if behind is not None else found
    if name == "diary_number":
        return [diary_number(text, start, end)] if any(c.isdigit() for c in words) and len(words) < 40 else []
    if name == "adopted_by":
        if dates:
            found.append(Said("adopted_date", dates[0].value, start + dates[0].start, start + dates[0].end, 0.9))
            words = words[: dates[0].start]
        words = re.sub(r"(?i)[\s,]*(den|§.*|,)?\s*$", "", words)
        return [*found, Said(name, words, start, start + len(words), 0.95)] if words else found
    if name == "document_type":
        kind = type_of(words)
        return [Said(name, kind, start, end, 0.9)] if kind else []
    return [Said(name, words, start, end, 0.9)]


def _weaker(said: Said) -> Said:
    """The same with less confidence: the value stood under its label, not beside it."""
    return Said(said.field, said.value, said.start, said.end, said.confidence * 0.8)


def find_title(text: str, units: Sequence[Unit]) -> Said | None:
    """The document's title: the first line like one that names a type of document or the subject, else a heading."""
    ranked = [(rank, -u.unit, u) for u in units[:COVER_UNITS] if (rank := _title_rank(text, u)) >= 0]
    if not ranked:
        return None
    rank, _, best = max(ranked, key=lambda r: r[:2])
    words = text[best.start : best.end]
    return Said("title", " ".join(words.split()), best.start, best.end, 0.6 + 0.1 * rank)


def _title_rank(text: str, unit: Unit) -> int:
    """How much a line is like the document's title, from 3 to 0; -1 for what can't be it.

    A type in the definite form speaks of a document ("Om någon bryter mot reglerna"), it does not name this one.
    """
    words = text[unit.start : unit.end]
    lines = vocabulary().metadata_lines
    typed = bool(type_of(lines["definite_type"].sub(" ", words)))
    about = bool(lines["subject"].search(words))
    if unit.kind != "heading":
        # Set in plain type on a cover, a title must name both, and be no sentence.
        plain = (
            unit.unit < 10 and len(words) < 110 and not words.rstrip().endswith((".", ":", ",")) and "\t" not in words
        )
        return 3 if plain and typed and about and unit.kind == "sentence" else -1
    if len(words) < 4:
        return -1
    return 3 if typed and about else 2 if typed and len(words.split()) > 1 else 1 if about else 0


def _document_type(text: str, title: Said | None, units: Sequence[Unit], *, proposal: bool) -> list[Said]:
    """The document's type: a letter is one whatever it encloses; else its label, its title, its own "Denna policy"."""
    if proposal:
        named = re.search(r"(?i)tjänste(skrivelse|utlåtande)", text)
        if named is None and re.search(r"(?i)\b(sammanträdes)?protokoll\b", text):
            return []  # minutes are none of the types
        at = (named.start(), named.end()) if named else (0, 0)
        return [Said("document_type", "tjänsteskrivelse", *at, 0.99)]
    if title is not None and type_of(title.value):
        found = re.search(r"\w+", text[title.start : title.end])
        return [Said("document_type", type_of(title.value), title.start, title.end, 0.95)] if found else []
    own = re.search(r"(?i)\b(denna|detta|dessa|den här|de här)\s+(\w+)", text)
    while own:
        kind = type_of(own.group(2))
        if kind:
            return [Said("document_type", kind, own.start(), own.end(), 0.7)]
        own = re.compile(r"(?i)\b(denna|detta|dessa|den här|de här)\s+(\w+)").search(text, own.end())
    # "Om policyn och riktlinjerna": a heading that speaks of the document itself is the last resort.
    for unit in units:
        if unit.kind == "heading" and type_of(text[unit.start : unit.end]):
            return [Said("document_type", type_of(text[unit.start : unit.end]), unit.start, unit.end, 0.5)]
    return []


def _municipality(text: str) -> list[Said]:
    """Whose document it is, from the text alone."""
    candidates = municipality_of(text)
    if not candidates:
        return []
    best = candidates[0]
    return [Said("municipality", best.name, best.start, best.end, best.score)]
