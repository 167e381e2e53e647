"""The review workbook as it comes back: every answered row as a decision, or the reason why it can't be one."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.exchange.decision_files import read_decisions, with_id, write_decisions
from pipeline.exchange.review_sheets import AnsweredRow, read_workbook
from pipeline.exchange.review_typed import Refused, Typed, modality_of
from pipeline.exchange.review_words import plain, verdict_names, words
from pipeline.records.decision import Decision


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not be taken, or was taken with something to say about it; the message is in Swedish."""

    sheet: str
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import took and what it could not."""

    decisions: tuple[Decision, ...]
    known: int
    problems: tuple[RowProblem, ...]
    remarks: tuple[RowProblem, ...]
    file: Path | None
    unit: str = "rad"
    """What a problem's `row` counts: rows of a sheet, or characters of a text."""

    @property
    def text(self) -> str:
        """The report in plain Swedish, final newline included."""
        counts = Counter(d.target for d in self.decisions)
        named = [_counted(counts[t], words()["targets"][t]) for t in words()["targets"] if counts[t]]
        lines = [f"Nya beslut: {len(self.decisions)}" + (f" ({', '.join(named)})." if named else ".")]
        if self.known:
            lines.append(f"Redan kända beslut, som inte skrevs igen: {self.known}.")
        if self.file is not None:
            lines.append(f"Sparade i {self.file}. De gäller från nästa körning.")
        if self.problems:
            lines.append(f"Kunde inte tas emot: {self._places()}.")
            lines += [f"  {self._place(p)}: {p.message}" for p in self.problems]
        if self.remarks:
            lines.append("Att tänka på:")
            lines += [f"  {self._place(p)}: {p.message}" for p in self.remarks]
        return "\n".join(lines) + "\n"

    def _places(self) -> str:
        return _counted(len(self.problems), ["rad", "rader"] if self.unit == "rad" else ["ställe", "ställen"])

    def _place(self, problem: RowProblem) -> str:
        return f"{problem.sheet}, {self.unit} {problem.row}" if problem.row else problem.sheet


def import_review(file: Path, out: Path, decisions_folder: Path) -> ImportReport:
    """The decisions of a review workbook, written to a new file of the decisions folder.

    Columns are found by name wherever they stand; rows may be sorted, filtered, copied or added. Files that are there
    already are never changed, and a decision that is known already is not written again: importing twice does nothing.

    Args:
        file: The workbook, saved by whatever program.
        out: The output folder it was made from: it tells what new values mean, and where rows stand whose hidden
            columns were lost or that were added.
        decisions_folder: Where the decisions go.

    Raises:
        RunFailure: When the file is no workbook, or has no sheet with a column for decisions.
    """
    rows, defaults = read_workbook(file)
    typed = Typed(out)
    taken: list[tuple[AnsweredRow, Decision]] = []
    problems: list[RowProblem] = []
    remarks: list[RowProblem] = []
    for row in rows:
        try:
            decisions = _decide(row, defaults, typed)
        except Refused as e:
            problems.append(RowProblem(row.sheet, row.number, str(e)))
            continue
        taken += [(row, decision) for decision in decisions]
        remarks += [
            RowProblem(row.sheet, row.number, remark) for decision in decisions[:1] for remark in _remarks(decision)
        ]
    taken, contradictions = _without_contradictions(taken)
    return keep_new(
        [d for _, d in taken], file, decisions_folder, problems=(*problems, *contradictions), remarks=remarks
    )


def keep_new(
    decisions: Iterable[Decision], file: Path, folder: Path, *, problems: Sequence[RowProblem],
    remarks: Sequence[RowProblem], unit: str = "rad",
) -> ImportReport:  # fmt: skip
    """Write the decisions that the folder doesn't have yet to a file of their own, named after what they came in."""
    earlier, _ = read_decisions(folder)
    known_ids = {d.decision_id for d in earlier}
    every = {d.decision_id: d for d in decisions}
    new = tuple(every[i] for i in sorted(every.keys() - known_ids))
    target = _save(new, file, folder) if new else None
    return ImportReport(new, len(every) - len(new), tuple(problems), tuple(remarks), target, unit)


def _counted(number: int, forms: Sequence[str]) -> str:
    return f"{number} {forms[number != 1]}"


def _save(decisions: Sequence[Decision], file: Path, folder: Path) -> Path:
    """Write new decisions to a file of their own, named after the workbook and what they say."""
    name = re.sub(r"[^a-z0-9]+", "-", file.stem.lower().translate(str.maketrans("åäöé", "aaoe"))).strip("-")
    digest = hashlib.sha256("".join(d.decision_id for d in decisions).encode("ascii", "replace")).hexdigest()[:8]
    target = folder / f"{name or 'granskning'}-{digest}.csv"
    write_decisions(decisions, target)
    return target


def _target(sheet: str) -> str:
    """The kind of finding that a sheet is for, by its name now or in older workbooks; empty where it was renamed."""
    for target, form in words()["sheets"].items():
        if any(plain(name) in plain(sheet) for name in (form["name"], *form.get("also", ()))):
            return str(target)
    return ""


def _decide(row: AnsweredRow, defaults: Mapping[str, str], typed: Typed) -> list[Decision]:
    """The decisions of a row, one for each field that it changes; none where the row has no answer."""
    given, new_value = row.cells.get("verdict", ""), row.cells.get("new_value", "")
    if not given and not new_value:
        return []
    verdict = verdict_names().get(plain(given))
    if not given:
        raise Refused(f"Nytt värde är ”{new_value}” men inget beslut är valt.")
    if verdict is None:
        raise Refused(f"”{given}” är inget beslut. Välj Godkänn, Ändra eller Avvisa.")
    anchor = _anchor(row, typed)
    decisions = [
        Decision(
            decision_id="",
            **anchor | {"field": field},
            verdict="change" if field == "added" else verdict,
            new_value=value,
            author=row.cells.get("author") or defaults.get("author", ""),
            date=_date(row.cells.get("date") or defaults.get("date", "")),
            reason=row.cells.get("reason", ""),
        )
        for field, value in _changes(row, anchor, verdict, new_value, typed).items()
    ]
    return [with_id(decision) for decision in decisions]


def _anchor(row: AnsweredRow, typed: Typed) -> dict[str, Any]:
    """What and where the row is about: from its hidden columns, else from what it shows."""
    hidden = row.cells.get("anchor", "")
    if hidden:
        try:
            anchor = json.loads(hidden)
            return {name: anchor[name] for name in _ANCHOR}
        except (ValueError, KeyError, TypeError) as e:
            raise Refused("Den dolda kolumnen ankare har ändrats så att raden inte kan knytas till texten.") from e
    if row.cells.get("id", "").startswith("cell:"):
        field = row.cells["id"].removeprefix("cell:")
        return dict.fromkeys(_ANCHOR, "") | {"target": "cell", "field": field, "start": None}
    return _added(row, typed)


_ANCHOR = ("target", "field", "sha256", "quote", "prefix", "suffix", "start")


def _added(row: AnsweredRow, typed: Typed) -> dict[str, Any]:
    """The place of a row that a person added: a requirement with its document and its words."""
    if _target(row.sheet) not in ("requirement", ""):
        raise Refused("Raden är tillagd eller har förlorat sina dolda kolumner. Bara krav kan läggas till.")
    quote, name = row.cells.get("quote", ""), row.cells.get("document", "")
    if not quote or not name:
        raise Refused("Raden är tillagd men saknar Dokument eller Ordalydelse.")
    documents, out = typed.documents, typed.out
    document = documents.get(name) or next((d for n, d in sorted(documents.items()) if Path(n).name == name), None)
    if document is None:
        raise Refused(f"Dokumentet ”{name}” finns inte i körningen.")
    file = out / "texts" / f"{document.document_id}.txt"
    text = file.read_bytes().decode("utf-8") if file.is_file() else ""
    found = re.search(r"\s+".join(re.escape(w) for w in quote.split()), text)
    if found is None:
        raise Refused("Ordalydelsen finns inte ordagrant i dokumentet. Kopiera den från texten.")
    start, end = found.span()
    return {
        "target": "requirement", "field": "added", "sha256": document.sha256, "quote": text[start:end],
        "prefix": text[max(0, start - 40) : start], "suffix": text[end : end + 40], "start": start,
    }  # fmt: skip


def _changes(row: AnsweredRow, anchor: Mapping[str, Any], verdict: str, new_value: str, typed: Typed) -> dict[str, str]:
    """The fields that a row decides on, each with its new value in our codes; no value where nothing is changed."""
    field = str(anchor["field"])
    if field == "added":
        return {field: modality_of(new_value or row.cells.get("modality", ""))}
    if verdict == "change":
        if not new_value:
            raise Refused("Beslutet är Ändra men nytt värde saknas.")
        return typed.changes(row, anchor, new_value)
    if new_value:
        raise Refused(f"Beslutet är {row.cells['verdict']} men det står ett nytt värde. Välj Ändra eller ta bort det.")
    return {field: ""}


def _date(text: str) -> str:
    """A date as YYYY-MM-DD, empty where none is given."""
    if not text:
        return ""
    found = re.fullmatch(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})", text.strip())
    try:
        if found:
            return datetime.date(*map(int, found.groups())).isoformat()
    except ValueError:
        pass
    raise Refused(f"Datumet ”{text}” kan inte läsas. Skriv ÅÅÅÅ-MM-DD.")


def _remarks(decision: Decision) -> list[str]:
    missing = [label for label, value in (("granskare", decision.author), ("datum", decision.date)) if not value]
    return [f"Beslutet togs emot utan {' och '.join(missing)}."] if missing else []


def _without_contradictions(
    taken: list[tuple[AnsweredRow, Decision]],
) -> tuple[list[tuple[AnsweredRow, Decision]], list[RowProblem]]:
    """Answers without those where two rows on one finding by one person say different things."""
    groups: dict[tuple[object, ...], list[tuple[AnsweredRow, Decision]]] = {}
    for row, d in taken:
        groups.setdefault((d.target, d.field, d.sha256, d.quote, d.start, d.author, d.date), []).append((row, d))
    kept: list[tuple[AnsweredRow, Decision]] = []
    problems: list[RowProblem] = []
    for group in groups.values():
        if len({(d.verdict, d.new_value) for _, d in group}) == 1:
            kept += group
            continue
        numbers = ", ".join(f"{row.sheet} rad {row.number}" for row, _ in group)
        problems += [
            RowProblem(r.sheet, r.number, f"Flera rader om samma fynd säger olika: {numbers}.") for r, _ in group
        ]
    return kept, problems
