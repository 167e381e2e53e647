"""A short account of an output folder; `python -m pipeline.summary DIR` prints it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.failures import Message, awaits_program
from pipeline.records.comparison import Cell, Change, Document
from pipeline.records.decision import DecisionConflict
from pipeline.swedish.texts import alphabetical
from pipeline.tables import read_arrow, read_table
from pipeline.unfinished import is_marked, warning
from pipeline.wording import (
    BODY_KINDS,
    BodyKind,
    count_bodies,
    counted,
    in_figures,
    is_read,
    join_words,
    kinds_of_bodies,
    name_body,
    without_rules,
)

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
    letters = without_rules(documents)
    asked = [c for c in cells if c.municipality not in letters and c.answer != "unreadable"]
    answered = sum(c.answer != "silent" for c in asked)
    in_force = status.count("in_force")
    proposed = f" (och {counted(len(status) - in_force, 'föreslaget', 'föreslagna')})" if in_force < len(status) else ""
    lines = [
        files_said(documents),
        *bodies_said(documents, bodies),
        f"{counted(in_force, 'krav', 'krav')}{proposed} i texterna; {in_figures(answered)} av "
        f"{counted(len(asked), 'fråga', 'frågor')} besvarade.",
        f"{counted(findings, 'sak', 'saker')} att titta på (findings.csv).",
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
    return Summary("\n".join(lines) + "\n", len(bad), len(documents) - len(bad), awaited)


def files_said(documents: Sequence[Document]) -> str:
    """What became of the files, as a Swedish sentence whose numbers add up."""
    read = sum(map(is_read, documents))
    bad = sum(d.status == "quarantined" for d in documents)
    copies = len(documents) - read - bad
    told = [f"{read} dokument {'läst' if read == 1 else 'lästa'}"]
    if copies:
        told.append(counted(copies, "kopia av en annan fil", "kopior av andra filer"))
    if bad:
        told.append(f"{bad} kunde inte läsas")
    whole = "" if read == len(documents) else f"{counted(len(documents), 'fil', 'filer')}: "
    return f"{whole}{', '.join(told)}."


def bodies_said(documents: Sequence[Document], names: Collection[str]) -> list[str]:
    """Who is compared, as a Swedish sentence; who is no municipality is named, who is unknown by the file."""
    kinds = kinds_of_bodies(documents)
    files = {name_body("", d.file_name): d.file_name for d in documents}
    groups: dict[BodyKind, list[str]] = {kind: [] for kind in BODY_KINDS}
    for name in sorted(names, key=alphabetical):
        groups[kinds.get(name, "unknown")].append(name)
    told = []
    for kind, own in groups.items():
        if own:
            named = "" if kind == "municipality" else f" ({_named([files.get(name, name) for name in own])})"
            told.append(count_bodies(kind, len(own)) + named)
    return [f"Jämförda: {join_words(told)}."] if told else []


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
    names = [d.file_name for d in documents if is_read(d) and not d.policy_area]
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
    cells = counted(len(changes), "fråga", "frågor")
    return f"Senaste ändringen av svaren rör {cells}: {', '.join(parts)} (changes.csv)."


if __name__ == "__main__":
    if is_marked(Path(sys.argv[1])):
        sys.stdout.write(f"{warning(Path(sys.argv[1])).sv}\n")
    sys.stdout.write(summarise(Path(sys.argv[1])).text)
