"""The files of an output folder that are made of others on disk: they can be written beside what goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.arrow import leave_pandas_out
from pipeline.buckets import Store
from pipeline.garbage import leave_garbage
from pipeline.params import Params
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.stage import ExchangeShard, HiddenPlaces, Passage
from pipeline.stages.areas import of_main_area
from pipeline.stages.findings import read_extractions, without_failed
from pipeline.tables import in_order, read_table, rows_of

if TYPE_CHECKING:
    from pipeline.report.exports import ExportMaterial

STORED = {**tasks.TABLES, "compare": tasks.WEIGHED, "exchange": tasks.EXCHANGED}
"""The tables that stages keep."""


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A run as far as it has come.

    Attributes:
        out: The output folder.
        parts: The folder of what the stages keep.
        params: The run's settings.
        files: What is to be written: a stage of `OF_STAGES`, or one of `OF_ALL`.
        elsewhere: The documents of other areas, once that is known: their topics mean other questions.
    """

    out: Path
    parts: Path
    params: Params
    files: str
    elsewhere: frozenset[str] = frozenset()

    def store(self, stage: str) -> Store:
        """What a stage keeps."""
        return Store(self.parts / stage, STORED[stage], self.params.run.buckets)


def write_files(run: ToWrite) -> None:
    """Write the files that `run.files` names to the output folder."""
    leave_pandas_out()
    with leave_garbage():
        if run.files in OF_STAGES:
            OF_STAGES[run.files](run.out, run.store(run.files))
        else:
            OF_ALL[run.files](run)


def _write_compared(run: ToWrite) -> None:
    """Write the comparison's tables for spreadsheets, and the graph."""
    findings = without_failed(run.store("compare"), read_extractions(run))
    outputs.write_compared(run.out, of_main_area(run, findings))


def _write_coded(run: ToWrite) -> None:
    """Write what of the formats of other programs no comparison is needed for."""
    from pipeline.report.exports import write_documents

    write_documents(_material(run), run.out)


def _write_exchange(run: ToWrite) -> None:
    """Write the rest of the formats of other programs."""
    from pipeline.report.exports import has_documents, write_comparison, write_documents

    material = _material(run)
    if not has_documents(run.out):  # a process that was ended while it wrote this has taken them with it
        write_documents(material, run.out)
    write_comparison(material, run.out)


def _material(run: ToWrite) -> ExportMaterial:
    from pipeline.codebooks import load_codebook
    from pipeline.report.exports import OF_DOCUMENTS, TABLES, ExportMaterial
    from pipeline.report.masking import read_mask

    ready = run.store("exchange")
    hidden = {row.document_id: row.hidden for row in ready.rows("shards", HiddenPlaces)}

    def table(name: str) -> Iterator[Any]:
        """An output table's rows, of documents that have come so far; topics of another area are none of the run's."""
        record: type[Any] = TABLES[name]
        for row in read_table(record, run.out / f"{name}.parquet"):
            if name in OF_DOCUMENTS and row.document_id not in hidden:
                continue
            yield replace(row, topics="") if name == "requirements" and row.document_id in run.elsewhere else row

    texts = run.store("repair").rows("texts")
    return ExportMaterial(
        table=table,
        masks={t.document_id: read_mask(t.text, hidden[t.document_id]) for t in texts if t.document_id in hidden},
        shards=lambda: in_order(ready.rows("shards"), ExchangeShard),
        statements=lambda: in_order(ready.rows("statements"), InstitutionalStatement),
        # As records a million of them would take a gigabyte.
        passages=lambda: rows_of(ready.table("passages"), Passage),
        codebooks=(load_codebook(run.params.extract.codebook),),
        settings=run.params.report,
        law_date=run.params.compare.date,
    )


OF_STAGES: dict[str, Callable[[Path, Store], None]] = {
    "ingest": outputs.write_raw, "repair": outputs.write_repaired, "outline": outputs.write_outlined,
    "extract": outputs.write_extracted,
}  # fmt: skip
"""What writes the files of each stage over single documents."""
OF_ALL: dict[str, Callable[[ToWrite], None]] = {
    "compared": _write_compared, "coded": _write_coded, "exchange": _write_exchange,
}  # fmt: skip
"""What writes the files of all documents together: the comparison's tables for spreadsheets and the graph, what of the
formats of other programs no comparison is needed for, and the rest of those."""
