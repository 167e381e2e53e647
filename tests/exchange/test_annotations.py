"""Annotations are Web Annotations: a JSON-LD reader makes the model's own terms of them, both selectors agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.exchange.annotations import write_annotations
from tests.exchange import coded_sample

OA = "http://www.w3.org/ns/oa#"
# The terms of http://www.w3.org/ns/anno.jsonld that are used here, so that the reader needs no network.
CONTEXT = {
    "@context": {
        "oa": OA,
        "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@id"},
        "Annotation": "oa:Annotation",
        "TextualBody": "oa:TextualBody",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "tagging": "oa:tagging",
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "value": "rdf:value",
        "format": "dc:format",
        "language": "dc:language",
        "label": "rdfs:label",
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "first": {"@type": "@id", "@id": "as:first"},
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    }
}


@pytest.fixture
def written(tmp_path: Path) -> dict[str, Any]:
    file = tmp_path / "annotations.jsonld"
    write_annotations(coded_sample.CODES, [coded_sample.source()], file, language="sv")
    read: dict[str, Any] = json.loads(file.read_bytes())
    return read


def test_both_selectors_say_the_same_words(written: dict[str, Any]) -> None:
    items = written["first"]["items"]
    assert written["total"] == len(items) == 4
    for item in items:
        quote, place = item["target"]["selector"]
        start, end = place["start"], place["end"]
        assert coded_sample.TEXT[start:end] == quote["exact"]
        assert coded_sample.TEXT[:start].endswith(quote["prefix"])
        assert coded_sample.TEXT[end:].startswith(quote["suffix"])
        assert item["target"]["source"] == "texts/doc1.txt"
    assert [b["value"] for b in items[0]["body"]] == ["Svarstid", "Ska"]


def test_a_json_ld_reader_finds_the_models_terms(written: dict[str, Any]) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is missing: pip install pyld")
    assert written["@context"] == "http://www.w3.org/ns/anno.jsonld"

    def loader(url: str, options: object) -> dict[str, Any]:
        assert url == written["@context"], f"nothing else may be asked for: {url}"
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}

    options = {"documentLoader": loader, "base": "file:///out/annotations.jsonld"}
    (collection,) = jsonld.expand(written, options)
    assert collection["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollection"]
    page = collection["http://www.w3.org/ns/activitystreams#first"][0]
    annotations = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(annotations) == 4
    for annotation in annotations:
        # An annotation must have one type, an id, a target; a body and a motivation are there too.
        assert annotation["@type"] == [OA + "Annotation"] and annotation["@id"].startswith("urn:uuid:")
        assert annotation[OA + "motivatedBy"] == [{"@id": OA + "tagging"}]
        assert all(b["@type"] == [OA + "TextualBody"] for b in annotation[OA + "hasBody"])
        (target,) = annotation[OA + "hasTarget"]
        assert target[OA + "hasSource"] == [{"@id": "file:///out/texts/doc1.txt"}]
        kinds = [s["@type"][0].removeprefix(OA) for s in target[OA + "hasSelector"]]
        assert kinds == ["TextQuoteSelector", "TextPositionSelector"]
    # Nothing is lost in expansion: a key the context doesn't know would be.
    (compacted,) = [jsonld.compact(collection, CONTEXT, options)]
    assert set(json.dumps(compacted).split('"')) >= {"exact", "prefix", "suffix", "language", "format", "purpose"}
    ids = [a["@id"] for a in annotations]
    assert len(ids) == len(set(ids))
