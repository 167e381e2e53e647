"""Trains the Swedish parser: `python -m pipeline.swedish.training TREEBANK_DIR [--out DIR]`."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.swedish.parsing import SHIPPED_MODEL
from pipeline.swedish.training.ship import ship_model
from pipeline.swedish.training.train import OWN_SENTENCES, SEED, train_model
from pipeline.swedish.training.treebank import read_treebanks


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, writes the model folder and prints what its meta.json records; 2 where the treebanks are not there."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.swedish.training", description=__doc__)
    parser.add_argument("treebanks", type=Path, metavar="TREEBANK_DIR", help="folder with UD_Swedish-Talbanken's files")
    parser.add_argument("--out", type=Path, default=SHIPPED_MODEL, help="model folder, written anew (the shipped one)")
    parser.add_argument("--own-sentences", type=int, default=OWN_SENTENCES, help="how many to draw from our templates")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps: a trial, only with --out")
    options = parser.parse_args(arguments)
    if options.steps and options.out == SHIPPED_MODEL:
        parser.error("--steps makes a worse model than the shipped one: name another folder with --out")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    try:
        treebanks = read_treebanks(options.treebanks)
    except FileNotFoundError as error:
        logging.error("%s", error)
        return 2
    language = train_model(treebanks, own_sentences=options.own_sentences, seed=options.seed, most_steps=options.steps)
    record = ship_model(language, treebanks, options.out, own_sentences=options.own_sentences, seed=options.seed)
    json.dump(record, sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
