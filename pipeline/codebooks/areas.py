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
    scored = [(score_area(load_codebook(name), title, text), name) for name in list_codebooks()]
    best, name = max(scored, key=lambda pair: (pair[0], pair[1] == "social_media", pair[1]))
    return (name, round(best, 4)) if best else ("", 0.0)


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
