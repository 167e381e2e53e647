"""Learning where duties are cut and how sure cells are: what becomes an example, and what the curves then say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.codebooks import load_codebook
from pipeline.compare.certainty import ANSWERED, SILENT, likelihood
from pipeline.evaluation.gold import GoldDocument
from pipeline.extract.joints import Joint
from pipeline.learning.certainty import CellExample, cell_examples, describe_certainty, fit_certainty
from pipeline.learning.examples import Annotated
from pipeline.learning.joining import JointExample, describe_joints, fit_joints, joint_examples
from pipeline.linear import find_model, models_from
from tests.learning.annotating import annotated, span

TEXT = """Riktlinje för sociala medier

Redaktören ska skicka skärmbilden till registrator, som diarieför den. Konton ska ha logotyp, namn och adress.
"""


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    duties = [
        {**span(TEXT, words), "modality": "must", "actor": "", "categories": []}
        for words in (
            "Redaktören ska skicka skärmbilden till registrator", "som diarieför den",
            "Konton ska ha logotyp, namn och adress",
        )
    ]  # fmt: skip
    cells = [{"requirement": "registration", "answer": "stated", "value": None}]
    return annotated(tmp_path, TEXT, obligations=duties, cells=cells)


def test_a_joint_begins_a_duty_where_people_see_one(document: Annotated) -> None:
    told = {document.outline.text[start:][:10]: e.begins for e, start in _with_places(document)}
    assert told["som diarie"]
    assert not any(begins for words, begins in told.items() if words != "som diarie")


def _with_places(document: Annotated) -> list[tuple[JointExample, int]]:
    from pipeline.extract.cutting import joints_of
    from pipeline.extract.duties import find_duties

    duties = find_duties(document.outline, document.parsed, weighed=False, cut=False)
    places = [start for duty in duties for _, start in joints_of(document.parsed.parses, duty)]
    return list(zip(joint_examples(document), places, strict=True))


def test_what_stands_where_duties_begin_comes_to_speak_for_one() -> None:
    gold = [GoldDocument(slug=f"{n}", family=f"{n}", split="tune") for n in range(14)]
    examples = [
        JointExample(Joint(1, 2, frozenset({"som"} if n % 2 else {"och"})), bool(n % 2), gold[n % 14])
        for n in range(56)
    ]
    weights = fit_joints(examples)
    assert (
        Joint(1, 2, frozenset({"som"})).likelihood(weights) > 0.5 > Joint(1, 2, frozenset({"och"})).likelihood(weights)
    )
    assert weights == fit_joints(list(reversed(examples)))
    assert "28 begin a duty: P 1.000 R 1.000" in describe_joints(examples, "tune")


def test_every_cell_that_people_read_is_an_example(document: Annotated) -> None:
    (example,) = cell_examples(document, load_codebook("social_media"))
    assert example.answered
    assert all(fact.startswith(example.curve) for fact in example.facts)


def test_curves_follow_what_people_found() -> None:
    gold = [GoldDocument(slug=f"{n}", family=f"{n}", split="tune") for n in range(14)]
    examples = [
        CellExample(curve, {f"{curve}:nearest": float(n % 3)}, n % 3 == 2, gold[n % 14])
        for curve in (SILENT, ANSWERED)
        for n in range(84)
    ]
    weights = fit_certainty(examples)
    told = [likelihood(weights, SILENT, {f"{SILENT}:nearest": float(n)}) for n in range(3)]
    assert told == sorted(told)
    assert told[0] < 0.5 < told[2]
    assert "silent 84 cells" in describe_certainty(examples)


def test_models_of_another_folder_take_the_place_of_those_that_ship(tmp_path: Path) -> None:
    assert find_model(Path("shipped"), "a.npz") == Path("shipped/a.npz")
    with models_from(tmp_path):
        assert find_model(Path("shipped"), "a.npz") == tmp_path / "a.npz"
    assert find_model(Path("shipped"), "a.npz") == Path("shipped/a.npz")
