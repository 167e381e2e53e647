"""What is found in real files beside what is found in the same contents as text: python -m benchmarks.forms.

Runs the pipeline over data/gold/files (Word, PDF, web pages) and over the texts of the same gold, scores both by the
gold, whose spans are looked for in the reading text, and prints the measures side by side. `--family` takes some
families only: those that nobody has read say most.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline import stages
from pipeline.evaluation import read_gold
from pipeline.evaluation.figures import Figure
from pipeline.evaluation.scorecard import score_folder
from pipeline.executor import open_executor
from pipeline.params import Params

GOLD, FILES = Path("data/gold/training"), Path("data/gold/files")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forms", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--family", nargs="*", default=[])
    parser.add_argument("--workers", type=int, default=2)
    said = parser.parse_args()
    forms = {path.stem: path for path in sorted(FILES.iterdir())}
    chosen = [d.slug for d in read_gold(GOLD) if d.slug in forms and (not said.family or d.family in said.family)]
    with tempfile.TemporaryDirectory(prefix="jamka-forms-") as scratch:
        gold = Path(scratch) / "gold"
        gold.mkdir()
        for slug in chosen:
            for suffix in (".json", ".txt"):
                shutil.copy(GOLD / f"{slug}{suffix}", gold)
        as_files = _score([forms[slug] for slug in chosen], gold, Path(scratch) / "files", said.workers)
        as_texts = _score([gold / f"{slug}.txt" for slug in chosen], gold, Path(scratch) / "texts", said.workers)
    print(f"{len(chosen)} documents: F1 or share (precision, recall), errors of how many")
    texts = {figure.measure: figure for figure in as_texts}
    for figure in as_files:
        print(f"{figure.measure:26} as files {_told(figure)}   as texts {_told(texts[figure.measure])}")


def _score(sources: Sequence[Path], gold: Path, folder: Path, workers: int) -> Sequence[Figure]:
    """The figures of a run over some files."""
    texts = folder / "in"
    texts.mkdir(parents=True)
    for source in sources:
        shutil.copy(source, texts)
    with open_executor("local", workers=workers) as executor:
        stages.run_stages(stages.Work((texts,), folder / "out", folder / "parts", Params(), executor))
    return score_folder(gold, folder / "out").figures


def _told(figure: Figure) -> str:
    return f"{figure.f1:.3f} ({figure.precision:.3f}, {figure.recall:.3f}) {figure.errors:4} of {figure.gold:<5}"


if __name__ == "__main__":
    main()
