"""What is shipped beside the weights: scores, versions, seed, licence and provenance."""

import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.swedish.training.sentences import GoldSentence
from pipeline.swedish.training.train import make_scored_docs
from pipeline.swedish.training.treebank import Treebanks

if TYPE_CHECKING:
    from spacy.language import Language

# spaCy's names for the figures that are reported, with ours
_FIGURES = {
    "tag_acc": "tag",
    "pos_acc": "pos",
    "morph_acc": "morph",
    "lemma_acc": "lemma",
    "dep_uas": "uas",
    "dep_las": "las",
    "sents_f": "sentence_f",
}
_VERSIONED = ("numpy", "spacy", "thinc")
_NOTICES = Path(__file__).parent / "notices"


def measure_scores(language: "Language", sentences: Sequence[GoldSentence]) -> dict[str, float]:
    """Per cent right on gold sentences, given their tokens.

    tag, pos, morph, lemma; uas and las (punctuation left out); sentence_f, the F measure of sentence boundaries.
    """
    from spacy.tokens import Doc
    from spacy.training import Example

    examples = []
    for gold in make_scored_docs(sentences, language.vocab):
        words, spaces = [token.text for token in gold], [bool(token.whitespace_) for token in gold]
        examples.append(Example(Doc(language.vocab, words=words, spaces=spaces), gold))
    scores = language.evaluate(examples)
    return {ours: round(100 * scores[theirs], 2) for theirs, ours in _FIGURES.items()}


def ship_model(
    language: "Language", treebanks: Treebanks, out: Path, *, own_sentences: int, seed: int
) -> dict[str, Any]:
    """Writes the model folder anew, whole or not at all, and returns what its meta.json records on how it was made.

    The notices (LICENSE, README.md) are copied from the folder beside this module. Nothing of the machine is recorded:
    the paths and the speed that spaCy notes are taken out.
    """
    record: dict[str, Any] = {
        "seed": seed,
        "own_sentences": own_sentences,
        "sources": list(treebanks.sources),
        "versions": {name: version(name) for name in _VERSIONED},
        "dev": measure_scores(language, treebanks.dev),
        "test": measure_scores(language, treebanks.test),
    }
    language.meta.update(
        name="policy",
        version="1.0.0",
        description="Swedish for policy documents: tags, features, lemmas, dependencies",
        license="CC BY-SA 4.0",
        author="",
        email="",
        url="",
        sources=["UD Swedish-Talbanken", "UD Swedish-PUD", "own sentences drawn from templates"],
        performance={},
        training=record,
    )
    language.config["paths"] = dict.fromkeys(language.config["paths"])
    unfinished = out.with_name(out.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    language.to_disk(unfinished)
    for notice in sorted(_NOTICES.iterdir()):
        shutil.copyfile(notice, unfinished / notice.name)
    shutil.rmtree(out, ignore_errors=True)
    unfinished.rename(out)
    return record
