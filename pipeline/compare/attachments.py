"""The attachments that a document announces, and which of them a bare "se bilaga" means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.codebooks import HarmonisedRequirement
from pipeline.codebooks.cues import split_words
from pipeline.compare.answers import Answer
from pipeline.compare.passages import Passages
from pipeline.compare.support import DocumentSupport
from pipeline.compare.titles import AN_ATTACHMENT, is_titled

UNTOLD = "bilaga"
"""What an answer is left to that stands in an attachment without a name."""

LONGEST_TITLE = 120
"""A longer line in a list of attachments is no title but the attachment itself."""

NUMBERED = re.compile(r"(?i)bilaga\s+(\d{1,2})\b")
"""A heading over an attachment that is there."""

POINTED = re.compile(r"(?i)\b(?:se|i|av|enligt|som|till)\s+(?:även\s+)?bilaga\s+(\d{1,2})\b")
"""Words that send the reader to one."""

LIST_OF_ATTACHMENTS = re.compile(r"(?i)\W*(bilaga|bilagor|bilageförteckning|förteckning över bilagor)\W*")

PAGE_NUMBER = re.compile(r"(?i)\W*(?:sid(?:a|an)?\s*|s\.\s*)?\d{1,3}(?:\s*(?:av|of|/|\()\s*\d{1,3}\W*)?")
"""The foot of a page that a converter left within the text: it is no attachment, and no text of one."""

STEM, LEAST_LETTERS = 6, 4
"""Letters by which a word is known in all its forms, and letters that a word has at least to tell anything."""

COMMON = 0.1
"""Share of a document's units from which on a word in them tells nothing of which attachment is meant."""


def name_attachments(
    entry: HarmonisedRequirement, answer: Answer, documents: Mapping[str, DocumentSupport]
) -> Answer:  # fmt: skip
    """The answer with the attachments that it is left to under their titles, where all of them can be told."""
    untold = [s for s in answer.supports if s.tokens.refers_to.casefold() == UNTOLD]
    titles = [attachment_meant(entry.label_sv, s.quote, documents.get(s.document_id)) for s in untold]
    if answer.kind != "delegated" or not titles or not all(titles):
        return answer
    named = {title if NUMBERED.match(title) else f"{AN_ATTACHMENT}{title}" for title in titles}
    return replace(answer, said=answer.said.difference(s.tokens.refers_to for s in untold) | named)


def attachment_meant(label: str, quote: str, document: DocumentSupport | None) -> str:
    """The listed attachment that "se bilaga" means: the one whose title shares most words with question and passage.

    Words that stand all over the document tell nothing. Empty where no title shares any; a number names it by itself.

    Args:
        label: What the question is called.
        quote: The passage that sends the reader there.
        document: The passage's document, where it is in force.
    """
    if document is None:
        return ""
    passages = document.passages
    numbered = NUMBERED.search(quote)
    if numbered:
        name = f"bilaga {numbered[1]}"
        return next((title for title in announced_in(passages) if is_titled(name, title)), "")
    units = [_stems(passages.read(unit)) for unit in passages.outline.units]
    about = {
        stem
        for stem in _stems(f"{label} {quote}") - {UNTOLD[:STEM]}
        if sum(stem in own for own in units) <= max(1.0, COMMON * len(units))
    }
    shared = [(len(about & _stems(title)), title) for title in announced_in(passages)]
    most = max((count for count, _ in shared), default=0)
    return next((title for count, title in shared if count == most > 0), "")


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in split_words(text) if len(word) >= LEAST_LETTERS)


def announced_in(passages: Passages) -> list[str]:
    """Titles of attachments that a whole document announces: what outline misses, and its own list of attachments."""
    document = passages.outline.document
    if document.completeness != "complete":
        return []
    lists = {s.section: s for s in passages.outline.sections if s.kind == "attachments"}
    listed = [u for u in passages.outline.units if u.section in lists]
    numbers = {u.unit for u in listed if PAGE_NUMBER.fullmatch(passages.read(u).strip())}
    units = [u for u in listed if u.unit not in numbers]
    entries = [passages.read(u).strip(" .*") for u in units if u.kind != "heading"]
    # An attachment that is there has text under its heading or chapters of its own; one that is only named is bare.
    written = {u.section for u in passages.outline.units if u.kind != "heading" and u.unit not in numbers}
    written |= {s.parent for s in passages.outline.sections if s.section in written}
    bare = set(lists) - written
    entries += [
        lists[number].title for number in sorted(bare) if not LIST_OF_ATTACHMENTS.fullmatch(lists[number].title)
    ]
    short = [e for e in entries if e and len(e) <= LONGEST_TITLE and not PAGE_NUMBER.fullmatch(e)]
    known = list(dict.fromkeys([*filter(None, document.missing.split("|")), *short]))
    return [*known, *(name for name in _numbered(passages) if not any(is_titled(name, title) for title in known))]


def _numbered(passages: Passages) -> list[str]:
    """Attachments that the text points to by number ("se bilaga 2") and that follow nowhere in it."""
    outline = passages.outline
    pointed = {found[1]: None for found in POINTED.finditer(outline.text)}
    if not pointed:
        return []
    there = {
        found[1]
        for u in outline.units
        if u.kind == "heading" and (found := NUMBERED.match(passages.read(u).lstrip(" .*#")))
    }
    return [f"bilaga {number}" for number in pointed if number not in there]
