"""The comparison as a graph: who asks what, of whom, by which law, on which platform, and who is like whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compare.documents import body_of
from pipeline.compare.graph_files import gexf_lines, graphml_lines, node_link_lines
from pipeline.compare.strictness import role_id
from pipeline.compare.ties import Part, clauses_in_common, evidence_of, likeness, measure_nodes, one_line
from pipeline.records.comparison import SAYING, Comparison, DocumentFindings
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import write_pieces

if TYPE_CHECKING:
    import networkx as nx

NODE_LINK_KEYS = {
    "source": "source", "target": "target", "name": "id", "key": "key", "edges": "edges", "nodes": "nodes",
}  # fmt: skip
"""The names in the node-link file, each said: the defaults of networkx have changed between versions."""

FILES = ("comparison_graph.graphml", "comparison_graph.gexf", "comparison_graph.json")

MOST_REQUIREMENTS = 20_000
"""Of more requirements than this none is a node: documents are tied to what they say and name instead. No program that
reads these files shows so many, and writing them takes longer than all the comparison."""

NAMED_KINDS = {"role": "role", "legal_reference": "law", "platform": "platform", "document_reference": "reference"}


def build_graph(comparison: Comparison, findings: Sequence[DocumentFindings]) -> nx.MultiDiGraph[str]:
    """The graph of a comparison; nodes and edges sorted, the same for the same comparison.

    Node ids begin with their kind ("municipality:NAME", "requirement:ID"). Every node has `kind` and `label`; every
    edge `kind`, `weight` (0 to 1) and, where it rests on a passage, `document_id`, `text_start`, `text_end` and
    `quote` (GEXF takes plain "start" and "end" for points in time). Municipalities have their `community`, harmonised
    requirements how central they are: `answered`, `strength` and `betweenness` (ties.py says what that is). Where there
    are too many requirements the graph's `left_out` says how many, and edges of documents say how many `passages` they
    stand for.
    """
    import networkx as nx

    count = sum(len(item.extraction.requirements) for item in findings if item.extraction is not None)
    few = count <= MOST_REQUIREMENTS
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[tuple[str, str, str, dict[str, Any]]] = []
    for part_nodes, part_edges in (
        _documents(comparison, findings),
        _requirements(findings) if few else _sums(findings),
        _cells(comparison),
        likeness(comparison.cells),
        _shared_passages(comparison),
        clauses_in_common(findings),
    ):
        nodes.update(part_nodes)
        edges += part_edges
    measure_nodes(nodes, edges)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph() if few else nx.MultiDiGraph(left_out=f"requirements: {count}")
    for name in sorted(nodes):
        graph.add_node(name, **nodes[name])
    for source, target, key, data in sorted(edges, key=lambda e: e[:3]):
        if source in graph and target in graph:
            graph.add_edge(source, target, key=key, **data)
    return graph


def write_graph(graph: nx.MultiDiGraph[str], folder: Path) -> tuple[Path, ...]:
    """Write the graph as GraphML, GEXF and node-link JSON; each loads back into networkx as it was.

    GEXF alone adds something in reading: an `id` for every edge. Its reader gives a plain DiGraph where no two nodes
    have more than one edge between them.
    """
    graphml, gexf, node_link = (folder / name for name in FILES)
    write_pieces(graphml, graphml_lines(graph))
    write_pieces(gexf, gexf_lines(graph))
    write_pieces(node_link, node_link_lines(graph, NODE_LINK_KEYS))
    return graphml, gexf, node_link


def read_graph(path: Path) -> nx.MultiDiGraph[str]:
    """The graph of a node-link file that write_graph wrote."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.node_link_graph(
        json.loads(path.read_text("utf-8")), directed=True, multigraph=True, **NODE_LINK_KEYS
    )
    return graph


def _documents(comparison: Comparison, findings: Sequence[DocumentFindings]) -> Part:
    bodies = {item.source.document_id: body_of(item) for item in findings}
    nodes: dict[str, dict[str, Any]] = {}
    edges = []
    staleness = comparison.measure_staleness()
    for row in comparison.documents:
        name, body = f"document:{row.document_id}", bodies.get(row.document_id, "")
        nodes[name] = {
            "kind": "document",
            "label": one_line(row.title or row.file_name),
            "completeness": row.completeness,
            "staleness": staleness.get(row.document_id, 0.0),
        }
        if body:
            nodes[f"municipality:{body}"] = {"kind": "municipality", "label": body}
            edges.append((f"municipality:{body}", name, "issues", {"kind": "issues", "weight": 1.0}))
    return nodes, edges


def _requirements(findings: Sequence[DocumentFindings]) -> Part:
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[tuple[str, str, str, dict[str, Any]]] = []
    for item in findings:
        if item.extraction is None or item.source.duplicate_of:
            continue
        for requirement in item.extraction.requirements:
            name = f"requirement:{requirement.requirement_id}"
            nodes[name] = {
                "kind": "requirement",
                "label": _shorten(requirement.quote),
                "modality": requirement.modality,
            }
            weight = round(requirement.confidence, 4)
            data = {"kind": "contains", "weight": weight, **evidence_of(requirement)}
            edges.append((f"document:{requirement.document_id}", name, "contains", data))
            for topic in filter(None, requirement.topics.split("|")):
                data = {"kind": "concerns", "weight": weight, **evidence_of(requirement)}
                edges.append((name, f"harmonised:{topic}", "concerns", data))
        for value in item.extraction.values:
            named = _named(value)
            if not named:
                continue
            nodes[named] = {"kind": NAMED_KINDS[value.kind], "label": one_line(value.value)}
            source = f"requirement:{value.requirement_id}" if value.requirement_id else f"document:{value.document_id}"
            data = {"kind": "names", "weight": round(value.confidence, 4), **evidence_of(value)}
            edges.append((source, named, f"names:{value.value_id}", data))
    return nodes, edges


def _named(value: Value) -> str:
    """The node of a role, law or platform that a value names, empty for other values."""
    kind = NAMED_KINDS.get(value.kind)
    what = role_id(value.value) if kind == "role" else one_line(value.identifier or value.value)
    return f"{kind}:{what}" if kind is not None and what else ""


def _sums(findings: Sequence[DocumentFindings]) -> Part:
    """What each document says and names, summed over its requirements: the surest passage stands for all."""
    nodes: dict[str, dict[str, Any]] = {}
    best: dict[tuple[str, str, str], tuple[float, Requirement | Value, int]] = {}

    def add(place: tuple[str, str, str], found: Requirement | Value) -> None:
        weight, first, number = best.get(place, (-1.0, found, 0))
        better = found.confidence > weight
        best[place] = (max(weight, found.confidence), found if better else first, number + 1)

    for item in findings:
        if item.extraction is None or item.source.duplicate_of:
            continue
        name = f"document:{item.source.document_id}"
        for requirement in item.extraction.requirements:
            for topic in filter(None, requirement.topics.split("|")):
                add((name, f"harmonised:{topic}", "concerns"), requirement)
        for value in item.extraction.values:
            if named := _named(value):
                nodes[named] = {"kind": NAMED_KINDS[value.kind], "label": one_line(value.value)}
                add((name, named, "names"), value)
    edges = [
        (*place, {"kind": place[2], "weight": round(weight, 4), "passages": number, **evidence_of(found)})
        for place, (weight, found, number) in best.items()
    ]
    return nodes, edges


def _cells(comparison: Comparison) -> Part:
    nodes: dict[str, dict[str, Any]] = {}
    edges = []
    for cell in comparison.cells:
        name = f"harmonised:{cell.requirement}"
        nodes[name] = {"kind": "harmonised", "label": cell.label_sv, "codebook": cell.codebook}
        nodes[f"municipality:{cell.municipality}"] = {"kind": "municipality", "label": cell.municipality}
        if cell.answer in SAYING:
            data = {
                "kind": cell.answer,
                "weight": cell.confidence,
                "value": cell.value,
                "document_id": cell.document_id,
                "text_start": cell.start if cell.start is not None else -1,
                "text_end": cell.end if cell.end is not None else -1,
                "quote": one_line(cell.quote),
            }
            edges.append((f"municipality:{cell.municipality}", name, cell.answer, data))
    return nodes, edges


def _shared_passages(comparison: Comparison) -> Part:
    best: dict[tuple[str, str], tuple[float, str, int]] = {}
    for row in comparison.lineage:
        pair = (row.document_id, row.other_document_id)
        weight, quote, count = best.get(pair, (0.0, "", 0))
        better = row.similarity > weight
        best[pair] = (max(weight, row.similarity), row.quote if better else quote, count + 1)
    edges = [
        (
            f"document:{one}",
            f"document:{other}",
            "shares_text",
            {"kind": "shares_text", "weight": weight, "passages": count, "quote": one_line(quote)},
        )
        for (one, other), (weight, quote, count) in best.items()
    ]
    return {}, edges


def _shorten(text: str, length: int = 80) -> str:
    text = one_line(text)
    return text if len(text) <= length else f"{text[: length - 1].rsplit(' ', 1)[0]} …"
