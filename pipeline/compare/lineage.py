"""Passages that documents share, found through rare word pairs and checked letter by letter.

Sentences that share enough pairs (`compare.sentences`) are aligned and their letters compared.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.compare.commonplaces import LEAST_BITS, LEAST_LETTERS, bits_shared, fold
from pipeline.compare.law_wording import is_worded_by_law
from pipeline.compare.precedence import written_on
from pipeline.compare.sentences import SHARED_PAIRS, own_words, pack_sentences, read_words, unpack_sentences
from pipeline.params import CompareSettings
from pipeline.records.comparison import DocumentFindings, Lineage
from pipeline.records.holders import count_holders
from pipeline.records.outline import Outline

Numbers = NDArray[np.int64]

CROWD = 24
"""A pair of words that stands in more sentences than this ties each only to the next: copies of a common form
would else grow with the square."""

TOO_COMMON = 400
"""A pair in more sentences than this is a turn of phrase and tells nothing of descent."""

MANY = 100_000
"""Up to so many pairs of sentences all are compared. Of more, each document has its strongest alone: where every text
stands in many documents, all pairs would fill the tables and nobody could read them."""

STRONGEST = 25
"""Pairs of sentences that a document has at least where there are too many: of each of its sentences first the one
that shares most with it, those that share most first."""


@dataclass(frozen=True, slots=True)
class Traced:
    """The passages that documents share, and how many pairs of sentences that may share one were not looked at."""

    rows: tuple[Lineage, ...]
    left_out: int = 0


@dataclass(slots=True)
class _Sentences:
    """The sentences of all documents by number, in the order of the documents: where they stand, and what in them.

    Attributes:
        outlines: The documents.
        documents, starts, ends: Document and span of each sentence.
        naming: Whether each names an act or another document.
        pairs: Numbers of the pairs of words in the sentences, one sentence after the other.
        owners: The sentence of each of them.
    """

    outlines: Sequence[Outline]
    documents: array[int] = field(default_factory=lambda: array("q"))
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    naming: bytearray = field(default_factory=bytearray)
    pairs: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    owners: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, document: int, start: int, end: int, *, names: bool) -> None:
        """Take in the next sentence."""
        self.documents.append(document)
        self.starts.append(start)
        self.ends.append(end)
        self.naming.append(names)

    def __getitem__(self, number: int) -> _Sentence:
        document, start, end = self.documents[number], self.starts[number], self.ends[number]
        text = self.outlines[document].text[start:end]
        folded, length = read_words(text)
        return _Sentence(document, start, text, folded, length, bool(self.naming[number]))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a document, folded."""

    document: int
    start: int
    text: str
    folded: str
    length: int
    names: bool
    """Whether it names an act or another document."""


def trace_lineage(
    findings: Sequence[DocumentFindings], settings: CompareSettings, packed: Mapping[str, bytes] | None = None
) -> Traced:
    """The passages that two documents share, each pair of passages once, sorted by documents and place.

    What two documents share must be more than commonplaces: all of it together comes to LEAST_BITS at least.
    Documents that are byte for byte copies of another are left out: `duplicate_of` says that already.

    Args:
        findings: The documents.
        settings: How long and how alike passages are at least.
        packed: The documents' sentences by document_id, where they are known (`pack_sentences`).
    """
    items = sorted(
        (i for i in findings if i.outline is not None and not i.source.duplicate_of), key=lambda i: i.source.document_id
    )
    outlines, known = [i.outline for i in items if i.outline is not None], packed or {}
    own = (known.get(o.document.document_id) or pack_sentences(o, settings.min_shared_words) for o in outlines)
    sentences = _list_sentences(outlines, own)
    found: list[Lineage] = []
    candidates, left_out = _candidates(sentences)
    for first, second in candidates:
        row = _align(items, sentences[first], sentences[second], settings)
        if row is not None:
            found.append(row)
    rows = _tell_order(items, _telling(_best_only(found)))
    return Traced(
        tuple(sorted(rows, key=lambda r: (r.document_id, r.other_document_id, r.start, r.other_start))), left_out
    )


def _list_sentences(outlines: Sequence[Outline], packed: Iterable[bytes]) -> _Sentences:
    """The sentences of all documents that could be shared."""
    sentences, pairs = _Sentences(outlines), [np.zeros(0, dtype=np.int64)]
    for document, own in enumerate(packed):
        for start, end, names, numbers in unpack_sentences(own):
            sentences.add(document, start, end, names=names)
            pairs.append(numbers)
    sizes = [len(numbers) for numbers in pairs[1:]]
    sentences.pairs = np.concatenate(pairs)
    sentences.owners = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    return sentences


def _candidates(sentences: _Sentences) -> tuple[Iterator[tuple[int, int]], int]:
    """Pairs of sentences of different documents that share enough pairs of words, in order; how many are left out."""
    count, documents = len(sentences.documents), np.array(sentences.documents, dtype=np.int64)
    met = np.concatenate([np.zeros(0, dtype=np.int64), *_meetings(sentences)])
    met = met[documents[met // max(count, 1)] != documents[met % max(count, 1)]]
    pairs, shared = np.unique(met, return_counts=True)
    pairs, shared = pairs[shared >= SHARED_PAIRS], shared[shared >= SHARED_PAIRS]
    kept = pairs if len(pairs) <= MANY else pairs[_strongest(pairs // count, pairs % count, shared, documents)]
    return (divmod(pair, count) for pair in kept.tolist()), len(pairs) - len(kept)


def _meetings(sentences: _Sentences) -> Iterator[Numbers]:
    """For each pair of words the pairs of sentences that it ties, each as first * number of sentences + second."""
    count, words = len(sentences.documents), sentences.pairs
    order = np.argsort(words, kind="stable")
    owners = sentences.owners[order]
    _, starts, sizes = np.unique(words[order], return_index=True, return_counts=True)
    for size in range(2, CROWD + 1):
        members = owners[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        yield (members[:, one] * count + members[:, other]).ravel()
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if CROWD < size <= TOO_COMMON:
            members = owners[start : start + size]
            yield members[:-1] * count + members[1:]


def _strongest(one: Numbers, other: Numbers, shared: Numbers, documents: Numbers) -> NDArray[np.bool_]:
    """Which pairs of sentences stand among the strongest of the document of either."""
    ends, others = np.concatenate([one, other]), np.concatenate([other, one])
    strength, row = np.tile(shared, 2), np.tile(np.arange(len(one)), 2)
    place = _rank(ends, np.lexsort((others, -strength, ends)))
    among = _rank(documents[ends], np.lexsort((others, ends, -strength, place, documents[ends])))
    kept = np.zeros(len(one), dtype=np.bool_)
    kept[row[among < STRONGEST]] = True
    return kept


def _rank(groups: Numbers, order: Numbers) -> Numbers:
    """The place of each row within its group, counted from 0, where `order` sorts the rows by group first."""
    ordered = groups[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[first, len(ordered)])
    places = np.empty(len(ordered), dtype=np.int64)
    places[order] = np.arange(len(ordered)) - np.repeat(first, sizes)
    return places


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
    first, second = one.text[spans[0] : spans[1]], other.text[spans[2] : spans[3]]
    if (one.names or other.names) and not _share_own_words(first, second, least):
        return None
    return _row(items, one, other, spans, similarity)


FEWEST_OWN = 3
"""Longer words beside the names of acts and documents from which on two passages can be told to be one: "Kraven följer
av lagen ..." has two."""


def _share_own_words(one: str, other: str, least: float) -> bool:
    """Whether two passages agree in more than the names of acts and documents: those are everybody's."""
    from rapidfuzz import fuzz

    first, second = own_words(one), own_words(other)
    if read_words(one) == first and read_words(other) == second:
        return True  # the parts that they share name none
    longer = (sum(len(word) >= LEAST_LETTERS for word in words.split(" ")) for words, _ in (first, second))
    return min(longer) >= FEWEST_OWN and fuzz.ratio(first[0], second[0]) >= least


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
        earlier="",
    )


def _telling(rows: Sequence[Lineage]) -> list[Lineage]:
    """The rows of documents that share more than everybody writes: in one rare passage, or in several together.

    What both have from an act is no row.
    """
    rows = [row for row in rows if not is_worded_by_law(row.quote, row.other_quote)]
    bits: dict[tuple[str, str], float] = {}
    for row in rows:
        key = row.document_id, row.other_document_id
        bits[key] = bits.get(key, 0.0) + bits_shared(row.quote, row.other_quote)
    return [row for row in rows if bits[row.document_id, row.other_document_id] >= LEAST_BITS]


def _tell_order(items: Sequence[DocumentFindings], rows: Sequence[Lineage]) -> list[Lineage]:
    """The rows with the document that was likely first.

    Both may have one sentence from a third, and so what several hold: then the date alone tells nothing, but that the
    later one names the other's municipality does. How many hold a passage is told beside it (`count_holders`).
    """
    known = {item.source.document_id: item for item in items}
    holders = count_holders(rows)
    both = dict.fromkeys((row.document_id, row.other_document_id) for row in rows)
    theirs = Counter(
        (row.document_id, row.other_document_id) for row, held in zip(rows, holders, strict=True) if held == PAIR
    )
    earlier = {
        (one, other): _earlier(known[one], known[other], alone=theirs[one, other] < FEWEST_THEIRS)
        for one, other in both
    }
    told = ((row, earlier[row.document_id, row.other_document_id]) for row in rows)
    return [replace(row, earlier=first) if first else row for row, first in told]


PAIR = 2
FEWEST_THEIRS = 2
"""Passages that two documents alone hold from which on their dates tell who was first."""


def _earlier(one: DocumentFindings, other: DocumentFindings, *, alone: bool) -> str:
    first, second = written_on(one.outline), written_on(other.outline)
    if first is None or second is None or first == second:
        return ""
    earlier, later = (one, other) if first < second else (other, one)
    if alone and not _names(later.outline, earlier.outline):
        return ""
    return earlier.source.document_id


def _names(outline: Outline | None, other: Outline | None) -> bool:
    """Whether a document names the municipality of another."""
    name = other.document.municipality if other is not None else ""
    return bool(name) and outline is not None and name != outline.document.municipality and name in outline.text


def _best_only(rows: Sequence[Lineage]) -> list[Lineage]:
    """For each passage and each other document the most alike passage there."""
    kept: dict[tuple[str, str, int], Lineage] = {}
    for row in sorted(rows, key=lambda r: (-r.similarity, r.start, r.other_start)):
        kept.setdefault((row.document_id, row.other_document_id, row.start), row)
    return list(kept.values())
