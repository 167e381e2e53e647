"""Boxes, menus and buttons around the document of a web page, known by what they say and hold, not by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.ingest.web_regions import HEADINGS, WHOLE, PageFurniture, parts_of, plain

MOST_BOX_WORDS = 60
"""Words that a box beside the document holds at most."""

MOST_LINK_WORDS = 8
"""Words of an item of a menu at most."""

MOST_BUTTON_WORDS = 14
"""Words of a button at most."""

FEWEST_LINKS = 2
"""Links that make a menu of a line, and of a list one of the page's own chapters."""

_CELLS = frozenset({"dt", "dd", "th", "td"})
"""Parts of tables and lists in which a document says what it is itself, "Publicerad" too: they begin no box."""

_FRAMES = frozenset({"div", "section", "form", "fieldset", "label", "p", "li", "ul", "span"})
"""Elements that may hold no more than what a visitor is to fill in."""


_BYLINE = re.compile(
    r"(?i:sidan )?(?i:senast )?(?i:publicera|uppdatera|ändra|granska|skapa|redigera)\w*:?\s"
    r"[^\n]{0,20}\d[^\n]{0,30}\sav:?\s"
    r"(?:[A-ZÅÄÖ][\w.-]+(?: [A-ZÅÄÖ][\w.-]+){1,3}|(?i:admin\w*|\w*redaktör\w*))"
)


def is_byline(words: str) -> bool:
    """Whether a line says when somebody put the page there: "Senast publicerad: 2024-03-11 av Anna Karlsson"."""
    return _BYLINE.fullmatch(words) is not None


def find_boxes(root: Any, known: PageFurniture) -> frozenset[Any]:
    """The elements that are boxes and menus around the document by what they say, not by what they are called.

    A box begins with one of the known phrases, or has a known name, and holds a few words; the largest element that
    does is the box. So is the frame of a field for a visitor's comment, a link that stands alone and tells the visitor
    to fetch, print or share, and the list of the page's own chapters. A menu is a list or line of links, short ones,
    above the page's first main heading, and so is a link there that leads to another place of the page.
    """
    found = {*_named_boxes(root, known), *_comment_fields(root, known), *_buttons(root, known)}
    found |= set(_own_contents(root, known))
    above: set[Any] = set()
    for element in root.iter():
        if element.tag == "h1":
            return frozenset(found | above)
        skips = element.tag == "a" and element.get("href", "").startswith("#")
        if skips or _is_menu(element, known):
            above.add(element)
    # No main heading: nothing is above it.
    return frozenset(found)


def _named_boxes(root: Any, known: PageFurniture) -> Iterator[Any]:
    """Boxes by a known name or by the phrase that they begin with."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in WHOLE | _CELLS:
            continue
        names = parts_of(element.get("class", ""))
        named = element.tag in {"div", "section"} and known.box_names & names
        if named or (element.text and known.box_words.match(element.text)):
            box = _largest(element, known)
            if box is not None:
                yield box


def _comment_fields(root: Any, known: PageFurniture) -> Iterator[Any]:
    """The frames of fields in which a visitor writes: "Kommentera sidan" and what is promised about the comment.

    A frame is as large as a few words allow; the form of some systems spans the whole page.
    """
    small: dict[Any, bool] = {}

    def is_frame(element: Any) -> bool:
        """Whether an element holds a few words and neither the page's main heading nor a table."""
        if element not in small:
            held = next(element.iter("h1", "table"), None) is not None
            small[element] = not held and len(plain(element, known).split()) <= MOST_BOX_WORDS
        return small[element]

    for field in root.iter("textarea"):
        box, parent = field, field.getparent()
        while parent is not None and parent.tag in _FRAMES and is_frame(parent):
            box, parent = parent, parent.getparent()
        yield box


def _buttons(root: Any, known: PageFurniture) -> Iterator[Any]:
    """Links and buttons that stand alone and say what a visitor may do with the page: "Ladda ner som PDF"."""
    links_only: dict[Any, bool] = {}

    def is_alone(parent: Any) -> bool:
        """Whether nothing but links stands in the element around one."""
        if parent not in links_only:
            linked = sum(len(plain(link, known).split()) for link in parent.iter("a", "button"))
            links_only[parent] = parent.tag in WHOLE or len(plain(parent, known).split()) <= linked
        return links_only[parent]

    for element in root.iter("a", "button"):
        words, parent = plain(element, known), element.getparent()
        told = len(words.split()) <= MOST_BUTTON_WORDS and known.button_words.match(words)
        if told and parent is not None and parent.tag not in _CELLS and is_alone(parent):
            yield element


def _own_contents(root: Any, known: PageFurniture) -> Iterator[Any]:
    """Lists of links to places on the same page, with the heading above that calls them contents."""
    for element in root.iter("ul", "ol"):
        links = list(element.iter("a"))
        own = len(links) >= FEWEST_LINKS and all(link.get("href", "").startswith("#") for link in links)
        linked = sum(len(plain(link, known).split()) for link in links)
        if own and linked and linked == len(plain(element, known).split()):
            yield element
            title = element.getprevious()
            if title is not None and title.tag in HEADINGS | {"p", "div"} and _is_list_title(title, known):
                yield title


def _is_list_title(element: Any, known: PageFurniture) -> bool:
    return known.list_titles.fullmatch(plain(element, known).strip()) is not None


def _largest(element: Any, known: PageFurniture) -> Any | None:
    """The largest element of a few words that begins with this one; None where that holds more itself."""
    if len(plain(element, known).split()) > MOST_BOX_WORDS:
        return None
    parent = element.getparent()
    while parent is not None and parent.tag in {"div", "section", "form", "p"} and _first(parent) is element:
        if len(plain(parent, known).split()) > MOST_BOX_WORDS:
            break
        element, parent = parent, parent.getparent()
    return element


def _first(parent: Any) -> Any | None:
    """The first element below another, None where words stand before it."""
    return None if (parent.text or "").strip() else next(iter(parent), None)


def _is_menu(element: Any, known: PageFurniture) -> bool:
    """Whether an element is a list of short links, or a line of nothing but them."""
    if element.tag in {"ul", "ol"}:
        items = [plain(item, known).split() for item in element if item.tag == "li"]
        linked = sum(next(item.iter("a"), None) is not None for item in element if item.tag == "li")
        return linked > 0 and all(len(words) <= MOST_LINK_WORDS for words in items)
    if element.tag not in {"div", "section", "p"} or len(element) < FEWEST_LINKS:
        return False
    short = all(link.tag == "a" and len(plain(link, known).split()) <= MOST_LINK_WORDS for link in element)
    between = (element.text or "") + "".join(link.tail or "" for link in element)
    return short and not any(c.isalnum() for c in between)
