"""Learning who is bound and which values are meant: what is told of sentences, and what the weights then choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.codebooks import load_codebook
from pipeline.extract.offering import Choice
from pipeline.extract.subjects import Actor
from pipeline.learning.choosing import ActorExample, actor_examples, fit_weights
from pipeline.learning.examples import Annotated, topic_examples
from pipeline.learning.sieve import ValueExample, fit_sieve, value_cell_examples
from tests.learning.annotating import annotated, span

TEXT = """Riktlinje för sociala medier

Kommunens webbplats är vår viktigaste kanal. Rektor anmäler nya konton till kommunikatören. Gräset är grönt.
"""


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    """A duty with its actor, a statement that answers, and a sentence that answers nothing."""
    duty = {
        **span(TEXT, "Rektor anmäler nya konton till kommunikatören"), "modality": "must", "actor": "rektor",
        "categories": ["report_account"],
    }  # fmt: skip
    told = {**span(TEXT, "Kommunens webbplats är vår viktigaste kanal"), "categories": ["primary_channel"]}
    cells = [{"requirement": "report_account", "answer": "stated", "value": "kommunikatör"}]
    return annotated(tmp_path, TEXT, obligations=[duty], statements=[told], cells=cells)


def test_where_statements_are_told_nothing_is_unknown(document: Annotated) -> None:
    told = {e.texts["clause"]: e for e in topic_examples(document, load_codebook("social_media"))}
    assert told["Kommunens webbplats är vår viktigaste kanal."].labels == {"primary_channel"}
    assert told["Gräset är grönt."].labels == frozenset()
    assert not any(e.unknown for e in told.values())


def test_the_right_candidate_is_the_one_people_named(document: Annotated) -> None:
    (example,) = actor_examples(document)
    assert example.right == {"rektor"}
    assert example.named
    assert "" in example.choice.facts


def test_the_value_people_took_up_is_right_and_the_other_is_not(document: Annotated) -> None:
    found = value_cell_examples(document, load_codebook("social_media"))
    assert sorted((e.right, "role:bound:True" in e.facts) for e in found) == [(False, True), (True, False)]


def chosen(*facts: str) -> Choice:
    choice = Choice()
    choice.facts[""].add("none")
    for fact in facts:
        choice.add(Actor(fact, "role"), fact)
    return choice


def test_weights_choose_what_was_right_in_the_examples(document: Annotated) -> None:
    examples = [
        ActorExample(chosen("subject", "object"), frozenset({"subject"}), "", True, document.gold) for _ in range(5)
    ] + [ActorExample(chosen("object"), frozenset({""}), "", False, document.gold) for _ in range(5)]
    weights = fit_weights(examples)
    assert chosen("object", "subject").likeliest(weights) == "subject"
    assert chosen("object").likeliest(weights) == ""


def test_the_sieve_learns_which_fact_speaks_for_a_value(document: Annotated) -> None:
    told = [ValueExample(frozenset({"behind:till"}), True, document.gold)] * 5
    bound = [ValueExample(frozenset({"bound"}), False, document.gold)] * 5
    weights = fit_sieve([*told, *bound])
    assert weights["behind:till"] > 0 > weights["bound"]
