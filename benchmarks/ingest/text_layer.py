"""Pages a second of a text layer: ours beside bare pypdfium2 and bare pdfplumber, and whether the words agree.

    .venv/bin/python -m benchmarks.ingest.text_layer [FILE.pdf] [--times 10]

`words` is our reader of words, lines, boxes, notes and tables without the page's picture, as the others have none;
`document` is all of `read_document`, pictures for the report included.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from benchmarks.examples.blocks import ROOT
from pipeline.ingest import read_document
from pipeline.ingest.pdf_layer import layer_lines, read_layer


def by_words(path: Path) -> str:
    """Our words, laid out in lines."""
    text = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        text += [line.text for line in layer_lines(page, read_layer(page), path=path, number=number)]
    return "\n".join(text)


def by_document(path: Path) -> str:
    """Our whole reading, page images too."""
    return read_document(path, pages_at_once=1).text


def by_pdfium(path: Path) -> str:
    """PDFium's own text."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def by_pdfplumber(path: Path) -> str:
    """The text by pdfplumber."""
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def repeated(path: Path, times: int, target: Path) -> int:
    """Write a PDF with the pages of another so many times; how many pages it has."""
    source, made = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    for _ in range(times):
        made.import_pages(source)
    made.save(target)
    return len(made)


def main() -> None:
    """Print a row for each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "data/examples/kristianstad.pdf")
    parser.add_argument("--times", type=int, default=10)
    said = parser.parse_args()
    readers: dict[str, Callable[[Path], str]] = {
        "words": by_words, "document": by_document, "pypdfium2": by_pdfium, "pdfplumber": by_pdfplumber,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        count = repeated(said.file, said.times, path)
        wanted = sorted(by_pdfplumber(path).split())
        for name, read in readers.items():
            begun = time.process_time()
            words = sorted(read(path).split())
            seconds = time.process_time() - begun
            print(f"{name:10} {count / seconds:7.1f} pages a second of processor time, same words: {words == wanted}")


if __name__ == "__main__":
    main()
