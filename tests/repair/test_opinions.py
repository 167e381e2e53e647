"""Opinions on a reading: what they are worth is learned of pages with known words, and what a document shows counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.repair.opinions import fit_weights, write_weights
from pipeline.repair.choices import read_capitals
from pipeline.repair.opinions import FirstReading, Opinions, load_opinions, read_opinions
from pipeline.repair.tokens import Token, cut_tokens
from pipeline.swedish.channel import INITIAL, adapt_channel, load_channel
from pipeline.swedish.lexicon import load_lexicon

TOKEN = Token(0, 6, "varden", (), opens=False, frozen=False)


def test_what_told_right_from_wrong_gets_weight_and_what_did_not_gets_none(tmp_path: Path) -> None:
    lessons = [([{"ngrams": 0.0, "told": float(n % 2 == right)} for n in range(2)] + [{"none": 1.0}], right)
               for right in (0, 1) for _ in range(50)]  # fmt: skip
    lessons += [([{"ngrams": 0.0, "odd": 1.0}, {"ngrams": 0.0, "odd": 1.0}, {"none": 1.0}], n % 2) for n in range(20)]
    weights = fit_weights(lessons)
    assert weights["told"] > 1
    assert abs(weights["odd"]) < abs(weights["told"])
    path = tmp_path / "opinions.csv"
    write_weights(weights, path)
    assert read_opinions(path).weights == weights


@given(
    st.lists(st.dictionaries(st.sampled_from(("ngrams", "context", "wild")), st.floats(-9, 0)), min_size=1, max_size=6)
)
def test_probabilities_leave_room_for_another_word(facts: list[dict[str, float]]) -> None:
    shares = load_opinions().judge(facts, {"none": 1.0})
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) < 1


def test_without_any_opinion_all_readings_are_alike() -> None:
    assert Opinions({}).judge([{"ngrams": -1.0}, {"ngrams": -3.0}], {"none": 1.0}) == pytest.approx([1 / 3, 1 / 3])


def test_other_places_of_the_same_word_count_and_its_own_does_not() -> None:
    first = FirstReading()
    first.add(TOKEN, "värden", 0.7, odd=False)
    assert first.elsewhere(TOKEN, "värden") == 0
    first.add(Token(50, 56, "varden", (), opens=False, frozen=False), "vården", 0.9, odd=False)
    assert first.elsewhere(TOKEN, "vården") > first.elsewhere(TOKEN, "värden")


def test_a_document_is_rough_where_letters_went_wrong_that_the_engine_has() -> None:
    fair, rough = FirstReading(), FirstReading()
    for start in range(300):
        token = Token(start * 10, start * 10 + 6, "varden", (), opens=False, frozen=False)
        fair.add(token, "värden", 0.99, odd=False)
        rough.add(token, "värden", 0.99, odd=start % 10 == 0)
    assert fair.roughness < 0.2 < 0.8 < rough.roughness


def test_capitals_that_the_engine_made_of_small_letters_are_told_from_the_authors() -> None:
    said = "för att kunna klara kraven ska kommunen ge besked, dela dokument, mata in text, lista råd och bilder "
    general = load_channel().shares[INITIAL + "k", "K"]
    read = said.replace(" k", " K")
    share, channel = read_capitals(list(cut_tokens("Vi vill " + read * 4)), load_lexicon(), load_channel())
    assert channel.shares[INITIAL + "k", "K"] > 10 * general
    assert share < 0.02
    named = " ".join(word.capitalize() for word in said.split())
    share, _ = read_capitals(list(cut_tokens("Vi vill " + named * 4)), load_lexicon(), load_channel())
    assert share > 0.2


def test_a_channel_of_a_document_only_concerns_words_that_it_reads_otherwise() -> None:
    channel = adapt_channel(load_channel(), {("å", "@"): 40.0})
    assert "@" in channel.changed
    assert channel.for_word("h@lla") is channel
    assert channel.for_word("nummer") is load_channel()
