"""Coded documents as material to train on: JSON Lines as annotation programs read it, and a spaCy DocBin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pipeline.exchange.coded import Source, pack, unpack
from pipeline.tables import write_pieces, write_whole

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
    write_training_parts([training_part(source) for source in sources], folder)


@dataclass(frozen=True, slots=True)
class TrainingPart:
    """What one source gives to train on: its line, packed lest many fill the memory, and a DocBin of its own."""

    key: str
    line: bytes
    tokens: bytes


def training_part(source: Source) -> TrainingPart:
    """A source's part of the material; it can be made beside those of others and kept."""
    from pipeline.swedish.docbin import doc_bin

    groups = span_groups(source)
    return TrainingPart(
        source.key, pack(_line(source, groups)), doc_bin([(_whole(source.text), groups, _about(source))])
    )


def write_training_parts(parts: Iterable[TrainingPart], folder: Path) -> None:
    """Write the material of sources that have been made ready, as write_training does of sources."""
    from pipeline.swedish.docbin import join_bins

    ordered = sorted(parts, key=lambda p: p.key)
    write_pieces(folder / "training.jsonl", (unpack(part.line) for part in ordered))
    write_whole(folder / "training.spacy", join_bins(part.tokens for part in ordered))


def _line(source: Source, groups: Spans) -> str:
    spans = [
        {"start": start, "end": end, "label": label, "group": group}
        for group, members in groups.items()
        for start, end, label in members
    ]
    spans.sort(key=lambda s: (s["start"], s["end"], s["group"], s["label"]))
    line = {"text": _whole(source.text), "spans": spans, "meta": _about(source)}
    return json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"


def _about(source: Source) -> dict[str, str]:
    return {"document_id": source.key, "file_name": source.description, "title": source.name}


def _whole(text: str) -> str:
    """Half a surrogate pair, which UTF-8 can't hold, becomes a question mark: one code point stays one."""
    return text.encode("utf-8", "replace").decode("utf-8")
