"""Which times of a passage answer which question."""

from __future__ import annotations

import pytest

from pipeline.codebooks import load_codebook
from pipeline.compare.times import find_times
from pipeline.records.requirement import Value


def value(kind: str, quote: str, said: str, of: str, calendar: str = "") -> Value:
    return Value("v", "r", "d", kind, 1, 0, 0, quote, said, "", calendar, of, "", "", "", False, 0.9)


DAILY = value("frequency", "varje arbetsdag", "P1D", "answer", "weekdays")
WEEKLY = value("frequency", "varje vecka", "P1W", "posting")
SOON = value("removal_time", "omgående", "skyndsamt", "removal")
ANSWER = value("response_time", "inom två dagar", "P2D", "answer")


@pytest.mark.parametrize(
    ("asked", "also", "values", "text", "times"),
    [
        # The word nearest to it says that the time is of answers, but the passage is about monitoring alone.
        ("monitoring", [], [DAILY], "Kommentarer och svar läses varje arbetsdag", {"P1D weekdays"}),
        ("posting_frequency", ["monitoring"], [WEEKLY], "Kontot läses och uppdateras varje vecka", {"P1W"}),
        ("monitoring", ["posting_frequency"], [WEEKLY], "Kontot läses och uppdateras varje vecka", set()),
        ("response_time", ["removal"], [ANSWER, SOON], "Svara inom två dagar och ta bort hot omgående", {"P2D"}),
        ("removal", ["response_time"], [ANSWER, SOON], "Svara inom två dagar och ta bort hot omgående", {"skyndsamt"}),
        # No value of the clause was found to be of anything: the words themselves are read.
        ("removal", [], [], "Avlägsna sådana inlägg genast", {"skyndsamt"}),
        ("follow_up", [], [], "Kontona gås igenom varje höst", {"P1Y"}),
        # How soon is no answer to how often.
        ("follow_up", [], [ANSWER], "Följ upp svaren inom två dagar", set()),
    ],
)
def test_a_time_is_of_what_its_words_or_else_its_passage_are_about(
    asked: str, also: list[str], values: list[Value], text: str, times: set[str]
) -> None:
    codebook = load_codebook("social_media")
    entry, rivals = codebook.find(asked), [codebook.find(name) for name in also]
    assert entry is not None
    assert set(find_times(entry, [r for r in rivals if r is not None], values, text)) == times
