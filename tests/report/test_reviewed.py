"""What a reviewer has decided of an answer is said where the answer's evidence stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import write_report
from tests.report.conftest import IN_CHROMIUM

pytestmark = IN_CHROMIUM

BARE = {"document_id": "", "page": None, "start": None, "end": None, "quote": ""}
REJECTED = {"answer": "silent", "modality": "", "value": "", "value_text": "", "review": "rejected", **BARE}
GIVEN = {"answer": "stated", "modality": "should", "value": "duty", "value_text": "bör", "review": "changed", **BARE}
DECIDED = {
    ("response_time", "Ekvik"): REJECTED,
    ("tone", "Ekvik"): GIVEN,
    ("response_time", "Ålbyn"): {"review": "changed"},
}


@pytest.fixture(scope="module")
def written(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with three answers decided on: one rejected, one given without a quote, one changed."""
    cells = (replace(c, **DECIDED.get((c.requirement, c.municipality), {})) for c in sample.comparison.cells)
    folder = tmp_path_factory.mktemp("reviewed")
    write_report(replace(sample.comparison, cells=tuple(cells)), sample.material, folder,
                 codebooks=sample.codebooks, settings=sample.settings)  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("place", "said", "not_said"),
    [
        (
            "response_time/Ekvik",
            ["har avvisats vid granskning", "Avvisat ställe"],
            ["inget ställe svarar", "Stöder också"],
        ),
        ("tone/Ekvik", ["Svaret har getts vid granskning. Det finns inget citat"], ["Citatet visar var"]),
        ("response_time/Ålbyn", ["Svaret har ändrats vid granskning. Citatet är det ställe"], []),
    ],
)
def test_a_decision_is_said_with_the_evidence(page: Any, place: str, said: list[str], not_said: list[str]) -> None:
    page.evaluate(f"location.hash = '#/matrix/{place}'")
    page.wait_for_selector(".evidence h3")
    panel = page.inner_text("#panel")
    assert all(words in panel for words in said), panel
    assert not any(words in panel for words in not_said), panel
