"""One damaged text repaired on its own, as `jamka repair` does."""

from __future__ import annotations

from pathlib import Path

from pipeline.failures import RunFailure
from pipeline.params import Params
from pipeline.records.repair import Repair
from pipeline.tables import write_table


def repair_file(path: Path, *, log: Path | None, params: Params) -> str:
    """The reading text of a document, its final newline kept as it was.

    Args:
        path: A text, or any document that ingest reads.
        log: Where to write every edit as CSV, with a Parquet file beside it; its name ends in ".csv".
        params: Settings of ingest and repair.

    Raises:
        RunFailure: When the file is not there, or the log would not be written where it is asked for.
        DocumentFailure: When it can't be read.
    """
    from pipeline.ingest import read_document
    from pipeline.repair import repair_document

    if not path.exists():
        raise RunFailure(f"{path} finns inte.", f"{path} does not exist.")
    if log is not None and log.suffix != ".csv":
        raise RunFailure(
            f"Loggen {log.name} måste heta något på .csv.", f"The log {log.name} must have a name that ends in .csv."
        )
    reading = read_document(path, settings=params.ingest)
    repaired = repair_document(reading, settings=params.repair)
    if log is not None:
        write_table(repaired.repairs, Repair, log.parent, log.stem)
    return _ended_alike(reading.text, repaired.text)


def _ended_alike(before: str, after: str) -> str:
    """The text with the final newline, or the lack of one, of the text before."""
    bare = after.rstrip("\n")
    ending = before[len(before.rstrip("\n")) :]
    return bare + ending
