"""Makes docs/images anew: python -m benchmarks.handbook (make pictures).

Does what docs/handbok.md tells the reader, over data/examples, with the real commands, Chromium and LibreOffice, and
prints what the commands say, so that the handbook's text can be held beside it.
"""

from __future__ import annotations

import datetime
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
COLOURS = 128
WIDTH = 1500

REPORT = (
    ("handbok-oversikt", "#/overview", 760, ""),
    ("handbok-matris", "#/matrix", 700, ""),
    ("handbok-belagg", "#/matrix/decision_to_start/2", 760, "#panel .page-picture img"),
    ("handbok-tyst", "#/matrix/response_time/0", 660, "#panel .r-nearest"),
    ("handbok-brister", "#/findings", 620, "table.list"),
    ("handbok-kort", "#/municipality/3", 640, ".strips"),
    ("handbok-graf", "#/graph", 900, ".graph-picture text"),
)
"""Name, place in the report, height in pixels, what must be there."""

ANSWERS = (
    ("Ändra", "Nämns inte", "Gäller medarbetare, inte tillgänglighet för besökare"),
    ("Godkänn", None, None),
    ("Godkänn", None, None),
    ("Avvisa", None, "Handlar om ansvar, inte om hur ofta någon läser"),
)
"""What the reviewer of the pictures answers in the first rows: decision, new value, note."""


def main() -> None:
    """Run the handbook and take its pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        for folder in ("dokument", "beslut"):
            (here / folder).mkdir()
        for file in sorted((ROOT / "data" / "examples").glob("*.*")):
            shutil.copy(file, here / "dokument" / file.name)
        run = ("run", "dokument", "--out", "resultat", "--decisions", "beslut", "--cache", "arbete")
        jamka(here, *run)
        jamka(here, "review", "export", "granskning.xlsx", "--from", "resultat")
        _review(here / "granskning.xlsx")
        jamka(here, "review", "import", "granskning.xlsx", "--from", "resultat", "--decisions", "beslut")
        jamka(here, *run)
        jamka(here, "draft", "Karlsborg", "--from", "resultat")
        jamka(here, "draft", "Karlsborg", "--from", "resultat", "--line", "strictest", "--out", "drafts/striktast.docx")
        jamka(here, "diff", "dokument/karlsborg.pdf", "drafts/karlsborg.docx", "--out", "skillnad.html")
        _report(here / "resultat")
        _sheet(here / "resultat" / "harmonised_requirements.xlsx", "Matris", "handbok-arbetsbok", 7, 30)
        _sheet(here / "granskning.xlsx", "Svar", "handbok-granskning", 12, 10)
        _draft(here / "drafts" / "karlsborg.docx")


def jamka(here: Path, *words: str) -> None:
    """A command as the reader gives it; what it says is printed."""
    print("$ jamka", *words, flush=True)
    done = subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=here, env=_surroundings(), check=False,
                          capture_output=True, text=True)  # fmt: skip
    print(done.stdout + done.stderr, flush=True)
    if done.returncode:
        raise SystemExit(f"jamka {' '.join(words)} ended with {done.returncode}")


def _surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1"}


def _review(file: Path) -> None:
    """Answer the first rows of Svar, with name and date once for all on the first sheet."""
    workbook = openpyxl.load_workbook(file)
    sheet = workbook["Svar"]
    at = {name: number for number, name in enumerate(next(sheet.values), start=1)}
    for number, (verdict, value, note) in enumerate(ANSWERS, start=2):
        sheet.cell(number, at["Beslut"], verdict)
        sheet.cell(number, at["Nytt värde"], value)
        sheet.cell(number, at["Anteckning"], note)
    guide = workbook["Läs mig först"]
    for row in guide.iter_rows():
        if str(row[0].value).startswith("Granskare"):
            row[1].value = "Anna Analytiker"
        elif str(row[0].value).startswith("Datum"):
            row[1].value = datetime.date(2026, 3, 2)
    workbook.save(file)


def _report(out: Path) -> None:
    from playwright.sync_api import sync_playwright

    index = (out / "report" / "index.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, place, height, wanted in (*REPORT, ("handbok-dokument", "", 680, "")):
            page = browser.new_page(viewport={"width": 1240, "height": height}, locale="sv-SE")
            page.goto(index + place)
            page.wait_for_selector("main h1")
            if name == "handbok-dokument":
                _open_document(page)
            if wanted:
                page.wait_for_selector(wanted)
            page.wait_for_timeout(400)
            _save(page.screenshot(), name)
            page.close()
        page = browser.new_page(viewport={"width": 1640, "height": 1010}, locale="sv-SE")
        page.goto(index + "#/matrix/decision_to_start/2")
        page.wait_for_selector("#panel .page-picture img")
        page.wait_for_timeout(400)
        _save(page.screenshot(), "report")
        browser.close()


def _open_document(page: Any) -> None:
    """The document with a law reference, which is clicked."""
    page.goto(page.url.split("#")[0] + "#/documents")
    page.click("tbody a:has-text('Kungsbacka')")
    page.wait_for_selector(".full-text .k-law")
    page.locator(".full-text .k-law").first.scroll_into_view_if_needed()
    page.locator(".full-text .k-law").first.click()


def _sheet(file: Path, name: str, picture: str, columns: int, rows: int) -> None:
    """The first columns and rows of a sheet as LibreOffice shows them, with the letters and numbers of the grid."""
    workbook = openpyxl.load_workbook(file)
    for other in workbook.sheetnames:
        if other != name:
            del workbook[other]
    sheet = workbook[name]
    for column in range(columns + 1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"
    sheet.print_options.headings = sheet.print_options.gridLines = True
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 1
    sheet.oddFooter = HeaderFooterItem()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "sheet.xlsx"
        workbook.save(copy)
        page = pypdfium2.PdfDocument(_as_pdf(copy, "pdf"))[0]
        shown = _trimmed(page.render(scale=4).to_pil())
        _save(shown.resize((WIDTH, shown.height * WIDTH // shown.width), Image.Resampling.LANCZOS), picture)


def _draft(file: Path) -> None:
    """The page on sender and channels, with the notes at its sentences."""
    options = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    document = pypdfium2.PdfDocument(_as_pdf(file, options))
    pages = [page for page in document if page.get_textpage().search("kommunens webbplats").get_next()]
    picture = _trimmed(pages[0].render(scale=1.35).to_pil())
    _save(picture.crop((0, 0, picture.width, min(picture.height, 860))), "handbok-utkast")


def _as_pdf(file: Path, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["soffice", f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}", "--headless",
                        "--convert-to", kind, "--outdir", scratch, str(file)],
                       check=True, capture_output=True, timeout=180)  # fmt: skip
        return (Path(scratch) / f"{file.stem}.pdf").read_bytes()


def _trimmed(picture: Image.Image) -> Image.Image:
    """The picture without the white around it."""
    plain = picture.convert("RGB")
    box = ImageChops.difference(plain, Image.new("RGB", plain.size, "white")).getbbox()
    return plain.crop((max(0, box[0] - 12), max(0, box[1] - 12), box[2] + 12, box[3] + 12)) if box else plain


def _save(picture: bytes | Image.Image, name: str) -> None:
    """As PNG of few colours: a screen has no more."""
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png {image.size}", flush=True)


main()
