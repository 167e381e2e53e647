"""The lexicon knows Swedish words and compounds and no damaged ones; plausibility tells pages apart."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.swedish.automaton import build_automaton
from pipeline.swedish.candidates import Search, find_candidates
from pipeline.swedish.channel import adapt_channel, load_channel
from pipeline.swedish.contexts import load_contexts
from pipeline.swedish.lexicon import ALONE, MODELS, Lexicon, load_lexicon
from pipeline.swedish.ngrams import BOUNDARY, NUMBER, load_ngrams, tokenize_words
from pipeline.swedish.plausibility import plausibility

CASES = yaml.safe_load(Path(__file__).with_name("lexicon_cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize("word", CASES["words"])
def test_words_are_known(word: str) -> None:
    assert load_lexicon().is_word(word)


@pytest.mark.parametrize("word", CASES["damaged"])
def test_damaged_words_are_not(word: str) -> None:
    assert not load_lexicon().is_word(word)


def test_common_words_are_likelier() -> None:
    lexicon = load_lexicon()
    och, sedvanja, compound = map(lexicon.log_probability, ("och", "sedvänja", "sedlighetspolicyn"))
    assert och is not None and sedvanja is not None and compound is not None
    assert och > sedvanja > compound


@pytest.mark.parametrize("page", CASES["readable"])
def test_readable_pages_are_plausible(page: str) -> None:
    assert plausibility(page) > 0.8


@pytest.mark.parametrize("page", CASES["unreadable"])
def test_unreadable_pages_are_not(page: str) -> None:
    assert plausibility(page) < 0.75


@given(st.sets(st.binary(min_size=1, max_size=6), min_size=1, max_size=40))
def test_an_automaton_numbers_its_words_in_order(words: set[bytes]) -> None:
    ordered = sorted(words)
    automaton = build_automaton(ordered)
    assert [automaton.find(word) for word in ordered] == list(range(len(ordered)))
    for word in ordered:
        assert automaton.find(word + b"?") == (ordered.index(word + b"?") if word + b"?" in words else -1)
        ends = [end for end, _ in automaton.prefixes(b"x" + word, 1)]
        assert ends == [1 + size for size in range(1, len(word) + 1) if word[:size] in words]


def test_an_automaton_wants_sorted_words() -> None:
    with pytest.raises(ValueError, match="not sorted"):
        build_automaton([b"b", b"a"])


@pytest.mark.parametrize(
    ("read", "said"),
    [("pa", "på"), ("6ver", "över"), ("férvaltning", "förvaltning"), ("Ar", "är"), ("|", "i"), ("framf6r", "framför")],
)
def test_candidates_hold_what_was_said(read: str, said: str) -> None:
    found = find_candidates(read, lexicon=load_lexicon(), channel=load_channel(), search=Search(12.0))
    assert said in [candidate.word for candidate in found[:3]]


def test_compounds_are_put_together() -> None:
    found = find_candidates(
        "naringslivsfragorna", lexicon=load_lexicon(), channel=load_channel(), search=Search(12.0, compounds=True)
    )
    assert found[0].word == "näringslivsfrågorna"


def test_a_wild_search_finds_what_no_confusion_explains() -> None:
    def words(search: Search) -> list[str]:
        found = find_candidates("kommunikqtion", lexicon=load_lexicon(), channel=load_channel(), search=search)
        return [candidate.word for candidate in found]

    assert words(Search(12.0)) == []
    assert words(Search(12.0, wild=True)) == ["kommunikation"]


def test_a_document_teaches_its_own_profile() -> None:
    channel = load_channel()
    adapted = adapt_channel(channel, {("ö", "d"): 200.0})
    assert adapted.shares["ö", "d"] > 10 * channel.shares["ö", "d"]
    assert adapted.shares["ö", "o"] < channel.shares["ö", "o"]


def test_context_prefers_what_swedes_write() -> None:
    lexicon, ngrams = load_lexicon(), load_ngrams()

    def likely(before: str, previous: str, word: str) -> float:
        alone = lexicon.log_probability(word)
        assert alone is not None
        return ngrams.log_probability(lexicon.index(before), lexicon.index(previous), lexicon.index(word), alone)

    assert likely("med", "stöd", "av") > likely("med", "stöd", "än")
    assert likely("lagen", "om", "ändring") > likely("lagen", "om", "andra")
    # Shares of what may follow a context never add up to more than one.
    followers = {word for word in ("av", "för", "i", "och", "till", "från", "som", "att") if lexicon.index(word) >= 0}
    assert sum(2.718281828 ** likely("med", "stöd", word) for word in followers) < 1.05


def test_confusable_words_are_told_apart() -> None:
    contexts = load_contexts()
    ours = contexts.weigh("var", ("som", "ror", "var", "verksamhet", BOUNDARY), 2)
    was = contexts.weigh("var", ("som", "det", "var", "en", "bra"), 2)
    assert ours["vår"] > was["vår"]
    assert abs(sum(ours.values()) - 1) < 1e-9
    assert contexts.weigh("kommunen", ("", "", "kommunen", "", ""), 2) == {}


def test_tokens_of_the_model() -> None:
    assert list(tokenize_words("Inom 24 timmar, på vardagar.")) == [
        "inom",
        NUMBER,
        "timmar",
        ",",
        "på",
        "vardagar",
        BOUNDARY,
    ]


def test_models_are_compact_and_documented() -> None:
    files = sorted(MODELS.iterdir())
    assert sum(path.stat().st_size for path in files) < 25_000_000
    readme = (MODELS / "README.md").read_text("utf-8")
    for path in files:
        assert path.name in readme


@pytest.mark.parametrize("word", ["forvaltning", "Ar", "medarbetarna", "naringslivsfragor", "s4kerhet", "6ppettider"])
def test_a_document_that_differs_little_finds_what_a_walk_of_its_own_does(word: str) -> None:
    channel = adapt_channel(load_channel(), {("å", "a"): 9.0, ("ä", "4"): 3.0, ("ö", "6"): 2.0, ("^ä", "A"): 2.0})
    for search in (Search(11.0), Search(11.0, compounds=True), Search(11.0, lacking=True)):
        own = find_candidates(word, lexicon=load_lexicon(), channel=channel, search=search)
        found = find_candidates(word, lexicon=load_lexicon(), channel=channel, search=search._replace(again=True))
        assert found == own


def test_new_confusions_want_a_walk_of_their_own() -> None:
    channel = adapt_channel(load_channel(), {("å", "w"): 40.0})
    assert channel.slack("pw") == float("inf")
    found = find_candidates("pw", lexicon=load_lexicon(), channel=channel, search=Search(11.0, again=True))
    assert found[0].word == "på"


def test_states_are_left_out_only_where_no_word_follows() -> None:
    """Every word of a small lexicon that a few misread letters lead to is found, as trying them all does."""
    words = ["bar", "barn", "bår", "bårar", "har", "här", "hör", "rår", "år"]
    ordered = sorted(words, key=lambda word: word.encode("latin-1"))
    size = len(ordered)
    lexicon = Lexicon(
        build_automaton(word.encode("latin-1") for word in ordered), bytes([ALONE] * size), bytes([80] * size),
        bytes([255] * size), bytes([255] * size),
    )  # fmt: skip
    channel = load_channel()
    for read in ("bar", "har", "ar", "hor", "barar", "h4r"):
        found = find_candidates(read, lexicon=lexicon, channel=channel, search=Search(9.0))
        spelled = {"a": "aåä", "o": "oö", "4": "ä"}
        fits = {"".join(letters) for letters in product(*(spelled.get(letter, letter) for letter in read))}
        assert fits & set(words) <= {candidate.word for candidate in found}
