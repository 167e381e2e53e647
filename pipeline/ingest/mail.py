"""E-mail (.eml): who wrote what to whom, the body, and the attachments by name."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage, Message
from pathlib import Path

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean, decode

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
        attached = [part.get_filename() or "utan namn" for part in message.iter_attachments()]
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
        parts = [(p, _payload(p)) for p in _parsed(path.read_bytes()).iter_attachments() if _is_document(p)]
        return [(_one_line(part.get_filename() or "utan namn.eml"), data) for part, data in parts]
    except BROKEN as e:
        raise DocumentFailure("malformed", kind="e-post") from e


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


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
    """The text of the body, plain where there is plain text, else what the HTML shows."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return []
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_type() == "text/html":
        from pipeline.ingest.web import read_html

        return [replace(line, role="body") for page in read_html(data) for line in page.lines]
    try:
        text = clean(data.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    lines: list[DraftLine] = []
    gap = True
    for line in text.split("\n"):
        if line.strip():
            lines.append(DraftLine(line.rstrip(), gap=gap, origin="eml"))
        gap = not line.strip()
    return lines


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
