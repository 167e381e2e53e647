"""Measure repair on the parallel set, beside symspellpy and hunspell's first suggestion.

    python -m benchmarks.repair.measure [--pairs FOLDER] [--docs FOLDER]

Writes docs/repair_benchmark.md (the table) and docs/repair_benchmark.svg (calibration), and prints the table.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.repair.calibration import Judged, draw_calibration, expected_error, judge_edits
from benchmarks.repair.rivals import hunspell_repairer, symspell_repairer
from pipeline.evaluation.repairs import Edits, Rates, edits, measure
from pipeline.params import RepairSettings
from pipeline.repair import RunLexicon, build_run_lexicon, repair_text

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_GENRES = ("prose", "statute", "manual")
_SUGGEST_ALL = RepairSettings(suggest_above=0.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """A page as it is and as it was read."""

    group: str
    document: str
    gold: str
    read: str


@dataclass(slots=True)
class Row:
    """One line of the table."""

    before: Rates = Rates()
    after: Rates = Rates()
    made: Edits = Edits()

    def add(self, pair: Pair, text: str) -> None:
        """Count one page in."""
        self.before += measure(pair.gold, pair.read)
        self.after += measure(pair.gold, text)
        self.made += edits(pair.gold, pair.read, text)

    def cells(self) -> list[str]:
        """The figures as text."""
        fallen = 1 - self.after.words / max(1, self.before.words)
        return [
            f"{self.before.cer:.4f}", f"{self.after.cer:.4f}", f"{self.before.wer:.4f}", f"{self.after.wer:.4f}",
            f"{100 * fallen:.1f} %", str(self.made.made), f"{100 * self.made.precision:.2f} %", str(self.made.broken),
            str(self.made.guarded),
        ]  # fmt: skip


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, default=HERE / "data")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    arguments = parser.parse_args()
    rivals = {"symspellpy": symspell_repairer(), "hunspell, first suggestion": hunspell_repairer()}
    lines = [
        "| set | text | corrector | CER before | after | WER before | after | WER down by | edits | right | broken | guarded |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    judged: list[Judged] = []
    spent: dict[str, float] = defaultdict(float)
    words: dict[str, int] = defaultdict(int)
    clean_edits = 0
    for folder in sorted(path for path in arguments.pairs.iterdir() if path.is_dir()):
        pairs = read_pairs(folder)
        lexicons = build_lexicons(pairs)
        rows: dict[tuple[str, str], Row] = defaultdict(Row)
        for pair in pairs:
            run = lexicons.get(pair.document)
            started = time.perf_counter()
            repaired = repair_text(pair.read, lexicon=run, settings=_SUGGEST_ALL)
            spent["damaged"] += time.perf_counter() - started
            words["damaged"] += len(pair.read.split())
            judged += judge_edits(pair.gold, pair.read, repaired.edits)
            started = time.perf_counter()
            clean = repair_text(pair.gold, lexicon=run, settings=_SUGGEST_ALL)
            spent["clean"] += time.perf_counter() - started
            words["clean"] += len(pair.gold.split())
            clean_edits += letters_changed(pair.gold, clean.text)
            results: dict[str, Callable[[str], str] | str] = {"jamka": repaired.text, **rivals}
            for name, result in results.items():
                text = result if isinstance(result, str) else result(pair.read)
                rows[pair.group, name].add(pair, text)
                rows["all", name].add(pair, text)
        order = sorted(rows, key=lambda key: (key[0] == "all", key[0], list(("jamka", *rivals)).index(key[1])))
        lines += ["| " + " | ".join([folder.name, *key, *rows[key].cells()]) + " |" for key in order]
    facts = [
        "",
        f"Clean text (the gold pages, {words['clean']} words): {clean_edits} letters changed.",
        f"Calibration over {len(judged)} edits, suggestions included: expected calibration error {expected_error(judged):.4f} "
        "(15 bins of equal mass).",
    ]
    arguments.docs.mkdir(parents=True, exist_ok=True)
    head = (HERE / "table_head.md").read_text("utf-8")
    (arguments.docs / "repair_benchmark.md").write_text(head + "\n".join([*lines, *facts]) + "\n", "utf-8")
    draw_calibration(judged, arguments.docs / "repair_benchmark.svg")
    speeds = [f"{name}: {words[name] / spent[name]:.0f} words a second" for name in ("damaged", "clean")]
    sys.stdout.write("\n".join([*lines, *facts, *speeds]) + "\n")


def read_pairs(folder: Path) -> list[Pair]:
    """The pages of a set, in the order of their names."""
    pairs = []
    for path in sorted(folder.glob("*.gold.txt")):
        document = path.name.rsplit("-", 1)[0]
        group = document if document in _GENRES else "municipal"
        read = path.with_name(path.name.replace(".gold.", ".read."))
        pairs.append(Pair(group, document, path.read_text("utf-8"), read.read_text("utf-8")))
    return pairs


def build_lexicons(pairs: Iterable[Pair]) -> dict[str, RunLexicon]:
    """For each municipal document the words of the others, as a run would have them."""
    texts: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair.group == "municipal":
            texts[pair.document].append(pair.gold)
    return {
        document: build_run_lexicon(["\n".join(pages) for other, pages in texts.items() if other != document])
        for document in texts
    }


def letters_changed(before: str, after: str) -> int:
    """How many letters differ between a clean text and what repair made of it, line breaks and spaces aside."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance("".join(before.split()), "".join(after.split()))


if __name__ == "__main__":
    main()
