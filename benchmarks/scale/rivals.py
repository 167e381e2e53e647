"""Named alternatives over the same material, one a process: python -m benchmarks.scale.rivals NAME FOLDER.

With several names separated by commas they take turns, file by file, for what else the machine does moves them alike.
They do less: spaCy's parser on our own model (read and parse, nothing found), pdfplumber (words of a text layer),
Tesseract on the page as it is. Seconds count from when the program is loaded: one file is read before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def by_spacy(paths: Sequence[Path]) -> int:
    """The shipped spaCy pipeline over every text."""
    from pipeline.swedish.parsing import load_model

    return sum(1 for _ in load_model("").pipe([path.read_text("utf-8") for path in paths], batch_size=32))


def by_pdfplumber(paths: Sequence[Path]) -> int:
    """Words of every page of every PDF."""
    import pdfplumber

    count = 0
    for path in paths:
        with pdfplumber.open(path) as file:
            count += sum(bool(page.extract_words()) for page in file.pages)
    return count


def by_tesseract(paths: Sequence[Path]) -> int:
    """Tesseract with our languages over every image, one after the other."""
    for path in paths:
        subprocess.run(["tesseract", path, "-", "-l", "Latin+swe", "tsv"], capture_output=True, check=True)
    return len(paths)


def by_our_reading(paths: Sequence[Path]) -> int:
    """Our own ingest of every file, in one process as the others."""
    from pipeline.ingest import read_document

    return sum(len(read_document(path, pages_at_once=1).pages) for path in paths)


RIVALS = {
    "spacy": by_spacy, "pdfplumber": by_pdfplumber, "tesseract": by_tesseract, "our_reading": by_our_reading,
}  # fmt: skip


def main(names: str, folder: str) -> None:
    """Run them and print the seconds of each and what it counted."""
    paths, asked = sorted(Path(folder).iterdir()), names.split(",")
    for name in asked:
        RIVALS[name](paths[:1])
    seconds, counts = dict.fromkeys(asked, 0.0), dict.fromkeys(asked, 0)
    for some in [paths] if len(asked) == 1 else [[path] for path in paths]:
        for name in asked:
            before = time.perf_counter()
            counts[name] += RIVALS[name](some)
            seconds[name] += time.perf_counter() - before
    print(json.dumps({name: {"seconds": round(seconds[name], 3), "count": counts[name]} for name in asked}))


if __name__ == "__main__":
    main(*sys.argv[1:])
