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
from dataclasses import dataclass, field
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
_HEAD = (
    "| set | text | corrector | CER before | after | WER before | after | WER down by | edits | right | broken | "
    "guarded |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


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

    before: Rates = field(default_factory=Rates)
    after: Rates = field(default_factory=Rates)
    made: Edits = field(default_factory=Edits)

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


@dataclass(slots=True)
class Findings:
    """What is gathered over all sets."""

    lines: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    clean_words: int = 0
    clean_letters_changed: int = 0
    damaged_words: int = 0
    damaged_seconds: float = 0.0
    clean_seconds: float = 0.0


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, default=HERE / "data")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    parser.add_argument("--alone", action="store_true", help="leave out the other correctors")
    arguments = parser.parse_args()
    rivals: dict[str, Callable[[str], str]] = {}
    if not arguments.alone:
        rivals = {"symspellpy": symspell_repairer(), "hunspell, first suggestion": hunspell_repairer()}
    findings = Findings()
    for folder in sorted(path for path in arguments.pairs.iterdir() if path.is_dir()):
        measure_set(folder, rivals, findings)
    facts = [
        "",
        f"Clean text (the gold pages, {findings.clean_words} words): "
        f"{findings.clean_letters_changed} characters changed.",
        "",
        f"Calibration over {len(findings.judged)} edits, suggestions included: expected calibration error "
        f"{expected_error(findings.judged):.4f} (15 bins of equal mass).",
    ]
    speeds = [
        f"damaged text: {findings.damaged_words / findings.damaged_seconds:.0f} words a second",
        f"clean text: {findings.clean_words / findings.clean_seconds:.0f} words a second",
    ]
    sys.stdout.write("\n".join([*_HEAD, *findings.lines, *facts, *speeds]) + "\n")
    if not arguments.alone:
        arguments.docs.mkdir(parents=True, exist_ok=True)
        table = (HERE / "table_head.md").read_text("utf-8") + "\n".join([*_HEAD, *findings.lines, *facts]) + "\n"
        (arguments.docs / "repair_benchmark.md").write_text(table, "utf-8")
        draw_calibration(findings.judged, arguments.docs / "repair_benchmark.svg")


def measure_set(folder: Path, rivals: dict[str, Callable[[str], str]], findings: Findings) -> None:
    """Repair all pages of a set, clean and damaged, and add what comes out to the findings."""
    pairs = read_pairs(folder)
    lexicons = build_lexicons(pairs)
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    for pair in pairs:
        text = repair_pair(pair, lexicons.get(pair.document), findings)
        results = {"jamka": text, **{name: rival(pair.read) for name, rival in rivals.items()}}
        for name, result in results.items():
            rows[pair.group, name].add(pair, result)
            rows["all", name].add(pair, result)
    names = ["jamka", *rivals]
    order = sorted(rows, key=lambda key: (key[0] == "all", key[0], names.index(key[1])))
    findings.lines += ["| " + " | ".join([folder.name, *key, *rows[key].cells()]) + " |" for key in order]


def repair_pair(pair: Pair, run: RunLexicon | None, findings: Findings) -> str:
    """The repaired page; its edits, the clean page and the time are added to the findings."""
    started = time.perf_counter()
    repaired = repair_text(pair.read, lexicon=run, settings=_SUGGEST_ALL)
    findings.damaged_seconds += time.perf_counter() - started
    findings.damaged_words += len(pair.read.split())
    findings.judged += judge_edits(pair.gold, pair.read, repaired.edits)
    started = time.perf_counter()
    clean = repair_text(pair.gold, lexicon=run, settings=_SUGGEST_ALL)
    findings.clean_seconds += time.perf_counter() - started
    findings.clean_words += len(pair.gold.split())
    findings.clean_letters_changed += letters_changed(pair.gold, clean.text)
    return repaired.text


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
    """For each municipal document the words of the others, as a run would have them.

    Documents written as one family ("f03_...") share passages: those are left out too.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair.group == "municipal":
            texts[pair.document].append(pair.gold)
    return {
        document: build_run_lexicon(
            ["\n".join(pages) for other, pages in texts.items() if _family(other) != _family(document)]
        )
        for document in texts
    }


def _family(document: str) -> str:
    return document.split("_")[0]


def letters_changed(before: str, after: str) -> int:
    """How many characters differ between a clean text and what repair made of it, line breaks taken for spaces."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(" ".join(before.split()), " ".join(after.split()))


if __name__ == "__main__":
    main()
