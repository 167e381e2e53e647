"""The files of an output folder that are made of others on disk: they can be written beside what goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.arrow import leave_pandas_out
from pipeline.buckets import Store
from pipeline.params import Params
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.stage import ExchangeShard, Passage
from pipeline.stages.areas import of_main_area
from pipeline.stages.findings import quarantined, read_extractions
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
        elsewhere: The documents of other areas, once that is known: their topics mean other questions.
    """

    out: Path
    parts: Path
    params: Params
    elsewhere: frozenset[str] = frozenset()

    def store(self, stage: str) -> Store:
        """What a stage keeps."""
        return Store(self.parts / stage, STORED[stage], self.params.run.buckets)


def write_read(run: ToWrite) -> None:
    """Write what ingest gives to the output folder."""
    outputs.write_raw(run.out, run.store("ingest"))


def write_repaired(run: ToWrite) -> None:
    """Write what repair gives to the output folder."""
    leave_pandas_out()
    outputs.write_repaired(run.out, run.store("repair"))


def write_outlined(run: ToWrite) -> None:
    """Write what outline gives to the output folder."""
    leave_pandas_out()
    outputs.write_outlined(run.out, run.store("outline"))


def write_extracted(run: ToWrite) -> None:
    """Write what extract gives to the output folder."""
    leave_pandas_out()
    outputs.write_extracted(run.out, run.store("extract"))


def write_compared(run: ToWrite) -> None:
    """Write the comparison's tables for spreadsheets, and the graph."""
    leave_pandas_out()
    failures = {f.document_id: f for f in run.store("compare").rows("failures")}
    findings = [quarantined(found, failures.get(found.source.document_id)) for found in read_extractions(run)]
    outputs.write_compared(run.out, of_main_area(run, findings))


def write_coded(run: ToWrite) -> None:
    """Write what of the formats of other programs no comparison is needed for."""
    from pipeline.report.exports import write_documents

    write_documents(_material(run), run.out)


def write_exchange(run: ToWrite) -> None:
    """Write the rest of the formats of other programs."""
    from pipeline.report.exports import has_documents, write_comparison, write_documents

    material = _material(run)
    if not has_documents(run.out):  # a process that was ended while it wrote this has taken them with it
        write_documents(material, run.out)
    write_comparison(material, run.out)


def _material(run: ToWrite) -> ExportMaterial:
    from pipeline.codebooks import load_codebook
    from pipeline.report.exports import COMPARED, OF_DOCUMENTS, ExportMaterial
    from pipeline.report.masking import read_mask

    leave_pandas_out()
    ready = run.store("exchange")
    hidden = {shard.document_id: shard.hidden for shard in ready.rows("shards")}

    def table(name: str) -> Iterator[Any]:
        """An output table's rows, of documents that have come so far; topics of another area are none of the run's."""
        record: type[Any] = {**OF_DOCUMENTS, **COMPARED}[name]
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
