"""The graph as GraphML, GEXF and node-link JSON, written line by line: a tree of so many elements fills the memory.

The lines are those that networkx writes, to the byte (`tests/compare/test_graph_files.py` compares them), but for the
day and the program's name that GEXF bears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_TEXT: dict[int, str] = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = {**_TEXT, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}
_GEXF_ATTRIBUTE = {**_ATTRIBUTE, ord("\t"): "&#09;"}
_GEXF_OWN = {"node": frozenset({"label"}), "edge": frozenset({"label", "weight"})}
"""Attributes that GEXF has itself; they are no columns of ours."""

_GRAPHML_HEAD = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
_GEXF_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
    '  <graph defaultedgetype="directed" mode="static" name="">\n'
)

Data = Mapping[str, Any]


def graphml_lines(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    """The graph as GraphML, in pieces of UTF-8 text.

    Raises:
        KeyError: When an attribute is neither text, number nor truth value.
        ValueError: When a text holds a character that XML can't hold.
    """
    nodes, edges = graph.nodes(data=True), graph.edges(keys=True, data=True)
    keys: dict[tuple[str, str, str], None] = {}
    for scope, rows in (
        ("graph", [graph.graph]), ("node", (data for _, data in nodes)), ("edge", (data for *_, data in edges)),
    ):  # fmt: skip
        for data in _of_each_shape(rows):
            keys.update(dict.fromkeys((name, scope, _TYPES[type(v)]) for name, v in data.items()))
    yield _GRAPHML_HEAD
    for name, scope, kind in reversed(keys):
        yield f'<key id="{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">'
    for name, value in graph.graph.items():
        yield f'<data key="{name}">{_say(value, _TEXT)}</data>\n'
    for node, data in nodes:
        yield from _graphml_element(f'<node id="{_say(node, _ATTRIBUTE)}"', "node", data)
    for source, target, key, data in edges:
        ends = f'source="{_say(source, _ATTRIBUTE)}" target="{_say(target, _ATTRIBUTE)}"'
        yield from _graphml_element(f'<edge {ends} id="{_say(key, _ATTRIBUTE)}"', "edge", data)
    yield "</graph></graphml>"


def _of_each_shape(rows: Iterable[Data]) -> Iterator[Data]:
    """The first row of each set of names and types: of a hundred thousand edges there are a handful."""
    seen: set[tuple[tuple[str, ...], tuple[type, ...]]] = set()
    for data in rows:
        shape = tuple(data), tuple(map(type, data.values()))
        if shape not in seen:
            seen.add(shape)
            yield data


def _graphml_element(opened: str, name: str, data: Data) -> Iterator[str]:
    if not data:
        yield f"{opened}/>\n"
        return
    rows = "".join([f'  <data key="{name}">{_say(value, _TEXT)}</data>\n' for name, value in data.items()])
    yield f"{opened}>\n{rows}</{name}>\n"


def gexf_lines(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    """The graph as GEXF 1.2 in pieces of ASCII text, without the day and the program that networkx would name.

    Raises:
        KeyError, ValueError: As graphml_lines.
    """
    nodes, edges = graph.nodes(data=True), graph.edges(keys=True, data=True)
    columns: dict[tuple[str, str], tuple[int, str]] = {}
    own = (data for _, data in nodes)
    tied = ({**data, "networkx_key": key} for *_, key, data in edges)
    for scope, rows in (("node", own), ("edge", tied)):
        for data in _of_each_shape(rows):
            for name, value in data.items():
                if name not in _GEXF_OWN[scope] and (scope, name) not in columns:
                    columns[scope, name] = (len(columns), _TYPES[type(value)])
    yield _GEXF_HEAD
    for scope in ("edge", "node"):
        of_scope = [(name, *column) for (where, name), column in columns.items() if where == scope]
        if of_scope:
            yield f'    <attributes mode="static" class="{scope}">\n'
            for name, number, kind in of_scope:
                yield f'      <attribute id="{number}" title="{name}" type="{kind}" />\n'
            yield "    </attributes>\n"
    places = {scope: {n: i for (s, n), (i, _) in columns.items() if s == scope} for scope in _GEXF_OWN}
    yield from _gexf_list("nodes", (
        (f'node id="{_escape(node)}" label="{_escape(data.get("label", node))}"', data) for node, data in nodes
    ), places["node"])  # fmt: skip
    yield from _gexf_list("edges", (
        (
            f'edge source="{_escape(source)}" target="{_escape(target)}" id="{number}"'
            + "".join(f' {name}="{_escape(data[name])}"' for name in ("label", "weight") if name in data),
            {**data, "networkx_key": key},
        )
        for number, (source, target, key, data) in enumerate(edges)
    ), places["edge"])  # fmt: skip
    yield "  </graph>\n</gexf>\n"


def _gexf_list(name: str, elements: Iterable[tuple[str, Data]], places: Mapping[str, int]) -> Iterator[str]:
    opened = False
    for element, data in elements:
        if not opened:
            yield f"    <{name}>\n"
            opened = True
        rows = "".join([
            f'          <attvalue for="{places[key]}" value="{_escape(value)}" />\n'
            for key, value in data.items()
            if key in places
        ])  # fmt: skip
        if not rows:
            yield f"      <{element} />\n"
            continue
        tag = element.split(" ", 1)[0]
        yield f"      <{element}>\n        <attvalues>\n{rows}        </attvalues>\n      </{tag}>\n"
    yield f"    </{name}>\n" if opened else f"    <{name} />\n"


def node_link_lines(graph: nx.MultiDiGraph[str], names: Mapping[str, str]) -> Iterator[str]:
    """The graph as node-link JSON with sorted keys, an attribute a line; `names` as networkx.node_link_data takes them.

    Raises:
        KeyError: As graphml_lines.
    """
    nodes = ({**data, names["name"]: node} for node, data in graph.nodes(data=True))
    edges = (
        {**data, names["source"]: source, names["target"]: target, names["key"]: key}
        for source, target, key, data in graph.edges(keys=True, data=True)
    )
    parts = {
        "directed": ["true"], "multigraph": ["true"], "graph": [_json_object(graph.graph, 1)],
        names["nodes"]: _json_list(nodes), names["edges"]: _json_list(edges),
    }  # fmt: skip
    for place, (name, pieces) in enumerate(sorted(parts.items())):
        yield f"{',' if place else '{'}\n {encode_basestring(name)}: "
        yield from pieces
    yield "\n}\n"


def _json_list(rows: Iterable[Data]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield f"{before}\n  {_json_object(row, 2)}"
        before = ","
    yield "\n ]" if before == "," else "[]"


def _json_object(data: Data, depth: int) -> str:
    if not data:
        return "{}"
    inner = " " * (depth + 1)
    rows = ",\n".join([f"{inner}{said}: {_JSON[type(v := data[name])](v)}" for name, said in _json_names(tuple(data))])
    return f"{{\n{rows}\n{' ' * depth}}}"


@lru_cache(maxsize=64)
def _json_names(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names in their order, each with what it is in JSON; most edges have the same."""
    return [(name, encode_basestring(name)) for name in sorted(names)]


_JSON: Mapping[type, Any] = {str: encode_basestring, int: repr, float: repr, bool: lambda v: "true" if v else "false"}


def _say(value: Any, table: Mapping[int, str]) -> str:
    """A value as GraphML has it; in numbers and truth values there is nothing to escape."""
    if not isinstance(value, str):
        return str(value)
    if not value.isprintable():
        _check(value)
    elif "&" not in value and "<" not in value and ">" not in value and '"' not in value:
        return value  # as nearly always: a look for each is many times faster than a table
    return value.translate(table)


def _escape(value: Any) -> str:
    """A value as GEXF has it: all letters beyond ASCII by their number."""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    said = _say(value, _GEXF_ATTRIBUTE)
    return said if said.isascii() else said.encode("ascii", "xmlcharrefreplace").decode()


def _check(said: str) -> None:
    """Let white space and what people write pass; a control character or half a surrogate pair would break the file."""
    if any((c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in said):
        raise ValueError("a text of the graph holds a character that XML can't hold")
