"""Whether drafts say what they were made of: python -m benchmarks.drafting [DIR ...] [--codebook NAME].

Without a folder: drafts that together have every harmonised requirement with every kind of answer that there is wording
for. With output folders of runs: the drafts of each municipality on each line, own documents included. Prints what did
not come back, then the sum.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.drafting.cases import materials
from benchmarks.drafting.round_trip import Trip, send, tell
from pipeline.codebooks import load_codebook
from pipeline.drafting import Choice, Choices, compose_draft, read_material
from pipeline.drafting.lines import LINES
from pipeline.params import CompareSettings

CODEBOOKS = ("social_media", "ai_use")

BATCH = 250
"""Drafts of one run: fewer than there are municipalities, for each is another one's."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafting", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--codebook", choices=CODEBOOKS)
    parser.add_argument("--municipalities", type=int, default=40, help="of each run, the first so many (default 40)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if args.folders:
            for folder in args.folders:
                for line, trips in from_run(folder, Path(scratch), args.codebook or "", args.municipalities):
                    print(f"\n== {folder.name}, {line}\n{tell(trips)}", flush=True)
        else:
            for name in [args.codebook] if args.codebook else CODEBOOKS:
                print(f"\n== {name}\n{tell(from_cases(name, Path(scratch) / name))}", flush=True)


def from_cases(codebook: str, scratch: Path) -> list[Trip]:
    """Every answer to every harmonised requirement of a codebook."""
    on = CompareSettings().date
    drafts = [
        compose_draft(material, name, Choices(municipality=name), on=on)
        for name, material in materials(load_codebook(codebook))
    ]
    trips: list[Trip] = []
    for start in range(0, len(drafts), BATCH):
        trips += send(drafts[start : start + BATCH], scratch / str(start), codebook=codebook, on=on)
    return trips


def from_run(folder: Path, scratch: Path, codebook: str, most: int) -> Iterator[tuple[str, list[Trip]]]:
    """The drafts of a run's municipalities on each line, and on the line of their own documents."""
    on = CompareSettings().date
    material = read_material(folder, codebook=codebook)
    own = {e.id: Choice(line="own") for e in material.codebook.requirements}
    chosen = [(line, Choices(line=line)) for line in LINES] + [("own", Choices(requirements=own))]
    for line, choices in chosen:
        drafts = [compose_draft(material, name, choices, on=on) for name in material.municipalities[:most]]
        work = scratch / folder.name / line
        yield line, send(drafts, work, codebook=material.codebook.id, on=on)


if __name__ == "__main__":
    main()
