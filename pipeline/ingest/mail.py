"""E-mail (.eml): who wrote what to whom, the body, and the attachments by name."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean, decode

HEADERS = (("From", "Från"), ("To", "Till"), ("Date", "Datum"), ("Subject", "Ämne"))


def read_mail(data: bytes) -> list[DraftPage]:
    """The content of an e-mail as one page; its head and the names of attachments are furniture.

    Attachments are not read: they are documents of their own, and an archive or folder is where to put them.

    Raises:
        DocumentFailure: `malformed` when it can't be taken apart.
    """
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        head = [f"{shown}: {message[name]}" for name, shown in HEADERS if message[name]]
        body = _body(message)
        attached = [part.get_filename() or "utan namn" for part in message.iter_attachments()]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as e:
        raise DocumentFailure("malformed", kind="e-post") from e
    lines = [DraftLine(_one_line(text), role="header", origin="eml") for text in head]
    lines += body
    lines += [DraftLine(_one_line(f"Bilaga: {name}"), role="footer", gap=True, origin="eml") for name in attached]
    return [DraftPage(tuple(lines), choice="e-mail")]


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
