"""The control mapping: every relation with its reason, ids that lead somewhere, the same bytes each time."""

from __future__ import annotations

import datetime
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.exchange.oscal import RELATIONSHIPS, MappingMaterial, make_mapping, write_mapping
from pipeline.records.comparison import RELATIONS, Cell, Document, Relation

ON = datetime.date(2026, 2, 1)
EMPTY = {field.name: "" for field in fields(Document)}


def cell(municipality: str, value: str, document: str) -> Cell:
    return Cell("social_media", "response_time", "Svarstid", "Response time", municipality, "stated", "must", value, "",
                "none", document, 1, 10, 30, f"Svar inom {value}", 0.8, "unreviewed")  # fmt: skip


def document(key: str, municipality: str) -> Document:
    named: dict[str, Any] = {"document_id": key, "file_name": f"mapp/{key} å.pdf", "sha256": key * 8, "status": "ok"}
    return Document(
        **{**EMPTY, **named, "municipality": municipality, "media_type": "application/pdf", "title": "Regler"}
    )  # type: ignore[arg-type]


@pytest.fixture
def material() -> MappingMaterial:
    return MappingMaterial(
        cells=[cell("Ekby", "PT24H", "d1"), cell("Lindby", "PT48H", "d2")],
        relations=[
            Relation("response_time", "Ekby", "Lindby", "stricter", "kortare tid"),
            Relation("response_time", "Lindby", "Ekby", "laxer", "kortare tid"),
        ],
        documents=[document("d1", "Ekby"), document("d2", "Lindby")],
        on=ON,
    )


def test_a_relation_is_a_map_with_its_reason_and_both_sides(material: MappingMaterial) -> None:
    (mapping,) = make_mapping(material)["mapping-collection"]["mappings"]
    (one,) = mapping["maps"]
    assert one["relationship"] == "superset-of"
    assert one["remarks"] == "kortare tid"
    assert {"name": "strictness", "ns": "urn:jamka:oscal", "value": "stricter"} in one["props"]
    (source,), (target,) = one["sources"], one["targets"]
    assert (source["id-ref"], source["remarks"], target["remarks"]) == (
        "response_time",
        "Svar inom PT24H",
        "Svar inom PT48H",
    )
    assert {"name": "value", "ns": "urn:jamka:oscal", "value": "PT48H"} in target["props"]


def test_both_resources_are_there_with_the_files_they_rest_on(material: MappingMaterial) -> None:
    collection = make_mapping(material)["mapping-collection"]
    resources = {f"#{r['uuid']}": r for r in collection["back-matter"]["resources"]}
    (mapping,) = collection["mappings"]
    source, target = (resources[mapping[side]["href"]] for side in ("source-resource", "target-resource"))
    assert (source["title"], target["title"]) == ("Ekby", "Lindby")
    (link,) = source["rlinks"]
    assert link["href"] == "mapp/d1%20%C3%A5.pdf"
    assert link["hashes"] == [{"algorithm": "SHA-256", "value": "d1" * 8}]


def test_every_relation_has_its_counterpart() -> None:
    assert set(RELATIONSHIPS) == set(RELATIONS)


def test_ids_are_unique_and_follow_the_content(material: MappingMaterial) -> None:
    def ids(of: MappingMaterial) -> list[str]:
        found: list[str] = []

        def walk(node: Any) -> None:
            if isinstance(node, dict):
                found.extend([node["uuid"]] if "uuid" in node else [])
                node = list(node.values())
            for below in node if isinstance(node, list) else ():
                walk(below)

        walk(make_mapping(of))
        return found

    assert len(ids(material)) == len(set(ids(material))) == 5
    other = replace(material, relations=[replace(material.relations[0], rationale="annat skäl")])
    assert ids(other)[0] != ids(material)[0]


def test_the_same_bytes_whatever_the_order_and_no_clock(material: MappingMaterial, tmp_path: Path) -> None:
    turned = replace(
        material, cells=material.cells[::-1], relations=material.relations[::-1], documents=material.documents[::-1]
    )
    write_mapping(material, tmp_path / "a.json")
    write_mapping(turned, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    metadata = json.loads((tmp_path / "a.json").read_text("utf-8"))["mapping-collection"]["metadata"]
    assert metadata["last-modified"] == "2026-02-01T00:00:00Z"
