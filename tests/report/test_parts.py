"""Data as scripts is inert whatever a document says, and says the same thing back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.comparison import Cell
from pipeline.report.contents import standings
from pipeline.report.parts import inert_json, part_name, script
from tests.rows import row

ASSETS = Path(__file__).parents[2] / "pipeline" / "report" / "assets"
TEXT = st.text(st.characters(codec=None, categories=None)) | st.sampled_from(
    ["</script>", "<!--", "\u2028", "&lt;", "\ud800"]
)


@given(
    st.recursive(TEXT | st.integers() | st.booleans(), lambda x: st.lists(x) | st.dictionaries(TEXT, x), max_leaves=8)
)
def test_inert_json_reads_back_and_holds_nothing_that_ends_a_script(content: Any) -> None:
    said = inert_json(content)
    assert json.loads(said) == content
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", said)
    said.encode("utf-8")


def test_script_registers_a_part() -> None:
    assert script("m/0001", {"b": 1, "a": "<"}) == 'window.JAMKA.register("m/0001",{"a":"\\u003c","b":1});\n'


@given(st.text())
def test_part_names_are_plain_file_names(identifier: str) -> None:
    assert re.fullmatch(r"[0-9A-Za-z_-]{1,80}", part_name(identifier))


def test_different_ids_have_different_parts() -> None:
    assert len({part_name(i) for i in ("../x", "..\\x", "x", "å", "a/b", "a" * 90, "a" * 91)}) == 7


def test_the_page_never_makes_markup_of_text() -> None:
    for file in sorted((ASSETS / "js").glob("*.js")):
        said = file.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", said
        ), file


def test_the_page_lets_nothing_in_from_outside() -> None:
    page = (ASSETS / "index.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'self' file:;")
    assert "unsafe" not in policy[1] and "http" not in policy[1] and "data:" not in policy[1]
    everything = page + "".join(f.read_text("utf-8") for f in sorted(ASSETS.rglob("*.*")))
    assert set(re.findall(r"https?://[^\"'\s]+", everything)) <= {"http://www.w3.org/2000/svg"}


def test_answers_without_an_order_say_so_in_every_cell() -> None:
    cells = [
        row(Cell, answer=answer, relation_to_strictest="incomparable") for answer in ("stated", "stated", "silent")
    ]
    assert standings(cells) == ["incomparable", "incomparable", "none"]
    assert standings(cells[1:]) == ["none", "none"]


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (["strictest", "strictest", "laxer"], ["strictest", "strictest", "laxer"]),
        (["strictest", "strictest", "none"], ["equal", "equal", "none"]),
        (["strictest", "none", "none"], ["none", "none", "none"]),
    ],
)
def test_the_strictest_has_an_answer_below_it(found: list[str], shown: list[str]) -> None:
    """Silence counts as laxer in the tables; beside it those who ask for the same are strictest of nobody."""
    said = {"strictest": "stated", "laxer": "stated", "none": "silent"}
    assert standings([row(Cell, answer=said[one], relation_to_strictest=one) for one in found]) == shown
