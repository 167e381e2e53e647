"""How fast the report opens and filters in a real browser: python -m benchmarks.report [DOCUMENTS] [FOLDER].

Writes the report of a whole country (290 municipalities, every requirement, 10,000 documents) and times what a reader
waits for, from the event to the end of the frame after it, when the change is painted. Prints best, median and worst
of several goes in milliseconds.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
TIMES = 7
PAINTED = """async () => {
  await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
  const start = performance.now();
  ACT;
  await new Promise((r) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = r;
    after.port2.postMessage(0);
  }));
  return performance.now() - start;
}"""
TYPE = (
    "(() => {{ const e = document.querySelector('{where}'); e.value = '{what}'; "
    "e.dispatchEvent(new Event('{event}', {{ bubbles: true }})); }})()"
)
TICK = "document.querySelector('{where}').click()"


def typed(where: str, what: str, event: str = "input") -> str:
    """The script that fills in a field as a reader does."""
    return TYPE.format(where=where, what=what, event=event)


MATRIX = (
    ("search, a word", typed("#matrix-search", "svar"), typed("#matrix-search", "")),
    ("search, one more letter", typed("#matrix-search", "s"), typed("#matrix-search", "")),
    ("chapter", typed("#matrix-group", "moderation", "change"), typed("#matrix-group", "", "change")),
    ("answer", typed("#matrix-answer", "delegated", "change"), typed("#matrix-answer", "", "change")),
    ("only differing", TICK.format(where="#matrix-differing"), TICK.format(where="#matrix-differing")),
    ("words in cells", TICK.format(where="#matrix-words"), TICK.format(where="#matrix-words")),
    ("rows by silence", typed("#matrix-rows", "silent", "change"), typed("#matrix-rows", "codebook", "change")),
    ("columns by answers", typed("#matrix-columns", "answered", "change"), typed("#matrix-columns", "name", "change")),
    ("one municipality away", TICK.format(where=".chooser-list input"), TICK.format(where=".chooser-list input")),
)
LISTS = (
    (
        "documents, search",
        "#/documents",
        typed("main input[type=search]", "0123"),
        typed("main input[type=search]", ""),
    ),
    ("documents, sort", "#/documents", TICK.format(where="main thead th:nth-child(2) button"), ""),
    ("findings, search", "#/findings", typed("main input[type=search]", "ale"), typed("main input[type=search]", "")),
)


def main(arguments: list[str]) -> None:
    """Write, open, filter; print a table."""
    from playwright.sync_api import sync_playwright

    from benchmarks.report.corpus import make_contents
    from pipeline.report.site import write_site

    documents = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(arguments[1]) if len(arguments) > 1 else Path(scratch)
        if not (folder / "report" / "index.html").exists():
            before = time.perf_counter()
            write_site(make_contents(documents), folder)
            print(f"written in {time.perf_counter() - before:.0f} s")
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        index = (folder / "report" / "index.html").as_uri()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for place in ("#/overview", "#/matrix", "#/matrix/response_time/3", "#/documents", "#/graph"):
            _say(f"opens at {place}", [_open(browser, index + place) for _ in range(TIMES)])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(index + "#/matrix")
        page.wait_for_selector("td[role=gridcell]")
        for name, act, back in MATRIX:
            _say(f"matrix: {name}", _times(page, act, back))
        for name, place, act, back in LISTS:
            page.goto(index + place)
            page.wait_for_selector("main tbody tr")
            _say(name, _times(page, act, back))
        browser.close()


def _times(page: Any, act: str, back: str) -> list[float]:
    times = []
    for _ in range(TIMES):
        times.append(page.evaluate(PAINTED.replace("ACT", act)))
        if back:
            times.append(page.evaluate(PAINTED.replace("ACT", back)))
    return times


def _open(browser: Any, address: str) -> float:
    """From the address to the view drawn, in a fresh window with an empty cache."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function(
        "() => document.querySelector('main section.view') && !document.querySelector('main[aria-busy]')"
    )
    spent: float = page.evaluate(
        "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))"
    )
    context.close()
    return spent


def _say(name: str, times: list[float]) -> None:
    print(
        f"{name:34} best {min(times):6.0f}  median {statistics.median(times):6.0f}  worst {max(times):6.0f} ms",
        flush=True,
    )


main(sys.argv[1:])
