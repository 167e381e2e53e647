"""The report in a real Chromium, opened from disk: what analysts do by mouse and by keyboard, and nothing that runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.report.measured import measured_unseen
from pipeline.report.site import write_site
from tests.report.conftest import IN_CHROMIUM, VIEWS, go
from tests.report.sample import HOSTILE, drafts

pytestmark = IN_CHROMIUM


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_one_heading_and_its_content(page: Any, view: str) -> None:
    go(page, f"#/{view}")
    page.wait_for_selector("main section.view")
    assert page.locator("main h1").count() == 1
    assert page.locator(".problem").count() == 0
    assert len(page.locator("main").inner_text()) > 150


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_narrow_window(page: Any, view: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    go(page, f"#/{view}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_overview_counts_and_leads_to_what_needs_attention(page: Any) -> None:
    assert "2 kommuner och 1 region; 3 dokument med 9 krav" in page.inner_text("main")
    assert "Filen är skadad." in page.inner_text("main")
    page.click("text=Alla luckor och brister (4)")
    page.wait_for_selector("h1:has-text('Luckor och brister')")
    assert page.locator("tbody tr").count() == 4


def test_a_cell_opens_its_evidence_and_escape_gives_the_keyboard_back(page: Any) -> None:
    go(page, "#/matrix")
    page.locator("td[role=gridcell]", has_text="24 timmar").click()
    page.wait_for_selector("#panel mark.hit")
    assert page.inner_text("#panel mark.hit") == "Frågor ska besvaras inom 24 timmar på vardagar"
    said = page.inner_text("#panel")
    assert "Ekvik" in said.title() and "modal.active" in said and "sida 1" in said
    assert "24 timmar är kortare än 48 timmar." in page.locator("#panel details").text_content()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("informationsstrateg", "informa-tions-strateg"),
        ("kommunikationschef", "kommunika-tions-chef"),
        ("kommunstyrelseordförande", "kommunstyrelse-ordförande"),
        ("kommunstyrelsen", "kommun-styrelsen"),
        ("Räddningstjänstsamverkan", "Räddnings-tjänst-samverkan"),
        ("upphovsrättslagen", "upphovsrätts-lagen"),
        ("tjänstekontot", "tjänste-kontot"),
        ("tillgängliga förändringarna", "tillgängliga förändringarna"),
        ("regionstyrelsen", "region-styrelsen"),
        ("dokumentsamling", "dokumentsamling"),
        ("angelägenhet", "angelägenhet"),
        ("kort ord", "kort ord"),
    ],
)
def test_long_words_have_soft_hyphens_where_their_parts_meet(page: Any, word: str, broken: str) -> None:
    assert page.evaluate("word => JAMKA.soft(word)", word).replace("\u00ad", "-") == broken


LONG = ["Kommunalförbundet Räddningstjänstsamverkan Mellansverige", "Sydnärkesregionsförvaltningen", "Östnäs"]


@pytest.mark.parametrize("words", [True, False])
def test_the_matrix_cuts_no_long_name_or_value(page: Any, words: bool) -> None:
    page.set_viewport_size({"width": 760, "height": 900})
    page.evaluate(
        """names => {
          const all = JAMKA.part("summary");
          all.municipalities.forEach((m, i) => { m.name = names[i]; });
          const long = "kommunikationsavdelningsföreståndare, ";
          all.values = all.values.map(([sv, en]) => [sv && long + sv, en]);
        }""",
        LONG,
    )
    go(page, "#/matrix")
    page.locator("#matrix-words").set_checked(words)
    page.wait_for_timeout(100)
    cut = """() => [...document.querySelectorAll(".matrix :is(thead a, thead th, .row-name, .clamp)")]
      .filter((e) => e.scrollWidth > e.clientWidth + 1 || (e.matches("thead a") && e.scrollHeight > e.clientHeight + 1))
      .map((e) => e.textContent)"""
    assert page.evaluate(cut) == []


def test_a_file_that_was_not_read_has_no_figures_and_a_copy_says_of_what(page: Any) -> None:
    page.evaluate(
        """async () => {
          const documents = await JAMKA.load("documents"), one = documents.find((d) => d.file_name === "ekvik.txt");
          documents.push({ ...one, document_id: "copy", title: "", file_name: "kopia.txt", municipality: "",
                           duplicate_of: one.document_id, completeness: "", damage_score: 0, pages: 0, revised_date: "",
                           adopted_date: "", document_date: "", staleness: 0 });
        }"""
    )
    go(page, "#/documents")
    row = page.locator("tbody tr", has_text="Kopia av annan fil")
    assert "Samma innehåll som ekvik.txt; läses en gång." in row.inner_text()
    bad = page.locator("tbody tr", has_text="Kunde inte läsas")
    assert "0" not in row.inner_text() and "0,0 %" not in bad.inner_text()
    page.locator("main select").nth(1).select_option("duplicate")
    assert page.locator("tbody tr").count() == 1


@pytest.mark.parametrize("said", ["Ålbyn", "%C3%85lbyn", "ålbyn", "Ålbyns kommun", "1"])
def test_a_municipality_is_found_by_its_name(page: Any, said: str) -> None:
    go(page, f"#/municipality/{said}")
    assert page.locator("main h1").inner_text().endswith("Ålbyn")
    go(page, f"#/matrix/response_time/{said}")
    page.wait_for_selector("#panel .steps")
    assert "Ålbyn" in page.locator("#panel-title").text_content()


@pytest.mark.parametrize(
    ("address", "said", "way"),
    [
        ("#/municipality/Atlantis", "”Atlantis” finns inte i den här rapporten.", "#/municipality/Ekvik"),
        ("#/municipality/99", "”99” finns inte i den här rapporten.", "#/municipality/Ekvik"),
        ("#/matrix/no_such", "Kravet ”no_such” finns inte i den här rapporten.", "#/matrix"),
        ("#/matrix/tone/Atlantis", "”Atlantis” finns inte i den här rapporten.", "#/matrix/tone/Ekvik"),
        ("#/document/no_such", "Dokumentet finns inte i den här rapporten.", "#/documents"),
        ("#/documents/no_such", "Under Dokument finns inget med adressen ”no_such”.", "#/documents"),
        ("#/document", "Dokumentet finns inte i den här rapporten.", "#/documents"),
        ("#/document/no_such/x-y", "Under Dokument finns inget med adressen ”x-y”.", "#/documents"),
        ("#/matrix/tone/Ekvik/3", "Under Matris finns inget med adressen ”3”.", "#/matrix"),
        ("#/municipality/Ekvik/3", "Under Kommunkort finns inget med adressen ”3”.", "#/municipality"),
        *(
            (f"#/{view}/x", f"Under {name} finns inget med adressen ”x”.", f"#/{view}")
            for view, name in (
                ("overview", "Översikt"),
                ("findings", "Luckor och brister"),
                ("laws", "Lagläge"),
                ("lineage", "Släktskap"),
                ("graph", "Graf"),
                ("method", "Metod"),
            )
        ),
        ("#/kommuner", "Rapporten har ingen sida med adressen ”kommuner”.", "#/overview"),
        ("#/constructor", "Rapporten har ingen sida med adressen ”constructor”.", "#/overview"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_leads_back(page: Any, address: str, said: str, way: str) -> None:
    go(page, address)
    assert page.locator("main [role=alert]").inner_text() == said
    page.locator(f'main a[href="{way}"]').click()
    page.wait_for_function("() => !document.getElementById('main').hasAttribute('aria-busy')")
    page.wait_for_selector("main h1")
    assert page.locator("main .problem").count() == 0


@pytest.mark.parametrize("address", ["#/documents/", "#/matrix/tone/", "#/matrix/tone/Ekvik/", "#/municipality/"])
def test_a_stroke_at_the_end_of_an_address_changes_nothing(page: Any, address: str) -> None:
    go(page, address)
    assert page.locator("main .problem").count() == 0


def test_what_is_only_advised_says_so_and_looks_otherwise(page: Any) -> None:
    go(page, "#/matrix")
    advised = page.locator("td.weaker")
    assert advised.all_inner_texts() == ["skyndsamt (bör)"]
    drawn = "e => e.querySelector('.glyph path').getAttribute('d')"
    required = page.locator("td.a-stated:not(.weaker)").first
    assert advised.evaluate(drawn) != required.evaluate(drawn)
    page.locator("#matrix-words").set_checked(False)
    shape = "e => getComputedStyle(e, '::before').clipPath"
    assert advised.evaluate(shape) != required.evaluate(shape)
    page.locator("#matrix-words").set_checked(True)


def test_the_grid_is_walked_by_arrow_keys_and_opened_by_enter(page: Any) -> None:
    go(page, "#/matrix")
    page.locator(".row-name", has_text="Svarstid").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "48 timmar" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("End")
    assert "skyndsamt" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel mark.hit")
    assert page.evaluate("location.hash") == "#/matrix/response_time/%C3%96stn%C3%A4s"
    assert page.evaluate("document.activeElement.id") == "panel-title"


def test_a_silent_cell_shows_what_was_read_and_the_nearest_passages(page: Any) -> None:
    go(page, "#/matrix/blocking_users/0")
    page.wait_for_selector("#panel .r-nearest")
    said = page.inner_text("#panel")
    assert "Vad som lästes" in said and "Riktlinjer för sociala medier i Ekviks kommun" in said
    assert "Frågor ska besvaras inom 24 timmar på vardagar" in said
    assert "Ingen passage handlar om frågan" not in said


def test_passages_that_only_are_the_least_far_say_so(page: Any) -> None:
    page.evaluate(
        """async () => {
          const { cells } = await JAMKA.load(JAMKA.municipalityPart(0));
          cells.blocking_users.passages.forEach((p) => { p.score = 0.02; });
        }"""
    )
    go(page, "#/matrix/blocking_users/0")
    page.wait_for_selector("#panel .r-nearest")
    assert "Ingen passage handlar om frågan. De här ligger minst långt ifrån." in page.inner_text("#panel")


def test_filters_leave_what_was_asked_for(page: Any) -> None:
    go(page, "#/matrix")
    every = page.locator(".row-name").count()
    page.fill("#matrix-search", "48 TIMMAR")
    assert page.locator(".row-name").all_inner_texts() == ["Svarstid"]
    page.fill("#matrix-search", "")
    assert page.locator(".row-name").count() == every
    page.select_option("#matrix-answer", "delegated")
    assert page.locator(".row-name").all_inner_texts() == ["Gallring och bevarande"]
    page.select_option("#matrix-answer", "")
    page.select_option("#matrix-group", "moderation")
    assert "Förbjudet innehåll" in page.locator(".row-name").all_inner_texts()
    page.click(".chooser summary")
    page.click(".chooser-list label:has-text('Ekvik')")
    assert page.locator("thead .name").all_inner_texts() == ["Ålbyn", "Östnäs"]
    page.click("text=Återställ")
    page.wait_for_function("n => document.querySelectorAll('.row-name').length === n", arg=every)
    assert page.locator("thead .name").count() == 3


def test_doubtful_cells_say_so_and_can_be_asked_for(page: Any) -> None:
    go(page, "#/matrix")
    doubtful = page.locator("td[role=gridcell].a-silent").first
    assert doubtful.get_attribute("aria-label").endswith("Osäkert")
    assert "?" in doubtful.evaluate("cell => getComputedStyle(cell, '::after').content")
    sure = page.locator("td[role=gridcell]", has_text="24 timmar")
    assert "Osäkert" not in sure.get_attribute("aria-label")
    assert "?" not in sure.evaluate("cell => getComputedStyle(cell, '::after').content")
    page.select_option("#matrix-answer", "doubtful")
    left = page.locator(".row-name").all_inner_texts()
    assert "Blockering av användare" in left and "Svarstid" not in left


def test_the_question_mark_is_explained_in_legend_and_method(page: Any) -> None:
    go(page, "#/matrix")
    legend = page.inner_text(".view-matrix .legend")
    assert "under 60 %" in legend and "under 90 %" in legend
    go(page, "#/method")
    said = page.inner_text("main")
    assert "under 60 %" in said and "under 90 %" in said


def test_who_answers_alone_is_strictest_of_nobody(page: Any, contents: Any) -> None:
    from pipeline.records.comparison import SAYING

    go(page, "#/municipality/1")
    page.wait_for_selector("main .strips")
    own = [c for c in contents.comparison.cells if c.municipality == "Ålbyn" and c.relation_to_strictest == "strictest"]
    answered = {c.requirement for c in contents.comparison.cells if c.municipality != "Ålbyn" and c.answer in SAYING}
    alone = [c for c in own if c.requirement not in answered]
    assert alone
    count = page.locator(".strip", has_text="bland de strängaste").locator("strong").inner_text()
    assert int(count) == len(own) - len(alone)


def test_requirements_show_their_answers_strictest_first(page: Any) -> None:
    go(page, "#/matrix/response_time")
    page.wait_for_selector("#panel .answers li")
    assert [x.split("\n")[0] for x in page.locator("#panel .answers li a").all_inner_texts()] == [
        "Ekvik",
        "Ålbyn",
        "Östnäs",
    ]


def test_the_language_switches_and_stays(page: Any) -> None:
    page.click("#language")
    page.wait_for_selector("text=What the municipalities answer")
    assert page.evaluate("document.documentElement.lang") == "en"
    go(page, "#/matrix")
    assert "24 hours (weekdays)" in page.inner_text("main")
    assert page.locator(".row-name", has_text="Svarstid").count() == 0
    page.goto(page.base)
    page.wait_for_selector("text=What the municipalities answer")


def test_shares_are_noted_in_the_language_of_the_page(page: Any) -> None:
    go(page, "#/matrix/response_time")
    page.wait_for_selector("#panel :text('Tre.')")
    page.click("#language")
    page.wait_for_selector("#panel :text('Three.')")
    assert page.locator("#panel :text('Tre.')").count() == 0


def test_a_time_is_told_in_words(page: Any) -> None:
    one, *_ = drafts()
    go(page, f"#/document/{one.id}")
    page.check("label:has-text('Värden') input")
    page.click(".text-main :text('inom 24 timmar på vardagar')")
    page.wait_for_selector(".text-side dd:text-is('24 timmar')")
    assert "PT24H" not in page.inner_text("main")


def test_light_and_dark_can_be_chosen(page: Any) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.select_option("#theme", "light")
    light = page.evaluate(ground)
    page.select_option("#theme", "dark")
    assert page.evaluate(ground) != light


def test_a_document_shows_findings_in_its_text_and_repairs_beside_the_original(page: Any) -> None:
    one, _, three = drafts()
    start, end = one.span("Kommunikatören ansvarar för bevakningen")
    go(page, f"#/document/{one.id}/{start}-{end}")
    page.wait_for_selector(".here")
    assert page.inner_text(".here") == "Kommunikatören ansvarar för bevakningen"
    assert "Kommunikatören" in page.inner_text(".text-side")
    assert "Karin Ödman" not in page.content() and "0123-45" not in page.content()
    go(page, f"#/document/{three.id}")
    page.click("[role=tab]:has-text('Före och efter')")
    assert page.locator(".sides del").all_inner_texts() == ["bor"]
    assert page.locator(".sides ins").all_inner_texts() == ["bör"]


def test_nothing_of_a_document_runs(page: Any) -> None:
    hostile = HOSTILE
    three = drafts()[2]
    places = [f"#/{v}" for v in VIEWS] + ["#/matrix/prohibited_content/2", "#/municipality/2", f"#/document/{three.id}"]
    seen = 0
    for place in places:
        go(page, place)
        page.wait_for_timeout(100)
        seen += hostile in page.inner_text("body")
        assert page.evaluate("window.HACKED") is None
        assert page.locator("main img, #panel img").count() == 0
        assert page.locator("script:not([src])").count() == 0
    assert seen >= 4


def test_a_missing_part_is_said_in_words(page: Any, written: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "report"
    shutil.copytree(written / "report", copy)
    (copy / "data" / "lineage.js").unlink()
    other = page.context.new_page()
    other.goto((copy / "index.html").as_uri() + "#/lineage")
    other.wait_for_selector(".problem")
    assert "data/lineage.js" in other.inner_text(".problem")


def test_further_rows_of_a_long_list_come_when_asked_for(
    page: Any, contents: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.report.lists.PAGE_ROWS", 2)
    write_site(contents, tmp_path)
    total = len(contents.comparison.findings)
    assert total > 2
    other = page.context.new_page()
    other.goto((tmp_path / "report" / "index.html").as_uri() + "#/findings")
    other.wait_for_selector("table.list")
    assert other.locator("table.list tbody tr").count() == 2
    assert f"2 av {total}" in other.inner_text(".unread")
    while other.get_by_role("button", name="Läs in fler rader").is_visible():
        before = other.locator("table.list tbody tr").count()
        other.get_by_role("button", name="Läs in fler rader").click()
        other.wait_for_function("n => document.querySelectorAll('table.list tbody tr').length > n", arg=before)
    assert other.locator("table.list tbody tr").count() == total
    assert not other.locator(".unread").is_visible()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_municipality_card_prints_on_one_page(page: Any, place: int) -> None:
    import io

    import pypdfium2

    go(page, f"#/municipality/{place}")
    page.wait_for_selector("main .strips")
    assert len(pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))) == 1


def test_the_law_page_names_its_day(page: Any) -> None:
    go(page, "#/laws")
    assert "den 1\u00a0februari\u00a02026" in page.inner_text("main .lead")


def test_the_method_page_gives_the_figures_of_unseen_documents_beside_the_known(page: Any) -> None:
    measured = measured_unseen()
    assert 0 < measured["silent_wrong"] < measured["silent"]
    go(page, "#/method")
    said = page.inner_text("main .notice")
    assert f"av {measured['silent']} svar ”Nämns inte” var {measured['silent_wrong']} fel" in said
    assert f"({round(100 * measured['silent_wrong'] / measured['silent'])}\u00a0%)" in said
    assert "Alingsås, Forshaga, Karlsborg, Kristianstad och Kungsbacka" in page.inner_text("main")
