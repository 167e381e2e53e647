"""Shares with their intervals."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import compare_requirements
from pipeline.compare.measured_error import Accuracy, accuracy_of, measured_cells, misreadings
from pipeline.compare.statistics import MEASURES, correct_together, corrected, interval


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_agrees_with_published_examples(count: int, total: int, low: float, high: float) -> None:
    found = interval(count, total)
    assert [round(end, 4) for end in found] == [low, high]


@given(st.integers(0, 300), st.integers(1, 300))
def test_interval_holds_the_share(count: int, total: int) -> None:
    count = min(count, total)
    low, high = interval(count, total)
    assert 0 <= low <= count / total <= high <= 1
    mirrored = interval(total - count, total)
    assert math.isclose(low, 1 - mirrored[1], abs_tol=1e-9)


def test_unreadable_municipalities_are_not_in_the_denominator(build_all: Any) -> None:
    rule = {"text": "Ersättare ska finnas vid frånvaro", "topics": ["deputies"]}
    comparison = compare_requirements(
        build_all(
            [
                {"municipality": "Ekby", "clauses": [rule]},
                {"municipality": "Lindby", "clauses": ["Kommunen ligger vid kusten."]},
                {"municipality": "Alby", "clauses": ["Kommunen ligger vid kusten."], "completeness": "truncated"},
            ]
        )
    )
    rows = {s.measure: s for s in comparison.statistics if s.requirement == "deputies"}
    assert (rows["stated"].count, rows["stated"].total, rows["stated"].share) == (1, 2, 0.5)
    assert (rows["silent"].count, rows["silent"].total) == (1, 2)
    assert "1 kunde inte bedömas" in rows["stated"].note_sv
    assert "1 could not be judged" in rows["stated"].note_en
    whole = next(s for s in comparison.statistics if not s.requirement and s.measure == "stated")
    assert (whole.codebook, whole.count, whole.total) == ("social_media", 1, 90)


def test_a_letter_that_only_proposes_is_in_no_denominator_as_in_the_findings(build_all: Any) -> None:
    rule = {"text": "Ersättare ska finnas vid frånvaro", "topics": ["deputies"]}
    comparison = compare_requirements(
        build_all(
            [
                {"municipality": "Ekby", "clauses": [rule]},
                {"municipality": "Lindby", "clauses": ["Kommunen ligger vid kusten."]},
                {"municipality": "Alby", "clauses": ["Riktlinjen antas."], "completeness": "proposal"},
            ]
        )
    )
    rows = {s.measure: s for s in comparison.statistics if s.requirement == "deputies"}
    assert (rows["stated"].count, rows["stated"].total) == (1, 2)
    assert (rows["silent"].count, rows["silent"].total) == (1, 2)
    assert "1 som bara har ett förslag räknas inte" in rows["stated"].note_sv
    assert "1 with only a proposal not counted" in rows["stated"].note_en
    gap = next(f for f in comparison.findings if (f.kind, f.requirement) == ("gap", "deputies"))
    assert "1 av 1 andra" in gap.message_sv
    assert "Alby" not in {row.municipality for row in comparison.review_next}, "no share rests on it"


def chances(total: int, p: float) -> list[float]:
    """The probability of each count of a binomial."""
    return [math.comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(total + 1)]


@pytest.mark.parametrize("prevalence", [0.1, 0.4, 0.75])
@pytest.mark.parametrize(("se", "sp"), [(0.95, 0.9), (0.8, 0.85)])
def test_corrected_interval_covers_the_truth_and_the_plain_one_does_not_always(
    prevalence: float, se: float, sp: float
) -> None:
    # Every outcome of thirty municipalities and of measuring on forty cells each, weighed by its chance.
    seen = prevalence * se + (1 - prevalence) * (1 - sp)
    covered = 0.0
    for found, chance_se in enumerate(chances(40, se)):
        for spared, chance_sp in enumerate(chances(40, sp)):
            chance = chance_se * chance_sp
            if chance < 1e-5:
                covered += chance
                continue
            for count, chance_count in enumerate(chances(30, seen)):
                _, low, high = corrected(count, 30, Accuracy(40, found, 40, spared))
                covered += chance * chance_count * (low <= prevalence <= high)
    assert covered > 0.93


def test_perfect_reading_corrects_nothing() -> None:
    perfect = Accuracy(10_000, 10_000, 10_000, 10_000)
    share, low, high = corrected(30, 100, perfect)
    plain = interval(30, 100)
    assert share == pytest.approx(0.3)
    assert (low, high) == (pytest.approx(plain[0], abs=0.01), pytest.approx(plain[1], abs=0.01))


def test_misses_raise_the_share_and_widen_the_interval() -> None:
    share, low, high = corrected(50, 100, Accuracy(100, 80, 100, 99))
    # Rogan and Gladen: (0.5 + 0.99 - 1) / (0.8 + 0.99 - 1)
    assert share == pytest.approx(0.49 / 0.79)
    plain = interval(50, 100)
    assert high - low > plain[1] - plain[0]


def test_nothing_is_corrected_by_reading_no_better_than_chance_or_never_measured() -> None:
    assert corrected(5, 10, Accuracy(10, 5, 10, 5)) == (0.5, 0.0, 1.0)
    assert corrected(5, 10, Accuracy(0, 0, 10, 10)) == (0.5, 0.0, 1.0)
    assert corrected(2, 4, Accuracy(24, 4, 500, 490)) == (0.5, 0.0, 1.0)  # four found of 24: anything may be true


@given(
    st.integers(0, 60), st.integers(1, 60), st.integers(1, 80), st.integers(0, 80), st.integers(1, 80), st.integers()
)
def test_corrected_interval_holds_its_share(
    count: int, total: int, with_it: int, found: int, without: int, spared: int
) -> None:
    accuracy = Accuracy(with_it, min(found, with_it), without, abs(spared) % (without + 1))
    share, low, high = corrected(min(count, total), total, accuracy)
    assert 0 <= low <= share <= high <= 1


def test_accuracy_is_counted_by_what_the_gold_says() -> None:
    cells = {"stated": {"stated": 8, "silent": 2}, "silent": {"stated": 1, "silent": 19, "unreadable": 5}}
    assert accuracy_of(("stated",), cells) == Accuracy(10, 8, 20, 19)


def test_the_measured_error_is_one_that_can_correct() -> None:
    for name in ("stated", "silent"):
        accuracy = accuracy_of(MEASURES[name], measured_cells())
        assert accuracy.with_it > 100
        assert accuracy.found / accuracy.with_it + accuracy.spared / accuracy.without > 1.4


READ_AS = [[0.9, 0.02, 0.08], [0.3, 0.5, 0.2], [0.1, 0.0, 0.9]]


@pytest.mark.parametrize("true", [[0.6, 0.1, 0.3], [0.2, 0.5, 0.3], [0.0, 0.0, 1.0]])
def test_shares_corrected_together_are_the_true_ones_where_all_is_read_as_measured(true: list[float]) -> None:
    seen = [round(1e6 * sum(true[i] * READ_AS[i][j] for i in range(3))) for j in range(3)]
    assert correct_together(seen, READ_AS) == pytest.approx(true, abs=1e-3)


@pytest.mark.parametrize(("count", "share"), [(50, (0.5 + 0.99 - 1) / (0.8 + 0.99 - 1)), (0, 0), (1, 0), (95, 1)])
def test_of_two_answers_it_is_the_share_of_rogan_and_gladen_cut_at_the_ends(count: int, share: float) -> None:
    found = correct_together([count, 100 - count], [[0.8, 0.2], [0.01, 0.99]])
    assert found == pytest.approx([share, 1 - share], abs=1e-4)


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3).filter(any))
def test_shares_corrected_together_are_shares_and_make_up_the_whole(counts: list[int]) -> None:
    shares = correct_together(counts, READ_AS)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1)


def answering(answer: str) -> dict[str, Any]:
    """A clause that makes the answer on retention what it is called."""
    kept = {"kind": "retention", "quote": "gallras", "value": "gallras", "refers_to": "gallringsplan"}
    return {
        "stated": {"text": "Redaktören ska gallra inlägg efter två år", "topics": ["retention"]},
        "delegated": {"text": "Inlägg gallras enligt gallringsplanen", "topics": ["retention"], "values": [kept]},
        "silent": {"text": "Kommunen ligger vid kusten."},
    }[answer]


def test_corrected_shares_of_a_question_sum_to_one_and_rare_finds_stay_as_counted(build_all: Any) -> None:
    answers = ["stated"] * 3 + ["delegated"] * 4 + ["silent"] * 4
    documents = [{"municipality": f"M{n}", "clauses": [answering(a)]} for n, a in enumerate(answers)]
    rows = {s.measure: s for s in compare_requirements(build_all(documents)).statistics if s.requirement == "retention"}
    assert {name: row.count for name, row in rows.items()} == {
        "stated": 3, "delegated": 4, "silent": 4, "stated_negatively": 0,
    }  # fmt: skip
    assert sum(row.corrected_share for row in rows.values()) == pytest.approx(1, abs=3e-4)
    assert all(row.corrected_low <= row.corrected_share <= row.corrected_high for row in rows.values())
    assert rows["delegated"].corrected_share == rows["delegated"].share, "too few of them are found to say more"
    assert rows["stated"].corrected_share != rows["stated"].share
    assert rows["stated"].corrected_high - rows["stated"].corrected_low > rows["stated"].high - rows["stated"].low


def test_misreadings_are_counted_among_the_measures_alone() -> None:
    cells = {"stated": {"stated": 8, "silent": 2, "delegated": 5}, "silent": {"stated": 1, "silent": 19}}
    assert misreadings([("stated",), ("silent",)], cells) == [[0.8, 0.2], [0.05, 0.95]]


def test_documents_to_review_are_ranked_by_their_doubt(build_all: Any) -> None:
    def rule(text: str) -> dict[str, Any]:
        return {"text": text, "topics": ["deputies"]}

    vague = rule("Någon annan ska kunna logga in")
    comparison = compare_requirements(
        build_all(
            [
                {"municipality": "Ekby", "clauses": [rule("Ersättare ska finnas vid frånvaro")]},
                {"municipality": "Lindby", "clauses": [vague]},
                {
                    "municipality": "Alby",
                    "clauses": [vague],
                    "completeness": "truncated",
                },
            ]
        )
    )
    rows = comparison.review_next
    assert [row.rank for row in rows] == [1, 2, 3]
    # Of the truncated one only the answer that is there can be reviewed.
    assert [row.municipality for row in rows] == ["Lindby", "Ekby", "Alby"]
    assert rows[0].requirements.startswith("deputies")
    assert (rows[2].cells, rows[2].requirements) == (1, "deputies")
    assert sum(row.share for row in rows) == pytest.approx(1, abs=0.001)
