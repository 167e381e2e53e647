"""Web pages: the document is body text, what stands around it is navigation."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import read_document
from pipeline.records.reading import Reading


def read(tmp_path: Path, html: str | bytes) -> Reading:
    path = tmp_path / "a.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
    return read_document(path)


def lines(reading: Reading, role: str = "body") -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines if line.role == role]


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
        ("<dl><dt>Dnr</dt><dd>KS 1</dd></dl>", ["Dnr", "KS 1"]),
        ("<p>syns<script>alert('ska')</script><style>p{}</style></p><noscript>slå på</noscript>", ["syns"]),
        ("<details><summary>Vad gäller?</summary><p>Detta.</p></details>", ["Vad gäller?", "Detta."]),
    ],
)  # fmt: skip
def test_lines_as_a_browser_shows_them(tmp_path: Path, html: str, wanted: list[str]) -> None:
    assert lines(read(tmp_path, f"<html><body>{html}</body></html>")) == wanted


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
    assert lines(reading) == ["Regler som gäller alla."]
    assert lines(reading, "navigation") == ["Vi använder kakor", "Meny", "Relaterat", "Kontakta oss"]


def test_a_main_element_without_the_text_is_not_believed(tmp_path: Path) -> None:
    words = "Reglerna gäller för alla förvaltningar i kommunen. " * 10
    assert words.strip() in lines(read(tmp_path, f"<html><body><main>Start</main><div>{words}</div></body></html>"))


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"', 'role="dialog"', 'aria-x="" class="skip-link"'])
def test_what_is_hidden_or_a_dialog_is_no_text(tmp_path: Path, hidden: str) -> None:
    reading = read(tmp_path, f"<html><body><div {hidden}>Bort</div><p>Kvar</p></body></html>")
    assert lines(reading) == ["Kvar"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "nonsense"])
def test_the_encoding_is_that_of_the_bytes(tmp_path: Path, encoding: str, said: str) -> None:
    html = f'<html><head><meta charset="{said}"></head><body><p>Nämnden får åtgärda ärendet på måndag</p></body></html>'
    wrong = encoding == "utf-8" and said == "iso-8859-1"
    reading = read(tmp_path, html.encode(encoding))
    assert (lines(reading) == ["Nämnden får åtgärda ärendet på måndag"]) != wrong


def test_nesting_without_end_is_cut_or_refused_but_ends(tmp_path: Path) -> None:
    reading = read(tmp_path, "<html><body><p>Först</p>" + "<div>" * 5000 + "djupt" + "</div>" * 5000)
    assert "Först" in lines(reading)
