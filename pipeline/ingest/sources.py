"""What lies in the sources: every file once, in one order on every machine, with an id made of its bytes."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.failures import DocumentFailure, RunFailure
from pipeline.ingest.archives import Found, Member, is_archive, is_mail, list_attachments, list_members, unpack
from pipeline.ingest.reader import hash_file, make_id
from pipeline.params import LimitSettings

DOCUMENT_SUFFIXES = frozenset(
    (
        ".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".md", ".html", ".htm", ".eml", ".png", ".jpg", ".jpeg",
        ".tif", ".tiff", ".webp", ".zip",
    )
)  # fmt: skip
"""A folder with such a name was meant as a document, or looks so to whoever put it there."""

LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows puts into folders."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One file of the input, or what looks like one.

    Attributes:
        file_name: Path relative to its source, composed letters (NFC); members of an archive as a.zip/b.txt,
            attachments of an e-mail as a.eml/b.pdf.
        path: The file on disk; for a member the archive it lies in.
        members: Where in the archive, and in archives inside it; empty for a file.
        sha256: Of its bytes, hexadecimal; empty where they could not be read.
        document_id: Made of its bytes; a later file with the same bytes has the same id with -2, -3, ...
        duplicate_of: The document_id of the first file with the same bytes, else empty.
        failure: Why it can't be read, found without opening it as a document; None if it can be tried.
    """

    file_name: str
    path: Path
    members: tuple[Member, ...] = ()
    size: int = 0
    sha256: str = ""
    document_id: str = ""
    duplicate_of: str = ""
    failure: DocumentFailure | None = None


def find_sources(sources: Sequence[Path], *, limits: LimitSettings | None = None) -> list[SourceEntry]:
    """All files of the sources, by file name; hidden files are passed over.

    Links, pipes, sockets and folders that are called like documents are entries with a failure, never opened.

    Raises:
        RunFailure: When a source does not exist.
    """
    limits = limits or LimitSettings()
    entries: list[SourceEntry] = []
    seen: set[Path] = set()
    for source in sources:
        if not source.exists():
            raise RunFailure(f"{source} finns inte.", f"{source} does not exist.")
        # A link given by name is meant; what is linked to inside it is not followed.
        for path, name in _walk(source.resolve(), given=source):
            if path not in seen:
                seen.add(path)
                entries += _entries_of(path, name, limits)
    entries.sort(key=lambda e: (e.file_name, e.sha256))
    return _with_ids(entries)


@contextmanager
def opened_source(entry: SourceEntry) -> Iterator[Path]:
    """A path under which the entry's bytes can be read; a member of an archive is unpacked for as long as it is used.

    Raises:
        DocumentFailure: The entry's own failure, or why the archive can't be unpacked.
    """
    if entry.failure is not None:
        raise entry.failure
    if not entry.members:
        yield entry.path
        return
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        # Nothing of the member's own name is used for the file, but the ending that tells text from web page.
        suffix = PurePosixPath(entry.members[-1].name).suffix
        target = Path(folder) / f"member{suffix if suffix.lower() in DOCUMENT_SUFFIXES else ''}"
        unpack(entry.path, entry.members, target)
        yield target


def _walk(source: Path, *, given: Path) -> Iterator[tuple[Path, str]]:
    """The files under a source with their names relative to it; no link is followed."""
    if not source.is_dir():
        yield source, _shown(given.name or source.name)
        return
    waiting = [(source, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            items = sorted(os.scandir(folder), key=lambda item: item.name)
        except OSError:
            yield folder, prefix.rstrip("/") or _shown(folder.name)
            continue
        for item in items:
            if item.name.startswith((".", "~$")) or item.name.lower() in LEFT_BEHIND:
                continue
            name = prefix + _shown(item.name)
            is_folder = item.is_dir(follow_symlinks=False)
            if not is_folder or Path(item.name).suffix.lower() in DOCUMENT_SUFFIXES:
                yield Path(item.path), name
            if is_folder:
                waiting.append((Path(item.path), f"{name}/"))


def _shown(name: str) -> str:
    """A name as text: composed letters, and a sign where the bytes on disk are no UTF-8."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _entries_of(path: Path, name: str, limits: LimitSettings) -> Iterable[SourceEntry]:
    """A file's entry, or those of an archive's members."""
    entry = SourceEntry(name, path)
    try:
        said = path.lstat()
        if kind := _kind(said.st_mode):
            raise DocumentFailure("not_a_file", kind=kind)
        entry = replace(entry, size=said.st_size)
        if said.st_size > limits.bytes:
            raise DocumentFailure("too_large", size=said.st_size, limit=limits.bytes)
        if is_mail(path):
            return [replace(entry, sha256=hash_file(path)), *_attached_to(path, name, limits)]
        if not is_archive(path):
            return [replace(entry, sha256=hash_file(path))]
        members = list_members(path, limits=limits)
        if not members:
            raise DocumentFailure("empty")
    except DocumentFailure as failure:
        return [replace(entry, failure=failure, sha256=_hash_if_file(path, entry.size, limits))]
    except OSError:
        return [replace(entry, failure=DocumentFailure("unreadable"))]
    return _members_of(path, name, members)


def _attached_to(path: Path, name: str, limits: LimitSettings) -> list[SourceEntry]:
    """The documents attached to an e-mail; none where it can't be taken apart, for reading it says so."""
    try:
        return _members_of(path, name, list_attachments(path, limits=limits))
    except DocumentFailure:
        return []


def _members_of(path: Path, name: str, members: Sequence[Found]) -> list[SourceEntry]:
    return [
        SourceEntry(f"{name}/{member.shown}", path, member.chain, member.size, member.sha256, failure=member.failure)
        for member in members
    ]


def _kind(mode: int) -> str:
    """What something is that is no ordinary file, in the words of the message; empty for a file."""
    kinds = (
        (stat.S_ISLNK, "en länk"), (stat.S_ISDIR, "en mapp"), (stat.S_ISFIFO, "ett rör (FIFO)"),
        (stat.S_ISSOCK, "en sockel"), (stat.S_ISCHR, "en enhet"), (stat.S_ISBLK, "en enhet"),
    )  # fmt: skip
    return next((kind for test, kind in kinds if test(mode)), "")


def _hash_if_file(path: Path, size: int, limits: LimitSettings) -> str:
    """The hash of an ordinary file that is not too large to hash."""
    try:
        return hash_file(path) if stat.S_ISREG(path.lstat().st_mode) and 0 < size <= limits.bytes else ""
    except OSError:
        return ""


def _with_ids(entries: list[SourceEntry]) -> list[SourceEntry]:
    """The entries with their ids; those with the same bytes point to the first."""
    counts: dict[str, int] = {}
    result = []
    for entry in entries:
        # What has no bytes to go by is told apart by its name.
        base = make_id(entry.sha256 or hashlib.sha256(f"name:{entry.file_name}".encode()).hexdigest())
        counts[base] = counts.get(base, 0) + 1
        first = counts[base] == 1
        result.append(
            replace(
                entry,
                document_id=base if first else f"{base}-{counts[base]}",
                duplicate_of="" if first or not entry.sha256 else base,
            )
        )
    return result
