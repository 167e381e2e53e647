"""A rule's time with those that hold on occasions behind it, in words and back."""

from __future__ import annotations

import pytest

from pipeline.codebooks import load_codebook
from pipeline.records.comparison import Cell
from pipeline.report.wording import value_in_words
from pipeline.swedish.texts import LANGUAGES, load_texts
from pipeline.wording import CellReader, asides_of, put_in_words, rule_of, say_asides
from pipeline.wording.asides import OCCASIONS
from tests.rows import row

ENTRY = load_codebook("social_media").find("response_time")
VALUE = "P1D weekdays|P3D weekdays|PT1H any|PT2H"
ASIDES = {"P3D weekdays": "demanding", "PT1H any": "crisis", "PT2H": "crisis"}


def cell(asides: dict[str, str], value: str = VALUE) -> Cell:
    rule = set(value.split("|")).difference(asides)
    return row(
        Cell, requirement="response_time", answer="stated", modality="must", value=value,
        value_text=put_in_words(ENTRY, rule, "must") + say_asides(ENTRY, asides),
    )  # fmt: skip


def test_the_rule_leads() -> None:
    said = cell(ASIDES)
    assert said.value_text == (
        "inom en arbetsdag (när svaret kräver mer inom 3 arbetsdagar; i kris inom 1 timme alla dagar, inom 2 timmar)"
    )
    assert asides_of(ENTRY, said) == ASIDES and rule_of(ENTRY, said) == {"P1D weekdays"}
    english = value_in_words(said, ENTRY, load_texts("en"))
    assert english.startswith("within 1 day (weekdays) (where the answer takes more within 3 days")
    assert english.count("in a crisis") == 1


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_is_read_back(occasion: str) -> None:
    said = cell({"PT2H": occasion})
    assert asides_of(ENTRY, said) == {"PT2H": occasion}
    assert CellReader(ENTRY, [said]).read(said.value_text).value == VALUE
    assert all(load_texts(language)[f"aside.{occasion}"] for language in LANGUAGES)


def test_words_without_a_rule_in_front_have_no_asides() -> None:
    said = cell({})
    assert asides_of(ENTRY, said) == {} and rule_of(ENTRY, said) == set(VALUE.split("|"))
    lacking = row(Cell, answer="delegated", value="krisplan", value_text="enligt krisplan (saknas i mappen)")
    assert asides_of(ENTRY, lacking) == {}
