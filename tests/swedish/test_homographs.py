"""Verbs that look like another word: pairs of sentence and reading in homographs.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.swedish.homographs import hidden_verbs, homographs, with_stand_ins
from pipeline.swedish.parsing import Parse, parse

SENTENCES = yaml.safe_load(Path(__file__).with_name("homographs.yaml").read_text("utf-8"))


def read(sentence: str) -> Parse:
    return next(parse([sentence]))


@pytest.mark.parametrize("sentence", SENTENCES["verb"])
def test_the_verb_is_read_as_a_verb_and_the_words_stay(sentence: str) -> None:
    found = read(sentence)
    verbs = [t for t in found.tokens if t.text == "för" and t.lemma == "föra" and "VerbForm=Fin" in t.morph]
    assert len(verbs) == 1
    assert found.text == sentence
    assert all(sentence[t.start : t.end] == t.text for t in found.tokens)
    assert found.children(verbs[0].i), "its subject or object hangs from it"


@pytest.mark.parametrize("sentence", SENTENCES["preposition"])
def test_the_preposition_stays_one(sentence: str) -> None:
    assert all(t.pos != "VERB" for t in read(sentence).tokens if t.text == "för")


def test_a_stand_in_is_as_long_as_the_form_and_only_a_verb() -> None:
    for form, known in homographs().items():
        assert len(form) == len(known.stand_in)
        alone = read(f"Hon {known.stand_in} en lista.").tokens[1]
        assert alone.pos == "VERB" and alone.text == known.stand_in


def test_what_has_been_read_is_not_read_anew() -> None:
    for sentence in SENTENCES["verb"]:
        found = read(sentence)
        assert hidden_verbs(found.tokens) == ()
        assert with_stand_ins(sentence, ()) == sentence
