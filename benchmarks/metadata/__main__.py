"""Share of metadata fields that are read right, field by field.

    .venv/bin/python -m benchmarks.metadata [FOLDER ...] [--list]

FOLDER holds NNN.txt and metadata.yaml, which says for each NNN what an archivist would note. Where no folder is named,
the sets of data/gold/metadata are measured, of which its README.md tells. `--list` names what is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from pipeline.compare.documents import describe_documents
from pipeline.evaluation.counts import DocumentScore
from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.metadata import score_metadata
from pipeline.ingest import read_document
from pipeline.outline import outline_document
from pipeline.records.comparison import DocumentFindings
from pipeline.records.reading import SourceFile
from pipeline.repair import repair_document

SETS = Path(__file__).parents[2] / "data" / "gold" / "metadata"


def score_folder(folder: Path) -> Iterator[DocumentScore]:
    """What is right and wrong in each document of a folder."""
    noted = yaml.safe_load((folder / "metadata.yaml").read_text(encoding="utf-8"))
    told = {f"{int(key):03d}": fields for key, fields in noted.items()}
    for name in sorted(told):
        outline = outline_document(repair_document(read_document(folder / f"{name}.txt")))
        file = SourceFile(name, f"{name}.txt", "", "", "text/plain", 1, "text", "ok", "", "")
        found = describe_documents([DocumentFindings(file, 0.0, outline, None)], {}, {})[0]
        wanted = {field: None if value is None else str(value) for field, value in told[name].items()}
        score = DocumentScore(name)
        score_metadata(score, GoldDocument(slug=name, metadata=wanted), found)
        yield score


def main(arguments: list[str] | None = None) -> int:
    """Print a table of folders and fields, and with --list every field that is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with texts and metadata.yaml")
    parser.add_argument("--list", action="store_true", help="name what is wrong")
    chosen = parser.parse_args(arguments)
    for folder in chosen.folders or sorted(path.parent for path in SETS.glob("*/metadata.yaml")):
        scores = list(score_folder(folder))
        sys.stdout.write(f"{folder.name}: {len(scores)} documents\n")
        for measure in scores[0].tallies:
            hits, all_of_it = (sum(getattr(s.tallies[measure], part) for s in scores) for part in ("hits", "gold"))
            sys.stdout.write(f"  {measure.removeprefix('metadata '):15} {hits}/{all_of_it} {hits / all_of_it:.3f}\n")
        for item in (i for s in scores for i in s.items if chosen.list):
            sys.stdout.write(f"  {item.slug} {item.measure}: {item.text!r}, found {item.detail!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
