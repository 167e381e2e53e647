"""Coded documents are valid by the standard's schema, and every position is right in the source's own file."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.exchange.coded import Code, Selection, Source, make_guid
from pipeline.exchange.refi_qda import STAND_IN, write_codebook, write_project

# The REFI-QDA standard's own schema of project.qde, version 1.0 (2019), copyright REFI (qdasoftware.org), MIT licence:
# the licence stands at the head of the file.
SCHEMA = Path(__file__).parents[1] / "data" / "refi_qda_project.xsd"
NAMES = {"q": "urn:QDA-XML:project:1.0"}
CODES = [
    Code(
        "book",
        "Harmoniserade krav",
        codable=False,
        below=(Code("a", "Svarstid", "Hur snart", "#0D6384"), Code("b", "Ton <&>")),
    ),
    Code("c", "Övrigt"),
]
TEXTS = {
    "swedish": "Ä och ö: frågor på å ska besvaras.",
    "emoji": "Svara 😀 vänligt 👨‍👩‍👧 alltid, även på flaggor 🇸🇪.",
    "windows": "rad ett\r\nrad två ska sparas\r\n\r\nrad fyra",
    "old mac": "rad ett\rrad två",
    "bom": "\ufefftext efter märke",
    "combining": "a\u030a är två tecken, å ett",
}


def write(tmp_path: Path, text: str, spans: list[tuple[int, int]]) -> tuple[etree._Element, str, bytes]:
    """The project's XML, the source as stored, and the file's bytes."""
    file = tmp_path / "coded.qdpx"
    chosen = tuple(Selection(start, end, ("a", "b")) for start, end in spans)
    write_project(CODES, [Source("doc", "Ekvik: Riktlinjer", text, chosen)], file, language="sv")
    with zipfile.ZipFile(file) as archive:
        project = etree.fromstring(archive.read("project.qde"))
        path = project.find(".//q:TextSource", NAMES).get("plainTextPath")
        assert path.startswith("internal://")
        return project, archive.read("sources/" + path.removeprefix("internal://")).decode("utf-8"), file.read_bytes()


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_positions_are_code_points_of_the_stored_file(name: str, tmp_path: Path, schema: etree.XMLSchema) -> None:
    text = TEXTS[name]
    spans = [(0, 3), (4, len(text)), (len(text) - 2, len(text))]
    project, stored, _ = write(tmp_path, text, spans)
    assert schema.validate(project), schema.error_log
    assert stored == one_unit_each(text)
    selections = project.findall(".//q:PlainTextSelection", NAMES)
    found = {stored[int(s.get("startPosition")) : int(s.get("endPosition"))] for s in selections}
    assert found == {one_unit_each(text[start:end]) for start, end in spans}


@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {"bom"}))
def test_an_independent_reader_finds_every_position(name: str, tmp_path: Path) -> None:
    # pyqdpx counts as NVivo does: a character beyond U+FFFF is two positions.
    pyqdpx = pytest.importorskip("pyqdpx")
    text = TEXTS[name]
    spans = [(0, 3), (4, len(text)), (len(text) - 2, len(text))]
    write(tmp_path, text, spans)
    project = pyqdpx.QDPX(str(tmp_path / "coded.qdpx")).get_project()
    (source,) = project.sources.values()
    assert source.name == "Ekvik: Riktlinjer"
    assert {(s.start, s.end): s.text for s in source.coded_selections.values()} == {
        (start, end): one_unit_each(text[start:end]) for start, end in spans
    }
    assert {s.code.name for s in source.coded_selections.values()} == {"Svarstid"}
    assert project.find_code("Svarstid").parent.name == "Harmoniserade krav"


def test_a_source_says_where_characters_were_replaced(tmp_path: Path) -> None:
    project, stored, _ = write(tmp_path, TEXTS["emoji"], [(0, 5)])
    said = project.findtext(".//q:TextSource/q:Description", namespaces=NAMES)
    assert said.startswith("6 tecken") and STAND_IN in said
    assert len(stored) == len(TEXTS["emoji"])


def one_unit_each(text: str) -> str:
    """What stands in the project for a text: one UTF-16 unit for each code point."""
    return re.sub("[\U00010000-\U0010ffff]", STAND_IN, text)


def test_the_codebook_alone_holds_the_same_codes(tmp_path: Path) -> None:
    write_codebook(CODES, tmp_path)
    book = etree.parse(tmp_path / "codebook.qdc").getroot()
    names = {"c": "urn:QDA-XML:codebook:1.0"}
    assert book.tag == "{urn:QDA-XML:codebook:1.0}CodeBook" and book.get("origin") == "Jämka"
    project, _, _ = write(tmp_path, "abc", [(0, 2)])
    same = [(c.get("guid"), c.get("name"), c.get("isCodable")) for c in project.iterfind(".//q:Code", NAMES)]
    assert [(c.get("guid"), c.get("name"), c.get("isCodable")) for c in book.iterfind(".//c:Code", names)] == same
    with (tmp_path / "codebook.csv").open(encoding="utf-8", newline="") as rows:
        assert list(csv.DictReader(rows)) == [
            {"path": "Harmoniserade krav / Svarstid", "description": "Hur snart"},
            {"path": "Harmoniserade krav / Ton <&>", "description": ""},
            {"path": "Övrigt", "description": ""},
        ]


@settings(max_examples=60)
@given(text=st.text(st.characters(codec="utf-8"), min_size=1), at=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_any_text_makes_a_valid_project(
    text: str, at: tuple[int, int], schema: etree.XMLSchema, tmp_path_factory: pytest.TempPathFactory
) -> None:
    start = min(at[0], len(text) - 1)
    end = max(start + 1, min(at[1], len(text)))
    project, stored, _ = write(tmp_path_factory.mktemp("any"), text, [(start, end)])
    assert schema.validate(project), schema.error_log
    assert stored[start:end] == one_unit_each(text[start:end])


def test_codes_keep_their_tree_and_codings_point_at_them(tmp_path: Path) -> None:
    project, _, _ = write(tmp_path, "abc", [(0, 2)])
    tree = {c.get("name"): c.getparent().get("name") for c in project.iterfind(".//q:Code", NAMES)}
    assert tree == {
        "Harmoniserade krav": None,
        "Svarstid": "Harmoniserade krav",
        "Ton <&>": "Harmoniserade krav",
        "Övrigt": None,
    }
    guids = {c.get("guid"): c.get("name") for c in project.iterfind(".//q:Code", NAMES)}
    assert [guids[r.get("targetGUID")] for r in project.iterfind(".//q:CodeRef", NAMES)] == ["Svarstid", "Ton <&>"]
    every = [e.get("guid") for e in project.iter() if e.get("guid")]
    assert len(every) == len(set(every))


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert write(tmp_path / "a", "abc", [(0, 2)])[2] == write(tmp_path / "b", "abc", [(0, 2)])[2]
    assert make_guid("code", "a", 1) == make_guid("code", "a", 1) != make_guid("code", "a1")


def test_a_project_without_documents_is_valid(tmp_path: Path, schema: etree.XMLSchema) -> None:
    write_project(CODES, [], tmp_path / "empty.qdpx", language="en")
    with zipfile.ZipFile(tmp_path / "empty.qdpx") as archive:
        assert schema.validate(etree.fromstring(archive.read("project.qde"))), schema.error_log


def test_the_schema_refuses_a_wrong_project(schema: etree.XMLSchema) -> None:
    wrong = etree.fromstring('<Project xmlns="urn:QDA-XML:project:1.0"><Sources/></Project>')
    assert not schema.validate(wrong)
