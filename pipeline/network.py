"""Measures of networks: who belongs together, and what ties the rest. The same network gives the same answer.

Weights are whole numbers throughout, so that no answer hangs on how a processor rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

HUNDREDTHS = 100
"""Shares are weighed in whole hundredths."""


@dataclass(frozen=True, slots=True)
class Centrality:
    """How a node lies in a network.

    Attributes:
        strength: Sum of the weights of its ties.
        betweenness: Share of the shortest ways between others that lead through it, 0 to 1 (Freeman 1977, in
            Brandes' 2001 algorithm); a way is the shorter the heavier its ties.
    """

    strength: int
    betweenness: float


def find_communities(nodes: Iterable[str], weights: Mapping[tuple[str, str], int]) -> list[list[str]]:
    """Every node in one community, the largest community first, in each the best connected first.

    Communities are those of greedy modularity (Clauset, Newman and Moore 2004). Nodes without ties are alone.

    Args:
        nodes: All nodes.
        weights: The ties with their weight; a pair stands in one order only, and weight 0 is no tie.
    """
    import networkx as nx

    graph = _graph(nodes, weights)
    tied = graph.number_of_edges() > 0
    found = nx.community.greedy_modularity_communities(graph, weight="weight") if tied else [{n} for n in graph]
    strength = dict(graph.degree(weight="weight"))
    groups = [sorted(group, key=lambda n: (-strength[n], n)) for group in found]
    return sorted(groups, key=lambda group: (-len(group), group))


def measure_centrality(nodes: Iterable[str], weights: Mapping[tuple[str, str], int]) -> dict[str, Centrality]:
    """How each node lies in the network of the weighted ties; arguments as those of find_communities."""
    import networkx as nx

    graph = _graph(nodes, weights)
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    between = nx.betweenness_centrality(graph, weight="length")
    strength = dict(graph.degree(weight="weight"))
    return {name: Centrality(strength[name], round(between[name], 4)) for name in graph}


def count_together(groups: Iterable[Collection[str]]) -> Counter[tuple[str, str]]:
    """How often two names stand in one group, by the pair in alphabetical order."""
    return Counter(pair for group in groups for pair in combinations(sorted(set(group)), 2))


def hundredths(share: float) -> int:
    """A share as whole hundredths."""
    return round(HUNDREDTHS * share)


def places_of(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """The number of each name's group, from 1."""
    return {name: number for number, group in enumerate(groups, start=1) for name in group}


def _graph(nodes: Iterable[str], weights: Mapping[tuple[str, str], int]) -> nx.Graph[str]:
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    for (one, other), weight in sorted(weights.items()):
        if weight:
            graph.add_edge(one, other, weight=weight)
    return graph
