"""A project that a coder worked on comes back as decisions, whichever program saved it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.exchange.coded import FORCES, Code, Selection, Source, force_code, make_guid
from pipeline.exchange.refi_answers import import_project
from pipeline.exchange.refi_qda import write_project
from pipeline.exchange.refi_reading import read_project
from pipeline.failures import RunFailure
from pipeline.records.comparison import Cell, Document
from pipeline.records.requirement import EXEMPTION, Requirement, Value
from pipeline.tables import write_table
from tests.rows import row

TEXT = (
    "Rutin 😀 för Ydre\nChefen ska svara inom 24 timmar.\n\n"
    "Inlägg med hot tas bort. Skärmdump sparas alltid. Ingen får svära.\n"
)
DUTY, REMOVAL, HOT, SHOT = "Chefen ska svara inom 24 timmar", "Inlägg med hot tas bort", "hot", "Skärmdump"
KEYS = ("topic/", "topic/response_time", "topic/tone", "modality/must", "modality/should", "modality/must_not",
        "kind/role", "term/prohibited_content/threats", "term/retention/skärmdump")  # fmt: skip
NS = "urn:QDA-XML:project:1.0"


def placed(record: type[Any], quote: str, **given: Any) -> Any:
    """A record of the document at the quote's place."""
    start = TEXT.index(quote)
    return row(record, document_id="doc1", page=1, quote=quote, start=start, end=start + len(quote), **given)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with its coded documents."""
    folder = tmp_path / "out"
    write_table(
        [row(Document, document_id="doc1", file_name="ydre.txt", sha256="a" * 64, status="ok")],
        Document, folder, "documents",
    )  # fmt: skip
    write_table(
        [
            placed(Requirement, DUTY, requirement_id="r1", modality="must", force="must", topics="response_time"),
            placed(Requirement, REMOVAL, requirement_id="r2", modality="must", force="must"),
        ],
        Requirement, folder, "requirements",
    )  # fmt: skip
    write_table(
        [
            placed(Value, HOT, value_id="v1", kind="prohibited_content", value="threats"),
            placed(Value, SHOT, value_id="v2", kind="retention", value="skärmdump"),
        ],
        Value, folder, "values",
    )  # fmt: skip
    cells = [row(Cell, requirement="response_time", label_sv="Svarstid"), row(Cell, requirement="tone", label_sv="Ton")]
    write_table(cells, Cell, folder, "harmonised_requirements")
    (folder / "texts").mkdir()
    (folder / "texts" / "doc1.txt").write_text(TEXT, "utf-8", newline="")
    names = {"topic/response_time": "Svarstid", "topic/tone": "Ton", "modality/should": "Bör"}
    selections = [
        select(DUTY, "topic/response_time", "modality/must"), select(REMOVAL, "topic/", "modality/must"),
        select(HOT, "term/prohibited_content/threats"), select(SHOT, "term/retention/skärmdump"),
    ]  # fmt: skip
    source = Source("doc1", "Ydre: Rutin", TEXT, tuple(selections))
    codes = [Code(key, names.get(key, key)) for key in KEYS]
    write_project(codes, [source], folder / "coded.qdpx", language="sv")
    return folder


def select(words: str, *codes: str) -> Selection:
    return Selection(TEXT.index(words), TEXT.index(words) + len(words), codes)


def worked_on(out: Path, change: Callable[[etree._Element], None], text: Callable[[str], str] = lambda t: t) -> Path:
    """The project after a coder's work."""
    file = out.parent / "Kodat av Åsa.qdpx"
    with zipfile.ZipFile(out / "coded.qdpx") as before, zipfile.ZipFile(file, "w") as after:
        project = etree.fromstring(before.read("project.qde"))
        user = etree.SubElement(project.find(f"{{{NS}}}Users"), f"{{{NS}}}User")
        user.set("guid", "11111111-1111-4111-8111-111111111111")
        user.set("name", "Åsa")
        project.set("modifiedDateTime", "2026-03-02T08:00:00Z")
        change(project)
        after.writestr("project.qde", etree.tostring(project, encoding="utf-8"))
        for name in before.namelist():
            if name.startswith("sources/"):
                after.writestr(name, text(before.read(name).decode("utf-8")))
    return file


def selection(project: etree._Element, words: str) -> etree._Element:
    return next(
        e for e in project.iter(f"{{{NS}}}PlainTextSelection") if int(e.get("startPosition")) == TEXT.index(words)
    )


def code(element: etree._Element, key: str) -> None:
    """Add a coding to a selection."""
    coding = etree.SubElement(
        element, f"{{{NS}}}Coding", guid=make_guid("x", key), creationDateTime="2026-03-01T10:00:00Z"
    )
    coding.set("creatingUser", "11111111-1111-4111-8111-111111111111")
    etree.SubElement(coding, f"{{{NS}}}CodeRef", targetGUID=make_guid("code", key))


def uncode(element: etree._Element, key: str) -> None:
    for coding in element.findall(f"{{{NS}}}Coding"):
        if coding.find(f"{{{NS}}}CodeRef").get("targetGUID") == make_guid("code", key):
            element.remove(coding)


def add(project: etree._Element, words: str, *keys: str) -> None:
    source = project.find(f".//{{{NS}}}TextSource")
    element = etree.SubElement(source, f"{{{NS}}}PlainTextSelection", guid=make_guid("new", words))
    element.set("startPosition", str(TEXT.index(words)))
    element.set("endPosition", str(TEXT.index(words) + len(words)))
    for key in keys:
        code(element, key)


def work(project: etree._Element) -> None:
    """One of each: another force, another topic, one rejected of each kind, one added."""
    duty = selection(project, DUTY)
    uncode(duty, "modality/must")
    code(duty, "modality/should")
    code(duty, "topic/tone")
    removal = selection(project, REMOVAL)
    removal.getparent().remove(removal)
    shot = selection(project, SHOT)
    shot.getparent().remove(shot)
    add(project, "Ingen får svära", "modality/must_not", "topic/tone")


EXPECTED = {
    ("requirement", "force", DUTY, "change", "should"),
    ("alignment", "tone", DUTY, "accept", ""),
    ("requirement", "", REMOVAL, "reject", ""),
    ("value", "retention", SHOT, "reject", ""),
    ("requirement", "added", "Ingen får svära", "change", "must_not"),
    ("alignment", "tone", "Ingen får svära", "accept", ""),
}


def told(report: Any) -> set[tuple[str, str, str, str, str]]:
    return {(d.target, d.field, d.quote, d.verdict, d.new_value) for d in report.decisions}


def test_a_project_that_nobody_touched_decides_nothing(out: Path, tmp_path: Path) -> None:
    report = import_project(out / "coded.qdpx", out, tmp_path / "decisions")
    assert report.decisions == () and report.problems == () and report.file is None


def test_what_a_coder_changed_becomes_decisions(out: Path, tmp_path: Path) -> None:
    file = worked_on(out, work)
    report = import_project(file, out, tmp_path / "decisions")
    assert told(report) == EXPECTED and report.problems == ()
    assert {d.author for d in report.decisions} == {"Åsa"}
    assert {d.date for d in report.decisions} == {"2026-03-01", "2026-03-02"}
    assert all(TEXT[d.start :].startswith(d.quote) and TEXT[: d.start].endswith(d.prefix) for d in report.decisions)
    again = import_project(file, out, tmp_path / "decisions")
    assert again.decisions == () and again.known == len(EXPECTED)


def free(out: Path, *codes: str) -> None:
    """The removal as one that nobody needs to do, and the project with these codes on it."""
    exempt = placed(
        Requirement, REMOVAL, requirement_id="r2", modality="may", force="may", rule=EXEMPTION, topics="tone"
    )
    write_table([exempt], Requirement, out, "requirements")
    write_table([], Value, out, "values")
    names = [Code(f"modality/{name}", name) for name in FORCES]
    source = Source("doc1", "Ydre: Rutin", TEXT, (select(REMOVAL, "topic/tone", *codes),))
    write_project([*names, Code("topic/tone", "Ton")], [source], out / "coded.qdpx", language="sv")


@pytest.mark.parametrize(
    ("code_now", "decided", "problems"),
    [("need_not", set(), 0), ("may", set(), 1), ("must", {("requirement", "force", REMOVAL, "change", "must")}, 0)],
)
def test_to_be_freed_has_a_code_of_its_own(
    out: Path, tmp_path: Path, code_now: str, decided: set[Any], problems: int
) -> None:
    assert force_code(placed(Requirement, REMOVAL, force="may", rule=EXEMPTION)) == "modality/need_not"
    free(out, f"modality/{code_now}")
    report = import_project(out / "coded.qdpx", out, tmp_path / "decisions")
    assert told(report) == decided and len(report.problems) == problems


def moved(project: etree._Element, place: Callable[[int], int]) -> None:
    for element in project.iter(f"{{{NS}}}PlainTextSelection"):
        for name in ("startPosition", "endPosition"):
            element.set(name, str(place(int(element.get(name)))))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (lambda t: t.replace("\n", "\r\n"), lambda p: p + TEXT[:p].count("\n")),
        (lambda t: t.replace("\n", "\r\n"), lambda p: p),
        (lambda t: "\ufeff" + t, lambda p: p + 1),
        (lambda t: "\ufeff" + t, lambda p: p),
        (lambda _: TEXT, lambda p: p + (p > TEXT.index("😀"))),
        (lambda _: TEXT.replace("\n", "\r\n"), lambda p: p + (p > TEXT.index("😀"))),
    ],
    ids=["crlf", "crlf as one", "mark counted", "mark not counted", "utf-16 units", "utf-16 units, crlf as one"],
)
def test_positions_are_understood_however_they_were_counted(
    out: Path, tmp_path: Path, text: Callable[[str], str], place: Callable[[int], int]
) -> None:
    def change(project: etree._Element) -> None:
        work(project)
        moved(project, place)

    assert told(import_project(worked_on(out, change, text), out, tmp_path / "decisions")) == EXPECTED


def test_guids_of_their_own_are_understood_by_names(out: Path, tmp_path: Path) -> None:
    def change(project: etree._Element) -> None:
        work(project)
        project.find(f".//{{{NS}}}TextSource").set("guid", make_guid("other", 1))
        guids = {make_guid("code", k): make_guid("theirs", k).upper() for k in ("topic/tone", "topic/response_time")}
        for element in project.iter():
            for name in ("guid", "targetGUID"):
                if element.get(name) in guids:
                    element.set(name, guids[element.get(name)])

    assert told(import_project(worked_on(out, change), out, tmp_path / "decisions")) == EXPECTED


def test_what_can_not_be_taken_is_told(out: Path, tmp_path: Path) -> None:
    def change(project: etree._Element) -> None:
        add(project, "alltid", "topic/tone")
        add(project, "Rutin", "kind/role")
        element = etree.SubElement(
            project.find(f".//{{{NS}}}Codes"), f"{{{NS}}}Code", guid=make_guid("own"), name="Min"
        )
        element.set("isCodable", "true")
        etree.SubElement(
            etree.SubElement(selection(project, HOT), f"{{{NS}}}Coding"),
            f"{{{NS}}}CodeRef",
            targetGUID=make_guid("own"),
        )

    report = import_project(worked_on(out, change), out, tmp_path / "decisions")
    assert report.decisions == ()
    assert "styrka" in report.text and "arbetsbok" in report.text and "Min" in report.text
    assert "2 ställen" in report.text


def test_an_emptied_document_rejects_nothing(out: Path, tmp_path: Path) -> None:
    def change(project: etree._Element) -> None:
        for element in list(project.iter(f"{{{NS}}}PlainTextSelection")):
            element.getparent().remove(element)

    report = import_project(worked_on(out, change), out, tmp_path / "decisions")
    assert report.decisions == () and "Inget avvisades" in report.text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<x/>"])
def test_a_file_that_is_no_project_is_told(out: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.qdpx"
    file.write_bytes(content)
    with pytest.raises(RunFailure, match="no readable"):
        import_project(file, out, tmp_path / "decisions")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hemligt", "utf-8")
    with zipfile.ZipFile(tmp_path / "x.qdpx", "w") as archive:
        archive.writestr(
            "project.qde",
            f'<!DOCTYPE p [<!ENTITY e SYSTEM "{secret.as_uri()}">]><Project xmlns="{NS}"><Sources><TextSource name="a" '
            'guid="b"><PlainTextContent>x&e;</PlainTextContent></TextSource></Sources></Project>',
        )
    assert "hemligt" not in str(read_project(tmp_path / "x.qdpx"))
