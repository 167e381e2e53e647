"""Which codebook a document belongs to."""

from __future__ import annotations

from functools import lru_cache

from pipeline.codebooks.codebook import Codebook, list_codebooks, load_codebook
from pipeline.codebooks.cues import CueIndex, split_words

TITLE_SCORE = 0.9
HALF_DENSITY = 0.005
"""Area words per word of text at which a document is as likely as not about the area: one in two hundred."""


def policy_area(title: str, text: str) -> tuple[str, float]:
    """The codebook that a document belongs to with how clearly (0 to 1); "" and 0.0 where no word speaks for any.

    Args:
        title: The document's title, empty where it has none.
        text: Its reading text.
    """
    scored = {name: score_area(load_codebook(name), title, text) for name in list_codebooks()}
    # A title that names several areas ("Sociala medier och AI-bilder") names its own first.
    named = {name: at for name in scored if (at := _named_at(load_codebook(name), title)) >= 0}
    first = min(named.values(), default=-1)
    best = max(scored, key=lambda name: (named.get(name, -2) == first, scored[name], name == "social_media", name))
    return (best, round(scored[best], 4)) if scored[best] else ("", 0.0)


def _named_at(codebook: Codebook, title: str) -> int:
    """How many words of a title come before it has named the codebook's area, -1 where it never does."""
    titles, _ = _compile_area(codebook)
    words = split_words(title)
    return next((n for n in range(1, len(words) + 1) if list(titles.holding(titles.find_terms(words[:n])))), -1)


def score_area(codebook: Codebook, title: str, text: str) -> float:
    """How clearly a document with this title and text is about a codebook's area, 0 to 1."""
    titles, words = _compile_area(codebook)
    spoken = split_words(text)
    density = words.count_words(spoken) / max(len(spoken), 1)
    # Squared, so that a text that only names the area in passing (one word in a thousand) stays far below one half.
    by_text = density**2 / (density**2 + HALF_DENSITY**2)
    named = bool(list(titles.holding(titles.find_terms(split_words(title)))))
    return 1 - (1 - by_text) * (1 - TITLE_SCORE) if named else by_text


@lru_cache(maxsize=8)
def _compile_area(codebook: Codebook) -> tuple[CueIndex, CueIndex]:
    return CueIndex(cue.all for cue in codebook.area.title), CueIndex([[codebook.area.words]])
