"""The words of one Word paragraph: runs, fields, symbols, check boxes; what is deleted or hidden left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.decoding import clean
from pipeline.ingest.docx_package import MAX_DEPTH, W
from pipeline.ingest.docx_styles import RunStyle, Styles, is_on, run_says
from pipeline.ingest.links import closing, opening
from pipeline.ingest.options import TICKED, UNTICKED
from pipeline.ingest.symbols import is_private, readable, symbol

_LOOKED_THROUGH = {
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
}
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}  # fmt: skip
_HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)

MOST_PROMPT_WORDS = 20
"""Words of what a form asks for; a control that shows more was filled in."""


@dataclass(slots=True)
class _Field:
    """A field under way: its code, the mark of the link that it is, and whether its result has begun."""

    code: str = ""
    mark: str = ""
    shown: bool = False


@dataclass(slots=True)
class Text:
    """A paragraph's words as a reader sees them, with line breaks where it has them."""

    styles: Styles
    paragraph_style: RunStyle = field(default_factory=RunStyle)
    content: str = ""
    bold_letters: int = 0
    plain_letters: int = 0
    unsaid_letters: int = 0
    size: float = 0.0
    mark_deleted: bool = False
    boxes: list[Any] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    def bold_share(self, by_style: bool) -> float:
        """Share of the letters that are bold, where runs say nothing the style's word."""
        total = self.bold_letters + self.plain_letters + self.unsaid_letters
        return (self.bold_letters + (self.unsaid_letters if by_style else 0)) / total if total else 0.0

    def joined(self, following: Text) -> Text:
        """This paragraph and the next as one."""
        return Text(
            self.styles, self.paragraph_style,
            self.content + following.content, self.bold_letters + following.bold_letters,
            self.plain_letters + following.plain_letters, self.unsaid_letters + following.unsaid_letters,
            self.size or following.size, following.mark_deleted,
            self.boxes + following.boxes,
        )  # fmt: skip


def paragraph_text(paragraph: Any, styles: Styles, *, depth: int) -> Text:
    """The words of a paragraph.

    Raises:
        DocumentFailure: `malformed` when it is nested without end.
    """
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    text = Text(styles, styles.run_style(named.get(W + "val", "") if named is not None else styles.default))
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
    text.mark_deleted = mark is not None
    _inline(paragraph, text, depth=depth)
    for left_open in text.fields:
        text.content += closing(left_open.mark)
    return text


def _inline(parent: Any, text: Text, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="DOCX")
    for item in parent:
        if item.tag == W + "r":
            _run(item, text, depth=depth + 1)
        elif item.tag in _LOOKED_THROUGH:
            if (item.tag == W + "fldSimple" and not all(f.shown for f in text.fields)) or is_unfilled(item):
                continue
            mark = opening(_leads_to(item))
            text.content += mark
            _inline(item, text, depth=depth + 1)
            text.content += closing(mark)
        elif isinstance(item.tag, str) and item.tag.endswith("}AlternateContent"):
            _alternatives(item, text, depth=depth + 1)
        elif isinstance(item.tag, str) and item.tag.endswith("}oMath"):
            text.content += "".join(clean(t.text or "") for t in item.iter() if str(t.tag).endswith("/math}t"))


def is_unfilled(item: Any) -> bool:
    """Whether a content control shows the few words that ask for its content: "Klicka här för att ange datum."."""
    if item.tag != W + "sdt" or item.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    return len(" ".join(t.text or "" for t in item.iter(W + "t")).split()) <= MOST_PROMPT_WORDS


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
        text.fields.append(_Field())
    elif kind == "separate" and text.fields:
        latest = text.fields[-1]
        latest.shown = True
        latest.mark = opening(_target_in(latest.code)) if _is_seen(text) else ""
        text.content += latest.mark
    elif kind == "end" and text.fields:
        text.content += closing(text.fields.pop().mark)


def _is_seen(text: Text) -> bool:
    """Whether what comes now is shown: the result of a field inside another's code is not, as in IF with its test."""
    return all(outer.shown for outer in text.fields[:-1])


def _run(run: Any, text: Text, *, depth: int) -> None:
    says = run_says(run.find(W + "rPr"))
    style = text.styles.run_style(says.style)
    hidden = next((h for h in (says.hidden, style.hidden, text.paragraph_style.hidden) if h is not None), False)
    before = len(text.content)
    for item in run:
        if item.tag == W + "instrText" and text.fields:
            text.fields[-1].code += item.text or ""
        elif item.tag == W + "fldChar":
            if not hidden:
                _old_form_field(item, text)
            _field_mark(item, text)
        elif hidden or not _is_seen(text):
            continue
        elif item.tag == W + "t":
            text.content += clean(readable(item.text or "", says.font))
        elif item.tag in _SIGNS:
            text.content += _SIGNS[item.tag]
        elif item.tag == W + "sym":
            text.content += clean(_symbol(item))
        elif isinstance(item.tag, str) and item.tag.endswith("}AlternateContent"):
            _alternatives(item, text, depth=depth + 1)
        elif item.tag in {W + "drawing", W + "pict", W + "object"}:
            text.boxes += _boxes(item)
    letters = sum(c.isalnum() for c in text.content[before:])
    bold = style.bold if says.bold is None else says.bold
    text.size = text.size or ((says.size or style.size) if letters else 0.0)
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
    if not 0 <= code <= 0xFFFF:
        return ""
    if code <= 0xFF or is_private(chr(code)):
        return symbol(item.get(W + "font", ""), code) or "\ufffd"
    return chr(code) if code < 0xD800 else ""


def _old_form_field(item: Any, text: Text) -> None:
    """A form field's check box or list to choose from, which Word draws from its state."""
    box = item.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(W + "checked")
        ticked = is_on(state if state is not None else box.find(W + "default"))
        text.content += TICKED if ticked else UNTICKED
    choices = item.find(f"{W}ffData/{W}ddList")
    if choices is not None:
        said = choices.find(W + "result")
        said = choices.find(W + "default") if said is None else said
        number = said.get(W + "val", "0") if said is not None else "0"
        entries = choices.findall(W + "listEntry")
        if number.isdigit() and len(number) < 6 and int(number) < len(entries):
            text.content += clean(entries[int(number)].get(W + "val", ""))
