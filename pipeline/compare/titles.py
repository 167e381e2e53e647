"""Titles of documents as they are called elsewhere."""

from __future__ import annotations

from pipeline.codebooks.cues import split_words


def is_titled(title: str, own: str) -> bool:
    """Whether a document's own title holds all words of one that it is called by."""
    return bool(own) and set(split_words(title)) <= set(split_words(own))
