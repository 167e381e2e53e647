"""Numbers that may be misread are said to be in doubt and never changed, in damaged texts and in sound ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.params import RepairSettings
from pipeline.repair import repair_text

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "number_cases.yaml").read_text("utf-8"))
DAMAGED = "\n".join(case["read"] for case in yaml.safe_load((HERE / "damaged_cases.yaml").read_text("utf-8")))
SETTINGS = RepairSettings()
NO_DIACRITICS = str.maketrans("åäöÅÄÖ", "aaoAAO")


@pytest.mark.parametrize(("sentence", "number"), CASES["doubtful"], ids=[number for _, number in CASES["doubtful"]])
def test_letters_among_figures_are_flagged_in_any_text(sentence: str, number: str) -> None:
    repaired = repair_text(sentence, settings=SETTINGS)
    assert repaired.text == sentence
    assert [(e.before, e.after, e.rule, e.status) for e in repaired.edits] == [
        (number, number, "doubtful_number", "suggested")
    ]
    among = repair_text(f"{DAMAGED}\n{sentence.translate(NO_DIACRITICS)}", settings=SETTINGS)
    assert number in among.text.rsplit("\n", 1)[-1]
    assert [(e.after, e.rule, e.status) for e in among.edits if e.before == number] == [
        (number, "doubtful_number", "suggested")
    ]


@pytest.mark.parametrize("sentence", CASES["sound"])
def test_sound_names_sections_and_addresses_are_not_flagged(sentence: str) -> None:
    assert repair_text(sentence, settings=SETTINGS).edits == ()


@pytest.mark.parametrize("number", ["98 96", "55 90", "7,5 90"])
def test_a_figure_that_may_be_a_percentage_is_flagged_in_a_damaged_text(number: str) -> None:
    repaired = repair_text(f"{DAMAGED}\nDet galler {number} av fragorna.", settings=SETTINGS)
    assert (number, "doubtful_number") in [(edit.before, edit.rule) for edit in repaired.edits]
