"""What one document gives to the report and the exchange files: made beside other documents, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook
from pipeline.exchange.annotations import annotation_part
from pipeline.exchange.coded import Source, pack
from pipeline.exchange.refi_qda import project_part
from pipeline.exchange.training import training_part
from pipeline.params import ReportSettings
from pipeline.records.comparison import Cell, Comparison, Document, DocumentFindings, LegalReference
from pipeline.records.reading import Page, Word
from pipeline.records.repair import ReadingPage, Repair
from pipeline.records.stage import ExchangedDocument, ExchangeShard, ReportShard
from pipeline.report.coding import coded_sources, project_codes
from pipeline.report.contents import Contents, grouped_by
from pipeline.report.document_parts import document_part
from pipeline.report.institutional import statements
from pipeline.report.masking import write_mask
from pipeline.report.material import ReportMaterial
from pipeline.report.page_images import shown_pages
from pipeline.report.parts import part_name, script
from pipeline.report.searching import passages_of

NOTHING_COMPARED = Comparison((), (), (), (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class DocumentMaterial:
    """All that the report says of one document by itself.

    Attributes:
        found: What was found in it; its outline must be there.
        document: Its row in the comparison.
        cells: The cells whose words are its.
        laws: Its citations of acts.
        raw_text: Its reading before repair.
        repairs, words, pages, sheets: Its rows, as in `ReportMaterial`.
        images: Numbers of the pages that have a picture in the report.
    """

    found: DocumentFindings
    document: Document | None
    cells: tuple[Cell, ...]
    laws: tuple[LegalReference, ...]
    raw_text: str | None
    repairs: tuple[Repair, ...] = ()
    words: tuple[Word, ...] = ()
    pages: tuple[ReadingPage, ...] = ()
    sheets: tuple[Page, ...] = ()
    images: tuple[int, ...] = ()


def make_shard(item: DocumentMaterial, *, codebooks: Sequence[Codebook], settings: ReportSettings) -> ReportShard:
    """What one document gives to the report, by itself: nothing of another document changes it."""
    document = item.found.source.document_id
    material = ReportMaterial(
        findings=(item.found,), repairs=item.repairs, words=item.words, pages=item.pages, sheets=item.sheets,
        raw_texts={} if item.raw_text is None else {document: item.raw_text},
    )  # fmt: skip
    comparison = Comparison((item.document,) if item.document else (), item.laws, item.cells, (), (), (), (), (), ())
    contents = Contents(comparison, material, tuple(codebooks), settings)
    part = part_name(document)
    page = script(f"d/{part}", {**document_part(contents, item.found, images=item.images), "folder": part})
    raw = contents.raw_mask(document)
    return ReportShard(
        document, write_mask(contents.mask(document)), write_mask(raw) if raw is not None else "", pack(page)
    )


def make_exchanged(
    found: DocumentFindings, *, codebooks: Sequence[Codebook], settings: ReportSettings
) -> ExchangedDocument:  # fmt: skip
    """What one document gives to the formats of other programs, by itself; its outline must be there."""
    contents = Contents(NOTHING_COMPARED, ReportMaterial(findings=(found,)), tuple(codebooks), settings)
    coded = next(coded_sources(contents), None)
    return ExchangedDocument(
        _exchange_shard(contents, coded) if coded else None,
        tuple(statements(contents, found)),
        tuple(passages_of(contents, found)) if coded else (),
    )


def _exchange_shard(contents: Contents, source: Source) -> ExchangeShard:
    language = contents.settings.language
    codes = project_codes(contents.codebooks, language)
    annotations, training = annotation_part(codes, source, language=language), training_part(source)
    return ExchangeShard(
        source.key, write_mask(contents.mask(source.key)), source.name, project_part(source, language=language).packed,
        annotations.items, annotations.ids, training.line, training.tokens,
    )  # fmt: skip


def documents_material(contents: Contents) -> dict[str, DocumentMaterial]:
    """The material of every document that has a text, in the order of their ids."""
    cells, words = (
        grouped_by("document_id", contents.comparison.cells),
        grouped_by("document_id", contents.material.words),
    )
    return {
        i: DocumentMaterial(
            found=found,
            document=contents.documents.get(i),
            cells=tuple(cells.get(i, ())),
            laws=tuple(contents.laws.get(i, ())),
            raw_text=contents.material.raw_texts.get(i),
            repairs=tuple(contents.repairs.get(i, ())),
            words=tuple(words.get(i, ())),
            pages=tuple(contents.pages.get(i, ())),
            sheets=tuple(contents.sheets.get(i, ())),
            images=tuple(shown_pages(contents, i)),
        )
        for i, found in sorted(contents.findings.items())
        if found.outline is not None
    }


def all_exchanged(contents: Contents) -> list[ExchangedDocument]:
    """What every document that has a text gives to the formats of other programs, in the order of their ids."""
    read = [found for _, found in sorted(contents.findings.items()) if found.outline is not None]
    return [make_exchanged(found, codebooks=contents.codebooks, settings=contents.settings) for found in read]


def all_shards(contents: Contents) -> dict[str, ReportShard]:
    """The shard of every document that has a text: as made before, else made here."""
    made = contents.material.shards
    if all(found.outline is None or i in made for i, found in contents.findings.items()):
        return dict(sorted(made.items()))
    return {
        i: made.get(i) or make_shard(item, codebooks=contents.codebooks, settings=contents.settings)
        for i, item in documents_material(contents).items()
    }
