"""What stands beside a word tells of it: years, figures, names, and whether the writers say "vi"."""

from __future__ import annotations

import pytest

from pipeline.repair.lattice import Choice
from pipeline.repair.surroundings import Ourselves, tell_surroundings
from pipeline.repair.tokens import Token


def token(text: str, start: int = 0) -> Token:
    """A word in the middle of a sentence."""
    return Token(start, start + len(text), text, (), opens=False, frozen=False)


def tell(printed: str, *readings: str, before: str = "", behind: str = "") -> list[dict[str, float]]:
    """The facts of readings between two words, in a document not read yet."""
    choices = [Choice(reading, 1, -8.0, 1.0) for reading in readings]
    around = [token(word) if word else None for word in (before, behind)]
    return tell_surroundings(token(printed), around[0], around[1], choices, Ourselves())


@pytest.mark.parametrize(
    ("before", "behind", "fact"),
    [("", "1941", {"year_behind": 1.0}), ("100", "", {"figure_before": 1.0}), ("1939", "", {}), ("", "30", {})],
)
def test_a_year_behind_a_word_or_another_figure_before_it_speaks_for_years(
    before: str, behind: str, fact: dict[str, float]
) -> None:
    assert tell("ar", "ar", "är", "år", before=before, behind=behind) == [{}, {}, fact]


@pytest.mark.parametrize(("behind", "fact"), [("Sten", {"title": 1.0}), ("WHO", {}), ("alltid", {}), ("", {})])
def test_a_name_behind_a_title_speaks_for_it(behind: str, fact: dict[str, float]) -> None:
    assert tell("dr", "dr", "är", behind=behind) == [fact, {}]


def test_who_says_vi_near_by_says_our_own_too_and_a_word_does_not_count_itself() -> None:
    ourselves = Ourselves()
    for word, start in (("vi", 100), ("kommunen", 200), ("vår", 300), ("oss", 5000)):
        ourselves.add(token(word, start), word)
    assert ourselves.count(token("var", 300)) == 1
    assert ourselves.count(token("var", 150)) == 2
    assert ourselves.count(token("var", 2000)) == 0
    choices = [Choice("var", 1, -5.0, 1.0), Choice("vår", 2, -8.0, 1.0)]
    near, far = (tell_surroundings(token("var", start), None, None, choices, ourselves)[1] for start in (150, 2000))
    assert near["ourselves"] > far["ourselves"] == 0
    assert (near["ourselves_none"], far["ourselves_none"]) == (0, 1)


def test_of_a_document_that_was_not_read_yet_nothing_is_told() -> None:
    assert tell("var", "var", "vår") == [{}, {}]
