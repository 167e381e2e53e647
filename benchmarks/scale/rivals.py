"""Named alternatives over the same material, one a process: python -m benchmarks.scale.rivals NAME FOLDER.

They do less: spaCy's parser on our own model (read and parse, nothing found), pdfplumber (words of a text layer),
Tesseract on the page as it is. Seconds count from when the program is loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path


def by_spacy(folder: Path) -> int:
    """The shipped spaCy pipeline over every text."""
    from pipeline.swedish.parsing import load_model

    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return sum(1 for _ in load_model("").pipe(texts, batch_size=32))


def by_pdfplumber(folder: Path) -> int:
    """Words of every page of every PDF."""
    import pdfplumber

    count = 0
    for path in sorted(folder.glob("*.pdf")):
        with pdfplumber.open(path) as file:
            count += sum(bool(page.extract_words()) for page in file.pages)
    return count


def by_tesseract(folder: Path) -> int:
    """Tesseract with our languages over every image, one after the other."""
    paths = sorted(folder.glob("*.png"))
    for path in paths:
        subprocess.run(["tesseract", path, "-", "-l", "Latin+swe", "tsv"], capture_output=True, check=True)
    return len(paths)


def by_our_reading(folder: Path) -> int:
    """Our own ingest of every file, in one process as the others, without page images for the report."""
    from pipeline.ingest import read_document

    return sum(len(read_document(path, pages_at_once=1).pages) for path in sorted(folder.iterdir()))


RIVALS = {
    "spacy": by_spacy, "pdfplumber": by_pdfplumber, "tesseract": by_tesseract, "our_reading": by_our_reading,
}  # fmt: skip


def main(name: str, folder: str) -> None:
    """Run one and print its seconds and what it counted."""
    if name == "spacy":
        from pipeline.swedish.parsing import load_model

        load_model("")
    before = time.perf_counter()
    count = RIVALS[name](Path(folder))
    print(json.dumps({"seconds": round(time.perf_counter() - before, 3), "count": count}))


if __name__ == "__main__":
    main(*sys.argv[1:])
