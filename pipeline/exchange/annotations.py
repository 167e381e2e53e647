"""Coded documents as W3C Web Annotations (Recommendation of 2017): JSON-LD for annotation programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.exchange.coded import Code, Selection, Source, every_code, make_guid, pack, unpack
from pipeline.tables import write_pieces

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_DEEP = 3 * " "
"""Where an annotation stands in the file: three levels down."""
_STAND_IN = "annotations"
AROUND = 40
"""Characters before and after the quote: with them it is found again where the text has changed."""


def write_annotations(codes: Sequence[Code], sources: Iterable[Source], file: Path, *, language: str) -> None:
    """Write an AnnotationCollection with one page: an annotation for each selection, its codes as bodies.

    A body is a tag with the code's name and the code's id (an urn of content); the target is texts/DOCUMENT_ID.txt
    beside the file, with a TextQuoteSelector and a TextPositionSelector (code points, end exclusive) that say the same.
    Where people are masked the quote has dots for them and the position leads to the words. Same input, same bytes.

    Args:
        codes: The codes that selections refer to.
        sources: The documents.
        file: Where to write.
        language: Language of the code names, "sv" or "en".
    """
    write_annotation_parts([annotation_part(codes, source, language=language) for source in sources], file)


@dataclass(frozen=True, slots=True)
class AnnotationPart:
    """What one source gives to the annotations: they and their ids a line each, packed lest many fill the memory."""

    key: str
    items: bytes
    ids: bytes


def annotation_part(codes: Sequence[Code], source: Source, *, language: str) -> AnnotationPart:
    """A source's annotations; they can be made beside those of others and kept."""
    bodies = {code.key: _body(code, language) for code in every_code(codes)}
    items = [
        _annotation(source, selection, [bodies[code] for code in selection.codes if code in bodies])
        for selection in sorted(source.selections, key=lambda s: (s.start, s.end, s.codes))
    ]
    said = ",\n".join(_DEEP + json.dumps(item, ensure_ascii=False) for item in items)
    return AnnotationPart(source.key, pack(said), pack("\n".join(item["id"] for item in items)))


def write_annotation_parts(parts: Iterable[AnnotationPart], file: Path) -> None:
    """Write an AnnotationCollection of sources that have been made ready, as write_annotations does of sources."""
    filled = [p for p in sorted(parts, key=lambda p: p.key) if unpack(p.ids)]
    ids = [one for part in filled for one in unpack(part.ids).split("\n")]
    collection = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{make_guid('annotations', *ids)}",
        "type": "AnnotationCollection",
        "label": "Jämka",
        "total": len(ids),
        "first": {
            "id": f"urn:uuid:{make_guid('page', *ids)}",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_STAND_IN] if ids else [],
        },
    }
    shell = json.dumps(collection, ensure_ascii=False, indent=1)
    before, stand_in, after = shell.partition(f'{_DEEP}"{_STAND_IN}"')
    items = (",\n" * (n > 0) + unpack(part.items) for n, part in enumerate(filled))
    write_pieces(file, chain([before], items if stand_in else (), [after, "\n"]))


def _body(code: Code, language: str) -> dict[str, str]:
    return {
        "id": f"urn:uuid:{make_guid('code', code.key)}",
        "type": "TextualBody",
        "purpose": "tagging",
        "value": code.name,
        "format": "text/plain",
        "language": language,
    }


def _annotation(source: Source, selection: Selection, bodies: list[dict[str, str]]) -> dict[str, Any]:
    text, start, end = source.text, selection.start, selection.end
    return {
        "id": f"urn:uuid:{make_guid('annotation', source.key, start, end, *selection.codes)}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": f"texts/{source.key}.txt",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }
