"""The comparison as coded documents: codes from the codebook, modalities and kinds of values; a selection a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.exchange.coded import FORCES, Code, Selection, Source, force_code
from pipeline.records.requirement import PROHIBITED_CONTENT, RETENTION, VALUE_KINDS, Requirement, Value
from pipeline.report.contents import Contents
from pipeline.swedish.texts import Texts, load_texts

COLOURS = {
    "must": "#0D6384", "must_not": "#AB211B", "should": "#5F7D12", "should_not": "#A14F00", "may": "#6340A3",
    "need_not": "#5B5B5B",
}  # fmt: skip
TERMS = {"prohibited_content": PROHIBITED_CONTENT, "retention": RETENTION}
"""Kinds of values with a closed set: each member is a code below the kind."""


def project_codes(codebooks: Sequence[Codebook], language: str) -> list[Code]:
    """The codes: harmonised requirements by chapter, modalities, kinds of values."""
    texts = load_texts(language)
    swedish = texts.language == "sv"
    books = []
    for book in codebooks:
        groups = []
        for group in book.groups:
            members = tuple(
                Code(
                    f"topic/{r.id}",
                    r.label_sv if swedish else r.label_en,
                    r.description_sv if swedish else r.description_en,
                )
                for r in book.requirements
                if r.group == group.id
            )
            if members:
                groups.append(
                    Code(f"group/{book.id}/{group.id}", group.sv if swedish else group.en, codable=False, below=members)
                )
        name = f"{texts['qda.harmonised']}: {book.label_sv if swedish else book.label_en}"
        books.append(Code(f"codebook/{book.id}", name, codable=False, below=tuple(groups)))
    modalities = tuple(Code(f"modality/{m}", texts[f"modality.{m}"], colour=COLOURS[m]) for m in FORCES)
    kinds = tuple(
        Code(
            f"kind/{k}",
            texts[f"value_kind.{k}"],
            below=tuple(Code(f"term/{k}/{t}", texts[f"term.{t}"]) for t in TERMS.get(k, ())),
        )
        for k in VALUE_KINDS
    )
    return [
        *books,
        Code("topic/", texts["qda.no_topic"]),
        Code("modalities", texts["qda.modalities"], codable=False, below=modalities),
        Code("kinds", texts["qda.values"], codable=False, below=kinds),
    ]


def coded_sources(contents: Contents) -> Iterator[Source]:
    """Every document that has a text, people masked, with its requirements and values as selections."""
    texts = load_texts(contents.settings.language)
    known = {r.id for book in contents.codebooks for r in book.requirements}
    for document, found in sorted(contents.findings.items()):
        if found.outline is None or found.source.duplicate_of:
            continue
        requirements = found.extraction.requirements if found.extraction else ()
        values = found.extraction.values if found.extraction else ()
        words = contents.mask(document).words
        selections = [_requirement(r, known, texts) for r in requirements] + [
            _value(v, words(v.value), texts) for v in values
        ]
        title = words(found.outline.value_of("title")) or found.source.file_name
        owner = found.outline.document.municipality
        yield Source(document, f"{owner}: {title}" if owner else title, contents.mask(document).text,
                     _unlike(selections), found.source.file_name)  # fmt: skip


def _requirement(found: Requirement, known: set[str], texts: Texts) -> Selection:
    topics = [t for t in found.topics.split("|") if t in known] or [""]
    note = " · ".join([texts[f"status.{found.status}"], found.rule, found.requirement_id])
    return Selection(
        found.start, found.end, (*(f"topic/{t}" for t in topics), force_code(found)), note, found.requirement_id
    )


def _value(value: Value, shown: str, texts: Texts) -> Selection:
    code = f"term/{value.kind}/{value.value}" if value.value in TERMS.get(value.kind, ()) else f"kind/{value.kind}"
    said = [texts[f"value_kind.{value.kind}"], shown, value.identifier, value.calendar, value.value_id]
    return Selection(value.start, value.end, (code,), " · ".join(s for s in said if s), value.value_id)


def _unlike(selections: Sequence[Selection]) -> tuple[Selection, ...]:
    """Selections without a second one of the same place and codes: a project may hold each id once."""
    seen: dict[tuple[int, int, tuple[str, ...]], Selection] = {}
    for selection in selections:
        if selection.end > selection.start:
            seen.setdefault((selection.start, selection.end, selection.codes), selection)
    return tuple(seen.values())
