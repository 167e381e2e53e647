"""Archives of documents and e-mails with some attached: listed and unpacked without trusting what they say."""

from __future__ import annotations

import hashlib
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.failures import DocumentFailure
from pipeline.ingest import formats
from pipeline.ingest.mail import attachments
from pipeline.params import LimitSettings

MAX_DEPTH = 3
"""Archives inside archives; more is no way to send documents."""

MAX_MEMBERS = 20_000
"""Files in one archive with those of the archives in it."""

NAMELESS = "utan namn"
"""What a member or attachment is called that has no name."""

MAX_TIMES = 10
"""How many times the limit of one file all members of an archive may hold together when unpacked."""

MAX_RATIO = 400
"""Unpacked bytes for each packed one beyond the first megabyte; plain text stays under 20."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive or e-mail: its place among the files there, and its own name, never used as a path."""

    index: int
    name: str
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A member with the way to it and what was found of it."""

    chain: tuple[Member, ...]
    shown: str
    size: int = 0
    sha256: str = ""
    failure: DocumentFailure | None = None


def may_hold_documents(path: Path) -> bool:
    """Whether a file may be an archive or an e-mail, by its first bytes and its name alone."""
    return _is_packed(path) or path.suffix.lower() == ".eml"


def look_into(asked: tuple[Path, LimitSettings]) -> tuple[str, list[Found]]:
    """The media type of a file and, of an archive or e-mail, the documents in it.

    What lies in archives may cost anything: this is for a process that is watched, and its argument and answer cross
    to it.

    Raises:
        DocumentFailure: `malformed`, `archive_too_large` or `empty` when an archive as a whole is not to be unpacked.
    """
    path, limits = asked
    kind = formats.media_type(path)
    if kind == formats.MAIL:
        try:
            return kind, list_attachments(path, limits=limits)
        except DocumentFailure:
            return kind, []  # reading it says what is wrong with it
    if kind != formats.ZIP:
        return kind, []
    members = list_members(path, limits=limits)
    if not members:
        raise DocumentFailure("empty")
    return kind, members


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of documents, not a document that happens to be packed as one."""
    return _is_packed(path) and formats.media_type(path) == formats.ZIP


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


def list_members(path: Path, *, limits: LimitSettings) -> list[Found]:
    """The files of an archive and of the archives in it, hidden ones passed over.

    Raises:
        DocumentFailure: `malformed` or `archive_too_large` when the archive as a whole is not to be unpacked.
    """
    budget = _Budget(limits.bytes, MAX_TIMES * limits.bytes)
    try:
        return list(_listed(path, (), "", budget))
    except formats.BROKEN_ZIP as e:
        raise DocumentFailure("malformed", kind="zip") from e


def is_mail(path: Path, *, name: str = "") -> bool:
    """Whether a file is an e-mail, which may have documents attached."""
    return formats.media_type(path, name=name) == formats.MAIL


def list_attachments(path: Path, *, limits: LimitSettings) -> list[Found]:
    """The documents attached to an e-mail, those of archives and e-mails among them too.

    Raises:
        DocumentFailure: `malformed` or `archive_too_large` when it is not to be taken apart.
    """
    return list(_attached(path, (), "", _Budget(limits.bytes, MAX_TIMES * limits.bytes)))


def unpack(path: Path, chain: tuple[Member, ...], target: Path) -> None:
    """Write the bytes of a member to a file, archives on the way to it unpacked into temporary files.

    Raises:
        DocumentFailure: `malformed` or `encrypted`.
    """
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        current = path
        for depth, member in enumerate(chain):
            inner = target if depth == len(chain) - 1 else Path(folder) / str(depth)
            if member.mailed:
                inner.write_bytes(_attachment(current, member.index))
            else:
                _copied(current, _info(current, member.index), inner)
            current = inner


@dataclass(slots=True)
class _Budget:
    """What is left of what an archive may unpack to."""

    one: int
    all: int
    members: int = MAX_MEMBERS


def _listed(path: Path, chain: tuple[Member, ...], prefix: str, budget: _Budget) -> Iterator[Found]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        budget.members -= len(infos)
        budget.all -= sum(info.file_size for info in infos)
        packed, size = sum(info.compress_size for info in infos), sum(info.file_size for info in infos)
        if budget.members < 0 or budget.all < 0 or size > 1_000_000 + MAX_RATIO * packed:
            raise DocumentFailure("archive_too_large", members=len(infos), size=size)
        for index, info in enumerate(infos):
            name = _name(info)
            if name.endswith("/"):
                continue
            parts = [p for p in PurePosixPath(name).parts if p not in {"/", ".."}] or [NAMELESS]
            if any(p.startswith((".", "~$", "__MACOSX")) for p in parts):
                continue
            found = Found((*chain, Member(index, parts[-1])), prefix + "/".join(parts))
            yield from _looked_at(path, info, found, chain, budget)


def _looked_at(
    path: Path, info: zipfile.ZipInfo, found: Found, chain: tuple[Member, ...], budget: _Budget
) -> Iterator[Found]:
    """One member, or the members of the archive that it is."""
    found = replace(found, size=info.file_size)
    if stat.S_ISLNK(info.external_attr >> 16):
        yield replace(found, failure=DocumentFailure("not_a_file", kind="en länk"))
        return
    if info.file_size > budget.one:
        yield replace(found, failure=DocumentFailure("too_large", size=info.file_size, limit=budget.one))
        return
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        target = Path(folder) / "member"
        try:
            found = replace(found, sha256=_copied(path, info, target))
        except DocumentFailure as failure:
            yield replace(found, failure=failure)
            return
        yield from _with_inner(target, found, depth=len(chain) + 1, budget=budget)


def _with_inner(target: Path, found: Found, *, depth: int, budget: _Budget) -> Iterator[Found]:
    """A member that was unpacked, or what lies in it if it is an archive; an e-mail and what is attached to it."""
    mailed = is_mail(target, name=found.chain[-1].name)
    archived = not mailed and is_archive(target)
    if not archived:
        yield found
    if not (mailed or archived):
        return
    if depth >= MAX_DEPTH:
        if archived:
            yield replace(found, failure=DocumentFailure("unsupported", kind="zip i zip i zip"))
        return
    try:
        inside = _attached if mailed else _listed
        yield from inside(target, found.chain, f"{found.shown}/", budget)
    except formats.BROKEN_ZIP:
        yield replace(found, failure=DocumentFailure("malformed", kind="zip"))
    except DocumentFailure:
        if archived:
            raise


def _attached(path: Path, chain: tuple[Member, ...], prefix: str, budget: _Budget) -> Iterator[Found]:
    for index, (name, data) in enumerate(attachments(path)):
        budget.members -= 1
        budget.all -= len(data)
        if budget.members < 0 or budget.all < 0:
            raise DocumentFailure("archive_too_large", members=index + 1, size=len(data))
        shown = PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/"))).name or NAMELESS
        found = Found((*chain, Member(index, shown, mailed=True)), prefix + shown, size=len(data))
        found = replace(found, sha256=hashlib.sha256(data).hexdigest())
        with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
            target = Path(folder) / "member"
            target.write_bytes(data)
            yield from _with_inner(target, found, depth=len(chain) + 1, budget=budget)


def _attachment(path: Path, index: int) -> bytes:
    found = attachments(path)
    if index >= len(found):
        raise DocumentFailure("malformed", kind="e-post")
    return found[index][1]


def _info(path: Path, index: int) -> zipfile.ZipInfo:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()[index]
    except (*formats.BROKEN_ZIP, IndexError) as e:
        raise DocumentFailure("malformed", kind="zip") from e


def _copied(path: Path, info: zipfile.ZipInfo, target: Path) -> str:
    """Unpack a member and give its hash; never more bytes than it said it has."""
    digest = hashlib.sha256()
    left = info.file_size
    try:
        with zipfile.ZipFile(path) as archive, archive.open(info) as file, target.open("wb") as out:
            while chunk := file.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise DocumentFailure("malformed", kind="zip")
                digest.update(chunk)
                out.write(chunk)
    except RuntimeError as e:
        if isinstance(e, NotImplementedError):
            raise DocumentFailure("malformed", kind="zip") from e
        raise DocumentFailure("encrypted") from e
    except formats.BROKEN_ZIP as e:
        raise DocumentFailure("malformed", kind="zip") from e
    return digest.hexdigest()


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the mark for UTF-8 many programs write it as such all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    return unicodedata.normalize("NFC", name.replace("\\", "/"))
