"""Other languages and program code are left alone in a damaged document, and the Swedish around them is mended."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.params import RepairSettings
from pipeline.repair import repair_text
from pipeline.repair.foreign import find_foreign

CASES = yaml.safe_load(Path(__file__).with_name("damaged_cases.yaml").read_text("utf-8"))
DAMAGED = "\n\n".join(case["read"] for case in CASES)
SETTINGS = RepairSettings()
FOREIGN = {
    "english": (
        "All employees must reply within 24 hours and never share personal data. For the record, one man in the bar "
        "had a far larger role than the others."
    ),
    "danish": "Kommunen skal svare inden for 24 timer, og der må ikke slettes noget uden grund.",
    "norwegian": "Kommunen skal svare innen 24 timer og kan ikke slette noe uten grunn.",
    "german": "Die Gemeinde muss innerhalb von 24 Stunden antworten und darf nichts ohne Grund entfernen.",
    "finnish": "Kunnan on vastattava kysymyksiin vuorokauden kuluessa, ja se ei voi poistaa kritiikkiä.",
    "code": "var x = har_ratt(); for (i = 0; i < far; i++) { matt += 1; }",
}


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_foreign_paragraphs_and_lines_are_left_alone(foreign: str, gap: str) -> None:
    head, foot = DAMAGED.split("\n\n", 1)
    raw = f"{head}{gap}{foreign}{gap}{foot}"
    repaired = repair_text(raw, settings=SETTINGS)
    place = raw.index(foreign)
    assert foreign in repaired.text
    assert not [e for e in repaired.edits if e.raw_start < place + len(foreign) and place < e.raw_end]
    assert repaired.text.startswith(CASES[0]["said"])


def test_a_foreign_sentence_within_a_paragraph_is_left_alone() -> None:
    raw = f'Pa var sida star det: "We are here for you and the man in the bar". Vi svarar sa fort vi kan.\n\n{DAMAGED}'
    said = 'På vår sida står det: "We are here for you and the man in the bar". Vi svarar så fort vi kan.'
    assert repair_text(raw, settings=SETTINGS).text.split("\n\n")[0] == said


@pytest.mark.parametrize(
    "text",
    [
        *(case["read"] for case in CASES),
        *(case["said"] for case in CASES),
        "1960 = 4200 kr, 1961 = 4300, 1962 = 8",
        "B = bevaras, G = gallras; nr 03.01--03.07; R = rensas.",
    ],
)
def test_swedish_is_not_foreign(text: str) -> None:
    assert find_foreign(text, [(0, len(text))]) == []
