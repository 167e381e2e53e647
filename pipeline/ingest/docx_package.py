"""The parts of a Word file as XML: counted before they are unpacked, parsed without entities."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from pipeline.failures import DocumentFailure
from pipeline.ingest.formats import BROKEN_ZIP

MAX_XML = 40_000_000
"""Bytes of unpacked XML: thirteen kilobytes can unpack to gigabytes, and a tree takes ten times its text."""

MAX_DEPTH = 400
"""Levels of elements: Word's own files have under a hundred."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHUNK = W + "altChunk"
"""A document inside the document: Word shows it at this place, and takes it over when it saves the file."""

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_R = b"http://purl.oclc.org/ooxml/officeDocument/relationships"


class Package:
    """A Word file's parts by what they are for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        size = sum(i.file_size for i in archive.infolist() if i.filename.endswith((".xml", ".rels")))
        if size > MAX_XML:
            raise DocumentFailure("too_large", size=size, limit=MAX_XML)
        self.main = self._main_part()
        self._links = self._relations(self.main)

    def document(self) -> Any:
        """The root of the main part.

        Raises:
            DocumentFailure: `malformed` when there is none.
        """
        root = self._with_targets(self.main)
        if root is None:
            raise DocumentFailure("malformed", kind="DOCX")
        return root

    def related(self, kind: str) -> Any | None:
        """The root of the first part that the main part is tied to as `kind`, such as numbering or footnotes."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[Any]:
        """The roots of all such parts, in the order of their names."""
        names = sorted({target for target, what in self._links.values() if what == kind})
        return [root for name in names if (root := self._with_targets(name)) is not None]

    def _with_targets(self, name: str) -> Any | None:
        """The root of a part, each hyperlink with the attribute `target` for where it leads."""
        root = self.part(name)
        links = [] if root is None else [e for e in root.iter(W + "hyperlink") if e.get(R + "id")]
        targets = self._external(name) if links else {}
        for link in links:
            link.set("target", targets.get(link.get(R + "id"), ""))
        return root if root is None else self._with_carried(root, name)

    def _with_carried(self, root: Any, name: str) -> Any:
        """A part's root: embedded documents with the attribute `target`, diagrams with their words as a text box."""
        carried = list(root.iter(CHUNK, _DIAGRAM))
        inside = self._relations(name) if carried else {}
        for item in carried:
            target = inside.get(item.get(R + ("id" if item.tag == CHUNK else "dm"), ""), ("", ""))[0]
            if item.tag == CHUNK:
                item.set("target", target)
            elif (data := self.part(target)) is not None:
                _write_box(item, data)
        return root

    def carried(self, name: str) -> bytes:
        """The bytes of a document that the file carries; empty where it is missing.

        Raises:
            DocumentFailure: `malformed`, `encrypted` or `too_large`.
        """
        return self._bytes(name) if name in self._names else b""

    def part(self, name: str) -> Any | None:
        """The root of a part, None where it is missing.

        Raises:
            DocumentFailure: `malformed` when it is no sound XML, `encrypted`, or `too_large`.
        """
        return parse_xml(self._bytes(name)) if name in self._names else None

    def _bytes(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as file:
                data = file.read(MAX_XML + 1)
        except BROKEN_ZIP as e:
            raise DocumentFailure("malformed", kind="DOCX") from e
        except RuntimeError as e:
            raise DocumentFailure("encrypted") from e
        if len(data) > MAX_XML:
            raise DocumentFailure("too_large", size=len(data), limit=MAX_XML)
        return data

    def _main_part(self) -> str:
        for target, what in self._relations("").values():
            if what == "officeDocument":
                return target
        return "word/document.xml"

    def _external(self, name: str) -> dict[str, str]:
        """What a part refers to outside the file, by the reference's id."""
        return {e.get("Id", ""): e.get("Target", "") for e in self._said(name) if e.get("TargetMode") == "External"}

    def _said(self, name: str) -> list[Any]:
        """The references of a part."""
        path = PurePosixPath(name)
        root = self.part(str(path.parent / "_rels" / f"{path.name}.rels") if name else "_rels/.rels")
        return [e for e in root if isinstance(e.tag, str)] if root is not None else []

    def _relations(self, name: str) -> dict[str, tuple[str, str]]:
        path = PurePosixPath(name)
        links: dict[str, tuple[str, str]] = {}
        for item in self._said(name):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else str(path.parent / target)
            links[item.get("Id", "")] = full, item.get("Type", "").rpartition("/")[2]
        return links


def _write_box(place: Any, diagram: Any) -> None:
    """Put the words of a diagram's shapes into a text box, a paragraph each."""
    box = etree.SubElement(place, W + "txbxContent")
    for paragraph in diagram.iter(_DRAWING + "p"):
        run = etree.SubElement(etree.SubElement(box, W + "p"), W + "r")
        etree.SubElement(run, W + "t").text = "".join(t.text or "" for t in paragraph.iter(_DRAWING + "t"))


@contextmanager
def opened(path: Path | BytesIO) -> Iterator[Package]:
    """A Word file's parts.

    Raises:
        DocumentFailure: `malformed` when it is no sound archive, or what `Package.part` raises.
    """
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN_ZIP as e:
        raise DocumentFailure("malformed", kind="DOCX") from e
    with archive:
        yield Package(archive)


def parse_xml(data: bytes) -> Any:
    """The root of an XML text; entities are not resolved, nothing is fetched.

    Raises:
        DocumentFailure: `malformed` when it is not well-formed, has entities of its own, or is nested without end.
    """
    # ISO "strict" files say the same in another namespace.
    data = data.replace(_STRICT, W[1:-1].encode()).replace(_STRICT_R, R[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise DocumentFailure("malformed", kind="XML") from e
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise DocumentFailure("malformed", kind="XML")
    return root
