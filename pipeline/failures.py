"""Every way a document or a run can fail: its message in Swedish and English, and its exit status."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DONE, SOME_FAILED, WRONG_USAGE, MISSING_PROGRAM, OUR_ERROR, BUSY = 0, 1, 2, 3, 4, 5
"""Exit statuses of the command."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is told: what is wrong, and what to do."""

    sv: str
    en: str


DOCUMENT_FAILURES: dict[str, Message] = {
    "empty": Message("Filen är tom. Lägg in den riktiga filen.", "The file is empty. Put the real file there."),
    "no_text": Message(
        "Ingen text kunde läsas i filen. Kontrollera att den inte är tom eller bara bilder utan skrift.",
        "No text could be read in the file. Check that it is not blank or only pictures without writing.",
    ),
    "unsupported": Message(
        "Filtypen {kind} kan inte läsas. Spara dokumentet som PDF, DOCX, HTML, TXT eller bild.",
        "The file type {kind} cannot be read. Save the document as PDF, DOCX, HTML, TXT or an image.",
    ),
    "malformed": Message(
        "Filen är skadad eller avbruten och kan inte läsas som {kind}. Hämta den på nytt.",
        "The file is damaged or cut off and cannot be read as {kind}. Fetch it again.",
    ),
    "encrypted": Message(
        "Filen är skyddad med lösenord. Spara en kopia utan lösenord.",
        "The file is protected by a password. Save a copy without one.",
    ),
    "too_large": Message(
        "Filen är för stor ({size} byte, gränsen är {limit}). Dela upp den eller höj gränsen i params.yaml.",
        "The file is too large ({size} bytes, the limit is {limit}). Split it or raise the limit in params.yaml.",
    ),
    "archive_too_large": Message(
        "Arkivet har {members} filer som packas upp till {size} byte; det är för många eller för mycket för att vara "
        "dokument. Packa upp det och lägg in de filer som behövs.",
        "The archive has {members} files that unpack to {size} bytes; that is too many or too much to be documents. "
        "Unpack it and put the files there that are needed.",
    ),
    "too_many_pages": Message(
        "Dokumentet har {pages} sidor, gränsen är {limit}. Dela upp det eller höj gränsen i params.yaml.",
        "The document has {pages} pages, the limit is {limit}. Split it or raise the limit in params.yaml.",
    ),
    "too_many_pixels": Message(
        "En sida är större än vad som kan läsas säkert ({pixels} bildpunkter, gränsen är {limit}).",
        "A page is larger than can be read safely ({pixels} pixels, the limit is {limit}).",
    ),
    "unreadable": Message(
        "Filen får inte läsas. Kontrollera behörigheten.", "The file may not be read. Check its permissions."
    ),
    "changed": Message(
        "Filen ändrades medan den lästes. Kör igen.", "The file was changed while it was read. Run again."
    ),
    "not_a_file": Message(
        "Detta är ingen vanlig fil utan {kind}. Lägg in själva dokumentet.",
        "This is not an ordinary file but {kind}. Put the document itself there.",
    ),
    "time": Message(
        "Dokumentet tog längre tid än {seconds} sekunder och avbröts. Dela upp det eller höj gränsen i params.yaml.",
        "The document took longer than {seconds} seconds and was stopped. Split it or raise the limit in params.yaml.",
    ),
    "memory": Message(
        "Dokumentet krävde mer minne än {megabytes} MB och avbröts. Dela upp det eller höj gränsen i params.yaml.",
        "The document needed more than {megabytes} MB of memory and was stopped. Split it or raise the limit.",
    ),
    "crash": Message(
        "Läsprogrammet kraschade på det här dokumentet. Spara det på nytt, till exempel som ny PDF.",
        "The reader crashed on this document. Save it again, for example as a new PDF.",
    ),
    "program_missing": Message(
        "Programmet {program} saknas och behövs för filen. Installera det: {how}.",
        "The program {program} is missing and the file needs it. Install it: {how}.",
    ),
    "program_broken": Message(
        "Programmet {program} fungerar inte och behövs för filen. Installera det på nytt: {how}.",
        "The program {program} does not work and the file needs it. Install it anew: {how}.",
    ),
    "model_missing": Message(
        "Tesseract saknar modellen {model}, som behövs för filen. Installera den: {how}.",
        "Tesseract lacks the model {model}, which the file needs. Install it: {how}.",
    ),
    "internal": Message(
        "Ett oväntat fel ({error}) gjorde att dokumentet inte kunde behandlas. Resten av körningen är hel.",
        "An unexpected error ({error}) kept the document from being processed. The rest of the run is whole.",
    ),
}
"""Why a document is quarantined, by code; fields in braces are filled in."""

NOT_INSTALLED = ("program_missing", "program_broken", "model_missing")
"""Failures for want of a program: the document waits for it."""
PASSING = ("time", "memory", "crash", *NOT_INSTALLED)
"""Failures that hang on the machine and its load, not on the document alone: the next run tries again."""

KINDS_IN_ENGLISH = {
    "en länk": "a link", "en mapp": "a folder", "ett rör (FIFO)": "a pipe (FIFO)", "en sockel": "a socket",
    "en enhet": "a device", "bild": "image", "e-post": "e-mail", "okänd binär fil": "unknown binary file",
    "Excel, PowerPoint eller annan äldre Office-fil": "Excel, PowerPoint or another older Office file",
    "Excel eller PowerPoint": "Excel or PowerPoint", "gzip-arkiv": "gzip archive", "7z-arkiv": "7z archive",
    "RAR-arkiv": "RAR archive", "GIF-bild": "GIF image", "BMP-bild": "BMP image", "AVIF-bild": "AVIF image",
    "SVG-bild": "SVG image", "ljud eller film": "sound or film", "zip i zip i zip": "zip in zip in zip",
}  # fmt: skip
"""What a message calls a kind of file, where the Swedish word is no English one."""


class DocumentFailure(Exception):
    """A document that cannot be processed: it is quarantined, and the run goes on."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(code, details)

    def __reduce__(self) -> tuple[object, ...]:
        """How the failure crosses from a worker process."""
        return _rebuild, (self.code, dict(self.details))

    @property
    def message(self) -> Message:
        """What the person is told."""
        said = DOCUMENT_FAILURES[self.code]
        english = {name: KINDS_IN_ENGLISH.get(str(value), value) for name, value in self.details.items()}
        return Message(said.sv.format_map(_Details(self.details)), said.en.format_map(_Details(english)))


def awaits_program(message: str) -> bool:
    """Whether a document's Swedish message is that it waits for a program to be installed."""
    templates = (re.split(r"\{\w+\}", DOCUMENT_FAILURES[code].sv) for code in NOT_INSTALLED)
    return any(re.fullmatch(".+".join(map(re.escape, said)), message) for said in templates)


class RunFailure(Exception):
    """A run that cannot be done: the command ends with this message and status."""

    def __init__(self, sv: str, en: str, *, status: int = WRONG_USAGE) -> None:
        self.message, self.status = Message(sv, en), status
        super().__init__(en)

    def __reduce__(self) -> tuple[object, ...]:
        """How the failure crosses from a worker process."""
        return _rebuild_run_failure, (self.message, self.status)


NO_ROOM = (errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else []))
"""What a system says when a file can't grow: the disk is full, or what one may have of it."""


def not_written(path: Path, error: OSError) -> RunFailure:
    """The failure of a run whose file can't be written: what stands in the way is the machine's, not ours."""
    if error.errno in NO_ROOM:
        return RunFailure(
            f"Det finns ingen plats kvar på disken för {path}. Frigör plats och kör igen.",
            f"There is no space left on the disk for {path}. Make room and run again.",
        )
    why = why_not(error)
    return RunFailure(f"Det går inte att skriva {path}: {why.sv}.", f"{path} can't be written: {why.en}.")


_IN_SWEDISH = {
    errno.EACCES: "behörighet saknas", errno.EPERM: "det är inte tillåtet", errno.EROFS: "disken kan bara läsas",
    errno.EEXIST: "där ligger en fil med det namnet", errno.ENOTDIR: "en del av sökvägen är en fil, ingen mapp",
    errno.EISDIR: "det är en mapp, ingen fil", errno.ENOENT: "den finns inte",
    errno.ENAMETOOLONG: "namnet är för långt", errno.ELOOP: "länkarna går i ring",
    errno.EMFILE: "för många filer är öppna", errno.EIO: "disken svarar med ett fel",
    **dict.fromkeys(NO_ROOM, "disken är full"),
}  # fmt: skip
"""What a system's error says."""


def why_not(error: OSError) -> Message:
    """What stood in the way, as the end of a sentence; in the system's own words where none of ours are known."""
    said = os.strerror(error.errno) if error.errno else str(error)
    return Message(_IN_SWEDISH.get(error.errno or 0, said), said)


_WRONG = {
    "missing": "saknas", "extra_forbidden": "finns inte", "less_than": "ska vara mindre än {lt}",
    "less_than_equal": "ska vara högst {le}", "greater_than": "ska vara större än {gt}",
    "greater_than_equal": "ska vara minst {ge}", "string_type": "ska vara text",
    "literal_error": "ska vara något av {expected}", "enum": "ska vara något av {expected}",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "ska vara ett heltal"),
    **dict.fromkeys(("float_type", "float_parsing"), "ska vara ett tal"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "ska vara true eller false"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
                    "ska vara ett datum, ÅÅÅÅ-MM-DD"),
    **dict.fromkeys(("model_type", "dict_type", "mapping_type", "model_attributes_type"), "ska ha namn med värden"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "ska vara en lista"),
}  # fmt: skip
"""What is wrong with a value in a file, by the kind that pydantic calls it."""


def what_is_wrong(problems: Sequence[Mapping[str, Any]]) -> Message:
    """What pydantic finds wrong in a file, each with its place; in its own words where none of ours are known."""
    swedish, english = [], []
    for problem in problems:
        kind, place = problem["type"], ".".join(map(str, problem["loc"]))
        said = _WRONG[kind].format_map(_Details(problem.get("ctx", {}))) if kind in _WRONG else problem["msg"]
        swedish.append(f"{place or 'filen'}: {said}")
        english.append(f"{place or 'the file'}: {problem['msg']}")
    return Message("; ".join(swedish), "; ".join(english))


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def _rebuild(code: str, details: dict[str, object]) -> DocumentFailure:
    return DocumentFailure(code, **details)


def _rebuild_run_failure(message: Message, status: int) -> RunFailure:
    return RunFailure(message.sv, message.en, status=status)
