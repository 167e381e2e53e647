"""Measure repair on the parallel set, beside symspellpy and hunspell's first suggestion.

    python -m benchmarks.repair.measure [--pairs FOLDER] [--docs FOLDER]

Writes docs/repair_benchmark.md (the table) and docs/repair_benchmark.svg (calibration), and prints the table.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.repair.calibration import Judged, draw_calibration, expected_error, judge_edits
from benchmarks.repair.clean import read_clean
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

    def broken_in(self, words: int) -> float:
        """How many of so many right words were made wrong."""
        return words * self.made.broken / max(1, self.before.of_words - self.before.words)

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
    judged: dict[str, list[Judged]] = field(default_factory=dict)
    broken: dict[str, float] = field(default_factory=dict)
    clean_words: int = 0
    clean_letters_changed: int = 0
    damaged_words: int = 0
    damaged_seconds: float = 0.0
    clean_seconds: float = 0.0

    @property
    def all_judged(self) -> list[Judged]:
        """The edits of the sets that were not read while rules were written, suggestions included."""
        return [one for name, judged in self.judged.items() if not name.startswith("development") for one in judged]

    def facts(self) -> list[str]:
        """Sentences on clean text, broken words and calibration."""
        broken = ", ".join(f"{name} {share:.2f}" for name, share in sorted(self.broken.items()))
        return [
            f"Clean text ({self.clean_words} words of documents that no model was built from): "
            f"{self.clean_letters_changed} characters changed, line breaks taken for spaces.",
            "",
            f"Right words broken in 5,000 right words: {broken}.",
            "",
            f"Calibration on test and unseen, {len(self.all_judged)} edits with suggestions: expected error "
            f"{expected_error(self.all_judged):.4f} (15 bins of equal mass).",
            "",
        ]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, default=HERE / "data")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    parser.add_argument("--alone", action="store_true", help="leave out the other correctors")
    arguments = parser.parse_args()
    findings = Findings()
    folders = sorted(path for path in arguments.pairs.iterdir() if path.is_dir())
    rows = {folder: repair_set(folder, findings) for folder in folders}
    measure_clean(read_clean(), findings)
    # Before the other correctors load their words.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rivals: dict[str, Callable[[str], str]] = {}
    if not arguments.alone:
        # They come with the extra `build`, which nobody needs who only reads pages or runs tests.
        from benchmarks.repair.rivals import hunspell_repairer, symspell_repairer

        texts = [pair.read for folder in folders for pair in read_pairs(folder)]
        rivals = {"symspellpy": symspell_repairer(), "hunspell, first suggestion": hunspell_repairer(texts)}
    for folder in folders:
        add_rivals(folder, rivals, rows[folder])
        findings.lines += write_lines(folder.name, rows[folder], rivals)
    facts = ["", *findings.facts(), f"Memory at most: {megabytes} MB."]
    speeds = [
        "",
        "Speed by processor time, one core: "
        f"{findings.damaged_words / findings.damaged_seconds:.0f} words a second on damaged text, "
        f"{findings.clean_words / findings.clean_seconds:.0f} on clean text.",
    ]
    sys.stdout.write("\n".join([*_HEAD, *findings.lines, *facts, *speeds]) + "\n")
    if not arguments.alone:
        arguments.docs.mkdir(parents=True, exist_ok=True)
        head = (HERE / "table_head.md").read_text("utf-8")
        table = head + "\n".join([*_HEAD, *findings.lines, *facts, *speeds]) + "\n"
        (arguments.docs / "repair_benchmark.md").write_text(table, "utf-8")
        draw_calibration(findings.all_judged, arguments.docs / "repair_benchmark.svg")


def repair_set(folder: Path, findings: Findings) -> dict[tuple[str, str], Row]:
    """Repair all damaged pages of a set; what comes out is added to the findings."""
    pairs = read_pairs(folder)
    lexicons = build_lexicons(pairs)
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    judged: list[Judged] = []
    for pair in pairs:
        started = time.process_time()
        repaired = repair_text(pair.read, lexicon=lexicons.get(pair.document), settings=_SUGGEST_ALL)
        findings.damaged_seconds += time.process_time() - started
        findings.damaged_words += len(pair.read.split())
        judged += judge_edits(pair.gold, pair.read, repaired.edits)
        for group in (pair.group, "all"):
            rows[group, "jamka"].add(pair, repaired.text)
    findings.judged[folder.name] = judged
    findings.broken[folder.name] = rows["all", "jamka"].broken_in(5000)
    return rows


def measure_clean(documents: Iterable[str], findings: Findings) -> None:
    """Repair clean documents as a run would, and count what changes."""
    for document in documents:
        started = time.process_time()
        repaired = repair_text(document, settings=RepairSettings())
        findings.clean_seconds += time.process_time() - started
        findings.clean_words += len(document.split())
        findings.clean_letters_changed += letters_changed(document, repaired.text)


def add_rivals(folder: Path, rivals: dict[str, Callable[[str], str]], rows: dict[tuple[str, str], Row]) -> None:
    """Repair the same pages with the other correctors."""
    for pair in read_pairs(folder):
        for name, rival in rivals.items():
            text = rival(pair.read)
            rows.setdefault((pair.group, name), Row()).add(pair, text)
            rows.setdefault(("all", name), Row()).add(pair, text)


def write_lines(name: str, rows: dict[tuple[str, str], Row], rivals: Iterable[str]) -> list[str]:
    """The table's lines for a set."""
    names = ["jamka", *rivals]
    order = sorted(rows, key=lambda key: (key[0] == "all", key[0], names.index(key[1])))
    return ["| " + " | ".join([name, *key, *rows[key].cells()]) + " |" for key in order]


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
    return document.split("_", maxsplit=1)[0]


def letters_changed(before: str, after: str) -> int:
    """How many characters differ between a clean text and what repair made of it, line breaks taken for spaces."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(" ".join(before.split()), " ".join(after.split()))


if __name__ == "__main__":
    main()
