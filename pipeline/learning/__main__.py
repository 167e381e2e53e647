"""The command that makes the trained models: python -m pipeline.learning GOLD [--out FOLDER] [--actors]."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.codebooks import Codebook, load_codebook
from pipeline.codebooks.trained import MODELS as TOPIC_MODELS
from pipeline.codebooks.trained import TOPIC_FIELDS
from pipeline.extract.candidates import DUTY, DUTY_FIELDS, FORBIDS, MODELS, VALUE_FIELDS
from pipeline.learning.certainty import cell_examples, describe_certainty, fit_certainty
from pipeline.learning.choosing import actor_examples, describe_choices, fit_weights
from pipeline.learning.examples import (
    Annotated,
    Example,
    duty_examples,
    read_annotated,
    topic_examples,
    value_examples,
)
from pipeline.learning.fitting import UNREAD, Fitted, fit
from pipeline.learning.joining import describe_joints, fit_joints, joint_examples
from pipeline.learning.sieve import describe_sieve, fit_sieve, value_cell_examples
from pipeline.linear import load_facts, models_from
from pipeline.records.requirement import RETENTION
from pipeline.text_models import Field, load_text_model

HALF = 0.5

FOUND_RATHER = 0.005
"""Share of the topics' F1 that is given up to find more: what is missed makes a cell silent, and that has to hold."""


class _ToFit(NamedTuple):
    """A text model to be made: where it goes, what it learns from and tells, and how (as `fit` takes it)."""

    place: Path
    name: str
    examples: list[Example]
    labels: list[str]
    fields: tuple[Field, ...]
    in_order: bool = False
    slack: float = 0.0


def main(arguments: list[str] | None = None) -> int:
    """Fit the models on a folder of gold, write them, and print what they reach on families they have not seen."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.learning", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of SLUG.txt and SLUG.json in the gold format")
    parser.add_argument("--passages", type=Path, nargs="*", default=(), help="folders of passages in the same format")
    parser.add_argument("--codebook", default="social_media", help="the codebook whose topics are learned")
    parser.add_argument("--out", type=Path, help="folder to write to instead of the places the pipeline reads from")
    parser.add_argument("--without-unread", action="store_true", help=f"leave the split '{UNREAD}' out of the weights")
    parser.add_argument("--actors", action="store_true", help="fit who is bound alone, over the models that are there")
    chosen = parser.parse_args(arguments)
    codebook = load_codebook(chosen.codebook)
    documents = list(read_annotated(chosen.gold))
    documents += [d for folder in chosen.passages for d in read_annotated(folder)]
    actors = (chosen.out or MODELS) / "actors.json"
    if chosen.actors:
        _fit_actors(documents, actors, without_unread=chosen.without_unread)
        return 0
    duties = [e for d in documents for e in duty_examples(d)]
    values = [e for d in documents for e in value_examples(d)]
    topics = [e for d in documents for e in topic_examples(d, codebook)]
    ids = [r.id for r in codebook.requirements]
    tasks = (
        _ToFit(MODELS, "duties", duties, [DUTY], DUTY_FIELDS, in_order=True),
        _ToFit(MODELS, "values", values, [FORBIDS, *RETENTION], VALUE_FIELDS),
        _ToFit(TOPIC_MODELS, codebook.id, topics, ids, TOPIC_FIELDS, slack=FOUND_RATHER),
    )
    with tempfile.TemporaryDirectory() as blind:
        for task in tasks:
            fitted = fit(
                task.examples, task.labels, task.fields, in_order=task.in_order, slack=task.slack,
                without_unread=chosen.without_unread,
            )  # fmt: skip
            file = (chosen.out or task.place) / f"{task.name}.npz.zst"
            file.parent.mkdir(parents=True, exist_ok=True)
            fitted.model.save(file)
            fitted.blind.save(Path(blind) / file.name)
            sys.stdout.write(f"{task.name}: {describe(fitted)}, {file.stat().st_size / 1e6:.1f} MB\n")
        load_text_model.cache_clear()
        with models_from(Path(blind)):
            _fit_certainty(documents, codebook, (chosen.out or TOPIC_MODELS) / f"{codebook.id}_cells.json")
    # What follows is fitted over what the models just written find.
    _fit_joints(documents, (chosen.out or MODELS) / "joints.json", without_unread=chosen.without_unread)
    _fit_actors(documents, actors, without_unread=chosen.without_unread)
    sieve = (chosen.out or TOPIC_MODELS) / f"{codebook.id}_values.json"
    _fit_sieve(documents, codebook, sieve, without_unread=chosen.without_unread)
    return 0


def _fit_certainty(documents: Sequence[Annotated], codebook: Codebook, file: Path) -> None:
    """Fit and write how sure cells are, by the unread documents alone."""
    examples = [e for d in documents if d.gold.cells and d.gold.split == UNREAD for e in cell_examples(d, codebook)]
    _write(fit_certainty(examples), file)
    sys.stdout.write(f"certainty of cells: {describe_certainty(examples)}\n")


def _fit_joints(documents: Sequence[Annotated], file: Path, *, without_unread: bool) -> None:
    """Fit and write where duties are cut."""
    examples = [e for d in documents for e in joint_examples(d)]
    _write(fit_joints([e for e in examples if not without_unread or e.gold.split != UNREAD]), file)
    sys.stdout.write(f"joints: {describe_joints(examples, UNREAD)}\n")


def _fit_actors(documents: Sequence[Annotated], file: Path, *, without_unread: bool) -> None:
    """Fit and write who is bound."""
    examples = [e for d in documents for e in actor_examples(d)]
    weights = fit_weights([e for e in examples if not without_unread or e.gold.split != UNREAD])
    _write(weights, file)
    sys.stdout.write(f"actors: {len(examples)} examples, {describe_choices(examples, UNREAD)}\n")


def _fit_sieve(documents: Sequence[Annotated], codebook: Codebook, file: Path, *, without_unread: bool) -> None:
    """Fit and write which values of a passage are part of its answer."""
    examples = [e for d in documents if d.gold.cells for e in value_cell_examples(d, codebook)]
    _write(fit_sieve([e for e in examples if not without_unread or e.gold.split != UNREAD]), file)
    sys.stdout.write(f"values of cells: {len(examples)} examples; {describe_sieve(examples, UNREAD)}\n")


def _write(weights: Mapping[str, float], file: Path) -> None:
    file.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    load_facts.cache_clear()  # what is fitted next reads what was just written


def describe(fitted: Fitted) -> str:
    """Precision and recall on families unseen, of the model with the rules and of the rules alone, unread documents."""
    known = ~np.isnan(fitted.truth) & fitted.unread[:, None]
    yes = fitted.truth[known] > 0
    told = []
    for name, found in (("model and rules", fitted.likely() >= HALF), ("rules alone", fitted.said >= HALF)):
        hits, told_of, wanted = int((found[known] & yes).sum()), int(found[known].sum()), int(yes.sum())
        figures = f"P {hits / max(1, told_of):.3f} R {hits / max(1, wanted):.3f}"
        told.append(f"{name} {figures} F1 {2 * hits / max(1, told_of + wanted):.3f}")
    return f"{len(fitted.truth)} examples, {int(yes.sum())} to be found in unread documents: {'; '.join(told)}"


if __name__ == "__main__":
    sys.exit(main())
