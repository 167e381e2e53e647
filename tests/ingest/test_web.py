"""Web pages: the document is body text, what stands around it is navigation."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import read_document
from pipeline.records.reading import Reading
from tests.ingest.shown import lines_of


def read(tmp_path: Path, html: str | bytes) -> Reading:
    path = tmp_path / "a.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
    return read_document(path)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Vi\n  ska <b>alltid</b> svara.</p>", ["Vi ska alltid svara."]),
        ("<p>Dnr:<br>KS 2018/1</p>", ["Dnr:", "KS 2018/1"]),
        ("<ul><li>ett<li>två<ul><li>inre</ul></ul>", ["- ett", "- två", "  - inre"]),
        ('<ol start="3" type="a"><li>tredje</li><li value="9">nionde</li></ol>', ["c. tredje", "i. nionde"]),
        ("<ul><li><p>stycke</p><p>mer</p></li></ul>", ["- stycke", "mer"]),
        ("<table><tr><th>Roll</th><th>Ansvar</th></tr><tr><td>Chef</td><td>Beslutar</td></tr></table>",
         ["Roll\tAnsvar", "Chef\tBeslutar"]),
        ("<table><tr><td><p>Layout</p></td></tr></table>", ["Layout"]),
        ("<h2>Syfte</h2>text utan stycke", ["Syfte", "text utan stycke"]),
        ('<p><input type="checkbox" checked> Policy</p><p><input type="checkbox"> Plan</p>', ["☒ Policy", "☐ Plan"]),
        ("<p>&sect; 5 &aring; &#x1F; &nbsp;x</p>", ["§ 5 å \ufffd \u00a0x"]),
        ("<dl><dt>Dnr</dt><dd>KS 1</dd><dt>Fastställd av</dt><dd><b>Nämnden</b></dd></dl>",
         ["Dnr\tKS 1", "Fastställd av\tNämnden"]),
        ("<dl><div><dt>Dnr</dt><dd>KS 1</dd></div></dl>", ["Dnr\tKS 1"]),
        ("<dl><dt>Konto</dt><dd>Det som kommunen har öppnat.</dd><dt>Vem svarar?</dt><dd>Alla</dd></dl>",
         ["Konto", "Det som kommunen har öppnat.", "Vem svarar?", "Alla"]),
        ("<dl><dt>Roll</dt><dd>Chef</dd><dd>Redaktör</dd></dl>", ["Roll", "Chef", "Redaktör"]),
        ("<p>syns<script>alert('ska')</script><style>p{}</style></p><noscript>slå på</noscript>", ["syns"]),
        ("<p><input type='checkbox' checked> Policy <input type='checkbox'> Plan</p>", ["☒ Policy", "☐ Plan"]),
        ("<table><tr><td>Beslutat av<br>Kommunstyrelsen</td><td><p>Datum</p><p>2021-05-04</p></td></tr></table>",
         ["Beslutat av\tKommunstyrelsen", "Datum\t2021-05-04"]),
        ("<table><tr><th>Vad</th><th>Frist</th><th>Hur</th></tr><tr><td rowspan=2>Inlägg</td><td>2 år</td>"
         "<td rowspan=2>i systemet</td></tr><tr><td>sedan arkiv</td></tr><tr><td>a</td><td>b</td></tr></table>",
         ["Vad\tFrist\tHur", "Inlägg\t2 år\ti systemet", "\tsedan arkiv", "a\tb"]),
        ("<p>3<sup>1</sup> dagar, 24<a href='#n1'><sup>1</sup></a> timmar<sup><a href='#n2'>[2]</a></sup></p>",
         ["3^1 dagar, 24 timmar"]),
        ("<p>5 m<sup>2</sup></p>", ["5 m2"]),
        ("<p>1<sup>:a</sup> raden, 10 <sup>2</sup></p>", ["1:a raden, 10 2"]),
        ("<details><summary>Vad gäller?</summary><p>Detta.</p></details>", ["Vad gäller?", "Detta."]),
    ],
)  # fmt: skip
def test_lines_as_a_browser_shows_them(tmp_path: Path, html: str, wanted: list[str]) -> None:
    assert lines_of(read(tmp_path, f"<html><body>{html}</body></html>")) == wanted


def test_a_page_without_a_body_of_its_own_is_read(tmp_path: Path) -> None:
    # The parser then leaves the elements that it is too old for in the head.
    page = "<!doctype html><meta charset=utf-8><title>A</title><nav>Meny</nav><main><p>Nämnden ska svara.</p></main>"
    assert lines_of(read(tmp_path, page)) == ["Nämnden ska svara."]


def test_styles_and_levels(tmp_path: Path) -> None:
    reading = read(tmp_path, "<html><body><h1>A</h1><h3>B</h3><p>c</p><ul><li>d</li></ul></body></html>")
    assert [(line.style, line.level, line.marker) for line in reading.lines] == [
        ("heading", 1, ""), ("heading", 3, ""), ("plain", 0, ""), ("list_item", 1, "-"),
    ]  # fmt: skip
    assert reading.text == "A\n\nB\n\nc\n\n- d"


AROUND = """<html><body><div class="cookie-banner">Vi använder kakor</div><nav><a>Meny</a></nav>
<div id="sidebar" class="site-sidebar">Relaterat</div>{}<footer>Kontakta oss</footer></body></html>"""


@pytest.mark.parametrize(
    "middle",
    [
        "<main><p>Regler som gäller alla.</p></main>",
        '<div role="main"><p>Regler som gäller alla.</p></div>',
        '<div id="content"><p>Regler som gäller alla.</p></div>',
        "<div><p>Regler som gäller alla.</p></div>",
        "<article><header><p>Regler som gäller alla.</p></header></article>",
    ],
)
def test_the_document_in_the_middle(tmp_path: Path, middle: str) -> None:
    reading = read(tmp_path, AROUND.format(middle))
    assert lines_of(reading) == ["Regler som gäller alla."]
    assert lines_of(reading, "navigation") == ["Vi använder kakor", "Meny", "Relaterat", "Kontakta oss"]


def test_a_main_element_without_the_text_is_not_believed(tmp_path: Path) -> None:
    words = "Reglerna gäller för alla förvaltningar i kommunen. " * 10
    assert words.strip() in lines_of(read(tmp_path, f"<html><body><main>Start</main><div>{words}</div></body></html>"))


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"', 'role="dialog"', 'aria-x="" class="skip-link"'])
def test_what_is_hidden_or_a_dialog_is_no_text(tmp_path: Path, hidden: str) -> None:
    reading = read(tmp_path, f"<html><body><div {hidden}>Bort</div><p>Kvar</p></body></html>")
    assert lines_of(reading) == ["Kvar"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "nonsense"])
def test_the_encoding_is_that_of_the_bytes(tmp_path: Path, encoding: str, said: str) -> None:
    html = f'<html><head><meta charset="{said}"></head><body><p>Nämnden får åtgärda ärendet på måndag</p></body></html>'
    wrong = encoding == "utf-8" and said == "iso-8859-1"
    reading = read(tmp_path, html.encode(encoding))
    assert (lines_of(reading) == ["Nämnden får åtgärda ärendet på måndag"]) != wrong


def test_nesting_without_end_is_cut_or_refused_but_ends(tmp_path: Path) -> None:
    reading = read(tmp_path, "<html><body><p>Först</p>" + "<div>" * 5000 + "djupt" + "</div>" * 5000)
    assert "Först" in lines_of(reading)


PAGE = """<html><body><a href="#mitt">Hoppa till innehåll</a><div class="sv-column">{before}</div>
<div class="mitt"><h1 id="h-Dela-information">Dela information</h1><p>Nämnden ska svara inom 24 timmar.</p>{after}</div>
</body></html>"""
KEPT = ["Dela information", "Nämnden ska svara inom 24 timmar."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ul class='lp-top'><li><a href='/'>Start</a></li><li><a href='/b'>Bygga och bo</a></li></ul>", ""),
        ("<ol class='lp-path'><li><a href='/'>Startsida</a></li><li>Styrdokument</li></ol>", ""),
        ("", "<div class='m1'><div><h2>Hjälpte informationen på sidan dig?</h2><p>Tack!</p></div></div>"),
        ("", "<section><p>Var den här sidan till hjälp?</p><form><input type='radio'> Ja</form></section>"),
        ("", "<div class='c-contact-box'><h2>Kontakt</h2><p>Telefon: 0500-12 34 56</p></div>"),
        ("", "<div><a href='//läs'>Lyssna</a></div>"),
        ("<div class='brodsmula'><a href='/'>Start</a> / Policy</div><p>Du är här: Start / Policy</p>", ""),
        ("<div id='CybotCookiebotDialog'><p>Vi värnar om dig</p></div>", ""),
        ("", "<div class='x'><span>Dela sidan:</span> <a href='/f'>Facebook</a></div>"),
        ("<div class='q'><a>Translate</a> <a>Lättläst</a> | <a>Självservice</a></div>", ""),
        ("", "<div class='wp-block-button'><a>Ladda ner som PDF</a></div>"),
        ("", "<p><a href='/r.pdf'>Hämta dokumentet (pdf, 200 kB)</a></p><p><a href='/r'>Öppna i nytt fönster</a></p>"),
        ("", "<p><button>Skriv ut</button> <a href='/d'>Dela</a></p>"),
        (
            "",
            "<div>Kommentera sidan<form><label>Din synpunkt</label><textarea></textarea><p>Vi läser alla synpunkter "
            "men svarar inte. Uppgifterna ska inte innehålla personuppgifter.</p></form></div>",
        ),
        ("", "<h2>Innehåll på sidan</h2><ul><li><a href='#a'>Svar</a></li><li><a href='#b'>Arkiv</a></li></ul>"),
    ],
)
def test_boxes_and_menus_are_known_by_what_they_say(tmp_path: Path, before: str, after: str) -> None:
    assert lines_of(read(tmp_path, PAGE.format(before=before, after=after))) == KEPT


@pytest.mark.parametrize(
    ("after", "more"),
    [
        # A list of links in the document, a chapter on contacts, a long section by such a name: all text.
        ("<ul><li><a href='/lag'>Offentlighets- och sekretesslagen</a></li></ul>",
         ["- Offentlighets- och sekretesslagen"]),
        ("<h2 id='kontakt'>Kontakt</h2><p>Kontakta registrator.</p>", ["Kontakt", "Kontakta registrator."]),
        ("<div class='contact'>" + "<p>Den som kontaktar kommunen ska få svar samma dag.</p>" * 9 + "</div>",
         ["Den som kontaktar kommunen ska få svar samma dag."] * 9),
        ("<p>Publicerad information får spridas.</p><p>Lyssna på medborgarna.</p>",
         ["Publicerad information får spridas.", "Lyssna på medborgarna."]),
        # What a document says of itself.
        ("<p>Sidan uppdaterades: 12 mars 2021</p><p><strong>Sidansvarig:</strong> Eva</p>",
         ["Sidan uppdaterades: 12 mars 2021", "Sidansvarig: Eva"]),
        ("<p class='sv-font-updated'>Senast uppdaterad: <time>2024-01-15</time></p>",
         ["Senast uppdaterad: 2024-01-15"]),
        ("<p>Senast uppdaterad: 2024-01-15</p><table><tr><th>Sidan uppdaterad</th><td>i dag</td></tr><tr><th>Av</th>"
         "<td>Eva</td></tr></table>", ["Senast uppdaterad: 2024-01-15", "Sidan uppdaterad\ti dag", "Av\tEva"]),
        ("<p>Publicerad 2022-01-12 av kommunikationsavdelningen</p>",
         ["Publicerad 2022-01-12 av kommunikationsavdelningen"]),
        # A link in a sentence, a list of files, a form that spans the text, a list of links with words of its own.
        ("<p>Ladda ner <a href='/b.pdf'>blanketten</a> och fyll i den.</p>", ["Ladda ner blanketten och fyll i den."]),
        ("<ul><li><a href='/b.pdf'>Gallringsplan (pdf, 200 kB)</a></li></ul>", ["- Gallringsplan (pdf, 200 kB)"]),
        ("<form>" + "<p>Den som svarar ska göra det samma dag.</p>" * 9 + "<div><textarea></textarea></div></form>",
         ["Den som svarar ska göra det samma dag."] * 9),
        ("<ul><li><a href='#a'>Svar</a>: samma dag</li><li><a href='#b'>Arkiv</a>: en gång per år</li></ul>",
         ["- Svar: samma dag", "- Arkiv: en gång per år"]),
        # What folds out is hidden until then.
        ("<h3><button aria-expanded='false'>Frånvaro</button></h3><div hidden><p>Autosvar ska användas.</p></div>",
         ["Frånvaro", "Autosvar ska användas."]),
        ("<div class='accordion__content' style='display: none'><p>Autosvar ska användas.</p></div>",
         ["Autosvar ska användas."]),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_box_is_the_text(tmp_path: Path, after: str, more: list[str]) -> None:
    assert lines_of(read(tmp_path, PAGE.format(before="", after=after))) == KEPT + more


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>Senast publicerad:</span> 2024-03-11 av Anna Karlsson</div>",
        "<div>Publicerad 12 januari, 2022 av <a>admin</a></div>",
    ],
)
def test_who_put_the_page_there_is_said_below_it(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path, PAGE.format(before="", after=line))
    assert lines_of(reading) == KEPT
    assert len(lines_of(reading, "footer")) == 1


def test_lists_above_the_heading_without_links_stay(tmp_path: Path) -> None:
    page = "<ul><li>Beslutad av kommunstyrelsen</li></ul><h1>Riktlinje</h1><p>Den gäller alla.</p>"
    assert lines_of(read(tmp_path, page)) == ["- Beslutad av kommunstyrelsen", "Riktlinje", "Den gäller alla."]


def test_menus_on_a_page_without_a_heading_stay(tmp_path: Path) -> None:
    page = "<p>Riktlinje</p><ul><li><a href='/a'>Policy</a></li></ul>"
    assert lines_of(read(tmp_path, page)) == ["Riktlinje", "- Policy"]


def test_what_is_hidden_and_does_not_fold_out_is_left_out(tmp_path: Path) -> None:
    page = PAGE.format(before="", after="<div class='tpl' hidden><p>Mall</p></div><textarea>Skriv här</textarea>")
    assert lines_of(read(tmp_path, page)) == KEPT
