"""Layout repair makes exactly the declared edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.params import RepairSettings
from pipeline.repair import repair_text

CASES = yaml.safe_load(Path(__file__).with_name("layout_cases.yaml").read_text("utf-8"))
SETTINGS = RepairSettings()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_layout(case: dict[str, Any]) -> None:
    repaired = repair_text(case["before"], settings=SETTINGS)
    assert repaired.text == case.get("after", case["before"])
    assert [edit.rule for edit in repaired.edits if edit.status == "applied"] == case.get("rules", [])


def test_rules_hold_their_breath_on_forms() -> None:
    before = (
        "Förvaltningen ska varje år gå igenom alla konton och stänga\n\n\n\nde som inte används i kommu-\nnikation."
    )
    assert repair_text(before, settings=SETTINGS, flowing=False).text == before


def test_furniture_is_cut_and_the_sentence_goes_on() -> None:
    before = (
        "Alla som publicerar något i kommunens namn ska följa de riktlinjer\n\nPolicy sid 2\n\n"
        "som nämnden har antagit. Därefter gäller lagen."
    )
    start = before.index("Policy sid 2")
    repaired = repair_text(before, settings=SETTINGS, furniture=[(start, start + len("Policy sid 2"))])
    assert repaired.text == (
        "Alla som publicerar något i kommunens namn ska följa de riktlinjer som nämnden har antagit. "
        "Därefter gäller lagen."
    )
    assert sorted({rule for edit in repaired.edits for rule in edit.rule.split("+")}) == ["furniture", "page_break"]


def test_a_short_line_goes_on_only_over_a_page_break() -> None:
    before = "Den som svarar ska alltid\n\nskriva sitt namn."
    assert repair_text(before, settings=SETTINGS).text == before
    broken = repair_text(before, settings=SETTINGS, page_starts=(0, before.index("skriva")))
    assert broken.text == "Den som svarar ska alltid skriva sitt namn."
