"""The decisions of people as files: data/decisions/*.csv, written by us, by hand, or saved by a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields, replace
from pathlib import Path

from pipeline.records.decision import TARGETS, VERDICTS, Decision, DecisionConflict
from pipeline.tables import FORMULA_STARTS, write_whole

COLUMNS = tuple(f.name for f in fields(Decision))
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEEDED = ("target", "verdict")


def decision_id(decision: Decision) -> str:
    """The id of a decision, made of everything else it says: the same decision has the same id on every machine."""
    said = "\x1f".join("" if v is None else str(v) for v in astuple(decision)[1:])
    return "d" + hashlib.sha256(said.encode("utf-8")).hexdigest()[:15]


def with_id(decision: Decision) -> Decision:
    """The decision with the id made of its content."""
    return replace(decision, decision_id=decision_id(decision))


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], tuple[DecisionConflict, ...]]:
    """The decisions of all *.csv files of a folder, in the order of their ids, and the rows that can't be read.

    A file may be UTF-8 (with or without a mark at its beginning) or Windows-1252, separated by commas, semicolons or
    tabs, with its columns in any order: what spreadsheets make of it. Nothing is dropped: a row that can't be
    understood is a conflict that names file and row. Identical decisions count once. A missing folder has none.
    """
    decisions: dict[str, Decision] = {}
    conflicts: list[DecisionConflict] = []
    for file in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        for number, row in enumerate(_rows(file), start=2):
            wrong = _problems(row)
            if wrong:
                conflicts.append(_malformed(file, number, row, wrong))
                continue
            decision = _decision(row)
            if decisions.setdefault(decision.decision_id, decision) != decision:
                conflicts.append(_malformed(file, number, row, ["samma decision_id används för ett annat beslut"]))
    return tuple(decisions[key] for key in sorted(decisions)), tuple(conflicts)


def write_decisions(decisions: Iterable[Decision], file: Path) -> None:
    """Write decisions as CSV (UTF-8, RFC 4180), sorted by date, target, document, place and id.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe, which `read_decisions` takes away.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for decision in sorted(decisions, key=_order):
        writer.writerow("" if v is None else _inert(str(v)) for v in astuple(decision))
    write_whole(file, out.getvalue())


def _order(decision: Decision) -> tuple[str, str, str, int, str, str]:
    place = -1 if decision.start is None else decision.start
    return decision.date, decision.target, decision.sha256, place, decision.field, decision.decision_id


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of a file by column name; blank rows keep their place in the count and are left out by being empty."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    header = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", restval="")
    rows = []
    for raw in reader:
        row = {(k or "").strip(): _plain(v) for k, v in raw.items() if isinstance(v, str)}
        if any(v.strip() for v in row.values()):
            rows.append(row)
    return rows


def _problems(row: Mapping[str, str]) -> list[str]:
    """What keeps a row from being a decision, in Swedish; empty when nothing does."""
    missing = [name for name in _NEEDED if not row.get(name, "").strip()]
    if missing:
        return [f"kolumnen {name} är tom eller saknas" for name in missing]
    wrong = []
    target, verdict = row["target"].strip(), row["verdict"].strip()
    if target not in TARGETS:
        wrong.append(f"target är ”{target}” men ska vara något av {', '.join(TARGETS)}")
    if verdict not in VERDICTS:
        wrong.append(f"verdict är ”{verdict}” men ska vara något av {', '.join(VERDICTS)}")
    start = row.get("start", "").strip()
    if start and not start.removesuffix(".0").isdecimal():
        wrong.append(f"start är ”{start}” men ska vara ett heltal eller tomt")
    date = row.get("date", "").strip()
    if date and not _DATE.fullmatch(date):
        wrong.append(f"date är ”{date}” men ska skrivas ÅÅÅÅ-MM-DD")
    if verdict == "change" and not row.get("new_value", "").strip():
        wrong.append("verdict är change men new_value är tomt")
    return wrong


def _decision(row: Mapping[str, str]) -> Decision:
    start = row.get("start", "").strip().removesuffix(".0")
    decision = Decision(
        decision_id=row.get("decision_id", "").strip(),
        target=row["target"].strip(),
        field=row.get("field", "").strip(),
        sha256=row.get("sha256", "").strip(),
        quote=row.get("quote", ""),
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        start=int(start) if start else None,
        verdict=row["verdict"].strip(),
        new_value=row.get("new_value", "").strip(),
        author=row.get("author", "").strip(),
        date=row.get("date", "").strip(),
        reason=row.get("reason", ""),
    )
    return decision if decision.decision_id else with_id(decision)


def _malformed(file: Path, number: int, row: Mapping[str, str], wrong: list[str]) -> DecisionConflict:
    named = row.get("decision_id", "").strip() or f"{file.name}:{number}"
    target = row.get("target", "").strip()
    return DecisionConflict(
        decision_id=named,
        target=target if target in TARGETS else "",
        field=row.get("field", "").strip(),
        document_id="",
        quote=row.get("quote", ""),
        reason=f"Rad {number} i {file.name} kan inte läsas: {'; '.join(wrong)}.",
        nearest="",
    )
