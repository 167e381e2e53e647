"""The graph's files, line by line, are what networkx writes."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.graph import NODE_LINK_KEYS
from pipeline.compare.graph_files import gexf_lines, graphml_lines, node_link_lines

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)) | st.sampled_from("&<>\"'åäö€"), max_size=12)
NUMBERS = st.integers(-9, 99) | st.floats(0, 1, allow_nan=False)
DATA = st.fixed_dictionaries(
    {}, optional={"kind": WORDS, "label": WORDS, "community": st.integers(0, 9), "weight": st.floats(0, 1)}
)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph[str]:
    """Graphs with any words and numbers on any of their parts."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**draw(st.fixed_dictionaries({}, optional={"left_out": WORDS})))
    names = draw(st.lists(WORDS, max_size=5, unique=True))
    for name in names:
        graph.add_node(name, **draw(DATA))
    for number in range(draw(st.integers(0, 6)) if names else 0):
        source, target = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        graph.add_edge(source, target, key=f"{number}{draw(WORDS)}", **draw(DATA))
    return graph


@given(graphs())
def test_graphml_is_that_of_networkx(graph: nx.MultiDiGraph[str]) -> None:
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    assert "".join(graphml_lines(graph)) == buffer.getvalue().decode()


@given(graphs())
def test_gexf_is_that_of_networkx_but_for_the_day(graph: nx.MultiDiGraph[str]) -> None:
    lines = "\n".join(nx.generate_gexf(graph, encoding="utf-8", version="1.2draft"))
    body = re.sub(r"\s*<meta\b.*?</meta>", "", lines, flags=re.DOTALL)
    assert "".join(gexf_lines(graph)) == f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


@given(graphs())
def test_node_link_json_is_that_of_networkx(graph: nx.MultiDiGraph[str]) -> None:
    data = nx.node_link_data(graph, **NODE_LINK_KEYS)
    expected = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert "".join(node_link_lines(graph, NODE_LINK_KEYS)) == expected


@pytest.mark.parametrize("said", ["\x00", "a\x1f", "\ud800"])
def test_what_xml_cannot_hold_is_refused(said: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label=said)
    for lines in (graphml_lines, gexf_lines):
        with pytest.raises(ValueError, match="XML"):
            list(lines(graph))


@pytest.mark.parametrize("value", [None, [1], {"a": 1}])
def test_a_value_of_another_kind_is_refused(value: Any) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", kind=value)
    for lines in (graphml_lines, gexf_lines, lambda g: node_link_lines(g, NODE_LINK_KEYS)):
        with pytest.raises(KeyError):
            list(lines(graph))
