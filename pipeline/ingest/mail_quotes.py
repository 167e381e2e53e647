"""What an e-mail repeats of the one that it answers: the request is not what the sender says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.assembly import DraftLine

LEAST_OWN = 25
"""Words of the sender's own from which on what is quoted below them is no text: "Se nedan" sends the quoted text."""

LEAST_ANSWER = 8
"""The same where the subject says that the e-mail is an answer: "Bifogat finner du våra riktlinjer"."""

REACH = 4
"""Lines below "Från:" within which another line of the same head stands."""

_FORWARDED = re.compile(r"(?i)\s*(?:vb|vbf|fw|fwd|vidarebefordra[dt]?)\s*:")
_ANSWER = re.compile(r"(?i)\s*(?:sv|svar|re|aw|ang)\s*:")
_FROM = re.compile(r"(?i)\W*(?:från|from|avsändare)\s*:\s*\S")
_REST_OF_HEAD = re.compile(r"(?i)\W*(?:skickat|sent|datum|date|till|to|kopia|cc|ämne|subject)\s*:")
_SEPARATOR = re.compile(
    r"(?i)[\s\-_*]*(?:ursprungligt|original|originalmeddelande)(?:\s+(?:meddelande|message))?[\s\-_*]*"
)
_WROTE = re.compile(
    r"(?i)\W*(?:den|på|on|måndag|tisdag|onsdag|torsdag|fredag|\d)\b.{6,140}\b(?:skrev|wrote)\b.{0,80}:\s*"
)


def without_quotes(lines: Sequence[DraftLine], subject: str) -> list[DraftLine]:
    """The lines of an e-mail, those that it quotes as annotations; of one sent on, or without words of its own, none.

    Lines that the reader has already told to be quoted have the role `annotation`.
    """
    told = [line.text for line in lines]
    begin = next((n for n in range(len(lines)) if _begins_quote(told, n)), len(lines))
    quoted = {n for n, line in enumerate(lines) if line.role == "annotation" or line.text.lstrip().startswith(">")}
    quoted |= set(range(begin, len(lines)))
    quoted |= {n - 1 for n in quoted if n and _WROTE.fullmatch(told[n - 1])}
    own = sum(len(line.text.split()) for n, line in enumerate(lines) if n not in quoted and line.role == "body")
    least = LEAST_ANSWER if _ANSWER.match(subject) else LEAST_OWN
    if own < least or _FORWARDED.match(subject):
        return [replace(line, role="body") if line.role == "annotation" else line for line in lines]
    return [
        replace(line, role="annotation", gap=line.gap or n - 1 not in quoted)
        if n in quoted and line.role == "body" else line
        for n, line in enumerate(lines)
    ]  # fmt: skip


def _begins_quote(told: Sequence[str], n: int) -> bool:
    """Whether the head of another e-mail begins at a line, or a line that announces one."""
    if _SEPARATOR.fullmatch(told[n]) and any(c.isalpha() for c in told[n]):
        return True
    if not _FROM.match(told[n]):
        return False
    return "@" in told[n] or any(_REST_OF_HEAD.match(below) for below in told[n + 1 : n + 1 + REACH])
