"""The mark in an output folder while its tables may be of two runs: from before the first is changed to the end."""

from __future__ import annotations

from pathlib import Path

from pipeline.failures import Message
from pipeline.tables import write_whole

MARK = "UNFINISHED.txt"
SAID = Message(
    "Körningen in i den här mappen är inte klar: en del filer kan vara från den förra körningen och en del från den "
    "nya. Använd dem inte tillsammans. Kör samma kommando igen; den här filen försvinner när körningen är klar.",
    "The run into this folder has not ended: some files may be those of the run before and some those of the new one. "
    "Don't use them together. Run the same command again; this file goes when the run has ended.",
)


def mark(out: Path) -> None:
    """Say in the folder that its files may not belong together."""
    write_whole(out / MARK, f"{SAID.sv}\n\n{SAID.en}\n")


def unmark(out: Path) -> None:
    """Take the mark away: the files are those of one run."""
    (out / MARK).unlink(missing_ok=True)


def is_marked(out: Path) -> bool:
    """Whether a run into the folder goes on, or ended before it was through."""
    return (out / MARK).exists()


def warning(out: Path) -> Message:
    """What who reads a marked folder is told."""
    return Message(
        f"Varning: körningen in i {out} är inte klar, så resultaten kan vara från två olika körningar. Kör jamka run "
        "igen först.",
        f"Warning: the run into {out} has not ended, so the results may be those of two runs. Run jamka run again "
        "first.",
    )
