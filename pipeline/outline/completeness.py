"""Whether a document is whole, breaks off, or only proposes another document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outline.lines import TERMINAL, TextLine, bare_title, contents_titles
from pipeline.outline.vocabulary import vocabulary
from pipeline.records.outline import Section, Unit

LETTER_SIGNS = 2
"""Headings of an official letter from which on a document is taken to be one."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """The verdict, the sign that decided it, what is missing and from which offset on (-1 for nothing)."""

    verdict: str
    reason: str = ""
    missing: tuple[str, ...] = ()
    missing_start: int = -1


def is_proposal(text: str, sections: Sequence[Section], units: Sequence[Unit]) -> bool:
    """Whether the document is a letter or minutes that propose another document."""
    titles = [s.title.lower().strip(" :*") for s in sections if s.title]
    titles += [text[u.start : u.end].lower().strip(" :*") for u in units if u.kind in ("line", "lead_in")]
    signs = {p.pattern for p in vocabulary().letter_titles for t in titles if p.fullmatch(t)}
    return len(signs) >= LETTER_SIGNS and not _has_decided(text, titles)


def _has_decided(text: str, titles: Sequence[str]) -> bool:
    """Whether the document is the minutes of a meeting that adopted what stands in it."""
    known = vocabulary()
    decided = any(known.decided_titles.fullmatch(title) for title in titles)
    proposed = any(known.proposing_titles.fullmatch(title) for title in titles)
    return decided and not proposed and bool(known.adopted_here.search(text))


def judge_completeness(
    text: str, lines: Sequence[TextLine], sections: Sequence[Section], units: Sequence[Unit]
) -> Completeness:
    """Whether the text is whole, from structure alone.

    Signs of a text that breaks off: a last heading with nothing under it, a last sentence that stops in the middle,
    titles that the list of contents announces at its end and that never come.
    """
    if is_proposal(text, sections, units):
        return Completeness("proposal", "letter_headings")
    titled = [s for s in sections if s.title]
    announced = _announced_and_missing(text, lines, titled)
    last = sections[-1] if sections else None
    if last is not None and last.title and last.kind != "attachments" and _is_bare(text, last) and len(titled) > 1:
        return Completeness(
            "truncated", "heading_without_body", tuple(dict.fromkeys([last.title, *announced])), last.start
        )
    if announced:
        return Completeness("truncated", "contents_without_section", announced, len(text.rstrip()))
    body = [u for u in units if u.kind in ("sentence", "list_item", "lead_in")]
    if body and last is not None and last.kind in ("body", "purpose", "law", "definitions"):
        words = text[body[-1].start : body[-1].end]
        if (
            body[-1].kind == "sentence"
            and len(words) > 40
            and not TERMINAL.search(words)
            and re.search(r"[a-zåäö,-]$", words)
            and body[-1].unit == units[-1].unit
            and _stops_in_the_middle(words)
        ):
            return Completeness("truncated", "sentence_without_end", (), body[-1].start)
    return Completeness("complete")


def _is_bare(text: str, section: Section) -> bool:
    """Whether nothing stands under the section's heading."""
    return len(" ".join(text[section.start : section.end].split())) <= len(section.title) + 8


def _announced_and_missing(text: str, lines: Sequence[TextLine], titled: Sequence[Section]) -> tuple[str, ...]:
    """Titles at the end of the list of contents that no section has; in its middle they may be worded otherwise."""
    announced = [bare_title(line.words(text)) for line in lines if line.kind == "contents"]
    present = {bare_title(s.title) for s in titled}
    if len(announced) < 3 or not set(announced) & present or announced[-1] in present:
        return ()
    at = max((i for i, t in enumerate(announced) if t in present), default=-1)
    missing = announced[at + 1 :]
    return tuple(missing) if contents_titles(lines, text) and len(missing) >= 1 else ()


def _stops_in_the_middle(words: str) -> bool:
    """Whether a sentence without a full stop also ends on a word that asks for more, or on a hyphen."""
    tail = re.sub(r"\W+$", "", words.lower()).split()[-1:] or [""]
    return words.endswith(("-", ",")) or tail[0] in vocabulary().leading_on
