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

from pipeline.executor import Task, end_own_child, run_guarded
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.ingest import formats
from pipeline.ingest.archives import Found, Member, look_into, may_hold_documents, unpack
from pipeline.ingest.reader import hash_file, make_id
from pipeline.ingest.stores import fetched, is_store, list_objects
from pipeline.params import LimitSettings

DOCUMENT_SUFFIXES = frozenset(
    (
        ".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".md", ".html", ".htm", ".eml", ".png", ".jpg", ".jpeg",
        ".tif", ".tiff", ".webp", ".heic", ".heif", ".zip",
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
        path: The file on disk; for a member the archive it lies in. Empty for what lies in a store.
        members: Where in the archive, and in archives inside it; empty for a file.
        sha256: Of its bytes, hexadecimal; empty where they could not be read.
        document_id: Made of its bytes; a later file with the same bytes has the same id with -2, -3, ...
        duplicate_of: The document_id of the first file with the same bytes, else empty.
        failure: Why it can't be read, found without opening it as a document; None if it can be tried.
        store: The address of the store that the source is, empty for files on disk.
        place: Where in the store.
    """

    file_name: str
    path: Path
    members: tuple[Member, ...] = ()
    size: int = 0
    sha256: str = ""
    document_id: str = ""
    duplicate_of: str = ""
    failure: DocumentFailure | None = None
    store: str = ""
    place: str = ""


def find_sources(sources: Sequence[Path | str], *, limits: LimitSettings | None = None) -> list[SourceEntry]:
    """All files of the sources, by file name; hidden files are passed over.

    Links, pipes, sockets and folders that are called like documents are entries with a failure, never opened.

    Args:
        sources: Files, folders and archives; addresses of stores ("s3://bucket/folder") as text. A file:// address is
            the folder that it names.
        limits: What a file may cost.

    Raises:
        RunFailure: When a source does not exist or can't be listed.
    """
    limits = limits or LimitSettings()
    entries: list[SourceEntry] = []
    seen: set[Path | str] = set()
    try:
        for said in sources:
            entries += _entries_below(said, seen, limits)
    finally:
        end_own_child()
    entries.sort(key=lambda e: (e.file_name, e.sha256))
    return _with_ids(entries)


def _entries_below(said: Path | str, seen: set[Path | str], limits: LimitSettings) -> Iterator[SourceEntry]:
    """The entries of one source, but for files that were seen in another."""
    if isinstance(said, str) and is_store(said) and not said.startswith("file://"):
        yield from _in_store(said, seen, limits)
        return
    source = Path(said.removeprefix("file://")) if isinstance(said, str) else said
    if not source.exists():
        raise RunFailure(f"{source} finns inte.", f"{source} does not exist.")
    # A link given by name is meant; what is linked to inside it is not followed.
    for path, name in _walk(source.resolve(), given=source):
        if path not in seen:
            seen.add(path)
            yield from _entries_of(path, name, limits)


@contextmanager
def opened_source(entry: SourceEntry, *, limit: int = LimitSettings().bytes) -> Iterator[Path]:
    """A path under which the entry's bytes can be read.

    A member of an archive is unpacked, and what lies in a store fetched, for as long as it is used; of that at most
    `limit` bytes.

    Raises:
        DocumentFailure: The entry's own failure, or why the archive can't be unpacked.
    """
    if entry.failure is not None:
        raise entry.failure
    if entry.store:
        with (
            fetched(entry.store, entry.place, suffix=_suffix(entry.place), limit=limit) as path,
            opened_source(replace(entry, path=path, store=""), limit=limit) as found,
        ):
            if hash_file(found) != entry.sha256:
                raise DocumentFailure("changed")
            yield found
        return
    if not entry.members:
        yield entry.path
        return
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        # Nothing of the member's own name is used for the file, but the ending that tells text from web page.
        target = Path(folder) / f"member{_suffix(entry.members[-1].name)}"
        unpack(entry.path, entry.members, target)
        yield target


def _suffix(name: str) -> str:
    """The ending of a name, where it is one of a document."""
    suffix = PurePosixPath(name).suffix
    return suffix if suffix.lower() in DOCUMENT_SUFFIXES else ""


def _in_store(url: str, seen: set[Path | str], limits: LimitSettings) -> Iterator[SourceEntry]:
    """The entries of the objects below an address; each is fetched once to be hashed, and looked into if an archive."""
    for name, place, size in list_objects(url):
        parts = [part for part in _shown(name).split("/") if part not in {"", ".."}]
        hidden = any(part.startswith((".", "~$")) for part in parts) or (
            parts[-1:] and parts[-1].lower() in LEFT_BEHIND
        )
        if hidden or not parts or place in seen:
            continue
        seen.add(place)
        entry = SourceEntry("/".join(parts), Path(), size=size, store=url, place=place)
        try:
            if size > limits.bytes:
                raise DocumentFailure("too_large", size=size, limit=limits.bytes)
            with fetched(url, place, suffix=_suffix(place), limit=limits.bytes) as path:
                found = list(_entries_of(path, entry.file_name, limits))
        except DocumentFailure as failure:
            yield replace(entry, failure=failure)
            continue
        yield from (replace(one, path=Path(), store=url, place=place) for one in found)


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
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _entries_of(path: Path, name: str, limits: LimitSettings) -> Iterable[SourceEntry]:
    """A file's entry, or those of an archive's members."""
    entry = SourceEntry(name, path)
    try:
        said = path.lstat()
        if stat.S_ISDIR(said.st_mode) and not os.access(path, os.R_OK | os.X_OK):
            raise DocumentFailure("unreadable")
        if kind := _kind(said.st_mode):
            raise DocumentFailure("not_a_file", kind=kind)
        entry = replace(entry, size=said.st_size)
        if said.st_size > limits.bytes:
            raise DocumentFailure("too_large", size=said.st_size, limit=limits.bytes)
        if not may_hold_documents(path):
            return [replace(entry, sha256=hash_file(path))]
        kind, members = run_guarded(Task(name, look_into, (path, limits)), limits)
        if kind != formats.ZIP:
            return [replace(entry, sha256=hash_file(path)), *_members_of(path, name, members)]
    except DocumentFailure as failure:
        return [replace(entry, failure=failure, sha256=_hash_if_file(path, entry.size, limits))]
    except OSError:
        return [replace(entry, failure=DocumentFailure("unreadable"))]
    return _members_of(path, name, members)


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
