"""The sample comparison, written once for all tests of the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report.sample import sample as make_sample

CHROMIUM = Path("/usr/bin/chromium")
IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: apt-get install chromium"),
]
"""Marks of tests that open the report."""


@pytest.fixture(scope="session")
def sample() -> Any:
    return make_sample()


@pytest.fixture(scope="session")
def contents(sample: Any) -> Any:
    from pipeline.report.contents import Contents

    return Contents(sample.comparison, sample.material, sample.codebooks, sample.settings)


@pytest.fixture(scope="session")
def written(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that write_report writes of the sample."""
    from pipeline.report import write_report

    folder = tmp_path_factory.mktemp("written")
    write_report(sample.comparison, sample.material, folder, codebooks=sample.codebooks, settings=sample.settings)
    return folder


VIEWS = ("overview", "matrix", "municipality/0", "documents", "findings", "laws", "lineage", "graph", "method")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install playwright")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, written: Path) -> Iterator[Any]:
    """The report's first view; the test fails on any error or attempt to reach outside."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="sv-SE")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda m: problems.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda e: problems.append(str(e)))
    opened.on("request", lambda r: None if r.url.startswith("file:") else problems.append(r.url))
    opened.base = (written / "report" / "index.html").as_uri()
    opened.goto(opened.base)
    opened.wait_for_selector("main h1")
    yield opened
    context.close()
    assert problems == []


def go(page: Any, place: str) -> None:
    """Another view, drawn."""
    page.evaluate("place => { location.hash = place; }", place)
    page.wait_for_function("() => !document.getElementById('main').hasAttribute('aria-busy')")
    page.wait_for_timeout(60)
