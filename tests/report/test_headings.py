"""The heading that a finding is told under."""

from __future__ import annotations

import pytest

from pipeline.records.comparison import Finding
from pipeline.report.headings import OLD_WORD, OUTDATED, heading_of
from pipeline.swedish.texts import LANGUAGES, load_texts
from tests.rows import row


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        ("Twitter", "stale_name"),
        ("E-delegationens", "stale_name"),
        ("skall", "stale_word"),
        ("tillfällig eller ringa betydelse", "stale_term"),
        ("Informationschef", "stale_role"),
        ("personuppgiftsombudet", "stale_role"),
        ("informationspolicyn", "stale_document"),
        ("Giltig till 2024-03-31", "stale_ended"),
    ],
)
def test_what_is_outdated_is_told_by_what_it_is(quote: str, heading: str) -> None:
    assert heading_of(row(Finding, kind="stale_name", quote=quote)) == heading
    assert heading_of(row(Finding, kind="gap", quote=quote)) == "gap"


def test_every_heading_has_words() -> None:
    for language in LANGUAGES:
        words = load_texts(language).words
        assert all(f"{group}.{name}" in words for group in ("finding", "finding_about")
                   for name in (*OUTDATED.values(), OLD_WORD))  # fmt: skip
