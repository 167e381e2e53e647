"""The parser as other code sees it: offsets, trees, and what it says of the sentences in parsing_cases.yaml."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.swedish import parsing
from pipeline.swedish.parsing import MissingModelError, Parse, Token, load_model, noun_chunks, parse

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "parsing_cases.yaml").read_text(encoding="utf-8")
)


def parse_one(text: str) -> Parse:
    (found,) = parse([text])
    return found


def find_word(found: Parse, name: str) -> Token:
    word, _, number = name.partition("#")
    return [token for token in found.tokens if token.text == word][int(number or 1) - 1]


def describe(found: Parse, expected: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What the parse says of each expected word, in the terms of the expectation."""
    said: dict[str, dict[str, str]] = {}
    for name, features in expected.items():
        token = find_word(found, name)
        said[name] = {}
        for feature, value in features.items():
            if feature == "morph":
                said[name][feature] = value if value in token.morph.split("|") else token.morph
            elif feature == "head":
                said[name][feature] = (
                    value if token.head == find_word(found, value).i else found.tokens[token.head].text
                )
            else:
                said[name][feature] = getattr(token, feature)
    return said


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["text"], marks=[pytest.mark.xfail(strict=True)] if case.get("weak") else [])
        for cases in CASES.values()
        for case in cases
    ],
)
def test_sentence_is_analysed(case: dict[str, Any]) -> None:
    assert describe(parse_one(case["text"]), case["words"]) == case["words"]


def test_weak_cases_are_few() -> None:
    cases = [case for group in CASES.values() for case in group]
    assert sum(bool(case.get("weak")) for case in cases) <= len(cases) // 6


# Letters, marks and spaces that Swedish documents and poor scans are made of, and some that they should not be.
ODD_TEXTS = st.text(alphabet="abåäöÅÄÖé §%@-–•.,:;()\"'/\n\t\u00a0\u00ad\u2028\U0001f600\u0130ß0123", max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD_TEXTS, max_size=4))
def test_any_text_gives_a_tree_over_its_own_characters(texts: list[str]) -> None:
    found = list(parse(texts))
    assert [one.text for one in found] == texts
    for one in found:
        assert "".join(token.text for token in one.tokens) == "".join(one.text.split())
        assert all(one.text[token.start : token.end] == token.text for token in one.tokens)
        assert [token.i for token in one.tokens] == list(range(len(one.tokens)))
        if one.tokens:
            roots = [token for token in one.tokens if token.dep == "root"]
            assert (
                [root.head for root in roots]
                == [root.i for root in roots]
                == [one.subtree(roots[0].i)[0].i + roots[0].i]
            )
            assert len(one.subtree(roots[0].i)) == len(one.tokens)


def test_blank_text_has_no_tokens_and_no_root() -> None:
    for found in parse(["", " \n\t"]):
        assert found.tokens == ()
        assert found.root() is None
        assert list(noun_chunks(found)) == []


def test_text_of_two_sentences_stays_one_tree() -> None:
    found = parse_one("Policyn gäller alla anställda. Den ska följas upp varje år.")
    assert [token.text for token in found.tokens if token.dep == "root"] == ["gäller"]


def test_line_breaks_within_a_sentence_change_nothing_but_offsets() -> None:
    plain, broken = parse(
        ["Nya konton ska godkännas av närmaste chef.", "Nya  konton ska\ngodkännas av\u00a0närmaste chef."]
    )
    assert [(t.text, t.lemma, t.pos, t.dep, t.head) for t in plain.tokens] == [
        (t.text, t.lemma, t.pos, t.dep, t.head) for t in broken.tokens
    ]
    assert [t.start for t in broken.tokens][:2] == [0, 5]


def test_text_longer_than_any_sentence_is_kept_whole() -> None:
    text = "Alla inlägg sparas och " * 1500
    found = parse_one(text)
    assert found.tokens[-1].end == len(text) - 1
    assert sum(token.dep == "root" for token in found.tokens) == 1


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """No parse of an earlier call, and what the calls of a test keep."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(parsing, "_kept_parses", kept)
    return kept


def test_batching_changes_no_analysis(nothing_kept: dict[str, Any]) -> None:
    texts = [case["text"] for cases in CASES.values() for case in cases]
    together = list(parse(texts))
    for text, found in zip(texts, together, strict=True):
        nothing_kept.clear()
        assert parse_one(text) == found


def test_what_a_sentence_is_parsed_beside_does_not_change_a_bit() -> None:
    """Parses are kept from document to document; that is sound only while not even the last bit differs."""
    texts = [case["text"] for cases in CASES.values() for case in cases]
    language = load_model()
    vectors = language.get_pipe("tok2vec").predict
    together = vectors([language.make_doc(text) for text in texts])
    for text, found in zip(texts, together, strict=True):
        (alone,) = vectors([language.make_doc(text)])
        assert (alone == found).all()


@pytest.mark.usefixtures("nothing_kept")
def test_equal_texts_have_one_parse_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "KEPT", 2)
    first, again = parse(["Svara snabbt.", "Svara snabbt."])
    assert first is again
    assert parse_one("Svara snabbt.") is first
    polite, _, _ = parse(["Var saklig.", "Spara inlägget.", "Var saklig."])
    assert parse_one("Var saklig.") is polite
    assert parse_one("Svara snabbt.") == first
    assert parse_one("Svara snabbt.") is not first


def test_what_follows_from_a_parse_is_worked_out_once() -> None:
    asked = []

    @parsing.once_a_parse
    def tell(parse: Parse, word: str) -> str:
        asked.append(word)
        return f"{parse.text} {word}"

    one, other = Parse("a", ()), Parse("a", ())
    assert [tell(one, "x"), tell(one, "x"), tell(one, "y"), tell(other, "x")] == ["a x", "a x", "a y", "a x"]
    assert asked == ["x", "y", "x"]
    assert one == other and hash(one) == hash(other) and "kept" not in repr(one)


def test_parses_come_as_they_are_asked_for() -> None:
    texts = iter(["Svara snabbt.", "Var saklig."])
    assert [found.text for found in parse(texts)] == ["Svara snabbt.", "Var saklig."]


def test_import_does_not_load_spacy() -> None:
    code = "import sys, pipeline.swedish.parsing; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_model_is_loaded_once() -> None:
    assert load_model() is load_model()


def test_missing_model_is_named() -> None:
    with pytest.raises(MissingModelError, match="sv_core_news_sm_that_is_not_there"):
        list(parse(["Text"], model="sv_core_news_sm_that_is_not_there"))


def test_a_path_is_no_model_name(tmp_path: Path) -> None:
    with pytest.raises(MissingModelError):
        load_model(str(tmp_path))


def test_navigation() -> None:
    found = parse_one("Den som sköter kontot ska spara, polisanmäla och ta bort hotfulla inlägg.")
    root = found.root()
    assert root is not None and root.text == "spara"
    assert [token.text for token in found.conjuncts(root.i)] == ["polisanmäla", "ta"]
    subject = next(token for token in found.children(root.i) if token.dep == "nsubj")
    assert " ".join(token.text for token in found.subtree(subject.i)) == "Den som sköter kontot"


def test_noun_chunks_are_phrases_without_preposition_or_clause() -> None:
    found = parse_one("Den ansvariga chefen godkänner kommunens nya konton som vänder sig till unga.")
    chunks = [" ".join(token.text for token in chunk) for chunk in noun_chunks(found)]
    assert chunks[:2] == ["Den ansvariga chefen", "kommunens nya konton"]


def test_shipped_model_is_small_and_says_its_licence_and_scores() -> None:
    files = [file for file in parsing.SHIPPED_MODEL.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 15_000_000
    assert "Attribution-ShareAlike 4.0" in (parsing.SHIPPED_MODEL / "LICENSE").read_text(encoding="utf-8")
    meta = load_model().meta
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["training"]["test"]["las"] >= 75.5
    assert meta["training"]["test"]["uas"] >= 80.8
    assert meta["training"]["test"]["tag"] >= 92.3
    assert meta["training"]["test"]["lemma"] >= 93.9
