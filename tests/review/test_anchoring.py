"""Decisions find their place again, or wait; they are never lost and never put on words that say something else."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.decision import Decision
from pipeline.review import AnchorTarget, anchor
from pipeline.review.guards import turns_around

CASES = yaml.safe_load(Path(__file__).with_name("anchoring.yaml").read_text("utf-8"))


def decision_on(marked, **given):
    """A decision on the words in [[ ]] of a text, and that text."""
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    decision = Decision(
        "d1", "requirement", "", "old", text[start:end], text[max(0, start - 40) : start], text[end : end + 40], start,
        "accept", "", "Anna", "2026-03-01", "",
    )  # fmt: skip
    return dataclasses.replace(decision, **given), text


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_cases(case):
    decision, _ = decision_on(case["then"])
    now = case["now"].replace("[[", "").replace("]]", "")
    anchored, conflicts = anchor([decision], [AnchorTarget("doc", "old" if case["same_file"] else "new", now)])
    if "[[" in case["now"]:
        start, end = case["now"].index("[["), case["now"].index("]]") - 2
        assert [(a.start, a.end, now[a.start : a.end]) for a in anchored] == [(start, end, now[start:end])]
        assert conflicts == ()
    else:
        assert anchored == ()
        assert [c.decision_id for c in conflicts] == ["d1"]
        assert conflicts[0].reason.endswith(".")


def test_the_place_of_words_that_stand_twice_is_told_by_the_file_being_the_same():
    decision, text = decision_on("Ja. Konton ska registreras. Ja. [[Konton ska registreras.]] Ja.")
    (item,), _ = anchor([decision], [AnchorTarget("doc", "old", text)])
    assert item.start == decision.start


def test_each_copy_of_a_file_gets_the_decision():
    decision, text = decision_on("Ja. [[Konton ska registreras.]] Nej.")
    anchored, conflicts = anchor([decision], [AnchorTarget("a", "old", text), AnchorTarget("b", "old", text)])
    assert [a.document_id for a in anchored] == ["a", "b"]
    assert conflicts == ()


def test_decisions_on_an_edited_file_go_together():
    text = "Första raden handlar om konton. Inlägg ska sparas i ett år. Alla frågor ska besvaras vänligt."
    shared, _ = decision_on(text.replace("Inlägg ska sparas i ett år", "[[Inlägg ska sparas i ett år]]"))
    own, _ = decision_on(
        text.replace("Alla frågor ska besvaras vänligt", "[[Alla frågor ska besvaras vänligt]]"), decision_id="d2"
    )
    edited = AnchorTarget("edited", "new", text.replace("Första raden", "Den första raden"))
    other = AnchorTarget("other", "else", "Första raden handlar om konton. Inlägg ska sparas i ett år. Slut.")
    anchored, conflicts = anchor([shared, own], [edited, other])
    assert {a.document_id for a in anchored} == {"edited"} and len(anchored) == 2
    assert conflicts == ()


def test_words_that_two_other_files_share_belong_to_neither():
    decision, text = decision_on("Första raden. [[Inlägg ska sparas i ett år.]] Slut.")
    anchored, conflicts = anchor([decision], [AnchorTarget("a", "x", text), AnchorTarget("b", "y", text)])
    assert anchored == ()
    assert conflicts[0].nearest == "Inlägg ska sparas i ett år."


def test_a_file_that_is_not_in_the_run_is_said():
    decision, _ = decision_on("Första raden. [[Inlägg ska sparas i ett år.]] Slut.")
    _, (lost,) = anchor([decision], [AnchorTarget("a", "x", "Något helt annat.")])
    assert "finns inte i körningen" in lost.reason


def test_the_latest_decision_holds(decide, target):
    words = "Chefen ska svara inom 24 timmar"
    early = decide("requirement", "reject", quote=words, date="2026-01-01")
    late = decide("requirement", "accept", quote=words, author="Bo", date="2026-02-01")
    anchored, conflicts = anchor([late, early], [target])
    assert [a.decision.verdict for a in anchored] == ["accept"]
    assert conflicts == ()


def test_different_decisions_of_one_day_wait(decide, target):
    words = "Chefen ska svara inom 24 timmar"
    one = decide("requirement", "reject", quote=words)
    two = decide("requirement", "accept", quote=words, author="Bo")
    anchored, conflicts = anchor([one, two], [target])
    assert anchored == ()
    assert len(conflicts) == 2
    assert "Bo" in conflicts[1].reason or "Bo" in conflicts[0].reason


@given(st.text(alphabet="abc dåx.\n", min_size=5, max_size=80), st.data())
def test_no_decision_is_lost(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    now = data.draw(st.text(alphabet="abc dåx.\n", max_size=80))
    decision = Decision("d1", "value", "", "s", text[start:end], "", "", start, "accept", "", "A", "2026-01-01", "")
    anchored, conflicts = anchor([decision], [AnchorTarget("doc", "s", now)])
    assert len(anchored) + len(conflicts) == 1
    for item in anchored:
        assert 0 <= item.start <= item.end <= max(len(now), item.start)


@given(st.text(alphabet="abcdå .", min_size=10, max_size=80), st.data())
def test_an_unchanged_text_gives_the_very_place(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    decision = Decision("d1", "value", "", "s", text[start:end], "", "", start, "accept", "", "A", "2026-01-01", "")
    ((item,), _) = anchor([decision], [AnchorTarget("doc", "s", text)])
    assert (item.start, item.end) == (start, end)


@pytest.mark.parametrize(
    ("one", "two", "turned"),
    [
        ("Inlägg ska sparas", "Inlägg ska sparas", False),
        ("Inlägg ska sparas", "Inlägg skall sparas", False),
        ("Inlägg ska sparas", "Inlägg ska inte sparas", True),
        ("inom 24 timmar", "inom 48 timmar", True),
        ("Du bér svara", "Du bör svara", False),
        ("Du bör svara", "Du får svara", True),
        ("fragor besvaras", "frågor besvaras", False),
        ("medier 1 sin kommunikation", "medier i sin kommunikation", False),
        ("minst 1 person", "minst 2 person", True),
    ],
)
def test_words_that_turn_a_rule_around(one, two, turned):
    assert turns_around(one, two) is turned
    assert turns_around(two, one) is turned
