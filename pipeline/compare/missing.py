"""Documents that the folder lacks: what answers are left to, what is announced, what rules follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks.cues import split_words
from pipeline.compare.attachments import UNTOLD, announced_in, attachment_meant
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.notices import notice
from pipeline.compare.support import DocumentSupport
from pipeline.compare.titles import bare_title, is_titled, split_titles
from pipeline.compare.words import says
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Finding
from pipeline.wording import join_words

_KIND = (
    r"(?:riktlinje(?:n|r|rna)?|policyn?|regler(?:na)?|anvisning(?:en|ar|arna)?|rutin(?:en|er|erna)?|handbok(?:en)?|"
    r"vägledning(?:en)?|handledning(?:en)?|lathund(?:en)?|manual(?:en)?|strategin?|plan(?:en)?)"
)
_NO_SUBJECT = (
    r"på|i|som|där|vid|och|samt|eller|finns|ska|skall|bör|får|är|hur|att|när|vad|detta|det|dessa|den|de|varje|alla|"
    r"framgår|anges|beskrivs|står|tas|tar|har|kan|måste|gör|ger|vem|vilka|vilken|inte|"
    r"antogs|antagna|antagen|beslutad|beslutade|fastställd|fastställda|gäller|från"
)
LOOSELY_NAMED = re.compile(
    rf"(?i)\b(?<!denna )(?<!dessa )(?<!den här )(?<!de här )(?<!detta )(?<!nya )(?<!våra )(?<!följande )"
    rf"{_KIND}(?:\s+och\s+(?:\w+\s+)?{_KIND})?\s+(?:för|om|kring)(?:\s+(?!(?:{_NO_SUBJECT})\b)\w+){{1,4}}"
)
"""Documents called by what they are, without capitals: "rutiner och praktisk vägledning för sociala medier"."""

DECIDED = re.compile(r"(?:\s+(?:av\s+den\s+)?(?:19|20)\d\d-\d\d-\d\d)?(?:,?\s+§\s*\d+)?")
"""When a decision was taken, behind its name: "gallringsbeslut 2014-05-06, § 88"."""

RELIED_ON_DECISION = re.compile(r"(?i)\b(?:enligt|med stöd av|i enlighet med|framgår av)\s+(?:[\wåäö]+\s+){0,3}\Z")
"""What stands before a decision that exists; "utan gallringsbeslut" asks for one."""

STEM, ENDING = 5, 3
"""Letters at least by which the words of two titles are compared, and those that an ending may have at most:
"riktlinjerna" is called "Riktlinjer" in the title."""

_DEFINITE = re.compile(
    r"(?i)^(riktlinjer?|policy|strategi|regler|anvisning(?:ar)?|rutin(?:er)?|handbok|vägledning|handledning|lathund|manual|"
    r"plan)(?:en|na|n)\b"
)
"""The kind of a document with the article of Swedish at its end."""

DECISION = "beslut"

PART = re.compile(r"(?i),\s+bilaga\s+\d{1,2}\b")
"""A part of a document that is meant, behind its title."""

UNNAMED = {
    "bilaga": "an attachment", "plan": "a plan", "policy": "a policy", "rutin": "a routine", "riktlinje": "a guideline",
}  # fmt: skip
"""Kinds of documents, for where a text names nothing but the kind."""


@dataclass(slots=True)
class _Wanted:
    """One document that a municipality's documents need and the folder lacks, with all places that need it."""

    title: str
    cells: list[Cell] = field(default_factory=list)
    """Answers that are left to it."""
    attached: bool = False
    """Whether a document lists it among its attachments."""
    rules: list[tuple[str, str]] = field(default_factory=list)
    """Documents whose rules follow or point to it, each with the first sentence that does."""


def find_missing_documents(bodies: Sequence[BodyDocuments], cells: Sequence[Cell]) -> Iterator[Finding]:
    """Attachments that are announced, and documents that answers are left to or rules refer to, which the run lacks.

    One finding for one document of a municipality, however many places need it.
    """
    left: dict[str, list[Cell]] = {}
    for cell in (c for c in cells if c.answer == "delegated"):
        left.setdefault(cell.municipality, []).append(cell)
    for body in bodies:
        files = {d.item.source.document_id: d.item.source.file_name for d in body.answering}
        wanted = _wanted(body, left.get(body.municipality, ()))
        for one in wanted:
            if one.cells:
                yield _left_to(body.municipality, one, files)
        for document in body.in_force:
            key = document.item.source.document_id
            for title in announced_in(document.passages):
                # What an answer is left to is told with the answer.
                if body.lacks(title) and not any(one.cells and _holds(one.title, title) for one in wanted):
                    yield _attachment(body.municipality, key, title)
        for one in wanted:
            if not one.cells:
                yield _referred(body.municipality, one, files)


def _holds(title: str, part: str) -> bool:
    return part.casefold() in title.casefold()


def _wanted(body: BodyDocuments, cells: Iterable[Cell]) -> list[_Wanted]:
    """The documents that a municipality's answers are left to, then those that its rules refer to."""
    found: list[_Wanted] = []
    listed = {d.item.source.document_id: d for d in body.in_force}
    left = [
        (_attachment_meant(title, cell, listed.get(cell.document_id)), title, cell)
        for cell in cells
        for title in map(bare_title, cell.value.split("|"))
        if title and body.lacks(title)
    ]
    # The fullest title first: "dokumenthanteringsplan" is then the same as "nämndens dokumenthanteringsplan".
    for attached, title, cell in sorted(left, key=lambda row: -len(row[0] or row[1])):
        one = _same(found, attached or title)
        one.attached = one.attached or bool(attached)
        if cell not in one.cells:
            one.cells.append(cell)
    for document in body.in_force:
        referred = _referred_to(document)
        for title in sorted(referred, key=lambda name: -len(name)):
            if body.lacks(title):
                _same(found, title).rules.append((document.item.source.document_id, referred[title]))
    return found


def _attachment_meant(title: str, cell: Cell, document: DocumentSupport | None) -> str:
    """The attachment of a cell's document that goes by a title, or that a bare "bilaga" means; empty for others."""
    if document is None or title.casefold() == UNTOLD:
        return attachment_meant(cell.label_sv, cell.quote, document)
    return title if title in announced_in(document.passages) else ""


def _same(found: list[_Wanted], title: str) -> _Wanted:
    """The document of that title among those found, under the fuller of its names; a new one where there is none.

    A name that holds the other's words in a row is fuller: "nämndens dokumenthanteringsplan". "Riktlinjer för extern
    kommunikation" is another document than "Riktlinjer för kommunikation".
    """
    for one in found:
        bare = title.casefold() in UNNAMED or one.title.casefold() in UNNAMED
        short, full = sorted((f" {' '.join(split_words(name))} " for name in (one.title, title)), key=len)
        if one.title.casefold() == title.casefold() or (not bare and short in full):
            one.title = max(one.title, title, key=len)
            return one
    found.append(_Wanted(title))
    return found[-1]


def _referred_to(document: DocumentSupport) -> dict[str, str]:
    """The steering documents that a document's rules follow or point to, each with the first sentence that does.

    Others' documents ("E-delegationens riktlinjer") and the document itself are none that the folder lacks.
    """
    found: dict[str, str] = {}
    passages = document.passages
    own, replaced = (passages.outline.value_of(name) for name in ("title", "supersedes"))
    for title, start in _named_in(document):
        unit = passages.unit_at(start)
        words = passages.read(unit) if unit is not None else ""
        if not any(says(name, words) for name in ("delegation_named", "delegation_referred", "relied_on")):
            continue
        if DECISION in title and unit is not None and not RELIED_ON_DECISION.search(words[: start - unit.start]):
            continue
        known = _is_called(title, own) or is_titled(own, title) or is_titled(title, replaced)
        if says("steering_documents", title) and not known:
            found.setdefault(title, " ".join(words.split()))
    return found


def _is_called(title: str, own: str) -> bool:
    """Whether a name in the text is the document's own title, however its words are inflected."""
    stems = (word[: max(STEM, len(word) - ENDING)] for word in split_words(title))
    return bool(own) and all(any(word.startswith(stem) for word in split_words(own)) for stem in stems)


def _named_in(document: DocumentSupport) -> Iterator[tuple[str, int]]:
    """The titles of documents that a text names, each with where it stands."""
    extraction, text = document.item.extraction, document.passages.outline.text
    named = [v for v in extraction.values if v.kind == "document_reference"] if extraction is not None else []
    for value in named:
        part = (DECIDED if DECISION in value.value else PART).match(text, value.end)
        behind = " ".join(part[0].split()) if part else ""
        whole = f"{value.value or value.quote} {behind}".strip().replace(" ,", ",")
        yield from ((title, value.start) for title in split_titles(whole))
    taken = [(value.start, value.end) for value in named]
    for loose in LOOSELY_NAMED.finditer(text):
        if not any(start < loose.end() and loose.start() < end for start, end in taken):
            yield _DEFINITE.sub(r"\1", " ".join(loose[0].split())), loose.start()


def _attachment(municipality: str, document_id: str, title: str) -> Finding:
    said = Message(
        f"Bilagan saknas i mappen: {title}. Lägg till den och kör igen.",
        f"The folder lacks the attachment: {title}. Add it and run again.",
    )
    return notice("missing_attachment", municipality, said=said, weight=0.5, document_id=document_id, quote=title)


def _referred(municipality: str, one: _Wanted, files: Mapping[str, str]) -> Finding:
    (document_id, quote), title = one.rules[0], one.title
    told = list(dict.fromkeys(files[key] for key, _ in one.rules))
    names = told if len(told) > 1 else []
    said = Message(
        f"Reglerna hänvisar till ett dokument som saknas i mappen: {title}. Lägg till det om svaren ska vara hela."
        + (f" Hänvisningarna står i {join_words(names)}." if names else ""),
        f"The rules refer to a document that the folder lacks: {title}. Add it if the answers are to be whole."
        + (f" The references stand in {join_words(names, 'and')}." if names else ""),
    )
    about = {"document_id": document_id, "quote": title, "other_quote": quote}
    return notice("missing_attachment", municipality, said=said, weight=0.4, **about)


def _left_to(municipality: str, one: _Wanted, files: Mapping[str, str]) -> Finding:
    """A document that answers are left to; the row is that of the first, the message names all with their places."""
    cells = sorted(one.cells, key=lambda c: (files.get(c.document_id, ""), c.start or 0, c.requirement))
    first, kind, title = cells[0], one.title.casefold(), one.title
    many = len(cells) > 1
    answers = Message(f"{len(cells)} svar står", f"{len(cells)} answers stand")
    if not many:
        answers = Message("Svaret står", "The answer stands")
    if one.attached:
        said = Message(
            f"{answers.sv} i en bilaga som saknas i mappen: {title}. Lägg till den och kör igen.",
            f"{answers.en} in an attachment that the folder lacks: {title}. Add it and run again.",
        )
    elif kind in UNNAMED:
        said = Message(
            f"{answers.sv} i en {kind} som texten inte namnger och som saknas i mappen. Lägg till den.",
            f"{answers.en} in {UNNAMED[kind]} that the text does not name and the folder lacks. Add it.",
        )
    else:
        said = Message(
            f"{answers.sv} i ett dokument som saknas i mappen: {title}. Lägg till det och kör igen.",
            f"{answers.en} in a document that the folder lacks: {title}. Add it and run again.",
        )
    if many:
        spread = len({c.document_id for c in cells}) > 1
        places = [_place(cell, files.get(cell.document_id, "") if spread else "") for cell in cells]
        said = Message(
            f"{said.sv} Det gäller {join_words([place.sv for place in places])}.",
            f"{said.en} They are about {join_words([place.en for place in places], 'and')}.",
        )
    about = {"document_id": first.document_id, "requirement": first.requirement, "quote": title}
    return notice("missing_attachment", municipality, said=said, weight=0.7, other_quote=first.quote, **about)


def _place(cell: Cell, file: str) -> Message:
    """Which answer it is, and where its words stand; an answer that a person gave may have none."""
    sv, en = ([file, f"{page} {cell.page}" if cell.page is not None else ""] for page in ("sida", "page"))
    where_sv, where_en = (", ".join(filter(None, where)) for where in (sv, en))
    return Message(
        f"{cell.label_sv} ({where_sv})" if where_sv else cell.label_sv,
        f"{cell.label_en} ({where_en})" if where_en else cell.label_en,
    )
