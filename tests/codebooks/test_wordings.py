"""Sentences as municipalities of all kinds word them: how many of their topics are found, and how many wrongly.

`wordings.csv` has a sentence a line with all its topics, none for sentences about something else. It is measured as a
whole, so that a line that the cues don't know yet may be added and weighs as one of many.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.codebooks import ClauseText, load_codebook, match_cues

BOOK = load_codebook("social_media")
FIT = 0.5
MIN_RECALL, MIN_PRECISION = 0.95, 0.88
MIN_RECALL_OF_ONE = 0.6
MAX_ALARMS = 0.05


def read_wordings() -> list[tuple[frozenset[str], str]]:
    with Path(__file__).with_name("wordings.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return [(frozenset(filter(None, row["topics"].split("|"))), row["text"]) for row in rows]


WORDINGS = read_wordings()


def find_topics(text: str) -> frozenset[str]:
    matches = match_cues(BOOK, ClauseText(text, modality="must"))
    return frozenset(m.requirement for m in matches if m.score >= FIT)


@pytest.fixture(scope="module")
def found() -> list[frozenset[str]]:
    return [find_topics(text) for _, text in WORDINGS]


def test_the_file_knows_every_requirement_and_no_other() -> None:
    named = Counter(topic for topics, _ in WORDINGS for topic in topics)
    assert set(named) == {r.id for r in BOOK.requirements}
    assert min(named.values()) >= 5
    assert len({text for _, text in WORDINGS}) == len(WORDINGS)


def test_topics_are_found(found: list[frozenset[str]]) -> None:
    missed = [(text, topics - got) for (topics, text), got in zip(WORDINGS, found, strict=True) if topics - got]
    wanted = sum(len(topics) for topics, _ in WORDINGS)
    assert 1 - sum(len(topics) for _, topics in missed) / wanted >= MIN_RECALL, missed


def test_what_is_found_is_right(found: list[frozenset[str]]) -> None:
    extra = [(text, got - topics) for (topics, text), got in zip(WORDINGS, found, strict=True) if got - topics]
    total = sum(map(len, found))
    assert 1 - sum(len(topics) for _, topics in extra) / total >= MIN_PRECISION, extra


@pytest.mark.parametrize("requirement", [r.id for r in BOOK.requirements])
def test_no_requirement_is_left_behind(requirement: str, found: list[frozenset[str]]) -> None:
    got = [requirement in topics for (wanted, _), topics in zip(WORDINGS, found, strict=True) if requirement in wanted]
    assert sum(got) / len(got) >= MIN_RECALL_OF_ONE


def test_other_matters_have_no_topic(found: list[frozenset[str]]) -> None:
    others = [(text, got) for (topics, text), got in zip(WORDINGS, found, strict=True) if not topics]
    assert len(others) >= 60
    alarms = [(text, sorted(got)) for text, got in others if got]
    assert len(alarms) <= MAX_ALARMS * len(others), alarms
