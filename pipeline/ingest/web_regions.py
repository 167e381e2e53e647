"""What of a web page is the document and what is menu, banner or footer, by the page's own marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

MIN_MAIN_SHARE = 0.25
"""Share of the page's words that the element called its main content holds at least, else it is not believed."""


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """The names in page_furniture.yaml."""

    elements: frozenset[str]
    roles: frozenset[str]
    names: frozenset[str]
    main_elements: tuple[str, ...]
    main_roles: frozenset[str]
    main_ids: frozenset[str]
    never_shown: frozenset[str]


@lru_cache(maxsize=1)
def load_page_furniture() -> PageFurniture:
    """The names of page_furniture.yaml."""
    import yaml

    said = yaml.safe_load(resources.files("pipeline.ingest").joinpath("page_furniture.yaml").read_text("utf-8"))
    return PageFurniture(
        frozenset(said["elements"]), frozenset(said["roles"]), frozenset(said["names"]),
        tuple(said["main_elements"]), frozenset(said["main_roles"]), frozenset(said["main_ids"]),
        frozenset(said["never_shown"]),
    )  # fmt: skip


def main_content(root: Any, known: PageFurniture) -> Any | None:
    """The element that holds the document, None where the page does not tell or tells wrongly."""
    candidates = [e for tag in known.main_elements for e in root.iter(tag)]
    candidates += [e for e in root.iter() if isinstance(e.tag, str) and e.get("role", "").lower() in known.main_roles]
    candidates += [e for e in root.iter() if isinstance(e.tag, str) and e.get("id", "").lower() in known.main_ids]
    everything = len(_plain(root, known).split())
    for element in candidates:
        if len(_plain(element, known).split()) >= MIN_MAIN_SHARE * everything:
            return element
    return None


def _plain(element: Any, known: PageFurniture) -> str:
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


def is_furniture(element: Any, known: PageFurniture, *, inside: bool) -> bool:
    """Whether an element is no part of the document, by its kind, role, names, or because it is hidden."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    if element.get("role", "").lower() in known.roles:
        return True
    if element.tag in known.elements and not (inside and element.tag in {"header", "form", "figcaption", "button"}):
        return True
    if element.tag in {"html", "body", "main", "article"}:
        return False
    parts = {p for name in ("id", "class") for p in re.split(r"[^a-zåäö0-9]+", element.get(name, "").lower())}
    return bool(parts & known.names)
