"""Titles of documents as they are called elsewhere."""

from __future__ import annotations

import re

from pipeline.codebooks.cues import split_words

GLUED = re.compile(r"\s+(?:och|samt)\s+(?:i|av)\s+(?=[A-ZÅÄÖ])")
"""What stands between two titles that were read as one: "Policy för Ekby och i Riktlinjer för kommunikation"."""
AN_ATTACHMENT = "bilagan "
"""What stands before the title of an attachment that an answer is left to: it is no document of its own."""


def bare_title(title: str) -> str:
    """A title without the word that says that it is an attachment's."""
    return title.removeprefix(AN_ATTACHMENT)


def is_titled(title: str, own: str) -> bool:
    """Whether a document's own title holds all words of one that it is called by."""
    return bool(own) and set(split_words(title)) <= set(split_words(own))


def split_titles(title: str) -> list[str]:
    """The titles that were read as one; mostly the title alone."""
    return GLUED.split(title)
