"""The words of one Word paragraph: runs, fields, symbols, check boxes; what is deleted or hidden left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.decoding import clean
from pipeline.ingest.docx_package import MAX_DEPTH, W
from pipeline.ingest.docx_styles import is_on, run_says
from pipeline.ingest.links import closing, opening
from pipeline.ingest.options import TICKED, UNTICKED

_LOOKED_THROUGH = {
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
}
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}  # fmt: skip
_SYMBOLS = {0xFE: TICKED, 0xFD: TICKED, 0xFC: "✓", 0xA8: UNTICKED, 0x6F: UNTICKED, 0x78: TICKED, 0xB7: "•", 0xA7: "•"}
"""Characters of the Wingdings and Symbol fonts that forms and lists use, by their code in the font."""

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_CHECK_BOX = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"


@dataclass(slots=True)
class Text:
    """A paragraph's words as a reader sees them, with line breaks where it has them."""

    content: str = ""
    bold_letters: int = 0
    plain_letters: int = 0
    unsaid_letters: int = 0
    size: float = 0.0
    check_boxes: int = 0
    mark_deleted: bool = False
    boxes: list[Any] = field(default_factory=list)
    fields: list[list[str]] = field(default_factory=list)

    def bold_share(self, by_style: bool) -> float:
        """Share of the letters that are bold, where runs say nothing the style's word."""
        total = self.bold_letters + self.plain_letters + self.unsaid_letters
        return (self.bold_letters + (self.unsaid_letters if by_style else 0)) / total if total else 0.0

    def joined(self, following: Text) -> Text:
        """This paragraph and the next as one."""
        return Text(
            self.content + following.content, self.bold_letters + following.bold_letters,
            self.plain_letters + following.plain_letters, self.unsaid_letters + following.unsaid_letters,
            self.size or following.size, self.check_boxes + following.check_boxes, following.mark_deleted,
            self.boxes + following.boxes,
        )  # fmt: skip


def paragraph_text(paragraph: Any, *, depth: int) -> Text:
    """The words of a paragraph.

    Raises:
        DocumentFailure: `malformed` when it is nested without end.
    """
    text = Text()
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
    text.mark_deleted = mark is not None
    _inline(paragraph, text, depth=depth)
    for _, opened in text.fields:
        text.content += closing(opened)
    return text


def _inline(parent: Any, text: Text, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="DOCX")
    for item in parent:
        if item.tag == W + "r":
            _run(item, text, depth=depth + 1)
        elif item.tag in _LOOKED_THROUGH:
            box = item.find(f"{W}sdtPr/{_CHECK_BOX}") if item.tag == W + "sdt" else None
            text.check_boxes += box is not None
            mark = opening(_leads_to(item))
            text.content += mark
            _inline(item, text, depth=depth + 1)
            text.content += closing(mark)
        elif isinstance(item.tag, str) and item.tag.endswith("}AlternateContent"):
            _alternatives(item, text, depth=depth + 1)
        elif isinstance(item.tag, str) and item.tag.endswith("}oMath"):
            text.content += "".join(clean(t.text or "") for t in item.iter() if str(t.tag).endswith("/math}t"))


def _leads_to(item: Any) -> str:
    """Where the words of a hyperlink or of a simple field lead, empty where nowhere outside the document."""
    if item.tag == W + "hyperlink":
        return str(item.get("target", ""))
    return _target_in(item.get(W + "instr", "")) if item.tag == W + "fldSimple" else ""


def _target_in(field_code: str) -> str:
    found = _HYPERLINK.match(field_code)
    return found[1] if found else ""


def _field_mark(item: Any, text: Text) -> None:
    """The beginning, middle or end of a field: where one that is a hyperlink shows its words, they are a link."""
    kind = item.get(W + "fldCharType")
    if kind == "begin":
        text.fields.append(["", ""])
    elif kind == "separate" and text.fields:
        code, _ = text.fields[-1]
        text.fields[-1][1] = opening(_target_in(code))
        text.content += text.fields[-1][1]
    elif kind == "end" and text.fields:
        text.content += closing(text.fields.pop()[1])


def _run(run: Any, text: Text, *, depth: int) -> None:
    properties = run.find(W + "rPr")
    if properties is not None and is_on(properties.find(W + "vanish")):
        return
    before = len(text.content)
    for item in run:
        if item.tag == W + "t":
            text.content += clean(item.text or "")
        elif item.tag in _SIGNS:
            text.content += _SIGNS[item.tag]
        elif item.tag == W + "sym":
            text.content += clean(_symbol(item))
        elif item.tag == W + "instrText" and text.fields:
            text.fields[-1][0] += item.text or ""
        elif item.tag == W + "fldChar":
            _legacy_check_box(item, text)
            _field_mark(item, text)
        elif isinstance(item.tag, str) and item.tag.endswith("}AlternateContent"):
            _alternatives(item, text, depth=depth + 1)
        elif item.tag in {W + "drawing", W + "pict", W + "object"}:
            text.boxes += _boxes(item)
    letters = sum(c.isalnum() for c in text.content[before:])
    bold, size = run_says(properties)
    text.size = text.size or (size if letters else 0.0)
    if bold is None:
        text.unsaid_letters += letters
    elif bold:
        text.bold_letters += letters
    else:
        text.plain_letters += letters


def _alternatives(item: Any, text: Text, *, depth: int) -> None:
    """Content given twice, for new and for old readers: the first form only, so that a text box stands once."""
    choice = next((c for c in item if str(c.tag).endswith(("}Choice", "}Fallback"))), None)
    if choice is None or depth > MAX_DEPTH:
        return
    text.boxes += _boxes(choice)
    if choice.find(W + "r") is not None or choice.find(W + "t") is not None:
        _inline(choice, text, depth=depth + 1)
        _run(choice, text, depth=depth + 1)


def _boxes(item: Any) -> list[Any]:
    """The outermost text boxes of a drawing, each once."""
    found: list[Any] = []
    waiting = [item]
    while waiting:
        current = waiting.pop()
        if current.tag == W + "txbxContent":
            found.append(current)
            continue
        if str(current.tag).endswith("}AlternateContent"):
            waiting += [c for c in current if str(c.tag).endswith(("}Choice", "}Fallback"))][:1]
            continue
        waiting += reversed(list(current))
    return found


def _symbol(item: Any) -> str:
    try:
        code = int(item.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(code & 0xFF, "\ufffd") if 0xF000 <= code <= 0xF0FF else chr(code) if code < 0xD800 else ""


def _legacy_check_box(item: Any, text: Text) -> None:
    """A form field's check box, which Word draws from its state."""
    box = item.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return
    state = box.find(W + "checked")
    ticked = is_on(state if state is not None else box.find(W + "default"))
    text.content += TICKED if ticked else UNTICKED
    text.check_boxes += 1
