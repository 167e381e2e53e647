"""Sections and units: what hangs on what in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.outline.blocks import Block, leads_in
from pipeline.outline.headings import FUNCTION, TERMINAL
from pipeline.outline.vocabulary import vocabulary
from pipeline.records.outline import Section, Unit
from pipeline.swedish.sentences import split_sentences

PARAGRAPH_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-ZÅÄÖ])")
"""The number of a paragraph that is no heading: "2.1 Beslut fattas av nämnden."."""
SIGNATURE_LINE = 60
TOLD = 6
"""Sentences with a full stop from which on a stretch is no cover but the text."""
HELD = 2
"""Lines under the title of one attachment from which on it is there, and not only named."""
_ATTACHED = re.compile(r"(?i)bilaga\W*(?:\d+|[a-z]\b)?\W*\w")
_NAMED = re.compile(r"(?i)\W*bilag(?:a|or)\b")
_TYPE_DESCRIPTION = re.compile(
    r"^(?:en |ett |kommunens )?([\wåäö-]+)(?: med [\wåäö ]+)? (är|anger|innehåller|avser|beskriver|ska ange)\b"
)
MIN_DESCRIPTIONS = 2


@dataclass(slots=True)
class _Build:
    """The structure while it is being built."""

    document_id: str
    text: str
    sections: list[Section] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    paragraph: int = -1
    list_lead: int = -1  # the unit that leads into the list at hand
    leads: list[tuple[int, int]] = field(default_factory=list)  # (indent, unit) of items that lead into others
    deepened: set[int] = field(default_factory=set)  # those of them that have had deeper items
    in_list: bool = False


def build_structure(document_id: str, text: str, blocks: Sequence[Block]) -> tuple[list[Section], list[Unit]]:
    """Sections and units of a document; every block but blank space becomes at least one unit."""
    build = _Build(document_id, text)
    _open_section(build, start=0, title="", level=0, kind="body")
    signature = _signature_start(blocks, text)
    described = _description_blocks(blocks, text)
    for i, block in enumerate(blocks):
        # A footnote at the foot of the page may part a list from what leads into it.
        following = next((other for other in blocks[i + 1 :] if other.kind != "footnote"), None)
        _switch_section(build, block, i=i, signature=signature, described=described)
        _ADD[block.kind](build, block, following)
    _close_section(build, len(text))
    return _nested_attachments(_uncovered(text, build.sections, build.units)), build.units


def _uncovered(text: str, sections: Sequence[Section], units: Sequence[Unit]) -> list[Section]:
    """The sections; what passed for a cover or an attachment is the text itself where it is running text.

    So it is behind contents or a preamble where the text's headings could not be told from its lines, and under the
    title of an attachment that is there ("Bilaga 2. Rutin för gallring") and not only named.
    """
    told = Counter(u.section for u in units if u.kind == "sentence" and text[u.start : u.end].rstrip().endswith("."))
    held = Counter(u.section for u in units if u.kind != "heading" and not _NAMED.match(text[u.start : u.end]))

    def is_text(section: Section) -> bool:
        """Whether a section is running text, or an attachment that is there."""
        if section.kind == "attachments" and _ATTACHED.match(section.title) and held[section.section] >= HELD:
            return True
        return section.kind in ("cover", "attachments") and told[section.section] >= TOLD

    return [replace(s, kind="body") if is_text(s) else s for s in sections]


def _switch_section(build: _Build, block: Block, *, i: int, signature: int, described: frozenset[int]) -> None:
    """Open an untitled section where the text changes its purpose without a heading."""
    kind = build.sections[-1].kind
    wanted = kind
    if block.kind == "heading":
        return
    if i == signature:
        wanted = "signature"
    elif i in described:
        wanted = "boilerplate"
    elif (kind == "contents" and block.kind != "contents") or kind == "boilerplate":
        wanted = "cover"
    elif block.kind == "contents" and kind not in ("contents", "signature"):
        wanted = "contents"
    if wanted != kind:
        _open_section(build, start=block.start, title="", level=build.sections[-1].level, kind=wanted)


def _open_section(build: _Build, *, start: int, title: str, level: int, kind: str) -> None:
    if build.sections:
        _close_section(build, start)
    parent = next((s.section for s in reversed(build.sections) if s.level < level), -1) if level else -1
    ordinal = len(build.sections)
    build.sections.append(Section(build.document_id, ordinal, parent, level, title, start, start, kind))


def _close_section(build: _Build, end: int) -> None:
    build.sections[-1] = replace(build.sections[-1], end=max(build.sections[-1].start, end))


def section_kind(title: str) -> str:
    """What a section is for by its title; body where the title says nothing special."""
    low = re.sub(r"[*_]", "", title).strip().lower()
    low = re.sub(r"^[\d.]+\s+", "", low).rstrip(" .:")
    for kind, pattern in vocabulary().section_titles:
        if pattern.fullmatch(low) or pattern.fullmatch(title.strip().lower()):
            return {"description": "purpose", "references": "body"}.get(kind, kind)
    return "body"


def _add_heading(build: _Build, block: Block, following: Block | None) -> None:
    title = build.text[block.start : block.end]
    kind = section_kind(title)
    if kind == "contents" and (following is None or following.kind != "contents"):
        kind = "body"  # "Innehåll" over rules for what is published
    _open_section(build, start=block.start, title=" ".join(title.split()), level=max(1, block.level), kind=kind)
    _leave_list(build)
    build.paragraph += 1
    _append(build, "heading", block.start, block.end)


def _add_paragraph(build: _Build, block: Block, following: Block | None) -> None:
    _leave_list(build)
    build.paragraph += 1
    number = PARAGRAPH_NUMBER.match(build.text, block.start, block.end)
    spans = split_sentences(build.text, number.end() if number else block.start, block.end)
    for n, (start, end) in enumerate(spans):
        last = n == len(spans) - 1
        listed = last and following is not None and following.kind == "list_item"
        leading = listed and following is not None and _leads_into(build.text, start, end, following)
        _append(build, "lead_in" if leading else "sentence", start, end)
    if build.units[-1].kind == "lead_in":
        build.list_lead = build.units[-1].unit


def _add_footnote(build: _Build, block: Block, _: Block | None) -> None:
    """The sentences of a footnote; a list that goes on behind it stays the same one."""
    build.paragraph += 1
    for start, end in split_sentences(build.text, block.start, block.end):
        _append(build, "sentence", start, end)


def _leads_into(text: str, start: int, end: int, item: Block) -> bool:
    """Whether a sentence leads into the list behind it: by its words, or because the list goes on in small letters."""
    return leads_in(text[start:end]) or (not TERMINAL.search(text[start:end]) and text[item.start].islower())


def _add_list_item(build: _Build, block: Block, following: Block | None) -> None:
    if not build.in_list:
        build.paragraph += 1
        build.in_list = True
        build.leads = []
    while build.leads and (
        block.indent < build.leads[-1][0]
        # Back from a deeper list, an item stands beside the one that led into it.
        or (block.indent == build.leads[-1][0] and build.leads[-1][1] in build.deepened)
        # "3.2" stands beside "3.1", whatever bullets are between.
        or (_is_decimal(block.marker) and _is_decimal(build.units[build.leads[-1][1]].marker))
        or _is_back(build, block.marker)
    ):
        build.leads.pop()
    build.deepened |= {unit for indent, unit in build.leads if indent < block.indent}
    deeper = [unit for indent, unit in build.leads if indent < block.indent]
    level_lead = build.leads[-1][1] if build.leads and build.leads[-1][0] == block.indent else None
    lead = level_lead if level_lead is not None else deeper[-1] if deeper else build.list_lead
    depth = 1 + len({indent for indent, _ in build.leads if indent < block.indent})
    spans = split_sentences(build.text, block.start, block.end)
    for n, (start, end) in enumerate(spans):
        first = n == 0
        _append(
            build, "list_item" if first else "sentence", start, end,
            depth=depth, marker=block.marker if first else "", lead_in=lead if first else -1,
        )  # fmt: skip
    if following is not None and following.kind == "list_item" and _leads_below(build.text, block, following):
        build.leads = [x for x in build.leads if x[0] < block.indent]
        build.leads.append((block.indent, build.units[-1].unit))


def _leads_below(text: str, block: Block, following: Block) -> bool:
    """Whether an item leads into those behind it: by a colon, or by other words into a list of its own.

    That is one further in, or one of bullets under a number: "9. Vi tar bort" over "- hot".
    """
    words = text[block.start : block.end].rstrip("*_ ")
    if words.endswith(":"):
        return True
    bullets = _counted(block.marker) is not None and _counted(following.marker) is None
    going_on = bullets and not TERMINAL.search(words) and text[following.start].islower()
    return ((following.indent > block.indent or bullets) and leads_in(words)) or going_on


def _counted(marker: str) -> tuple[str, int] | None:
    """How a marker counts and to what, "2." as ("number", 2) and "b)" as ("letter", 2); None for bullets and "3.2"."""
    bare = marker.strip("().§ ").lower()
    if bare.isdecimal():
        return "number", int(bare)
    return ("letter", ord(bare) - ord("a") + 1) if len(bare) == 1 and bare.isascii() and bare.isalpha() else None


def _is_back(build: _Build, marker: str) -> bool:
    """Whether an item is the next of the list that the lead-in stands in: "10." behind the bullets under "9."."""
    lead, last = build.units[build.leads[-1][1]], build.units[-1]
    return _goes_on(lead.marker, marker) and (last is lead or not _goes_on(last.marker, marker))


def _goes_on(lead: str, marker: str) -> bool:
    """Whether the one marker follows the other in counting."""
    before = _counted(lead)
    return before is not None and _counted(marker) == (before[0], before[1] + 1)


def _is_decimal(marker: str) -> bool:
    return "." in marker.rstrip(".") and marker[:1].isdigit()


def _add_line(build: _Build, block: Block, _: Block | None) -> None:
    _leave_list(build)
    build.paragraph += 1
    kind = block.kind if block.kind in ("table_row", "site") else "line"
    _append(build, kind, block.start, block.end)


_ADD = {
    "heading": _add_heading,
    "paragraph": _add_paragraph,
    "list_item": _add_list_item,
    "table_row": _add_line,
    "contents": _add_line,
    "key_value": _add_line,
    "site": _add_line,
    "footnote": _add_footnote,
}


def _leave_list(build: _Build) -> None:
    build.in_list, build.list_lead, build.leads = False, -1, []


def _append(
    build: _Build, kind: str, start: int, end: int, *, depth: int = 0, marker: str = "", lead_in: int = -1
) -> None:
    section = build.sections[-1].section
    build.units.append(
        Unit(
            build.document_id, len(build.units), section, kind, build.paragraph, depth, marker, lead_in, start, end
        )
    )  # fmt: skip


def _signature_start(blocks: Sequence[Block], text: str) -> int:
    """The first block of the signatures at the end, or -1: short lines without a verb, one naming a function."""
    first = len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        words = text[blocks[i].start : blocks[i].end]
        tokens = re.findall(r"[\wåäöé]+", words.lower())
        if blocks[i].kind != "paragraph" or len(words) > SIGNATURE_LINE * 2 or words.rstrip().endswith("."):
            break
        if any(t in vocabulary().finite_verbs for t in tokens):
            break
        first = i
    said = " ".join(text[b.start : b.end] for b in blocks[first:])
    return first if first < len(blocks) and FUNCTION.search(said) else -1


def _description_blocks(blocks: Sequence[Block], text: str) -> frozenset[int]:
    """Paragraphs that say what a plan, a policy, a guideline is in general: at least two such in a row."""
    known = vocabulary().document_words
    found: list[int] = []
    for i, block in enumerate(blocks):
        start = _TYPE_DESCRIPTION.match(text[block.start : block.end].lower()) if block.kind == "paragraph" else None
        if start and start.group(1) in known:
            found.append(i)
    runs = [i for i in found if sum(abs(i - j) <= 2 for j in found) >= MIN_DESCRIPTIONS]
    return frozenset(runs)


def _nested_attachments(sections: list[Section]) -> list[Section]:
    """Headings without a body behind "Bilagor" are the attachments' titles, not sections of their own."""
    result: list[Section] = []
    for section in sections:
        bare = section.end - section.start <= len(section.title) + 12
        if result and result[-1].kind == "attachments" and bare and section.title:
            result.append(replace(section, kind="attachments"))
        else:
            result.append(section)
    return result
