"""REFI-QDA: coded documents as a project that NVivo, MAXQDA, ATLAS.ti and QualCoder open (REFI-QDA standard 1.0)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from pipeline.swedish.texts import load_texts
from pipeline.tables import write_whole

NAMESPACE = "urn:QDA-XML:project:1.0"
_IDS = UUID("5b3b7a52-4b38-5f0c-9a3c-6a6d6b610001")
"""Ground of all ids: the same code or selection has the same id in every project."""

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive; a clock would make each run's bytes differ."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its codes below it; `name` is shown, `key` is what codings refer to."""

    key: str
    name: str
    description: str = ""
    colour: str = ""
    codable: bool = True
    below: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded stretch of a source: offsets in code points of its text, end exclusive."""

    start: int
    end: int
    codes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its selections."""

    key: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    description: str = ""


def make_guid(kind: str, *parts: object) -> str:
    """The id of a thing, made of what it is: the same in every run and on every machine."""
    return str(uuid5(_IDS, "\x1f".join([kind, *map(str, parts)])))


def write_project(codes: Sequence[Code], sources: Iterable[Source], file: Path, *, language: str) -> None:
    """Write a .qdpx: project.qde and the sources' texts, UTF-8 without a mark, line breaks as they are.

    Positions are Unicode code points of those texts from 0, the end exclusive, as the standard says. The same project
    gives the same bytes.
    """
    texts = load_texts(language)
    ET.register_namespace("", NAMESPACE)
    user = make_guid("user", "jamka")
    project = ET.Element(_tag("Project"), {"name": texts["qda.project"], "origin": "Jämka", "creatingUserGUID": user})
    ET.SubElement(
        ET.SubElement(project, _tag("Users")), _tag("User"), {"guid": user, "name": texts["qda.user"], "id": "J"}
    )
    book = ET.SubElement(ET.SubElement(project, _tag("CodeBook")), _tag("Codes"))
    for code in codes:
        _add_code(book, code)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = ET.Element(_tag("Sources"))
        for source in sorted(sources, key=lambda s: (s.name, s.key)):
            guid = make_guid("source", source.key)
            listed.append(_source(source, guid, user))
            _store(archive, f"sources/{guid}.txt", source.text)
        if len(listed):
            project.append(listed)
        ET.SubElement(project, _tag("Description")).text = texts["qda.description"]
        ET.indent(project)
        _store(
            archive,
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(project, encoding="unicode"),
        )
    write_whole(file, sink.getvalue())


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _xml(said: str) -> str:
    """Text without the characters that XML 1.0 can't hold."""
    return "".join(
        c for c in said if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _store(archive: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    # One code point stays one: half a surrogate pair, which UTF-8 can't hold, becomes a question mark.
    archive.writestr(entry, content.encode("utf-8", "replace"))


def _add_code(parent: ET.Element, code: Code) -> None:
    settings = {"guid": make_guid("code", code.key), "name": _xml(code.name), "isCodable": str(code.codable).lower()}
    element = ET.SubElement(parent, _tag("Code"), settings | ({"color": code.colour} if code.colour else {}))
    if code.description:
        ET.SubElement(element, _tag("Description")).text = _xml(code.description)
    for below in code.below:
        _add_code(element, below)


def _source(source: Source, guid: str, user: str) -> ET.Element:
    settings = {
        "guid": guid,
        "name": _xml(source.name),
        "plainTextPath": f"internal://{guid}.txt",
        "creatingUser": user,
    }
    element = ET.Element(_tag("TextSource"), settings)
    if source.description:
        ET.SubElement(element, _tag("Description")).text = _xml(source.description)
    for selection in sorted(source.selections, key=lambda s: (s.start, s.end, s.codes)):
        words = " ".join(source.text[selection.start : selection.end].split())
        place = make_guid("selection", source.key, selection.start, selection.end, *selection.codes)
        settings = {
            "guid": place,
            "name": _xml(words if len(words) <= 80 else words[:79] + "…"),
            "startPosition": str(selection.start),
            "endPosition": str(selection.end),
            "creatingUser": user,
        }
        chosen = ET.SubElement(element, _tag("PlainTextSelection"), settings)
        if selection.note:
            ET.SubElement(chosen, _tag("Description")).text = _xml(selection.note)
        for code in selection.codes:
            coding = ET.SubElement(
                chosen, _tag("Coding"), {"guid": make_guid("coding", place, code), "creatingUser": user}
            )
            ET.SubElement(coding, _tag("CodeRef"), {"targetGUID": make_guid("code", code)})
    return element
