"""How municipalities' rules stand to each other, as a control mapping after NIST's OSCAL.

Each municipality's rules are a resource, each harmonised requirement a control of it, each relation between two answers
a map from the control of one resource to that of another, with the strictness and the reason for it. docs/report.md
says where it departs from the standard.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.exchange.coded import make_guid
from pipeline.records.comparison import Cell, Document, Relation
from pipeline.tables import write_pieces
from pipeline.wording import is_read, name_body

OSCAL_VERSION = "1.2.0"
"""The version whose control mapping model is followed."""

NAMESPACE = "urn:jamka:oscal"
"""Owner of the properties that OSCAL does not have."""

RELATIONSHIPS = {
    "equal": "equivalent-to", "stricter": "superset-of", "laxer": "subset-of", "broader": "superset-of",
    "narrower": "subset-of", "overlapping": "intersects-with", "incomparable": "intersects-with",
}  # fmt: skip
"""OSCAL's relationship for each of ours. Who asks for more asks for all that the other asks for and something beside.
Answers to one question that can't be ordered still meet in it, so they are not without relationship."""


SIDES = ("sources", "targets")
"""The parts of a map that hold answers."""

MADE = {"method": "automation", "matching-rationale": "semantic", "status": "draft"}
"""How the mappings are made, all and each: by this program, from what the answers mean; nobody has agreed to them."""


@dataclass(frozen=True, slots=True)
class MappingMaterial:
    """What a mapping is made of: the answers and relations as they may be shown, and the day they hold on."""

    cells: Sequence[Cell]
    relations: Sequence[Relation]
    documents: Sequence[Document]
    on: datetime.date


def write_mapping(material: MappingMaterial, file: Path) -> None:
    """Write the mapping collection as JSON; ids are made of content and the date is the run's: same input, same bytes.

    A pair of municipalities stands in one direction only, that of the alphabet: the other direction says the same.

    Args:
        material: The answers and how they stand to each other.
        file: Where to write.
    """
    write_pieces(file, _lines(make_mapping(material)["mapping-collection"]))


def _lines(collection: Mapping[str, Any]) -> Iterator[str]:
    """The collection as JSON with a map a line: lines can be compared, and are written far faster than a tree."""
    said = json.JSONEncoder(ensure_ascii=False).encode
    yield '{"mapping-collection": {'
    for place, (name, content) in enumerate(collection.items()):
        yield f"{',' if place else ''}\n{said(name)}: "
        yield from _mappings(content, said) if name == "mappings" else (said(content),)
    yield "\n}}\n"


def _mappings(mappings: Iterable[Mapping[str, Any]], said: Callable[[Any], str]) -> Iterator[str]:
    """The pairs of municipalities, each with its maps."""
    sides: dict[int, str] = {}

    def say_side(side: Mapping[str, Any]) -> str:
        """A side as JSON: an answer is a side of a map to every other municipality's, and is put in words once."""
        if id(side) not in sides:
            sides[id(side)] = said(side)
        return sides[id(side)]

    def say_map(row: Mapping[str, Any]) -> str:
        parts = (
            f"{said(name)}: " + (f"[{', '.join(map(say_side, content))}]" if name in SIDES else said(content))
            for name, content in row.items()
        )
        return f"{{{', '.join(parts)}}}"

    yield "["
    for place, mapping in enumerate(mappings):
        head = said({name: content for name, content in mapping.items() if name != "maps"})
        maps = ",\n".join(map(say_map, mapping["maps"]))
        yield f'{"," if place else ""}\n{head[:-1]}, "maps": [\n{maps}\n]}}'
    yield "\n]"


def make_mapping(material: MappingMaterial) -> dict[str, Any]:
    """The mapping collection as it stands in the file."""
    cells = {(cell.requirement, cell.municipality): cell for cell in material.cells}
    pairs: dict[tuple[str, str], list[Relation]] = {}
    ordered = sorted(material.relations, key=lambda r: (r.municipality, r.other_municipality, r.requirement))
    for row in ordered:
        known = all((row.requirement, name) in cells for name in (row.municipality, row.other_municipality))
        if row.municipality < row.other_municipality and known:
            pairs.setdefault((row.municipality, row.other_municipality), []).append(row)
    named = sorted({name for pair in pairs for name in pair})
    sides = {place: _side(cell) for place, cell in cells.items()}
    collection = {
        "uuid": make_guid("oscal", material.on, *(f"{a}|{b}" for a, b in pairs), *map(str, ordered)),
        "metadata": {
            "title": "Jämka: hur kommunernas regler står till varandra",
            # OSCAL wants a time; the run's date stands for it, never the clock.
            "last-modified": f"{material.on.isoformat()}T00:00:00Z",
            "version": material.on.isoformat(),
            "oscal-version": OSCAL_VERSION,
        },
        "provenance": {
            **MADE,
            "mapping-description": (
                "Svaren på samma harmoniserade krav jämförs som en partiell ordning: tid, antal, mängd och styrka. "
                "source är strängare än target där relationen är superset-of och egenskapen strictness säger stricter."
            ),
        },
        "mappings": [_mapping(pair, rows, cells, sides) for pair, rows in sorted(pairs.items())],
        "back-matter": {"resources": list(_resources(named, material.documents))},
    }
    return {"mapping-collection": collection}


def _mapping(
    pair: tuple[str, str],
    rows: Iterable[Relation],
    cells: Mapping[tuple[str, str], Cell],
    sides: Mapping[tuple[str, str], Mapping[str, Any]],
) -> dict[str, Any]:
    one, other = pair
    return {
        "uuid": make_guid("oscal mapping", one, other),
        **MADE,
        "source-resource": _resource_reference(one),
        "target-resource": _resource_reference(other),
        "maps": [_map(row, cells, sides) for row in rows],
    }


def _map(
    row: Relation, cells: Mapping[tuple[str, str], Cell], sides: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    source, target = (row.requirement, row.municipality), (row.requirement, row.other_municipality)
    return {
        "uuid": make_guid("oscal map", row.requirement, row.municipality, row.other_municipality),
        "relationship": RELATIONSHIPS[row.relation],
        "sources": [sides[source]],
        "targets": [sides[target]],
        "confidence-score": {"percentage": round(min(cells[source].confidence, cells[target].confidence), 4)},
        "props": [_property("strictness", row.relation)],
        "remarks": row.rationale,
    }


def _side(cell: Cell) -> dict[str, Any]:
    said = {
        "codebook": cell.codebook,
        "label": cell.label_sv,
        "answer": cell.answer,
        "modality": cell.modality,
        "value": cell.value,
        "document": cell.document_id,
        "page": "" if cell.page is None else str(cell.page),
        "span": "" if cell.start is None or cell.end is None else f"{cell.start}-{cell.end}",
        "review": cell.review,
    }
    side: dict[str, Any] = {"type": "control", "id-ref": cell.requirement}
    side["props"] = [_property(name, value) for name, value in said.items() if value]
    return side | ({"remarks": cell.quote} if cell.quote else {})


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _resource_reference(municipality: str) -> dict[str, str]:
    return {"type": "catalog", "href": f"#{make_guid('oscal resource', municipality)}"}


def _resources(municipalities: Iterable[str], documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """A resource for each municipality, with the files that its answers come from and their hashes."""
    own: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda d: (d.file_name, d.document_id)):
        if is_read(document) and document.sha256:
            own.setdefault(name_body(document.municipality, document.file_name), []).append(document)
    for name in municipalities:
        yield {
            "uuid": make_guid("oscal resource", name),
            "title": name,
            "description": "; ".join(d.title or d.file_name for d in own.get(name, ())) or name,
            "rlinks": [
                {
                    "href": quote(d.file_name),
                    "media-type": d.media_type,
                    "hashes": [{"algorithm": "SHA-256", "value": d.sha256}],
                }
                for d in own.get(name, ())
            ],
        }
