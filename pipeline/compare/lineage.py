"""Passages that documents share, found through rare word pairs and checked letter by letter.

A sentence is reduced to the beginnings of its longer words with Swedish letters folded, so that OCR damage and repairs
leave most pairs of neighbours as they were. Sentences that share enough pairs are aligned and their letters compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.compare.passages import Passages
from pipeline.compare.precedence import written_on
from pipeline.params import CompareSettings
from pipeline.records.comparison import DocumentFindings, Lineage
from pipeline.records.outline import Unit

STEM = 6
LEAST_LETTERS = 4
SHARED_PAIRS = 3
"""Neighbouring pairs of longer words that two sentences share before they are worth comparing."""

CROWD = 24
"""A pair of words that stands in more sentences than this ties each only to the next: copies of a common form
would else grow with the square."""

TOO_COMMON = 400
"""A pair in more sentences than this is a turn of phrase and tells nothing of descent."""

SECTION_KINDS = ("body", "purpose", "law")

_WORD = re.compile(r"\w+")
_FOLD = str.maketrans("åäöéèüæø0158", "aaoeeuaoolsb")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a document, folded."""

    document: int
    start: int
    end: int
    text: str
    folded: str
    pairs: frozenset[tuple[str, str]]
    length: int


def trace_lineage(findings: Sequence[DocumentFindings], settings: CompareSettings) -> tuple[Lineage, ...]:
    """The passages that two documents share, each pair of passages once, sorted by documents and place.

    Documents that are byte for byte copies of another are left out: `duplicate_of` says that already.
    """
    items = sorted(
        (i for i in findings if i.outline is not None and not i.source.duplicate_of), key=lambda i: i.source.document_id
    )
    sentences = [s for n, item in enumerate(items) for s in _sentences(n, item, settings.min_shared_words)]
    found: dict[tuple[int, int], Lineage] = {}
    for first, second in _candidates(sentences):
        row = _align(items, sentences[first], sentences[second], settings)
        if row is not None:
            found[first, second] = row
    rows = _best_only(list(found.values()))
    return tuple(sorted(rows, key=lambda r: (r.document_id, r.other_document_id, r.start, r.other_start)))


def fold(text: str) -> str:
    """The text in small letters, Swedish letters and figures that OCR takes for letters made plain."""
    return text.casefold().translate(_FOLD)


def _sentences(number: int, item: DocumentFindings, least: int) -> Iterator[_Sentence]:
    assert item.outline is not None  # noqa: S101 - trace_lineage has left those out
    passages = Passages(item.outline)
    own = _own_names(item)
    for unit in item.outline.units:
        section = passages.section_of(unit)
        if unit.kind == "heading" or (section is not None and section.kind not in SECTION_KINDS):
            continue
        yield from _fold_unit(number, unit, passages.read(unit), own, least)


def _fold_unit(number: int, unit: Unit, text: str, own: frozenset[str], least: int) -> Iterator[_Sentence]:
    folded = fold(text)
    words = _WORD.findall(folded)
    if len(words) < least:
        return
    stems = [word[:STEM] for word in words if len(word) >= LEAST_LETTERS and word[:STEM] not in own]
    pairs = frozenset(pairwise(stems))
    if len(pairs) >= SHARED_PAIRS:
        yield _Sentence(number, unit.start, unit.end, text, " ".join(words), pairs, len(words))


def _own_names(item: DocumentFindings) -> frozenset[str]:
    """Stems of the document's own municipality, which copies exchange for theirs."""
    assert item.outline is not None  # noqa: S101
    return frozenset(word[:STEM] for word in _WORD.findall(fold(item.outline.document.municipality)))


def _candidates(sentences: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """Pairs of sentences of different documents that share enough pairs of words, in order."""
    where: dict[tuple[str, str], list[int]] = {}
    for number, sentence in enumerate(sentences):
        for pair in sentence.pairs:
            where.setdefault(pair, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in where.values():
        if len(numbers) > TOO_COMMON:
            continue
        linked = pairwise(numbers) if len(numbers) > CROWD else _all_pairs(numbers)
        shared.update((a, b) for a, b in linked if sentences[a].document != sentences[b].document)
    return sorted(pair for pair, count in shared.items() if count >= SHARED_PAIRS)


def _all_pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((a, b) for n, a in enumerate(numbers) for b in numbers[n + 1 :])


def _align(
    items: Sequence[DocumentFindings], one: _Sentence, other: _Sentence, settings: CompareSettings
) -> Lineage | None:
    """The passage that two sentences share: whole sentences where they agree, else the part where they do."""
    from rapidfuzz import fuzz

    least = settings.min_similarity * 100
    spans = (0, len(one.text), 0, len(other.text))
    similarity = fuzz.ratio(one.folded, other.folded, score_cutoff=least)
    if not similarity:
        short, long = sorted((one, other), key=lambda s: (len(s.folded), s.document, s.start))
        if short.length < settings.min_shared_words or len(long.folded) < 1.15 * len(short.folded):
            return None
        found = fuzz.partial_ratio_alignment(fold(short.text), fold(long.text), score_cutoff=least)
        if found is None:
            return None
        cut = _whole_words(long.text, found.dest_start, found.dest_end)
        spans = (0, len(one.text), *cut) if short is one else (*cut, 0, len(other.text))
        similarity = found.score
    return _row(items, one, other, spans, similarity)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _row(
    items: Sequence[DocumentFindings],
    one: _Sentence,
    other: _Sentence,
    spans: tuple[int, int, int, int],
    similarity: float,
) -> Lineage:
    start, end, other_start, other_end = spans
    return Lineage(
        document_id=items[one.document].source.document_id,
        other_document_id=items[other.document].source.document_id,
        start=one.start + start,
        end=one.start + end,
        other_start=other.start + other_start,
        other_end=other.start + other_end,
        quote=one.text[start:end],
        other_quote=other.text[other_start:other_end],
        similarity=round(similarity / 100, 4),
        earlier=_earlier(items[one.document], items[other.document]),
    )


def _earlier(one: DocumentFindings, other: DocumentFindings) -> str:
    first, second = written_on(one.outline), written_on(other.outline)
    if first is None or second is None or first == second:
        return ""
    return one.source.document_id if first < second else other.source.document_id


def _best_only(rows: Sequence[Lineage]) -> list[Lineage]:
    """For each passage and each other document the most alike passage there."""
    kept: dict[tuple[str, str, int], Lineage] = {}
    for row in sorted(rows, key=lambda r: (-r.similarity, r.start, r.other_start)):
        kept.setdefault((row.document_id, row.other_document_id, row.start), row)
    return list(kept.values())
