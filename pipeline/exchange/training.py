"""Coded documents as material to train on: JSON Lines as annotation programs read it, and a spaCy DocBin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pipeline.exchange.coded import Source
from pipeline.tables import write_whole

Spans: TypeAlias = Mapping[str, Sequence[tuple[int, int, str]]]

GROUPS = ("requirements", "topics", "values", "terms")
"""Groups of spans: modality of a requirement, its harmonised requirement, kind of a value, member of a closed set."""

_GROUP_OF = {"modality": "requirements", "topic": "topics", "kind": "values", "term": "terms"}


def span_groups(source: Source) -> Spans:
    """The source's spans by group, sorted, each once; every group is there, be it empty.

    Offsets are code points of the source's text, ends exclusive; labels are ids ("must", "response_time").
    """
    groups: dict[str, set[tuple[int, int, str]]] = {group: set() for group in GROUPS}
    for selection in source.selections:
        for code in selection.codes:
            kind, _, rest = code.partition("/")
            first, _, member = rest.partition("/")
            if not first:
                continue
            groups[_GROUP_OF[kind]].add((selection.start, selection.end, member or first))
            if member:
                groups["values"].add((selection.start, selection.end, first))
    return {group: sorted(spans) for group, spans in groups.items()}


def write_training(sources: Iterable[Source], folder: Path) -> None:
    """Write training.jsonl and training.spacy: a document a line or Doc, with all its spans.

    A line has `text`, `spans` (start, end, label, group; sorted) and `meta`, as Prodigy and its kin read it. The DocBin
    has the same groups in `doc.spans`. The same sources give the same bytes.
    """
    from pipeline.swedish.docbin import doc_bin

    ordered = sorted(sources, key=lambda s: s.key)
    write_whole(folder / "training.jsonl", "".join(_lines(ordered)))
    write_whole(folder / "training.spacy", doc_bin((_whole(s.text), span_groups(s), _about(s)) for s in ordered))


def _lines(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        spans = [
            {"start": start, "end": end, "label": label, "group": group}
            for group, members in span_groups(source).items()
            for start, end, label in members
        ]
        spans.sort(key=lambda s: (s["start"], s["end"], s["group"], s["label"]))
        line = {"text": _whole(source.text), "spans": spans, "meta": _about(source)}
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"


def _about(source: Source) -> dict[str, str]:
    return {"document_id": source.key, "file_name": source.description, "title": source.name}


def _whole(text: str) -> str:
    """Half a surrogate pair, which UTF-8 can't hold, becomes a question mark: one code point stays one."""
    return text.encode("utf-8", "replace").decode("utf-8")
