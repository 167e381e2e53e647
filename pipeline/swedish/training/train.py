"""Training the Swedish parser: sentences in, a spaCy pipeline with its scores and its licence out."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pipeline.swedish.parsing import register_components
from pipeline.swedish.training.disturb import disturb, lay_out
from pipeline.swedish.training.sentences import GoldSentence, GoldToken, Grammar
from pipeline.swedish.training.treebank import Treebanks

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

CONFIG = Path(__file__).parent / "config.cfg"
SEED = 5
OWN_SENTENCES = 4000
DISTURBED_SHARE = 0.12
_LARGEST_GROUP = 8  # sentences to a training document, so that boundaries are learned
_SCORED_GROUP = 10  # as spaCy's own converter groups them


def train_model(
    treebanks: Treebanks, *, own_sentences: int = OWN_SENTENCES, seed: int = SEED, most_steps: int = 0
) -> "Language":
    """The pipeline that does best on the development part.

    Deterministic on one machine: the same files, seed and versions give the same weights. Takes about half an hour on
    one core.

    Args:
        treebanks: what to train on and to stop by; the test part is not looked at.
        own_sentences: how many to draw from the project's own templates.
        seed: decides sentences, disturbances and initial weights.
        most_steps: where to stop for a trial; 0 for what config.cfg says.
    """
    import spacy
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    register_components()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        vocabulary = spacy.blank("sv").vocab
        training = compose_training_groups(treebanks.train, own_sentences, seed=seed)
        _write_docs((make_doc(group, vocabulary, keep_case=True) for group in training), folder / "train.spacy")
        _write_docs(make_scored_docs(treebanks.dev, vocabulary), folder / "dev.spacy")
        paths = {f"paths.{part}": str(folder / f"{part}.spacy") for part in ("train", "dev")}
        steps = {"training.max_steps": most_steps, "training.eval_frequency": most_steps} if most_steps else {}
        language = init_nlp(load_config(CONFIG, overrides={**paths, **steps, "system.seed": seed}))
        (folder / "model").mkdir()
        train(language, folder / "model")
        return spacy.load(folder / "model" / "model-best")


def compose_training_groups(
    treebank: Sequence[GoldSentence], own_sentences: int, *, seed: int
) -> list[tuple[GoldSentence, ...]]:
    """All training sentences in groups that become a document each, in a fixed shuffled order."""
    chance = Random(seed)  # noqa: S311 (draws training data, guards nothing)
    groups: list[tuple[GoldSentence, ...]] = []
    at = 0
    while at < len(treebank):
        size = chance.randint(1, _LARGEST_GROUP)
        groups.append(tuple(treebank[at : at + size]))
        at += size
    own = lay_out(Grammar().draw(own_sentences, seed=seed), seed=seed)
    loose = [*own, *disturb(treebank, DISTURBED_SHARE, seed=seed), *disturb(own, DISTURBED_SHARE, seed=seed)]
    chance.shuffle(loose)
    while loose:
        size = chance.choice((1, 1, 1, 2, 4))
        groups.append(tuple(loose[:size]))
        loose = loose[size:]
    chance.shuffle(groups)
    return groups


def make_scored_docs(sentences: Sequence[GoldSentence], vocabulary: "Vocab") -> "list[Doc]":
    """Gold documents of ten sentences each, as published scores are measured."""
    return [
        make_doc(sentences[at : at + _SCORED_GROUP], vocabulary, keep_case=False)
        for at in range(0, len(sentences), _SCORED_GROUP)
    ]


def make_doc(sentences: Sequence[GoldSentence], vocabulary: "Vocab", *, keep_case: bool) -> "Doc":
    """One gold document; with `keep_case`, a capital at the start of a word is one in its lemma too.

    The lemmatizer learns edits of letters: "Regler" to "regel" would be another edit than "regler" to "regel", one for
    each first letter. `lower_case_lemmas` takes the capital away again.
    """
    from spacy.tokens import Doc

    tokens: list[GoldToken] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        base = len(tokens)
        tokens.extend(replace(token, head=token.head + base) for token in sentence.tokens)
        starts.extend(at == 0 for at in range(len(sentence.tokens)))
    return Doc(
        vocabulary,
        words=[token.text for token in tokens],
        spaces=[token.space_after for token in tokens],
        tags=[token.tag for token in tokens],
        pos=[token.pos for token in tokens],
        morphs=[token.morph for token in tokens],
        lemmas=[_with_case(token) if keep_case else token.lemma for token in tokens],
        heads=[token.head for token in tokens],
        deps=["ROOT" if token.dep == "root" else token.dep for token in tokens],
        sent_starts=starts,
    )


def _with_case(token: GoldToken) -> str:
    if token.text[:1].isupper() and token.lemma[:1].islower():
        return token.lemma[:1].upper() + token.lemma[1:]
    return token.lemma


def _write_docs(docs: "Iterable[Doc]", path: Path) -> None:
    from spacy.tokens import DocBin

    DocBin(docs=docs, store_user_data=False).to_disk(path)
