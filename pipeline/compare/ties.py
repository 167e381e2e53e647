"""What ties the graph's nodes to each other beyond single passages, and what the ties make of the nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from pipeline.network import count_together, find_communities, hundredths, measure_centrality, places_of
from pipeline.records.comparison import SAYING, Cell, DocumentFindings
from pipeline.records.requirement import Requirement, Value

Part = tuple[dict[str, dict[str, Any]], list[tuple[str, str, str, dict[str, Any]]]]
"""Nodes by id, and edges as source, target, key and data."""

NEIGHBOURS = 10
"""Most alike municipalities that each is tied to where there are many: all pairs would grow with the square."""


def likeness(cells: Sequence[Cell]) -> Part:
    """Municipalities that answer alike: the share of their answers in common (Jaccard over requirement and value).

    `shared` names the requirements that both answer with the same, `different` those that both answer otherwise.
    """
    answers: dict[str, set[tuple[str, str]]] = {}
    for cell in cells:
        if cell.answer in SAYING:
            answers.setdefault(cell.municipality, set()).update(_answers(cell))
    alike: dict[str, list[tuple[float, str]]] = {}
    bits = _as_bits(answers)
    for one, other in combinations(sorted(answers), 2):
        common = (bits[one] & bits[other]).bit_count()
        if common:
            shared = common / (bits[one] | bits[other]).bit_count()
            alike.setdefault(one, []).append((-shared, other))
            alike.setdefault(other, []).append((-shared, one))
    kept = {
        (min(one, other), max(one, other)): -share
        for one, others in alike.items()
        for share, other in sorted(others)[:NEIGHBOURS]
    }
    edges = []
    for (one, other), share in sorted(kept.items()):
        same, different = _compare(answers[one], answers[other])
        data = {"kind": "alike", "weight": round(share, 4), "shared": same, "different": different}
        edges.append((f"municipality:{one}", f"municipality:{other}", "alike", data))
    return {}, edges


def _as_bits(sets: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, int]:
    """Sets as numbers with a bit for each member: all pairs of hundreds of them meet, and numbers do so at once."""
    places: dict[tuple[str, str], int] = {}
    return {
        name: sum(1 << places.setdefault(member, len(places)) for member in members) for name, members in sets.items()
    }


def clauses_in_common(findings: Sequence[DocumentFindings]) -> Part:
    """Harmonised requirements that stand in the same clauses; the surest clause is the evidence.

    The weight is the share of the clauses about either that are about both (Jaccard), `passages` their number.
    """
    clauses = [
        (sorted(set(filter(None, requirement.topics.split("|")))), requirement)
        for item in findings
        if item.extraction is not None and not item.source.duplicate_of
        for requirement in item.extraction.requirements
    ]
    about = Counter(topic for topics, _ in clauses for topic in topics)
    together = count_together(topics for topics, _ in clauses)
    surest: dict[tuple[str, str], Requirement] = {}
    for topics, requirement in clauses:
        for pair in combinations(topics, 2):
            best = surest.get(pair)
            if best is None or _surer(requirement) < _surer(best):
                surest[pair] = requirement
    edges = []
    for (one, other), number in sorted(together.items()):
        share = number / (about[one] + about[other] - number)
        data = {"kind": "together", "weight": round(share, 4), "passages": number}
        data |= evidence_of(surest[one, other])
        edges.append((f"harmonised:{one}", f"harmonised:{other}", "together", data))
    return {}, edges


def measure_nodes(nodes: dict[str, dict[str, Any]], edges: Sequence[tuple[str, str, str, dict[str, Any]]]) -> None:
    """Give municipalities their community and harmonised requirements their centrality, in place.

    `community` numbers the groups that answer alike, the largest 1 (greedy modularity over the edges `alike`).
    `answered` is the share of the municipalities that answer the requirement, `strength` how many clauses it shares
    with each other one, summed, `betweenness` the share of the shortest ways between others, over the edges `together`.
    """
    municipalities = [name for name, data in nodes.items() if data["kind"] == "municipality"]
    harmonised = [name for name, data in nodes.items() if data["kind"] == "harmonised"]
    alike = {(s, t): hundredths(d["weight"]) for s, t, key, d in edges if key == "alike"}
    for name, place in places_of(find_communities(municipalities, alike)).items():
        nodes[name]["community"] = place
    known = set(harmonised)
    ties = {(s, t): d["passages"] for s, t, key, d in edges if key == "together" and s in known and t in known}
    answered = Counter(target for _, target, key, _ in edges if key in SAYING)
    for name, central in measure_centrality(harmonised, ties).items():
        nodes[name]["answered"] = round(answered[name] / max(len(municipalities), 1), 4)
        nodes[name]["strength"] = central.strength
        nodes[name]["betweenness"] = central.betweenness


def evidence_of(found: Requirement | Value) -> dict[str, Any]:
    """The passage that an edge rests on."""
    return {
        "document_id": found.document_id,
        "text_start": found.start,
        "text_end": found.end,
        "quote": one_line(found.quote),
    }


def one_line(text: str) -> str:
    """The words without characters that XML can't hold; white space folded, for XML readers fold it too."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(text.split())


def _surer(requirement: Requirement) -> tuple[float, str, int]:
    return -requirement.confidence, requirement.document_id, requirement.start


def _compare(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> tuple[str, str]:
    """The requirements that two answer with the same, and those that both answer otherwise, |-separated."""
    both = {name for name, token in one if not token} & {name for name, token in other if not token}
    differing = {name for name, token in one ^ other if token}
    return "|".join(sorted(both - differing)), "|".join(sorted(both & differing))


def _answers(cell: Cell) -> Iterator[tuple[str, str]]:
    yield cell.requirement, ""
    for token in filter(None, cell.value.split("|")):
        yield cell.requirement, token
