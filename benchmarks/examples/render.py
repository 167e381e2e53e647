"""Renders data/examples: the five texts as a PDF, a scan, a Word file, a web page and photographed pages.

.venv/bin/python -m benchmarks.examples.render [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.examples.as_docx import write_docx
from benchmarks.examples.as_html import write_html
from benchmarks.examples.as_image import photographed, scanned, typeset, write_photographs, write_scan
from benchmarks.examples.as_pdf import write_pdf
from benchmarks.examples.blocks import ROOT, load_blocks
from benchmarks.examples.fonts import BODY, BODY_BOLD, SERIF, SERIF_BOLD

TRUE_READING = ROOT / "data/gold/repair/gold/karlsborg.txt"
"""What Karlsborg's paper must have said before it was scanned with the wrong language."""


def render(folder: Path) -> None:
    """Write the five example files; same texts, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_pdf(
        load_blocks("kristianstad"), folder / "kristianstad.pdf",
        title="Riktlinje för sociala medier", footer="Riktlinje för sociala medier",
    )  # fmt: skip
    pages = typeset(load_blocks("karlsborg", source=TRUE_READING), regular=SERIF, bold=SERIF_BOLD, size=12)
    tilted = [scanned(page, degrees=0.7 - 1.1 * n, seed=n) for n, page in enumerate(pages)]
    write_scan(tilted, folder / "karlsborg.pdf", title="")
    write_docx(
        load_blocks("kungsbacka"), folder / "kungsbacka.docx",
        title="Regler för sociala medier", header="Kungsbacka kommun",
    )  # fmt: skip
    write_html(
        load_blocks("forshaga"), folder / "forshaga.html",
        title="Riktlinjer för användning av sociala medier", site="Forshaga kommun",
    )  # fmt: skip
    paper = typeset(load_blocks("alingsas"), regular=BODY, bold=BODY_BOLD, size=11)
    write_photographs([photographed(page, seed=5 + n) for n, page in enumerate(paper)], folder / "alingsas.tiff")


if __name__ == "__main__":
    render(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/examples")
