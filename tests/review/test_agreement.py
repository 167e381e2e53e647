"""Agreement of reviewers, against examples that others have published."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import cohens_kappa, krippendorffs_alpha, measure_agreement, pairwise_f1


def table(both_yes, yes_no, no_yes, both_no):
    return [("y", "y")] * both_yes + [("y", "n")] * yes_no + [("n", "y")] * no_yes + [("n", "n")] * both_no


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # Fifty grant proposals, the worked example of the article "Cohen's kappa" (English Wikipedia).
        (table(20, 5, 10, 15), 0.4),
        # The same article's two tables with equal observed agreement and unlike kappa.
        (table(45, 15, 25, 15), 0.1304),
        (table(25, 35, 5, 35), 0.2593),
    ],
)
def test_kappa_of_published_tables(pairs, kappa):
    assert cohens_kappa(pairs) == pytest.approx(kappa, abs=0.00005)


def test_kappa_multiplies_the_margins_of_each_category():
    # Cohen (1960), table 2, as proportions of 200: observed 0.70, expected 0.41, kappa 0.49 with these margins.
    counts = {("a", "a"): 88, ("a", "b"): 14, ("a", "c"): 18, ("b", "a"): 10, ("b", "b"): 40, ("b", "c"): 10}
    counts |= {("c", "a"): 2, ("c", "b"): 6, ("c", "c"): 12}
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    assert cohens_kappa(pairs) == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=0.0005)


def units(*observers):
    """Units of a table with one line an observer; a full stop is a missing rating."""
    return [[r for r in unit if r != "."] for unit in zip(*(o.split() for o in observers), strict=True)]


@pytest.mark.parametrize(
    ("data", "alpha"),
    [
        # Krippendorff (2011), Computing Krippendorff's alpha-reliability: A, binary data, two observers.
        (units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        # The same, B: nominal data, two observers.
        (units("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        # The same, C: nominal data, four observers, missing ratings.
        (
            units(
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_alpha_of_published_tables(data, alpha):
    assert krippendorffs_alpha(data) == pytest.approx(alpha, abs=0.0005)


def test_what_tells_nothing_is_none():
    assert cohens_kappa([]) is None
    assert cohens_kappa([("y", "y")] * 5) is None
    assert krippendorffs_alpha([["a"], ["b"]]) is None
    assert krippendorffs_alpha([["a", "a"]]) is None
    assert pairwise_f1([], []) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_measures_do_not_care_who_is_first(pairs):
    turned = [(b, a) for a, b in pairs]
    for measure in (cohens_kappa, krippendorffs_alpha):
        one, two = measure(pairs), measure(turned)
        assert one == pytest.approx(two) if one is not None else two is None
        assert one is None or one <= 1 + 1e-12


def test_span_f1_counts_each_span_once():
    # Two of three and two of four agree: 2 * 2 / (3 + 4).
    one, two = [(0, 10), (20, 30), (40, 50)], [(0, 9), (0, 8), (21, 30), (60, 70)]
    assert pairwise_f1(one, two) == pytest.approx(4 / 7) == pairwise_f1(two, one)


def test_agreement_of_two_reviewers(decide):
    def by(author, verdicts):
        return [
            decide("value", verdict, quote=quote, author=author)
            for quote, verdict in zip(("24", "hot", "Inlägg", "Skärmdump"), verdicts, strict=True)
        ]

    anna = by("Anna", ["accept", "accept", "reject", "reject"])
    bo = by("Bo", ["accept", "reject", "reject", "reject"])
    older = dataclasses.replace(bo[0], verdict="reject", date="2026-01-01", decision_id="older")
    (agreement,) = measure_agreement([*anna, *bo, older])
    assert (agreement.author, agreement.other, agreement.items, agreement.agreed) == ("Anna", "Bo", 4, 3)
    assert agreement.kappa == pytest.approx(0.5)
