"""A short account of an output folder; `python -m pipeline.summary DIR` prints it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.failures import Message, awaits_program
from pipeline.records.comparison import Cell, Change, Document
from pipeline.records.decision import DecisionConflict
from pipeline.tables import read_arrow, read_table
from pipeline.unfinished import is_marked, warning

NAMED = 3
"""Files that a sentence names."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to, in words, and how many documents it could not process."""

    text: str
    quarantined: int
    read: int
    awaited: Message | None
    """What to install, where documents wait for a program."""


def summarise(out: Path) -> Summary:
    """A short account of an output folder for the person who started the run, in Swedish."""
    documents = read_table(Document, out / "documents.parquet")
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    # Long tables are counted as they stand: an account must not take longer than a run that had nothing to do.
    status = read_arrow(out / "requirements.parquet").column("status").to_pylist()
    findings = read_arrow(out / "findings.parquet").num_rows
    changes = read_table(Change, out / "changes.parquet")
    conflicts = read_table(DecisionConflict, out / "decision_conflicts.parquet")
    bad = [d for d in documents if d.status == "quarantined"]
    bodies = {c.municipality for c in cells}
    answered = sum(c.answer not in ("silent", "unreadable") for c in cells)
    read = len(documents) - len(bad)
    in_force = status.count("in_force")
    proposed = f" (och {len(status) - in_force} föreslagna)" if in_force < len(status) else ""
    whose = "en kommun eller annat organ" if len(bodies) == 1 else f"{len(bodies)} kommuner eller andra organ"
    lines = [
        f"{read} dokument från {whose} lästa.",
        f"{in_force} krav{proposed} funna; {len(cells)} rutor i jämförelsen, {answered} besvarade.",
        f"{findings} {'sak' if findings == 1 else 'saker'} att titta på (findings.csv).",
    ]
    waiting = [d for d in bad if awaits_program(d.message)]
    lines += [f"Kunde inte läsas: {d.file_name}: {d.message}" for d in bad if d not in waiting]
    lines += waiting_said(waiting)
    lines += [f"{d.file_name}: {d.message}" for d in documents if d.status == "ok" and d.message]
    lines += elsewhere_said(documents)
    lines += areas_said(out, documents, compared=bool(cells))
    if changes:
        lines.append(changes_said(changes))
    if conflicts:
        lines.append(f"{len(conflicts)} beslut kunde inte tillämpas (decision_conflicts.csv).")
    lines += ["Öppna nu:", f"  {out / 'report' / 'index.html'}", f"  {out / 'harmonised_requirements.xlsx'}"]
    awaited = Message(waiting[0].message, waiting[0].message_en) if waiting else None
    return Summary("\n".join(lines) + "\n", len(bad), read, awaited)


def waiting_said(documents: Sequence[Document]) -> list[str]:
    """How many documents wait for which program, as Swedish sentences: one a program, not one a document."""
    groups: dict[str, list[str]] = {}
    for document in documents:
        groups.setdefault(document.message, []).append(document.file_name)
    return [
        f"{len(names)} dokument väntar på ett program och läses i första körningen som har det: "
        f"{_named(names)}. {message}"
        for message, names in sorted(groups.items())
    ]


def _named(names: Sequence[str]) -> str:
    """The first of some files, and how many there are beside them."""
    return ", ".join(names[:NAMED]) + (f" och {len(names) - NAMED} till" if len(names) > NAMED else "")


def elsewhere_said(documents: Sequence[Document]) -> list[str]:
    """Which documents are about nothing that a codebook asks, as a Swedish sentence."""
    names = [d.file_name for d in documents if d.status == "ok" and not d.duplicate_of and not d.policy_area]
    if not names:
        return []
    return [f"{len(names)} dokument rör inget område med kodbok och jämförs inte: {_named(names)}."]


def areas_said(out: Path, documents: Sequence[Document], *, compared: bool) -> list[str]:
    """Where the comparison of documents of other areas lies, and why the run's own is empty, as Swedish sentences."""
    areas = sorted(folder.name for folder in (out / "areas").glob("*") if folder.is_dir())
    told = [] if compared else ["Inget dokument handlar om det som körningen jämför, så jämförelsen är tom."]
    for area in areas:
        many = sum(1 for d in documents if d.policy_area == area)
        told.append(
            f"{many} dokument hör till området {area}: tabellerna ligger i areas/{area}, "
            f"rapport och arbetsbok ger jamka run ... --codebook {area}."
        )
    return told


CHANGES = {
    "gained": "har fått svar",
    "lost": "har mist sitt svar",
    "altered": "har ett annat svar",
    "added": "har kommit till",
    "gone": "har försvunnit",
}
"""What happened to a cell, as the account says it."""


def changes_said(changes: Sequence[Change]) -> str:
    """How many cells the last run that changed any has changed, by what happened to them, as a Swedish sentence."""
    counts = Counter(change.change for change in changes)
    parts = [f"{counts[kind]} {words}" for kind, words in CHANGES.items() if counts[kind]]
    noun = "ruta" if len(changes) == 1 else "rutor"
    return f"Senaste ändringen av svaren rör {len(changes)} {noun}: {', '.join(parts)} (changes.csv)."


if __name__ == "__main__":
    if is_marked(Path(sys.argv[1])):
        sys.stdout.write(f"{warning(Path(sys.argv[1])).sv}\n")
    sys.stdout.write(summarise(Path(sys.argv[1])).text)
