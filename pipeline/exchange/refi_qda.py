"""REFI-QDA: coded documents as a project that NVivo, MAXQDA, ATLAS.ti and QualCoder open (REFI-QDA standard 1.0)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree as ET

from pipeline.exchange.coded import Code, Source, make_guid, pack, unpack
from pipeline.swedish.texts import Texts, load_texts
from pipeline.tables import inert, write_whole
from pipeline.wording import say_count

NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
STAND_IN = "▯"
"""Stands in a project's texts for a character beyond U+FFFF (emoji, most of them).

The standard counts code points, NVivo and what is built after it count UTF-16 units: with one code point of one unit
all count alike, and every coding after an emoji stays where it belongs.
"""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_DECLARED = f' xmlns="{NAMESPACE}"'
_ANY_SOURCE = "<TextSource />"
_UNPACKED = 40
"""How many times its packed size an element of project.qde has at most."""
QUICK = 3
"""How hard zlib packs the archive: a tenth larger than by its own middle way, in half of the time."""
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive; a clock would make each run's bytes differ."""


def write_project(codes: Sequence[Code], sources: Iterable[Source], file: Path, *, language: str) -> None:
    """Write a .qdpx: project.qde and the sources' texts, UTF-8 without a mark, line breaks as they are.

    Positions are Unicode code points of those texts from 0, the end exclusive, as the standard says; they are UTF-16
    units as well, since `STAND_IN` stands for each character that would be two of them. The same project gives the same
    bytes.
    """
    write_project_parts(codes, [project_part(source, language=language) for source in sources], file, language=language)


@dataclass(frozen=True, slots=True)
class ProjectPart:
    """What one source gives to a project: its element in project.qde, `packed` lest many fill the memory."""

    key: str
    name: str
    text: str
    packed: bytes


def project_part(source: Source, *, language: str) -> ProjectPart:
    """A source's part of a project; it can be made beside others and kept."""
    ET.register_namespace("", NAMESPACE)
    element = _source(source, make_guid("source", source.key), _user(), load_texts(language))
    ET.indent(element, level=2)
    said = ET.tostring(element, encoding="unicode").replace(_DECLARED, "", 1)
    return ProjectPart(source.key, source.name, source.text, pack(said))


def write_project_parts(codes: Sequence[Code], parts: Iterable[ProjectPart], file: Path, *, language: str) -> None:
    """Write a .qdpx of sources that have been made ready, as write_project does of sources."""
    texts = load_texts(language)
    ET.register_namespace("", NAMESPACE)
    project = ET.Element(
        _tag("Project"), {"name": texts["qda.project"], "origin": "Jämka", "creatingUserGUID": _user()}
    )
    ET.SubElement(
        ET.SubElement(project, _tag("Users")), _tag("User"), {"guid": _user(), "name": texts["qda.user"], "id": "J"}
    )
    book = ET.SubElement(ET.SubElement(project, _tag("CodeBook")), _tag("Codes"))
    for code in codes:
        _add_code(book, code, NAMESPACE)
    ordered = sorted(parts, key=lambda p: (p.name, p.key))
    if ordered:
        ET.SubElement(ET.SubElement(project, _tag("Sources")), _tag("TextSource"))
    ET.SubElement(project, _tag("Description")).text = texts["qda.description"]
    ET.indent(project)
    before, stand_in, after = ET.tostring(project, encoding="unicode").partition(_ANY_SOURCE)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ordered:
            said = _one_unit_each(part.text)
            _store(archive, f"sources/{make_guid('source', part.key)}.txt", [said], 4 * len(said))
        between = "\n" + 4 * " "
        sources = (between * (n > 0) + unpack(part.packed) for n, part in enumerate(ordered))
        head = '<?xml version="1.0" encoding="utf-8"?>\n' + before
        at_most = len(head) + len(after) + _UNPACKED * sum(len(part.packed) for part in ordered)
        _store(archive, "project.qde", chain([head], sources if stand_in else (), [after]), at_most)
    write_whole(file, sink.getvalue())


def _user() -> str:
    return make_guid("user", "jamka")


def write_codebook(codes: Sequence[Code], folder: Path) -> None:
    """Write codebook.qdc (REFI-QDA Codebook 1.0) and codebook.csv (columns path and description), the same codes.

    Taguette reads a codebook as CSV only, the others as .qdc. A path is the names from the top, joined by " / ".
    """
    ET.register_namespace("", CODEBOOK_NAMESPACE)
    book = ET.Element(f"{{{CODEBOOK_NAMESPACE}}}CodeBook", {"origin": "Jämka"})
    listed = ET.SubElement(book, f"{{{CODEBOOK_NAMESPACE}}}Codes")
    for code in codes:
        _add_code(listed, code, CODEBOOK_NAMESPACE)
    ET.indent(book)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    write_whole(folder / "codebook.qdc", head + ET.tostring(book, encoding="unicode") + "\n")
    sink = io.StringIO(newline="")
    rows = csv.writer(sink, lineterminator="\r\n")
    rows.writerow(("path", "description"))
    rows.writerows(_paths(codes, ""))
    write_whole(folder / "codebook.csv", sink.getvalue())


def _paths(codes: Sequence[Code], above: str) -> Iterator[tuple[str, str]]:
    for code in codes:
        path = f"{above} / {code.name}" if above else code.name
        if code.codable:
            yield inert(path), inert(" ".join(code.description.split()))
        yield from _paths(code.below, path)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _xml(said: str) -> str:
    """Text without the characters that XML 1.0 can't hold."""
    return "".join(
        c for c in said if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _store(archive: zipfile.ZipFile, name: str, content: Iterable[str], at_most: int) -> None:
    """Put a file into the archive piece by piece; from 2 GB on sizes are written in a longer form."""
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # The public name, compress_level, comes with Python 3.13, which reads this one too.
    entry._compresslevel = QUICK  # type: ignore[attr-defined]
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    # One code point stays one: half a surrogate pair, which UTF-8 can't hold, becomes a question mark.
    with archive.open(entry, "w", force_zip64=at_most > zipfile.ZIP64_LIMIT) as out:
        for said in content:
            out.write(said.encode("utf-8", "replace"))


def _one_unit_each(text: str) -> str:
    return _BEYOND.sub(STAND_IN, text)


def _add_code(parent: ET.Element, code: Code, namespace: str) -> None:
    settings = {"guid": make_guid("code", code.key), "name": _xml(code.name), "isCodable": str(code.codable).lower()}
    element = ET.SubElement(parent, f"{{{namespace}}}Code", settings | ({"color": code.colour} if code.colour else {}))
    if code.description:
        ET.SubElement(element, f"{{{namespace}}}Description").text = _xml(code.description)
    for below in code.below:
        _add_code(element, below, namespace)


def _source(source: Source, guid: str, user: str, texts: Texts) -> ET.Element:
    settings = {
        "guid": guid,
        "name": _xml(source.name),
        "plainTextPath": f"internal://{guid}.txt",
        "creatingUser": user,
    }
    element = ET.Element(_tag("TextSource"), settings)
    replaced = sum(c > "\uffff" for c in source.text)
    said = [source.description, say_count(texts, "qda.stand_in", replaced, sign=STAND_IN) if replaced else ""]
    if any(said):
        ET.SubElement(element, _tag("Description")).text = _xml(" · ".join(s for s in said if s))
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
