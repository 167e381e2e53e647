"""The comparison and its material, joined and indexed once for everything that the report writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.params import ReportSettings
from pipeline.records.comparison import (
    SAYING,
    Cell,
    CellEvidence,
    Comparison,
    Document,
    DocumentFindings,
    FamilyChange,
    Finding,
    LegalReference,
    Lineage,
    Relation,
    VersionChange,
)
from pipeline.records.reading import Page
from pipeline.records.repair import ReadingPage, Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.report.boxes import PageBoxes, boxes_by_document
from pipeline.report.masking import Mask, mask_document, mask_spans, merge_spans, read_mask
from pipeline.report.material import ReportMaterial
from pipeline.spans import Edit, OffsetMap
from pipeline.swedish.texts import Texts, alphabetical
from pipeline.wording import is_read, name_body, without_rules

if TYPE_CHECKING:
    from pipeline.report.sources import CellSource

Row = TypeVar("Row")


def grouped_by(name: str, rows: Iterable[Row]) -> Mapping[str, Sequence[Row]]:
    """Rows grouped by what a column of theirs holds, in the order given."""
    column, groups = attrgetter(name), defaultdict[str, list[Row]](list)
    for row in rows:
        groups[column(row)].append(row)
    return groups


def standings(row: Sequence[Cell | None]) -> list[str]:
    """How each municipality's cell stands to the strictest, as it is shown: the strictest has an answer below it.

    Who answers alone is not ranked, and those who all ask for the same are equal, also where silence counts as laxer:
    silence itself has no standing, for it is laxer than anything.
    """
    found = [cell.relation_to_strictest if cell is not None and cell.answer in SAYING else "none" for cell in row]
    if sum(one != "none" for one in found) < 2:
        return ["none"] * len(found)
    return found if "laxer" in found else ["equal" if one == "strictest" else one for one in found]


@dataclass(frozen=True)
class Contents:
    """The comparison with its indexes; what people may not see is masked where it is asked for here."""

    comparison: Comparison
    material: ReportMaterial
    codebooks: Sequence[Codebook]
    settings: ReportSettings

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Everybody who has a column, by the Swedish alphabet."""
        return tuple(sorted({cell.municipality for cell in self.comparison.cells}, key=alphabetical))

    @cached_property
    def unruled(self) -> frozenset[str]:
        """Those of whom the folder has only letters that propose a document: what they rule on is not in it."""
        return without_rules(self.comparison.documents)

    @cached_property
    def requirements(self) -> tuple[tuple[Codebook, HarmonisedRequirement], ...]:
        """The harmonised requirements that have cells, with their codebook, in the codebook's own order."""
        used = {(cell.codebook, cell.requirement) for cell in self.comparison.cells}
        return tuple(
            (book, requirement)
            for book in self.codebooks
            for requirement in book.requirements
            if (book.id, requirement.id) in used
        )

    @cached_property
    def cells(self) -> Mapping[tuple[str, str, str], Cell]:
        """Cells by codebook, requirement and municipality."""
        return {(c.codebook, c.requirement, c.municipality): c for c in self.comparison.cells}

    @cached_property
    def quoted(self) -> Mapping[tuple[str, str], str]:
        """The document of each cell's quote, by requirement and quote."""
        return {(c.requirement, c.quote): c.document_id for c in reversed(self.comparison.cells) if c.quote}

    @cached_property
    def _quotes(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The quotes of cells with their documents, by requirement."""
        groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for (requirement, quote), document in self.quoted.items():
            groups[requirement].append((quote, document))
        return groups

    @cached_property
    def _told(self) -> dict[tuple[str, str], str]:
        return {}

    def document_of(self, requirement: str, said: str) -> str:
        """The document that words to compare with are of: a cell's quote, or the sentence around one; else empty."""
        key = requirement, said
        if key not in self._told:
            around = {document for quote, document in self._quotes.get(requirement, ()) if quote in said}
            there = [d for d in sorted(around) if self._holds(d, said)]
            self._told[key] = self.quoted.get(key) or (there[0] if len(there) == 1 else "")
        return self._told[key]

    def _holds(self, document_id: str, said: str) -> bool:
        found = self.findings.get(document_id)
        return found is not None and found.outline is not None and said in found.outline.text

    def say_briefly(self, cell: Cell, texts: Texts) -> str:
        """What a cell without a value says in a word or two; of silence in a letter, that the rules are elsewhere."""
        letter = cell.answer == "silent" and cell.municipality in self.unruled
        return texts["unruled.answer_short" if letter else f"answer_short.{cell.answer}"]

    @cached_property
    def evidence(self) -> Mapping[tuple[str, str, str], Sequence[CellEvidence]]:
        """Evidence by codebook, requirement and municipality: what supports first, then by score."""
        groups: defaultdict[tuple[str, str, str], list[CellEvidence]] = defaultdict(list)
        order = {"supports": 0, "dissents": 1, "nearest": 2}
        for row in self.comparison.evidence:
            groups[row.codebook, row.requirement, row.municipality].append(row)
        for rows in groups.values():
            rows.sort(
                key=lambda e: (order[e.relation], -e.score, e.document_id, e.start, e.end, e.requirement_id, e.value_id)
            )
        return groups

    @cached_property
    def sources(self) -> dict[tuple[str, ...], tuple[CellSource, ...]]:
        """The documents that cells' answers are joined from, of each cell once they were asked for (`cell_sources`)."""
        return {}

    @cached_property
    def laws(self) -> Mapping[str, Sequence[LegalReference]]:
        """Law references of each document."""
        return grouped_by("document_id", self.comparison.legal_references)

    @cached_property
    def own_laws(self) -> Mapping[str, Sequence[LegalReference]]:
        """Law references of each municipality."""
        return grouped_by("municipality", self.comparison.legal_references)

    @cached_property
    def own_versions(self) -> Mapping[str, Sequence[VersionChange]]:
        """What each municipality's documents in force say otherwise than what they replaced."""
        return grouped_by("municipality", self.comparison.versions)

    @cached_property
    def own_families(self) -> Mapping[str, Sequence[FamilyChange]]:
        """What each municipality's documents say otherwise than the documents they likely come from."""
        return grouped_by("municipality", self.comparison.families)

    @cached_property
    def own_findings(self) -> Mapping[str, Sequence[Finding]]:
        """Findings of each municipality, the weightiest first."""
        return grouped_by("municipality", self.findings_by_weight)

    @cached_property
    def relations(self) -> Mapping[str, Sequence[Relation]]:
        """How each municipality's answers stand to the others'."""
        return grouped_by(
            "municipality",
            sorted(self.comparison.relations, key=lambda r: (r.municipality, r.requirement, r.other_municipality)),
        )

    @cached_property
    def relations_of(self) -> Mapping[str, Sequence[Relation]]:
        """How the answers to each requirement stand to each other."""
        return grouped_by("requirement", self.comparison.relations)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id."""
        return {document.document_id: document for document in self.comparison.documents}

    @cached_property
    def findings(self) -> Mapping[str, DocumentFindings]:
        """What was found in each document, by document id."""
        return {finding.source.document_id: finding for finding in self.material.findings}

    @cached_property
    def documents_by_name(self) -> Sequence[Document]:
        """Documents in the order of their file names."""
        return sorted(self.comparison.documents, key=lambda d: (d.file_name, d.document_id))

    @cached_property
    def findings_by_weight(self) -> Sequence[Finding]:
        """Findings, the weightiest first."""
        return sorted(self.comparison.findings, key=lambda f: (-f.weight, *(getattr(f, name) for name in Finding.KEY)))

    @cached_property
    def lineage_by_length(self) -> Sequence[Lineage]:
        """Shared passages, the longest first."""
        return sorted(
            self.comparison.lineage, key=lambda r: (r.start - r.end, *(getattr(r, name) for name in Lineage.KEY))
        )

    def file_name(self, document_id: str) -> str:
        """A document's file name, empty where the run has none of that id."""
        document = self.documents.get(document_id)
        return document.file_name if document else ""

    def group_name(self, group: str, *, swedish: bool) -> str:
        """A chapter of the codebooks as it is called."""
        return next((g.sv if swedish else g.en for book in self.codebooks for g in book.groups if g.id == group), group)

    def municipality(self, document_id: str) -> str:
        """Under whose name a document's answers stand; empty where it has none, as what could not be read."""
        document = self.documents.get(document_id)
        return name_body(document.municipality, document.file_name) if document and is_read(document) else ""

    def mask(self, document_id: str) -> Mask:
        """A document's text as it may be shown; an empty one where there is none."""
        return self._mask(document_id) or Mask("")

    def _mask(self, document: str) -> Mask | None:
        if document not in self._masks and (found := self.findings.get(document)) and found.outline is not None:
            text, shard = found.outline.text, self.material.shards.get(document)
            people = self.settings.mask_people
            self._masks[document] = read_mask(text, shard.hidden) if shard else mask_document(text, people=people)
        return self._masks.get(document)

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        return {}

    def quote(self, document_id: str, start: int | None, end: int | None, *, said: str = "") -> str:
        """A span as it may be shown; where the text isn't at hand, the quote that was stored, masked by words."""
        mask = self._mask(document_id)
        if mask is None or start is None or end is None:
            return said
        return mask.quote(start, end)

    @cached_property
    def found(self) -> Mapping[str, Requirement]:
        """Requirements by id."""
        return {
            r.requirement_id: r
            for f in self.material.findings
            if f.extraction is not None
            for r in f.extraction.requirements
        }

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Values by id."""
        return {v.value_id: v for f in self.material.findings if f.extraction is not None for v in f.extraction.values}

    @cached_property
    def repairs(self) -> Mapping[str, Sequence[Repair]]:
        """Edits of each document, in the order of the reading text."""
        return grouped_by(
            "document_id", sorted(self.material.repairs, key=lambda r: (r.document_id, r.start, r.end, r.rule, r.after))
        )

    @cached_property
    def pages(self) -> Mapping[str, Sequence[ReadingPage]]:
        """Pages of each document as spans of its reading text."""
        return grouped_by("document_id", self.material.pages)

    @cached_property
    def sheets(self) -> Mapping[str, Sequence[Page]]:
        """Pages of each document as spans of its raw text."""
        return grouped_by("document_id", self.material.sheets)

    @cached_property
    def boxes(self) -> Mapping[str, PageBoxes]:
        """Where words stand on their pages, for documents with page images."""
        return boxes_by_document(self.material.words, self.material.sheets)

    @cached_property
    def raw_boxes(self) -> Mapping[str, PageBoxes]:
        """Where the words of the raw text stand on their pages, running heads too."""
        return boxes_by_document(self.material.raw_words, self.material.sheets)

    def raw_mask(self, document: str) -> Mask | None:
        """The reading before repair as it may be shown: what is hidden after repair is hidden there too."""
        if document not in self._raw_masks and document in self.material.raw_texts and self._mask(document):
            self._raw_masks[document] = self._raw_mask(document, self.material.raw_texts[document])
        return self._raw_masks.get(document)

    @cached_property
    def _raw_masks(self) -> dict[str, Mask]:
        return {}

    def _raw_mask(self, document: str, raw: str) -> Mask:
        if (shard := self.material.shards.get(document)) is not None:
            return read_mask(raw, shard.raw_hidden)
        mask = mask_document(raw, people=self.settings.mask_people)
        edits = [Edit(r.raw_start, r.raw_end, r.after) for r in self.repairs.get(document, ()) if r.status == "applied"]
        try:
            back = OffsetMap.from_edits(len(raw), edits).inverse()
        except ValueError:
            # A log that doesn't fit the text; the raw text's own names are masked all the same.
            return mask
        spans = merge_spans([*mask.spans, *(back.span(*span) for span in self.mask(document).spans)])
        return Mask(mask_spans(raw, spans), tuple(spans), mask.hidden)
