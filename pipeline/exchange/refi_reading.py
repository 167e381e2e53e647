"""REFI-QDA projects as other programs save them: sources, selections and their codes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from lxml import etree

from pipeline.exchange.coded import make_guid
from pipeline.failures import RunFailure

LARGEST = 1 << 28
"""Bytes of a project's file that are read at most, unpacked: a small archive may hold a flood."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coded stretch as a program saved it: positions as it counts them, codes by guid, who and when."""

    start: int
    end: int
    codes: tuple[str, ...]
    user: str
    date: str


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A text source as a program saved it."""

    guid: str
    name: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project: names of codes by guid, sources, and who saved it when."""

    codes: Mapping[str, str]
    sources: tuple[ReadSource, ...]
    user: str
    date: str


def read_project(file: Path) -> ReadProject:
    """Read a .qdpx of any program. Guids are lower case; a date is YYYY-MM-DD or empty; our own user is nobody.

    Raises:
        RunFailure: When the file is no REFI-QDA project.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            project = etree.fromstring(_member(archive, "project.qde"), _parser())
            users = {_guid(u): u.get("name", "") for u in _all(project, "User")}
            users[make_guid("user", "jamka")] = ""
            sources = tuple(_source(element, archive, users) for element in _all(project, "TextSource"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as e:
        raise RunFailure(
            f"{file} är inget REFI-QDA-projekt (.qdpx) som går att läsa.", f"{file} is no readable .qdpx ({e})."
        ) from e
    codes = {_guid(c): c.get("name", "") for c in _all(project, "Code")}
    saved_by = users.get((project.get("modifyingUserGUID") or "").lower(), "")
    others = sorted({name for name in users.values() if name})
    return ReadProject(
        codes,
        sources,
        saved_by or (others[0] if len(others) == 1 else ""),
        (project.get("modifiedDateTime") or "")[:10],
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of the archive by name, whatever the case of its folder."""
    found = next((i for i in archive.infolist() if i.filename.lower() == name.lower()), None)
    if found is None or found.file_size > LARGEST:
        raise KeyError(name)
    return archive.read(found)


def _all(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.iter(f"{{*}}{name}")


def _guid(element: etree._Element, name: str = "guid") -> str:
    return (element.get(name) or "").strip("{}").lower()


def _source(element: etree._Element, archive: zipfile.ZipFile, users: Mapping[str, str]) -> ReadSource:
    path = (element.get("plainTextPath") or "").removeprefix("internal://")
    inline = element.findtext("{*}PlainTextContent")
    text = inline if inline is not None else _member(archive, f"sources/{path}").decode("utf-8")
    marks = tuple(
        Mark(
            int(selection.get("startPosition") or 0),
            int(selection.get("endPosition") or 0),
            tuple(_guid(ref, "targetGUID") for ref in _all(selection, "CodeRef")),
            next(
                (n for e in (*_all(selection, "Coding"), selection) if (n := users.get(_guid(e, "creatingUser")))), ""
            ),
            next((d[:10] for e in (*_all(selection, "Coding"), selection) if (d := e.get("creationDateTime"))), ""),
        )
        for selection in element.iterfind("{*}PlainTextSelection")
    )
    return ReadSource(_guid(element), element.get("name") or "", text, marks)


def letters(text: str) -> list[int]:
    """How many characters that are no white space stand before each position of a text, its end included."""
    return [0, *accumulate(not c.isspace() and c != "\ufeff" for c in text)]


def spans_in_letters(source: ReadSource, known: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each mark's span counted in characters that are no white space, which no program changes.

    Programs count code points or UTF-16 units, a line break of two characters as one or as two, a mark at the
    beginning of the file or not. That way of counting is taken under which most marks lie on spans that are known.
    """
    ways = (_points, _units, _joined, _joined_units, _without_mark)
    counted = [[(b, e) for b, e in way(source.text, source.marks)] for way in ways]
    return max(counted, key=lambda spans: sum(span in known for span in spans))


def _counted(text: str, marks: Sequence[Mark], width: Callable[[str], int]) -> list[tuple[int, int]]:
    before: list[int] = []
    for c, count in zip(text, letters(text), strict=False):
        before += [count] * width(c)
    before.append(letters(text)[-1])
    last = len(before) - 1
    return [(before[max(0, min(m.start, last))], before[max(0, min(m.end, last))]) for m in marks]


def _points(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return _counted(text, marks, lambda _: 1)


def _units(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return _counted(text, marks, lambda c: 1 + (c > "\uffff"))


def _joined(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return _points(text.replace("\r\n", "\n"), marks)


def _joined_units(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return _units(text.replace("\r\n", "\n"), marks)


def _without_mark(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return _joined(text.removeprefix("\ufeff"), marks)
