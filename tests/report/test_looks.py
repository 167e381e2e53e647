"""How the views look in a real Chromium, on a screen of each width and on paper: what the eye would stumble on."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.swedish.texts import alphabetical
from tests.report.conftest import IN_CHROMIUM, VIEWS, go

pytestmark = IN_CHROMIUM

ONE_LINE = "() => new Set([...document.querySelectorAll('#nav a')].map((a) => a.getBoundingClientRect().top)).size"


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_tabs_stand_in_one_line(page: Any, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    if language == "en":
        page.click("#language")
        page.wait_for_selector("h1:has-text('Social media')")
    for view in VIEWS:
        go(page, f"#/{view}")
        assert page.evaluate(ONE_LINE) == 1, view


@pytest.mark.parametrize("view", VIEWS)
def test_the_chosen_tab_is_in_sight_on_a_phone(page: Any, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, f"#/{view}")
    box = page.locator("#nav a[aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("view", ["documents", "findings", "laws", "lineage", "graph", "method"])
def test_lists_need_no_scrolling_sideways_on_a_phone(page: Any, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, f"#/{view}")
    hidden = (
        "() => [...document.querySelectorAll('.data-table .scroll')].filter((e) => e.scrollWidth > e.clientWidth + 1)"
    )
    assert page.locator(".data-table tbody tr").count()
    assert page.evaluate(hidden + ".length") == 0


def test_a_card_shows_what_the_others_say_on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "#/municipality/Östnäs")
    row = page.locator(".beside tr", has_text="vanligast").first
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    label = "cell => getComputedStyle(cell, '::before').content"
    assert row.locator("td").nth(1).evaluate(label) == '"De andra"'


def test_a_finding_has_the_width_of_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "#/findings")
    assert page.locator("tbody tr .wide").first.bounding_box()["width"] > 330


def test_which_document_was_first_stands_off_from_its_title(page: Any) -> None:
    go(page, "#/lineage")
    said = page.locator("tbody .tag").first.evaluate(
        "tag => tag.previousSibling.nodeType === 3 && tag.parentElement.innerText"
    )
    assert said
    weights = "() => [...document.querySelectorAll('tbody .place a')].map((a) => getComputedStyle(a).fontWeight)"
    assert set(page.evaluate(weights)) == {"400"}


def test_what_cannot_be_ranked_says_so_in_one_line(page: Any) -> None:
    page.evaluate(
        """() => {
          const all = JAMKA.part("summary");
          const row = all.requirements.find((r) => r.id === "response_time");
          const letter = String.fromCharCode(97 + all.codes.strictness.indexOf("incomparable"));
          row.strictness = row.strictness.replace(/./g, letter);
        }"""
    )
    go(page, "#/matrix/response_time")
    page.wait_for_selector(".answers .standing.s-incomparable")
    one = page.locator(".answers .standing.s-incomparable span").first
    assert one.bounding_box()["height"] < 25


def test_what_a_document_tells_of_itself_begins_with_its_title(page: Any) -> None:
    page.evaluate(
        """async () => {
          const one = (await JAMKA.load("documents")).find((d) => d.file_name === "ekvik.txt");
          const { metadata } = await JAMKA.load("d/" + JAMKA.partName(one.document_id));
          metadata.sort((a, b) => (a.field < b.field ? -1 : 1));
        }"""
    )
    go(page, "#/documents")
    page.locator("tbody tr", has_text="ekvik.txt").locator("a").first.click()
    page.wait_for_selector(".metadata tbody tr")
    fields = page.locator(".metadata tbody th").all_inner_texts()
    order = ["Titel", "Kommun", "Dokumenttyp", "Antaget av", "Antaget den"]
    assert len(fields) > 1
    assert fields == [f for f in order if f in fields] + [f for f in fields if f not in order]


def test_documents_stand_by_the_swedish_alphabet(page: Any) -> None:
    page.evaluate("async () => { (await JAMKA.load('documents')).reverse(); }")
    go(page, "#/documents")
    names = [name for name in page.locator("tbody td:nth-child(2)").all_inner_texts() if name]
    assert len(set(names)) > 1
    assert names == sorted(names, key=alphabetical)


def test_the_printed_card_has_no_heading_over_nothing_and_no_label_before_nothing(page: Any) -> None:
    page.emulate_media(media="print")
    go(page, "#/municipality/Ekvik")
    empty = """() => [...document.querySelectorAll('.beside tbody')].filter((body) => body.offsetHeight &&
      ![...body.rows].some((row) => !row.matches('.group') && row.offsetHeight)).length"""
    assert page.evaluate(empty) == 0
    assert "Jämför" not in page.inner_text("main")


def test_the_commonest_value_of_the_others_is_no_object_of_a_verb(page: Any) -> None:
    page.evaluate(
        """() => {
          const all = JAMKA.part("summary");
          all.values = all.values.map(([sv, en]) => [sv && "anges som förbud", en]);
        }"""
    )
    go(page, "#/municipality/Östnäs")
    said = page.locator(".beside td .quiet", has_text="anges som förbud").all_inner_texts()
    assert said
    assert all(words.startswith("vanligast: anges som förbud (") for words in said)


def test_an_answer_has_its_own_line_on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "#/matrix/response_time")
    page.wait_for_selector(".answers a")
    one = page.locator(".answers a", has_text="24 timmar")
    name, value = one.locator("strong").bounding_box(), one.locator("strong + span").bounding_box()
    assert value["y"] >= name["y"] + name["height"] - 1
    assert value["width"] > 250
