"""Coded documents as W3C Web Annotations (Recommendation of 2017): JSON-LD for annotation programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.exchange.coded import Code, Selection, Source, every_code, make_guid
from pipeline.tables import write_whole

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
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
    bodies = {code.key: _body(code, language) for code in every_code(codes)}
    items = [
        _annotation(source, selection, [bodies[code] for code in selection.codes if code in bodies])
        for source in sorted(sources, key=lambda s: s.key)
        for selection in sorted(source.selections, key=lambda s: (s.start, s.end, s.codes))
    ]
    collection = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{make_guid('annotations', *(item['id'] for item in items))}",
        "type": "AnnotationCollection",
        "label": "Jämka",
        "total": len(items),
        "first": {
            "id": f"urn:uuid:{make_guid('page', *(item['id'] for item in items))}",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    content = json.dumps(collection, ensure_ascii=False, indent=1)
    write_whole(file, content.encode("utf-8", "replace") + b"\n")


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
