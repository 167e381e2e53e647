"""What a run was made from, and the files it left: while both are as they were there is nothing to do."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pipeline.alone import LOCK
from pipeline.tables import write_whole


def holds(stamp: Path, made_from: str, out: Path) -> bool:
    """Whether the last run was made from the same, and every file that it wrote is there, untouched since.

    Args:
        stamp: The file that write_stamp wrote.
        made_from: A key over all that the results are made from.
        out: The folder of the results.
    """
    try:
        said = json.loads(stamp.read_text("utf-8"))
        return bool(said["made_from"] == made_from) and all(
            (info := (out / name).stat()) and [info.st_size, info.st_mtime_ns] == seen
            for name, seen in said["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_stamp(stamp: Path, made_from: str, out: Path) -> None:
    """Note what the files of a finished run were made from, with their sizes and times as of now."""
    files = {}
    for folder, _, names in os.walk(out):
        inside = "".join(f"{part}/" for part in Path(folder).relative_to(out).parts)
        for name in set(names) - {LOCK}:
            info = os.lstat(os.path.join(folder, name))  # noqa: PTH118 - of thousands of files paths take longest
            files[inside + name] = [info.st_size, info.st_mtime_ns]
    write_whole(stamp, json.dumps({"made_from": made_from, "files": files}))
