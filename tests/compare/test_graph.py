"""The graph: what it holds, and that each file loads back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from pipeline.compare import build_graph, compare_requirements, read_graph, write_graph

DOCUMENTS = [
    {
        "municipality": "Ekby",
        "title": "Regler för sociala medier",
        "clauses": [
            {
                "text": "Kommunikatören svarar på frågor på Facebook inom 24 timmar på vardagar",
                "topics": ["response_time"],
                "actor": "Kommunikatören",
                "actor_group": "role",
                "values": [
                    {"kind": "response_time", "quote": "inom 24 timmar", "value": "PT24H", "calendar": "weekdays"},
                    {"kind": "role", "quote": "Kommunikatören", "value": "kommunikatör"},
                    {"kind": "platform", "quote": "Facebook", "value": "Facebook"},
                    {"kind": "platform", "quote": "på Facebook", "value": "Facebook"},
                ],
            },
            {
                "text": "Följ dataskyddsförordningen \u0001 & <GDPR>",
                "topics": ["legal_compliance"],
                "values": [{"kind": "legal_reference", "quote": "GDPR", "value": "GDPR", "identifier": "2016/679"}],
            },
        ],
    },
    {
        "municipality": "Lindby",
        "clauses": [
            {
                "text": "Svar ges inom 24 timmar på vardagar",
                "topics": ["response_time"],
                "values": [
                    {"kind": "response_time", "quote": "inom 24 timmar", "value": "PT24H", "calendar": "weekdays"}
                ],
            }
        ],
    },
]


@pytest.fixture
def graph(build_all: Any) -> Any:
    findings = build_all(DOCUMENTS)
    return build_graph(compare_requirements(findings), findings)


def content(graph: Any) -> tuple[Any, Any]:
    edges = {(s, t, k): {n: v for n, v in d.items() if n != "id"} for s, t, k, d in graph.edges(keys=True, data=True)}
    return dict(graph.nodes(data=True)), edges


def test_all_kinds_of_nodes_and_edges_are_there(graph: Any) -> None:
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {"municipality", "document", "requirement", "harmonised", "role", "law", "platform"}
    assert {d["kind"] for *_, d in graph.edges(data=True)} == {
        "issues",
        "contains",
        "concerns",
        "names",
        "stated",
        "alike",
    }
    assert "role:kommunikator" in graph
    assert "law:2016/679" in graph


def test_edges_hold_their_evidence(graph: Any) -> None:
    data = graph.edges["municipality:Ekby", "harmonised:response_time", "stated"]
    assert data["value"] == "PT24H weekdays"
    assert data["quote"] == "Kommunikatören svarar på frågor på Facebook inom 24 timmar på vardagar"
    assert (data["document_id"], data["text_start"]) == ("d0", 0)


def test_municipalities_are_alike_by_the_share_of_their_answers(graph: Any) -> None:
    # Ekby: two answers with two values; Lindby: one answer with one value, which Ekby has too.
    assert graph.edges["municipality:Ekby", "municipality:Lindby", "alike"]["weight"] == 0.5


@pytest.mark.parametrize("suffix", ["json", "graphml", "gexf"])
def test_each_file_loads_back_as_it_was(graph: Any, suffix: str, tmp_path: Path) -> None:
    path = next(p for p in write_graph(graph, tmp_path) if p.suffix == f".{suffix}")
    readers = {"json": read_graph, "graphml": lambda p: nx.read_graphml(p, force_multigraph=True), "gexf": nx.read_gexf}
    assert content(readers[suffix](path)) == content(graph)


def test_files_are_the_same_bytes_each_time(graph: Any, build_all: Any, tmp_path: Path) -> None:
    findings = build_all(DOCUMENTS)[::-1]
    again = build_graph(compare_requirements(findings), findings)
    first, second = tmp_path / "a", tmp_path / "b"
    for one, other in zip(write_graph(graph, first), write_graph(again, second), strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert b"2026" not in one.read_bytes()


def test_gexf_has_no_time_line(graph: Any, tmp_path: Path) -> None:
    gexf = next(p for p in write_graph(graph, tmp_path) if p.suffix == ".gexf")
    assert 'mode="dynamic"' not in gexf.read_text("utf-8")


def test_likeness_says_on_what_it_rests(graph: Any) -> None:
    data = graph.edges["municipality:Ekby", "municipality:Lindby", "alike"]
    assert (data["shared"], data["different"]) == ("response_time", "")


def test_municipalities_have_a_community_and_requirements_their_centrality(build_all: Any) -> None:
    def rules(name: str, hours: int) -> dict[str, Any]:
        value = {"kind": "response_time", "quote": "inom", "value": f"PT{hours}H"}
        answer = {"text": f"Svar ges inom {hours} timmar", "topics": ["response_time"], "values": [value]}
        both = {"text": "Svara och hänvisa", "topics": ["response_time", "referral"]}
        other = {"text": "Hänvisa och diarieför", "topics": ["referral", "registration"]}
        return {"municipality": name, "clauses": [answer, both, other]}

    findings = build_all([rules("Ekby", 24), rules("Lindby", 24), rules("Alby", 48), rules("Norby", 48)])
    made = build_graph(compare_requirements(findings), findings)
    community = {name: made.nodes[f"municipality:{name}"]["community"] for name in ("Ekby", "Lindby", "Alby", "Norby")}
    assert community["Ekby"] == community["Lindby"]
    assert community["Alby"] == community["Norby"]
    # The only way from response_time to registration leads through referral.
    middle, end = made.nodes["harmonised:referral"], made.nodes["harmonised:response_time"]
    assert middle["betweenness"] > end["betweenness"] == 0.0
    assert (middle["strength"], end["strength"]) == (8, 4)
    assert end["answered"] == 1.0
    tie = made.edges["harmonised:referral", "harmonised:response_time", "together"]
    assert (tie["passages"], tie["quote"]) == (4, "Svara och hänvisa")
    # Eight clauses are about the one, eight about the other, four about both.
    assert tie["weight"] == round(4 / 12, 4)


def test_edges_of_every_kind_are_weighed(graph: Any) -> None:
    assert all(0 <= data["weight"] <= 1 for *_, data in graph.edges(data=True))
