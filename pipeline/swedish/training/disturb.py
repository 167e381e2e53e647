"""Training sentences as documents and poor scans show them: bulleted, lower-cased, without stop, without å, ä and ö."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.swedish.training.sentences import GoldSentence, GoldToken

BULLETS = ("-", "•", "–", "*")

# What Tesseract's English model prints for a Swedish letter, most frequent first (of 831,000 rendered letters).
_MISREADINGS = {"å": "aaaai", "ä": "aaaai", "ö": "éoéo6"}
_MISREAD_SHARE = 0.6


def lay_out(sentences: Sequence[GoldSentence], *, seed: int) -> list[GoldSentence]:
    """Drawn sentences, which are all lower case, as they stand in a document: with capitals, bullets and stops."""
    chance = random.Random(seed)  # noqa: S311 (draws training data, guards nothing)
    return [_lay_out_one(sentence, chance) for sentence in sentences]


def _lay_out_one(sentence: GoldSentence, chance: random.Random) -> GoldSentence:
    imperative = "Mood=Imp" in _find_root(sentence).morph
    if sentence.layout == "item":
        if imperative or chance.random() < 0.25:
            sentence = capitalise(sentence) if chance.random() < 0.75 else sentence
        if chance.random() < 0.35:
            sentence = add_stop(sentence)
        if chance.random() < 0.25:
            sentence = add_bullet(sentence, chance.choice(BULLETS))
        return sentence
    sentence = capitalise(sentence)
    if sentence.layout == "sentence" and chance.random() < 0.08:
        sentence = drop_stop(sentence)
    return sentence


def disturb(sentences: Sequence[GoldSentence], share: float, *, seed: int) -> list[GoldSentence]:
    """Disturbed copies of that share of the sentences, each disturbed in one way."""
    chance = random.Random(seed)  # noqa: S311 (draws training data, guards nothing)
    ways: tuple[Callable[[GoldSentence], GoldSentence], ...] = (
        lower_first,
        drop_stop,
        drop_stop,
        lambda sentence: lower_first(drop_stop(sentence)),
        lambda sentence: add_bullet(sentence, chance.choice(BULLETS)),
        lambda sentence: misread(sentence, chance),
        lambda sentence: misread(sentence, chance),
    )
    return [chance.choice(ways)(sentence) for sentence in sentences if chance.random() < share]


def capitalise(sentence: GoldSentence) -> GoldSentence:
    """The sentence with a capital at its start."""
    first = sentence.tokens[0]
    return _with_token(sentence, 0, replace(first, text=first.text[:1].upper() + first.text[1:]))


def lower_first(sentence: GoldSentence) -> GoldSentence:
    """The sentence with a small first letter, but for a name."""
    first = sentence.tokens[0]
    if first.pos == "PROPN" or first.text.isupper():
        return sentence
    return _with_token(sentence, 0, replace(first, text=first.text[:1].lower() + first.text[1:]))


def drop_stop(sentence: GoldSentence) -> GoldSentence:
    """The sentence without its last mark."""
    *others, last = sentence.tokens
    at = len(others)
    if not others or last.pos != "PUNCT" or any(token.head == at for token in others):
        return sentence
    return replace(sentence, tokens=tuple(others))


def add_stop(sentence: GoldSentence) -> GoldSentence:
    """The sentence with a full stop at its end."""
    root = sentence.tokens.index(_find_root(sentence))
    stop = GoldToken(".", ".", "PUNCT", "MAD", "", "punct", root)
    return replace(sentence, tokens=(*sentence.tokens, stop))


def add_bullet(sentence: GoldSentence, bullet: str) -> GoldSentence:
    """The sentence after a bullet, which hangs from its root."""
    root = sentence.tokens.index(_find_root(sentence)) + 1
    shifted = (replace(token, head=token.head + 1) for token in sentence.tokens)
    return replace(sentence, tokens=(GoldToken(bullet, bullet, "PUNCT", "MID", "", "punct", root), *shifted))


def misread(sentence: GoldSentence, chance: random.Random) -> GoldSentence:
    """The sentence with most of å, ä and ö misread.

    A misread word loses its lemma: the lemmatizer would learn to spell, which it cannot.
    """

    def read(letter: str) -> str:
        choices = _MISREADINGS.get(letter)
        return chance.choice(choices) if choices and chance.random() < _MISREAD_SHARE else letter

    tokens = []
    for token in sentence.tokens:
        text = "".join(read(letter) for letter in token.text)
        tokens.append(token if text == token.text else replace(token, text=text, lemma=""))
    return replace(sentence, tokens=tuple(tokens))


def _find_root(sentence: GoldSentence) -> GoldToken:
    return next(token for at, token in enumerate(sentence.tokens) if token.head == at and token.dep == "root")


def _with_token(sentence: GoldSentence, at: int, token: GoldToken) -> GoldSentence:
    tokens = (*sentence.tokens[:at], token, *sentence.tokens[at + 1 :])
    return replace(sentence, tokens=tokens)
