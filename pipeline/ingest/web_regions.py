"""What of a web page is the document and what is menu, banner or footer, by the page's own marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from pipeline.trees import parse_tree

_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
WHOLE = frozenset({"html", "body", "main", "article"})

MIN_MAIN_SHARE = 0.25
"""Share of the page's words that the element called its main content holds at least, else it is not believed."""


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """The names in page_furniture.yaml."""

    elements: frozenset[str]
    roles: frozenset[str]
    names: frozenset[str]
    box_names: frozenset[str]
    box_words: re.Pattern[str]
    button_words: re.Pattern[str]
    list_titles: re.Pattern[str]
    folded: frozenset[str]
    main_elements: tuple[str, ...]
    main_roles: frozenset[str]
    main_ids: frozenset[str]
    never_shown: frozenset[str]


@lru_cache(maxsize=1)
def load_page_furniture() -> PageFurniture:
    """The names of page_furniture.yaml."""
    said = parse_tree(resources.files("pipeline.ingest").joinpath("page_furniture.yaml").read_text("utf-8"))
    return PageFurniture(
        frozenset(said["elements"]), frozenset(said["roles"]), frozenset(said["names"]),
        frozenset(said["box_names"]),
        _any_of(said["box_words"]), _any_of(said["button_words"]), _any_of(said["list_titles"]),
        frozenset(said["folded"]), tuple(said["main_elements"]), frozenset(said["main_roles"]),
        frozenset(said["main_ids"]), frozenset(said["never_shown"]),
    )  # fmt: skip


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(patterns)})", re.IGNORECASE)


def main_content(root: Any, known: PageFurniture) -> Any | None:
    """The element that holds the document, None where the page does not tell or tells wrongly."""
    candidates = [e for tag in known.main_elements for e in root.iter(tag)]
    candidates += [e for e in root.iter() if isinstance(e.tag, str) and e.get("role", "").lower() in known.main_roles]
    candidates += [e for e in root.iter() if isinstance(e.tag, str) and e.get("id", "").lower() in known.main_ids]
    everything = len(plain(root, known).split())
    for element in candidates:
        if len(plain(element, known).split()) >= MIN_MAIN_SHARE * everything:
            return element
    return None


def plain(element: Any, known: PageFurniture) -> str:
    """The words below an element, programs left out."""
    return " ".join(
        text
        for item in element.iter()
        if isinstance(item.tag, str)
        for text in (
            (item.text if item.tag not in known.never_shown else None),
            item.tail if item is not element else None,
        )
        if text and text.strip()
    )


def parts_of(names: str) -> frozenset[str]:
    """The parts of an element's names: "cookie-banner" has cookie and banner."""
    return frozenset(re.split(r"[^a-zåäö0-9]+", names.lower()))


def _is_folded(element: Any, known: PageFurniture) -> bool:
    """Whether a hidden element is what a visitor folds out: so called, or behind a button that says so."""
    around = [element, *([parent] if (parent := element.getparent()) is not None else [])]
    if any(
        known.folded & parts_of(f"{one.get('id', '')} {one.get('class', '')} {one.get('role', '')}") for one in around
    ):
        return True
    before = element.getprevious()
    return (
        before is not None
        and before.tag in HEADINGS | {"button", "a", "dt"}
        and any(one.get("aria-expanded") or one.get("aria-controls") for one in before.iter())
    )


def is_hidden(element: Any, known: PageFurniture) -> bool:
    """Whether an element is never shown, not even when a visitor folds it out."""
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    return bool(hidden) and not _is_folded(element, known)


def is_quoted(element: Any) -> bool:
    """Whether an element of an e-mail holds the one that it answers, as the programs people write with mark it."""
    if element.tag == "blockquote" and element.get("type", "").lower() == "cite":
        return True
    return "quote" in parts_of(element.get("class", ""))


def is_furniture(element: Any, known: PageFurniture, *, inside: bool) -> bool:
    """Whether an element is no part of the document, by its kind, role, names, or because it is hidden."""
    if is_hidden(element, known):
        return True
    if element.get("role", "").lower() in known.roles:
        return True
    if element.tag in known.elements and not (inside and element.tag in {"header", "form", "figcaption", "button"}):
        return True
    if element.tag in WHOLE:
        return False
    # A heading's id is made of its own words by many systems: "h-Dela" stands over a chapter on sharing.
    names = (
        element.get("class", "") if element.tag in HEADINGS else f"{element.get('id', '')} {element.get('class', '')}"
    )
    return bool(parts_of(names) & known.names)
