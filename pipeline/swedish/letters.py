"""Letters without what stands over them, for words whose dots and rings may have been lost."""

from __future__ import annotations

import unicodedata


def without_marks(words: str) -> str:
    """The words with å and ä as a, ö as o, é as e, and compatibility forms as plain letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
