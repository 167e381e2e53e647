"""Measures how many documents a core extracts a minute once parsed: python -m benchmarks.extraction_speed FOLDER.

The folder holds texts of documents. They are read, mended and outlined first. What extraction then takes is told apart
from what the parser takes in it, in seconds of the process, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import tasks
from pipeline.ingest.sources import find_sources
from pipeline.params import Params
from pipeline.swedish import parsing

WARMING = 5
"""Documents extracted before the clock runs: they load what every later one uses."""
TWO_PAGES = 700
"""Words of an ordinary document of two pages."""


class _ParserClock:
    """Takes the time of the parser."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._parse = parsing._parse_anew
        parsing._parse_anew = self._timed

    def _timed(self, texts: Sequence[str], language: Any) -> list[parsing.Parse]:
        begun = time.process_time()
        found = self._parse(texts, language)
        self.seconds += time.process_time() - begun
        return found


def outlined(folder: Path, params: Params) -> list[tasks.ToExtract]:
    """The documents of a folder up to extraction."""
    found = []
    for entry in find_sources(sorted(folder.glob("*.txt"))):
        rows, _ = tasks.read_one(tasks.ToRead(entry, params.ingest))
        mended = tasks.repair_one(tasks.ToRepair(rows, (), params.repair))
        outline = tasks.outline_one(tasks.ToOutline(rows["sources"][0], {**rows, **mended}, params.outline))
        found.append(tasks.ToExtract(mended["texts"][0].text, tuple(mended["pages"]), outline, (), params.extract))
    return found


def main() -> None:
    """Print documents a minute after parsing, as they are and as if each had the words of two pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    documents = outlined(parser.parse_args().folder, Params())
    for document in documents[:WARMING]:
        tasks.extract_one(document)
    timed, clock = documents[WARMING:], _ParserClock()
    begun = time.process_time()
    for document in timed:
        tasks.extract_one(document)
    seconds = time.process_time() - begun - clock.seconds
    words = sum(len(document.text.split()) for document in timed)
    print(f"{len(timed)} documents of {words / len(timed):.0f} words: {60 * len(timed) / seconds:.0f} a minute,")
    print(f"{60 * words / TWO_PAGES / seconds:.0f} of {TWO_PAGES} words; the parser took {clock.seconds:.1f} s besides")


if __name__ == "__main__":
    main()
