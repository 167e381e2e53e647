"""axe-core, the field's checker of accessibility, finds nothing in any view: both languages, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.report.conftest import IN_CHROMIUM, VIEWS, go
from tests.report.sample import drafts

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    package = pytest.importorskip("axe_playwright_python", reason="pip install axe-playwright-python")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds by all its rules, best practices too; styles are not fetched, which the page forbids."""
    page.evaluate(axe)
    # A panel that is still fading in has colours that no reader is left with.
    page.evaluate("Promise.allSettled(document.getAnimations().map((a) => a.finished))")
    found = page.evaluate("axe.run({ preload: false, resultTypes: ['violations'] }).then((r) => r.violations)")
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"][:4]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing(page: Any, axe: str, language: str, theme: str) -> None:
    page.select_option("#theme", theme)
    if language == "en":
        page.click("#language")
    one, _, three = drafts()
    start, end = one.span("Kommunikatören ansvarar för bevakningen")
    places = [
        *VIEWS, "matrix/response_time/0", "matrix/blocking_users/0", "matrix/response_time", f"document/{one.id}",
        f"document/{one.id}/{start}-{end}", f"document/{three.id}",
    ]  # fmt: skip
    wrong = []
    for place in places:
        go(page, f"#/{place}")
        wrong += [f"{place}: {said}" for said in violations(page, axe)]
    go(page, f"#/document/{three.id}")
    page.locator("[role=tab]").last.click()
    wrong += [f"tab: {said}" for said in violations(page, axe)]
    page.set_viewport_size({"width": 400, "height": 800})
    for place in VIEWS:
        go(page, f"#/{place}")
        wrong += [f"narrow {place}: {said}" for said in violations(page, axe)]
    assert not wrong, "\n".join(wrong)
