"""Measure and print the figures of docs/parser.md and docs/registers.md: python -m benchmarks.swedish [PART ...].

Parts: parser (scores as recorded, size, speed), start (jamka --help), laws, roles. All of them when none is named.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.swedish.scores import score_case_file, score_training_laws, score_training_roles, training_sentences

CASES = Path("tests/swedish")
TRAINING = Path("data/gold/training")
LAW_FILES = ("laws_audit.yaml", "laws_heldout.yaml")
LEAST_WORDS = 20_000
TARGETS = {"tag": 93.3, "uas": 81.8, "las": 76.5, "lemma": 94.9}


def print_parser() -> None:
    """Scores from meta.json with the command that makes them anew, size on disk, words a second on one core."""
    from pipeline.swedish.parsing import SHIPPED_MODEL, load_model, parse

    meta = json.loads((SHIPPED_MODEL / "meta.json").read_text(encoding="utf-8"))["training"]
    for name, score in meta["test"].items():
        target = f" (sv_core_news_sm: {TARGETS[name]})" if name in TARGETS else ""
        print(f"Talbanken test {name}: {score}{target}")
    print(
        f"  seed {meta['seed']}, versions {meta['versions']}; again: python -m pipeline.swedish.training TREEBANK_DIR"
    )
    size = sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*") if path.is_file())
    print(f"model: {size / 1e6:.1f} MB (at most 15)")
    sentences = training_sentences(TRAINING)
    words = sum(len(text.split()) for text in sentences)
    sentences *= max(1, -(-LEAST_WORDS // words))
    load_model()
    list(parse(sentences[:300]))
    rates = []
    for _ in range(3):
        start = time.process_time()
        tokens = sum(len(one.tokens) for one in parse(sentences))
        seconds = time.process_time() - start
        rates.append((tokens / seconds, sum(len(text.split()) for text in sentences) / seconds))
    for unit, place in (("tokens (marks included)", 0), ("words between blanks", 1)):
        values = [rate[place] for rate in rates]
        print(f"parse: {statistics.median(values):,.0f} {unit} a second, {min(values):,.0f} to {max(values):,.0f}")
    print(f"  {len(sentences):,} sentences of the training documents, one thread, processor time, median of three")


def print_start() -> None:
    """Seconds that jamka --help takes: the median and the best of seven."""
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    print(f"jamka --help: {statistics.median(times):.2f} s, best {min(times):.2f} (under 0.3)")


def print_laws() -> None:
    """Precision and recall of references: the case files as they stand today, and the annotated training documents."""
    for name in LAW_FILES:
        print(f"references, {name}: {score_case_file(CASES / name)}")
    print(f"references, {TRAINING}: {score_training_laws(TRAINING)}")


def print_roles() -> None:
    """Precision and recall of roles by span, and how many of those have the canonical and the id of the annotation."""
    print(f"roles, {TRAINING}: {score_training_roles(TRAINING)}")


PARTS = {"parser": print_parser, "start": print_start, "laws": print_laws, "roles": print_roles}


def main(arguments: list[str]) -> None:
    """The named parts, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.swedish", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    for part in parser.parse_args(arguments).parts or PARTS:
        PARTS[part]()


for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
main(sys.argv[1:])
