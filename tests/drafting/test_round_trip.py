"""A draft is itself a document: the pipeline finds in it what it was made of."""

from datetime import date

import pytest

from benchmarks.drafting.cases import materials
from benchmarks.drafting.round_trip import send, tell
from pipeline.codebooks import load_codebook
from pipeline.drafting import Choices, compose_draft

ON = date(2026, 2, 1)


@pytest.mark.parametrize("codebook", ["social_media", "ai_use"])
def test_drafts_come_back_with_the_same_values(codebook, tmp_path):
    """Each requirement plainly, with all values of its own, with one open value, and left to another document.

    Every answer with every modality is measured by `python -m benchmarks.drafting`.
    """
    drafts = [
        compose_draft(material, name, Choices(municipality=name), on=ON)
        for name, material in materials(load_codebook(codebook), few=True)
    ]
    trips = send(drafts, tmp_path, codebook=codebook, on=ON)
    wrong = [t for t in trips if not t.same]
    assert {t.requirement for t in trips} == {e.id for e in load_codebook(codebook).requirements}
    assert not wrong, tell(wrong)
