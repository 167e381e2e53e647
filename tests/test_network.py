"""Measures of networks against networks whose answer is known."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.network import count_together, find_communities, measure_centrality, places_of

NAMES = "abcdefgh"
TIES = st.dictionaries(st.sampled_from(list(combinations(NAMES, 2))), st.integers(0, 100), max_size=20)


def test_two_cliques_with_a_bridge_are_two_communities() -> None:
    ties = dict.fromkeys([*combinations("abcd", 2), *combinations("efgh", 2)], 10) | {("d", "e"): 1}
    assert [sorted(group) for group in find_communities(NAMES, ties)] == [list("abcd"), list("efgh")]


def test_who_lies_between_is_central() -> None:
    central = measure_centrality("abcx", {("a", "b"): 2, ("b", "c"): 3})
    assert central["b"].betweenness == round(1 / 3, 4)  # one pair of the three that leave b out
    assert central["a"].betweenness == central["x"].betweenness == 0.0
    assert (central["b"].strength, central["x"].strength) == (5, 0)


def test_a_heavy_way_is_shorter_than_a_light_tie() -> None:
    central = measure_centrality("abc", {("a", "c"): 1, ("a", "b"): 10, ("b", "c"): 10})
    assert central["b"].betweenness == 1.0


def test_groups_count_each_pair_once() -> None:
    assert count_together([["b", "a"], ["a", "b", "b"], ["c"]]) == {("a", "b"): 2}


@given(TIES)
def test_every_node_is_in_one_community_whatever_the_order(ties: dict[tuple[str, str], int]) -> None:
    groups = find_communities(NAMES, ties)
    assert sorted(name for group in groups for name in group) == list(NAMES)
    assert groups == find_communities(NAMES[::-1], dict(reversed(ties.items())))
    assert set(places_of(groups)) == set(NAMES)
    assert all(0 <= c.betweenness <= 1 for c in measure_centrality(NAMES, ties).values())
