"""Learning from annotated documents: what becomes an example, what a fold holds back, and what comes out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.codebooks import load_codebook
from pipeline.evaluation.gold import GoldDocument
from pipeline.extract.candidates import DUTY
from pipeline.learning.examples import Annotated, Example, duty_examples, topic_examples, value_examples
from pipeline.learning.fitting import fit, weigh
from pipeline.text_models import Field, load_text_model
from tests.learning.annotating import annotated, span

TEXT = """Riktlinje för sociala medier

Kommentarer besvaras inom två dagar. Kommunen har tolv tusen invånare.
Skärmdumpar sparas i diariet. Gräsmattorna är gröna.
"""
FIELDS = (Field("clause", 1.0, 3, 5, pairs=True),)


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    """One document: a duty with a topic, one that is borderline, a retention value; silent on all but answers."""
    answered, kept = (
        span(TEXT, words) for words in ("Kommentarer besvaras inom två dagar", "Skärmdumpar sparas i diariet")
    )
    return annotated(
        tmp_path,
        TEXT,
        obligations=[
            {**answered, "modality": "must", "categories": ["response_time"]},
            {**kept, "modality": "must", "borderline": True},
        ],
        retention=[{**kept, "kind": "skärmdump"}],
        cells=[{"requirement": "response_time", "answer": "stated"}, {"requirement": "tone", "answer": "silent"}],
    )


def test_a_clause_is_a_duty_where_people_say_so_and_no_example_where_they_were_unsure(document: Annotated) -> None:
    told = {e.texts["clause"]: e.labels for e in duty_examples(document)}
    assert told["Kommentarer besvaras inom två dagar"] == {DUTY}
    assert told["Kommunen har tolv tusen invånare"] == frozenset()
    assert "Skärmdumpar sparas i diariet" not in told


def test_what_is_kept_is_learned_from_the_clause_it_stands_in(document: Annotated) -> None:
    told = {e.texts["clause"]: e.labels for e in value_examples(document)}
    assert told["Skärmdumpar sparas i diariet"] == {"skärmdump"}
    assert not told["Gräsmattorna är gröna"]


def test_a_sentence_without_duty_may_answer_what_its_document_answers_and_nothing_it_is_silent_on(
    document: Annotated,
) -> None:
    examples = {e.texts["clause"].rstrip("."): e for e in topic_examples(document, load_codebook("social_media"))}
    assert examples["Kommentarer besvaras inom två dagar"].labels == {"response_time"}
    assert examples["Gräsmattorna är gröna"].unknown == {"response_time"}
    assert not examples["Gräsmattorna är gröna"].labels


def example(
    text: str, labels: set[str], family: str, *, unknown: set[str] | None = None, split: str = "train"
) -> Example:
    gold = GoldDocument(slug=family, family=family, split=split)
    return Example({"clause": text}, frozenset(labels), frozenset(unknown or ()), {}, gold)


def corpus() -> list[Example]:
    """Forty families that ask for answers or keep pictures, in a few words each."""
    asked = ("Svara på frågan", "Frågan ska besvaras", "Besvara alla frågor", "Svar ges på frågor")
    kept = ("Spara bilden", "Bilden ska sparas", "Alla bilder sparas", "Sparade bilder ligger kvar")
    rows = []
    for n in range(40):
        split = "tune" if n % 2 else "train"
        rows.append(example(asked[n % 4], {"answer"}, f"f{n}", split=split))
        rows.append(example(kept[n % 4], {"keep"}, f"f{n}", split=split))
    return rows


def test_a_model_tells_what_it_has_learned_and_its_file_does_too(tmp_path: Path) -> None:
    fitted = fit(corpus(), ["answer", "keep"], FIELDS)
    fitted.model.save(tmp_path / "m.npz.zst")
    for model in (fitted.model, load_text_model(tmp_path / "m.npz.zst")):
        likely = model.weigh({"clause": "Frågor besvaras"}, {})
        assert likely["answer"] > 3 * likely["keep"]


def test_words_that_say_something_only_together_are_learned() -> None:
    # Neither word tells anything by itself.
    said = {
        "lysande dagar": "answer", "lysande veckor": "keep", "storken dagar": "keep", "storken veckor": "answer",
    }  # fmt: skip
    rows = [
        example(text, {label}, f"f{n}", split="tune" if n % 2 else "train")
        for n in range(40)
        for text, label in said.items()
    ]
    model = fit(rows, ["answer", "keep"], (Field("clause", 1.0, 9, 9),)).model
    for text, label in said.items():
        likely = model.weigh({"clause": text}, {})
        assert max(likely, key=lambda name, likely=likely: likely[name]) == label  # type: ignore[misc]


def test_the_same_examples_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        fit(corpus(), ["answer", "keep"], FIELDS).model.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_family_is_scored_by_models_that_have_not_seen_it() -> None:
    odd = [example("xylofonen klingar vackert", {"answer"}, "odd") for _ in range(3)]
    fitted = fit([*corpus(), *odd], ["answer", "keep"], FIELDS)
    assert fitted.scores[-1, 0] < 0.7  # nothing but the base rate is known of these words
    assert fitted.model.score([{"clause": "xylofonen klingar vackert"}])[0][0] > fitted.scores[-1, 0] + 0.1


def test_unknown_labels_are_filled_in_rather_than_taken_for_no() -> None:
    silent = [example("Svar ges på frågor", set(), f"u{n}", unknown={"answer"}) for n in range(30)]
    denied = [example("Svar ges på frågor", set(), f"u{n}") for n in range(30)]
    unknown, no = (fit([*corpus(), *more], ["answer"], FIELDS).model for more in (silent, denied))
    said = [{"clause": "Svar ges på frågor"}]
    assert unknown.score(said)[0][0] > no.score(said)[0][0] + 0.2


def test_the_curve_is_balanced_where_precision_and_recall_together_are_best() -> None:
    scores = np.array([[0.9], [0.8], [0.4], [0.35], [0.1], [0.05]])
    truth = np.array([[1.0], [1.0], [1.0], [0.0], [0.0], [np.nan]])
    slope, intercept, agreement = weigh(scores, np.zeros_like(scores), truth)
    likely = 1 / (1 + np.exp(-(slope * scores[:, 0] + intercept)))
    assert (likely[:3] >= 0.5).all()
    assert (likely[3:5] < 0.5).all()
    assert abs(agreement) < 1e-6


def test_with_slack_the_curve_finds_more_as_long_as_both_together_are_nearly_as_good() -> None:
    scores = np.linspace(1.0, 0.0, 60)[:, None]
    wanted = np.array([[1.0]] * 10 + [[0.0], [1.0]] * 5 + [[0.0]] * 40)

    def found(slack: float) -> int:
        slope, intercept, _ = weigh(scores, np.zeros_like(scores), wanted, slack=slack)
        return int((slope * scores + intercept >= -1e-4).sum())  # the intercept is rounded

    best, more, all_found = found(0.0), found(0.05), found(1.0)
    assert best < more < all_found == 60
    both = [2 * wanted[:n].sum() / (n + wanted.sum()) for n in (best, more)]
    assert both[0] > both[1] >= 0.95 * both[0]


def test_what_stands_beside_counts_where_examples_are_in_order() -> None:
    # "Dagen är lång" says nothing by itself; beside a duty it is one in these documents, alone it is none.
    rows = []
    for n in range(60):
        first, label = ("Frågor ska besvaras", {"duty"}) if n % 3 else ("Kommunen är stor", set[str]())
        split = "tune" if n % 2 else "train"
        rows += [example(first, label, f"f{n}", split=split), example("Dagen är lång", label, f"f{n}", split=split)]
    model = fit(rows, ["duty"], FIELDS, in_order=True).model
    texts = {"clause": "Dagen är lång"}
    likely = [
        model.weigh(texts, {}, before={"clause": said})["duty"]
        for said in ("Kommunen är stor", rows[2].texts["clause"])
    ]
    assert likely[0] < 0.5 < likely[1]
    assert fit(rows, ["duty"], FIELDS).model.before == 0
