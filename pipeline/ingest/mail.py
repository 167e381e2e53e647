"""E-mail (.eml): who wrote what to whom, the body, and the attachments by name."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable
from email.message import EmailMessage, Message
from pathlib import Path

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean, decode
from pipeline.ingest.mail_quotes import without_quotes
from pipeline.ingest.tnef import SIGNATURE, wrapped_files

_FOLD = re.compile(r"\r?\n[ \t]*")
_SOFT_BREAK = re.compile(r"(?<!^--) \n(?![>\n])", re.MULTILINE)
"""A line that ends in a space goes on in the next (RFC 3676), but for the mark before a signature and in quotes."""

STUB = 0.5
"""Share of the words of an e-mail's HTML that its plain text has at least to be read."""

HEADERS = (("From", "Från"), ("To", "Till"), ("Date", "Datum"), ("Subject", "Ämne"))

BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What Python's parser raises over e-mails that are none."""


def read_mail(data: bytes) -> list[DraftPage]:
    """The content of an e-mail as one page; its head and the names of attachments are furniture.

    Attachments are documents of their own: `find_sources` lists them beside the e-mail.

    Raises:
        DocumentFailure: `malformed` when it can't be taken apart.
    """
    try:
        message = _parsed(data)
        head = [f"{shown}: {message[name]}" for name, shown in HEADERS if message[name]]
        body = _body(message)
        parts = [p for p in message.iter_attachments() if p.get_filename() or not _is_saved_page(message)]
        attached = [name for part in parts for name in _names(part)]
    except BROKEN as e:
        raise DocumentFailure("malformed", kind="e-post") from e
    lines = [DraftLine(_one_line(text), role="header", origin="eml") for text in head]
    lines += body
    lines += [DraftLine(_one_line(f"Bilaga: {name}"), role="footer", gap=True, origin="eml") for name in attached]
    return [DraftPage(tuple(lines), choice="e-mail")]


def attachments(path: Path) -> list[tuple[str, bytes]]:
    """Name and bytes of each document attached to an e-mail; pictures in its body, such as logos, are none.

    Raises:
        DocumentFailure: `malformed` when it can't be taken apart.
    """
    try:
        parts = [part for part in _parsed(path.read_bytes()).iter_attachments() if _is_document(part)]
        return [(_one_line(name), data) for part in parts for name, data in _files(part)]
    except BROKEN as e:
        raise DocumentFailure("malformed", kind="e-post") from e


def _parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        for name, value in list(part.raw_items()):
            if any("\udc80" <= c <= "\udcff" for c in value):
                # Letters beyond ASCII as they are, against the rules: by the encoding that they were most likely in.
                text = decode(_FOLD.sub(" ", value).encode("utf-8", "surrogateescape"))
                part.replace_header(name, _one_line(text))
    return message


def _is_saved_page(message: EmailMessage) -> bool:
    """Whether it is a web page that a browser has saved in one file (MHTML): that is sent to nobody."""
    return message.get_content_type() == "multipart/related" and not message["To"]


def _names(part: EmailMessage) -> list[str]:
    """What an attachment is called; of a winmail.dat what lies in it."""
    return [name for name, _ in _unwrapped(part)] or [part.get_filename() or _subject(part)]


def _files(part: EmailMessage) -> list[tuple[str, bytes]]:
    """Name and bytes of an attachment; of a winmail.dat what lies in it."""
    return _unwrapped(part) or [(part.get_filename() or f"{_subject(part)}.eml", _payload(part))]


def _unwrapped(part: EmailMessage) -> list[tuple[str, bytes]]:
    if part.get_content_type() == "message/rfc822":
        return []
    data = _payload(part)
    return [(name or "utan namn", inner) for name, inner in wrapped_files(data)] if data[:4] == SIGNATURE else []


def _subject(part: EmailMessage) -> str:
    """What a forwarded e-mail is about: its name where it has no other."""
    inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
    said = str(inner["Subject"] or "") if isinstance(inner, Message) else ""
    return said.replace("/", "-") or "utan namn"


def _is_document(part: EmailMessage) -> bool:
    if part.get_content_type() == "message/rfc822":
        return True
    inline = part.get_content_disposition() != "attachment" and part.get_content_maintype() == "image"
    return bool(part.get_filename()) and not inline


def _payload(part: EmailMessage) -> bytes:
    """The bytes of an attachment; a forwarded e-mail as an e-mail."""
    inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
    if isinstance(inner, Message):
        return inner.as_bytes()
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _body(message: EmailMessage) -> list[DraftLine]:
    """The text of the body, plain where there is plain text that says as much, else what the HTML shows."""
    plain, page = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    lines = _plain_lines(plain) if plain is not None else []
    if page is not None:
        from pipeline.ingest.web import read_html

        data = _content(page)
        shown = [line for one in read_html(data, letter=not _is_saved_page(message)) for line in one.lines]
        # "Detta meddelande kräver HTML" is not what somebody wrote.
        if _size(lines) < STUB * _size(shown):
            lines = shown
    return lines if _is_saved_page(message) else without_quotes(lines, str(message["Subject"] or ""))


def _size(lines: Iterable[DraftLine]) -> int:
    """The words of lines, of furniture none."""
    return sum(len(line.text.split()) for line in lines if line.role != "navigation")


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain_lines(part: Message) -> list[DraftLine]:
    data = _content(part)
    try:
        text = clean(data.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    if part.get_param("format") == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    lines: list[DraftLine] = []
    gap = True
    for line in text.split("\n"):
        if line.strip():
            lines.append(DraftLine(line.rstrip(), gap=gap, origin="eml"))
        gap = not line.strip()
    return lines


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
