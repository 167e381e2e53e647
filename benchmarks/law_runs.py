"""Runs of words in the acts that municipal texts repeat: who writes as the law does has taken it from nobody.

python -m benchmarks.law_runs SOURCES/sfs.txt.xz

writes pipeline/compare/law_runs.zst from the statutes (one paragraph a line, as the models for repair are built from),
by which `pipeline/compare/law_wording.py` tells what is worded by law. Which acts they are stands in law_runs.yaml.
"""

from __future__ import annotations

import argparse
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

from pipeline.compare.law_wording import PATH, runs_of
from pipeline.packed import write_packed

ACTS = Path(__file__).with_name("law_runs.yaml")


def find_act(paragraphs: Sequence[str], begins: str, count: int) -> Sequence[str]:
    """The paragraphs of the one act that begins so.

    Raises:
        ValueError: When none does, or several do.
    """
    places = [place for place, text in enumerate(paragraphs) if text.startswith(begins)]
    if len(places) != 1:
        raise ValueError(f"{len(places)} paragraphs begin {begins!r}: write more, or other, words in {ACTS.name}")
    return paragraphs[places[0] : places[0] + count]


def number_runs(texts: Iterable[str]) -> bytes:
    """The numbers of all runs in some texts, sorted, each once, as little-endian 32-bit numbers."""
    found = {number for text in texts for number, _ in runs_of(text)}
    return np.array(sorted(found), dtype="<u4").tobytes()


def main() -> None:
    """Write the runs of all acts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statutes", type=Path)
    with lzma.open(parser.parse_args().statutes, "rt", encoding="utf-8") as file:
        paragraphs = file.read().splitlines()
    acts = yaml.safe_load(ACTS.read_text("utf-8"))
    texts = [text for act in acts for text in find_act(paragraphs, act["begins"], act["paragraphs"])]
    write_packed(PATH, number_runs(texts))


if __name__ == "__main__":
    main()
