"""The comparison graph of a whole country, in a real Chromium: labels never touch, and every way of moving works."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from benchmarks.report.corpus import make_contents
from pipeline.report.lists import graph_part
from pipeline.report.site import write_site
from tests.report.conftest import IN_CHROMIUM, go

pytestmark = IN_CHROMIUM

LABELS = """() => {
  const frame = document.querySelector(".graph-frame").getBoundingClientRect();
  return [...document.querySelectorAll(".graph-picture text")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .map((e) => [e.textContent, e.getBoundingClientRect()])
    .filter(([, b]) => b.right > frame.left && b.left < frame.right && b.bottom > frame.top && b.top < frame.bottom)
    .map(([text, b]) => [text, b.left, b.top, b.right, b.bottom]);
}"""
SCALE = "() => document.querySelector('.graph-picture > g').getAttribute('transform')"


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    write_site(make_contents(290), folder)
    return folder / "report" / "index.html"


@pytest.fixture
def graph(browser: Any, country: Path) -> Iterator[Any]:
    """The graph of 290 municipalities."""
    page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="sv-SE")
    problems: list[str] = []
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(country.as_uri() + "#/graph")
    page.wait_for_function("() => document.querySelector('.graph-picture > g')?.getAttribute('transform')")
    yield page
    page.close()
    assert problems == []


def touching(page: Any) -> list[tuple[str, str]]:
    """Labels in sight that overlap."""
    return [
        (one[0], other[0])
        for one, other in combinations(page.evaluate(LABELS), 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


def press(page: Any, name: str, times: int = 1) -> None:
    for _ in range(times):
        page.click(f"[data-graph={name}]")


def test_groups_come_first_and_every_municipality_on_coming_closer(graph: Any) -> None:
    first = graph.evaluate(LABELS)
    assert 2 <= len(first) < 40
    assert touching(graph) == []
    seen = {text for text, *_ in first}
    for _ in range(7):
        press(graph, "zoom_in")
        assert touching(graph) == []
        seen |= {text for text, *_ in graph.evaluate(LABELS)}
    assert len(seen) > 60
    press(graph, "fit")
    assert {text for text, *_ in graph.evaluate(LABELS)} == {text for text, *_ in first}


def test_labels_dont_touch_where_there_are_few(page: Any) -> None:
    go(page, "#/graph")
    page.wait_for_function("() => document.querySelector('.graph-picture > g')?.getAttribute('transform')")
    assert sorted(text for text, *_ in page.evaluate(LABELS)) == ["Ekvik", "Ålbyn", "Östnäs"]
    for _ in range(4):
        press(page, "zoom_in")
        assert touching(page) == []


def test_the_wheel_and_the_mouse_move_it(graph: Any) -> None:
    box = graph.locator(".graph-frame").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    graph.mouse.move(*middle)
    before = graph.evaluate(SCALE)
    graph.mouse.wheel(0, -400)
    graph.wait_for_function(f"(before) => ({SCALE})() !== before", arg=before)
    before, place = graph.evaluate(SCALE), graph.evaluate("location.hash")
    graph.mouse.down()
    graph.mouse.move(middle[0] + 90, middle[1] + 40, steps=4)
    graph.mouse.up()
    assert graph.evaluate(SCALE) != before
    assert graph.evaluate("location.hash") == place


def test_the_keyboard_moves_it_and_reaches_groups_and_municipalities(graph: Any) -> None:
    graph.focus(".graph-frame")
    states = [graph.evaluate(SCALE)]
    for key in ("+", "ArrowLeft", "ArrowDown", "-", "0"):
        graph.keyboard.press(key)
        states.append(graph.evaluate(SCALE))
    assert len(set(states)) == len(states) - 1 and states[0] == states[-1]
    graph.keyboard.press("Tab")
    assert graph.evaluate("document.activeElement.getAttribute('role')") == "button"
    graph.keyboard.press("Enter")
    assert graph.evaluate("document.activeElement.getAttribute('class')") == "node"
    assert graph.evaluate("document.activeElement.querySelector('text').getAttribute('visibility')") == "visible"
    graph.keyboard.press("Enter")
    graph.wait_for_function("() => location.hash.startsWith('#/municipality/')")


def test_every_municipality_is_in_one_group(contents: Any) -> None:
    part = graph_part(contents)
    assert sorted(i for group in part["groups"] for i in group) == list(range(len(contents.municipalities)))
    assert part == graph_part(contents)


def test_a_card_prints_on_one_page_in_a_whole_country(graph: Any) -> None:
    graph.evaluate("location.hash = '#/municipality/17'")
    graph.wait_for_selector("main .strips")
    assert len(pypdfium2.PdfDocument(io.BytesIO(graph.pdf(format="A4")))) == 1
