"""How much of what must come of a generated corpus has come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale.corpus import Known
from pipeline.records.comparison import Document
from pipeline.tables import read_arrow, read_table


def check(known: Sequence[Known], out: Path) -> dict[str, float]:
    """Shares of the known times (value and place), duties (half of the span) and municipalities that came out."""
    documents = {d.file_name: d for d in read_table(Document, out / "documents.parquet")}
    times = _spans(out / "values.parquet", "value", kinds=("response_time", "frequency"))
    duties = _spans(out / "requirements.parquet", "modality")
    hits = {"times": 0, "obligations": 0, "municipalities": 0}
    totals = dict(hits)
    for one in known:
        document = documents[one.file_name]
        own_times, own_duties = times.get(document.document_id, []), duties.get(document.document_id, [])
        totals["times"] += len(one.times)
        hits["times"] += sum(any(s < e2 and s2 < e and v == v2 for s2, e2, v2 in own_times) for s, e, v in one.times)
        totals["obligations"] += len(one.obligations)
        hits["obligations"] += sum(
            any(2 * (min(e, e2) - max(s, s2)) >= min(e - s, e2 - s2) for s2, e2, _ in own_duties)
            for s, e in one.obligations
        )
        totals["municipalities"] += bool(one.municipality)
        hits["municipalities"] += bool(one.municipality) and document.municipality == one.municipality
    return {name: round(hits[name] / totals[name], 4) if totals[name] else 1.0 for name in hits}


def _spans(path: Path, column: str, *, kinds: Sequence[str] = ()) -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    names = ["document_id", "start", "end", column, *(["kind"] if kinds else [])]
    columns = [read_arrow(path).column(name).to_pylist() for name in names]
    for document, start, end, said, *kind in zip(*columns, strict=True):
        if not kinds or kind[0] in kinds:
            found.setdefault(document, []).append((start, end, said))
    return found
