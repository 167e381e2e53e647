"""Families of documents that share much of their text, and what changed inside them: a rule altered, added, dropped."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import networkx as nx

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments, answers_alone
from pipeline.compare.changes import find_changes
from pipeline.compare.precedence import written_on
from pipeline.compare.weighing import WeighedDocument
from pipeline.params import CompareSettings
from pipeline.records.comparison import Cell, FamilyChange, Lineage
from pipeline.records.outline import Outline

SHARED = 0.3
"""Share of the shorter document's letters that two documents of a family have in common at least; the turns of phrase
that guidelines of different hands share came to a tenth."""

PASSAGES = 2
"""Passages that they share at least: one sentence makes no family of two short documents."""

MOST = 500
"""Documents whose changes are told, those that share most first: where whole folders are copies of one template nobody
reads further, and the tables would grow with all of them."""


_WHOEVER = ""
"""The name under which documents are compared, as if they were of one municipality."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """A document and the one of its family that it shares most text with among those that are likely earlier.

    Attributes:
        family: document_id of the family's likely earliest member.
        document_id: The document.
        parent: document_id of the earlier one.
        shared: Share of the shorter one's letters that stand in both, 0 to 1.
    """

    family: str
    document_id: str
    parent: str
    shared: float


def find_kin(lineage: Iterable[Lineage], outlines: Iterable[Outline]) -> tuple[Kinship, ...]:
    """The documents that have a likely source in the folder, those that share most text with theirs first.

    Which of two is earlier is what most of their shared passages tell, else the day on which each was written; where
    neither tells, the order of their ids, so that a family has one order in every run.
    """
    known = {outline.document.document_id: outline for outline in outlines}

    @cache
    def day(document_id: str) -> datetime.date:
        """When a document was written; one that does not say counts as the latest."""
        return written_on(known[document_id]) or datetime.date.max

    pairs: defaultdict[tuple[str, str], list[Lineage]] = defaultdict(list)
    for row in lineage:
        pairs[row.document_id, row.other_document_id].append(row)
    sources: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    related: nx.Graph[str] = nx.Graph()
    for (one, other), rows in pairs.items():
        shared = _shared(known[one], known[other], rows)
        if shared < SHARED or len(rows) < PASSAGES:
            continue
        votes = Counter(row.earlier for row in rows if row.earlier)
        first, second = sorted((one, other), key=lambda i: (-votes[i], day(i), i))
        sources[second].append((shared, first))
        related.add_edge(one, other)
    families = {
        member: earliest
        for group in nx.connected_components(related)
        for earliest in [min(group, key=lambda i: (i in sources, day(i), i))]
        for member in group
    }
    nearest = {document: max(found) for document, found in sources.items()}
    kin = (Kinship(families[i], i, parent, round(shared, 4)) for i, (shared, parent) in nearest.items())
    return tuple(sorted(kin, key=lambda k: (-k.shared, k.family, k.document_id)))


def _shared(one: Outline, other: Outline, rows: Sequence[Lineage]) -> float:
    """The share of the shorter document that stands in shared passages, each letter counted once."""
    if len(one.text) <= len(other.text):
        length, spans = len(one.text), [(r.start, r.end) for r in rows]
    else:
        length, spans = len(other.text), [(r.other_start, r.other_end) for r in rows]
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered / max(1, length)


def find_family_changes(
    codebook: Codebook,
    bodies: Sequence[BodyDocuments],
    weighed: Mapping[str, WeighedDocument],
    kin: Sequence[Kinship],
    settings: CompareSettings,
) -> Iterator[FamilyChange]:
    """What each document, alone, answers otherwise than its source in the family would.

    Args:
        codebook: The questions.
        bodies: The municipalities with their documents on the codebook's area.
        weighed: What each document comes to by itself.
        kin: The documents with a source.
        settings: Thresholds.
    """
    owned = {
        document.item.source.document_id: (body.municipality, document)
        for body in bodies
        for document in (*body.in_force, *body.proposed, *body.superseded)
    }
    told = [k for k in kin if k.document_id in owned and k.parent in owned]

    @cache  # many documents of a family come from the same one
    def read(document_id: str) -> tuple[Mapping[str, Cell], str]:
        _, document = owned[document_id]
        alone = answers_alone(codebook, _WHOEVER, document, weighed, settings)
        return alone, " ".join(document.passages.outline.text.split())

    for one in told[:MOST]:
        municipality, other_municipality = (owned[i][0] for i in (one.document_id, one.parent))
        (now, text), (then, other_text) = read(one.document_id), read(one.parent)
        for row in find_changes(then.values(), now.values()):
            telling, silent = (then, text) if row.change == "lost" else (now, other_text)
            words = " ".join(telling[row.requirement].quote.split())
            if row.change != "altered" and words and words in silent:
                continue  # the same words answer in one and just not in the other: nothing changed in the text
            yield FamilyChange(
                row.codebook, one.family, row.requirement, municipality, one.document_id, other_municipality,
                one.parent, one.shared, row.change, row.before, row.after, then[row.requirement].value_text,
                now[row.requirement].value_text,
            )  # fmt: skip
