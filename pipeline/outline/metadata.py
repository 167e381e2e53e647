"""What a document says of itself: labels and values, adoption lines, title and type, each with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.outline.lines import CELL_MARK, KEY_VALUE
from pipeline.outline.sayings import COVER_UNITS, GAP, Said, adopting_body, diary_number, parts_of, said_in_lines
from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.records.outline import Metadatum, Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.municipalities import municipality_of
from pipeline.swedish.roles import find_roles

COVER_LINES = 14
"""Lines at a document's head among which its title may stand in plain type."""
LONGEST_TITLE = 110
SHORT_COVER = 8
"""Lines within which a plain line that names the subject alone may be the title."""

_NAME_ONLY = re.compile(r"(?:[\wåäöÅÄÖ-]+\s){1,3}(?:[Kk]ommun|KOMMUN|[Ss]tad|STAD)\W*$")
"""A line that names the municipality and nothing else."""
_GOES_ON = re.compile(r"[a-zåäö]|Policy|Riktlinje|Regler|Rutin|Anvisning|Strategi|Handlingsplan")
"""How the second line of a title begins."""

DATED_BY = 0.55
"""Confidence that a date without a word for what it is of is the day of adoption, where a label says who adopted."""
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
    if any(s.field == "adopted_by" and s.confidence > DATED_BY for s in said):
        # Who adopted it and a bare "Datum" beside it: that is the day of adoption.
        said += [replace(s, field="adopted_date", confidence=DATED_BY) for s in said if s.field == "document_date"]
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
        pieces = parts_of(text, unit.start, unit.end)
        told = _from_pieces(text, pieces)
        found += told
        if told or len(pieces) > 1:
            continue
        if n + 1 < len(units) and len(row) <= 40 and unit.kind in ("sentence", "line", "heading"):
            name = label_field(row)
            following = units[n + 1]
            if (
                name
                and following.end - following.start <= 80
                and not label_field(text[following.start : following.end])
            ):
                found += [_weaker(s) for s in _valued(name, text, following.start, following.end)]
    return found


def _from_pieces(text: str, pieces: Sequence[tuple[int, int]]) -> list[Said]:
    """Fields from parts that stand side by side: "label: value" in one, or a label and its value in two."""
    found: list[Said] = []
    for n, (start, end) in enumerate(pieces):
        pair = KEY_VALUE.match(text[start:end])
        if pair:
            name = label_field(pair.group(1))
            found += _valued(name, text, start + pair.start(2), start + pair.end(2)) if name else []
        elif n + 1 < len(pieces) and "\n" not in text[end : pieces[n + 1][0]]:
            name, following = label_field(text[start:end]), text[slice(*pieces[n + 1])]
            if name and not label_field(following) and not KEY_VALUE.match(following):
                found += _valued(name, text, *pieces[n + 1])
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
        if name == "adopted_date" and not body and behind is None and dates:
            behind = _body_behind(text, start + dates[0].end, end)
        return [*found, behind] if behind is not None else found
    if name == "diary_number":
        return [diary_number(text, start, end)] if any(c.isdigit() for c in words) and len(words) < 40 else []
    if name == "adopted_by":
        if dates:
            found.append(Said("adopted_date", dates[0].value, start + dates[0].start, start + dates[0].end, 0.9))
            words = words[: dates[0].start]
        words = re.sub(r"(?i)[\s,]*(den|§.*|,)?\s*$", "", words)
        named = adopting_body(f"av {words}", 0, len(words) + 3) is not None or bool(find_roles(words))
        return [*found, Said(name, words, start, start + len(words), 0.95 if named else 0.3)] if words else found
    if name in ("in_force", "valid_until"):
        return _validity(name, text, start, end)
    if name == "document_type":
        kind = type_of(words)
        return [Said(name, kind, start, end, 0.9)] if kind else []
    words = words.rstrip(" .")
    return [Said(name, words, start, start + len(words), 0.9)]


def _validity(name: str, text: str, start: int, end: int) -> list[Said]:
    """Until when a document holds, from a label's value: "tills vidare", "2016-10-01 - 2020-09-30", "t.o.m. 2028"."""
    words = text[start:end]
    dates = find_dates(words)
    if len(dates) > 1:
        return [Said("valid_until", dates[-1].value, start + dates[-1].start, start + dates[-1].end, 0.9)]
    if name == "in_force":
        until = re.search(r"tills vidare", words)
        return [Said("valid_until", until.group(), start + until.start(), start + until.end(), 0.8)] if until else []
    if re.match(r"(?i)revider|ses över|omprövas", words):
        return []  # how often it is looked over, not until when it holds
    if dates and re.match(r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|till)\b", words):
        start += dates[0].start
    words = text[start:end].rstrip(" .")
    return [Said(name, words, start, start + len(words), 0.9)]


def _body_behind(text: str, start: int, end: int) -> Said | None:
    """The body that stands behind a date without "av": "2023-09-19, kommunledningsgruppen"."""
    found = re.compile(r",\s*(?!§)([A-Za-zåäöÅÄÖ][\w åäöÅÄÖ-]{2,50}?)\s*(?:,.*|§.*)?$").match(text[start:end])
    if found is None or not adopting_body(f"av {found.group(1)}", 0, len(found.group(1)) + 3):
        return None
    return Said("adopted_by", found.group(1), start + found.start(1), start + found.end(1), 0.8)


def _weaker(said: Said) -> Said:
    """The same with less confidence: the value stood under its label, not beside it."""
    return Said(said.field, said.value, said.start, said.end, said.confidence * 0.8)


def find_title(text: str, units: Sequence[Unit]) -> Said | None:
    """The document's title: the first line like one that names a type of document or the subject, else a heading."""
    headings = [u for u in units[:COVER_UNITS] if u.kind == "heading"]
    ranked = [(_title_rank(text[u.start : u.end]), -u.start, u.end) for u in headings]
    ranked += [(_plain_rank(text, a, b), -a, b) for a, b in _cover_lines(text, units)]
    rank, place, end = max(ranked, default=(-1, 0, 0))
    if rank < 0:
        return None
    end = _with_next_line(text, -place, end)
    return Said("title", " ".join(text[-place:end].split()), -place, end, 0.6 + 0.1 * rank)


def _with_next_line(text: str, start: int, end: int) -> int:
    """Where a title ends that goes on in the line right below: "Kommunikationspolicy / med tillhörande riktlinjer"."""
    below = re.compile(r"[ \t]*\n[ \t]*([^\n]+)").match(text, end)
    if below is None or end - start + len(below[1]) > LONGEST_TITLE or below[1].endswith((".", ":", ",")):
        return end
    words, lines = below[1].strip(), vocabulary().metadata_lines
    lower = words[:1].islower()
    typed = text[start:end].isupper() and not type_of(text[start:end])
    labelled = any(label_field(piece) for piece in words.split(":")[:1]) or lines["adopted"].search(words)
    if labelled or find_dates(words) or GAP.search(words) or not (lower or typed) or not _GOES_ON.match(words):
        return end
    return below.start(1) + len(words)


def _cover_lines(text: str, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """The first lines of the document that are set in plain type, as spans."""
    plain = [u for u in units[:COVER_LINES] if u.kind == "sentence"]
    if not plain:
        return []
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[: plain[-1].end]):
        words = line.group().strip()
        start = line.start() + line.group().find(words)
        if words and any(u.start < start + len(words) and start < u.end for u in plain):
            found.append((start, start + len(words)))
    found = found[:COVER_LINES]
    wrapped = [(above[0], below[1]) for above, below in pairwise(found) if _is_wrapped(text, above, below)]
    return [*found, *wrapped]


def _is_wrapped(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether two lines are one title: the second goes on in lower case right below, or both are in capitals."""
    first, second = text[slice(*above)], text[slice(*below)]
    together = text[above[1] : below[0]].strip(" \t") == "\n"
    return together and (second[:1].islower() or (first.isupper() and second.isupper()))


def _plain_rank(text: str, start: int, end: int) -> int:
    """How much a line in plain type is like the title: it must name the subject, and be no sentence, label or date."""
    words = re.sub(r"\s*\n\s*", " ", text[start:end])
    lines = vocabulary().metadata_lines
    if len(words) >= LONGEST_TITLE or words.endswith((".", ":", ",")) or GAP.search(words) or find_dates(words):
        return -1
    if " / " in words or any(label_field(piece) for piece in words.split(":")[:1]) or lines["adopted"].search(words):
        return -1
    rank = _title_rank(words)
    if rank == 1 and not (lines["narrow_subject"].search(words) and text[:start].count("\n") < SHORT_COVER):
        return -1
    return rank if rank in (1, 3) else -1


def _title_rank(words: str) -> int:
    """How much words are like a document's title, from 3 to 0; -1 for what can't be it.

    A type in the definite form speaks of a document ("Om någon bryter mot reglerna"), it does not name this one.
    """
    lines = vocabulary().metadata_lines
    if lines["crumbs"].search(words) or _NAME_ONLY.match(words) or words.endswith("?"):
        return -1
    typed = bool(type_of(lines["definite_type"].sub(" ", words)))
    about = bool(lines["subject"].search(words))
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
    for unit in units[:COVER_LINES]:
        alone = text[unit.start : unit.end].strip()
        if len(alone.split()) == 1 and type_of(alone):
            return [Said("document_type", type_of(alone), unit.start, unit.end, 0.85)]
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
