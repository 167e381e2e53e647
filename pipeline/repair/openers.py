"""Words with a capital that may open a sentence."""

from __future__ import annotations

from pipeline.swedish.lexicon import FOREIGN, NAME, load_lexicon

_SWEDISH_TOO = -7.0
"""Words of other languages that are this common (natural logarithm) in Swedish text are Swedish too ("den", "till")."""


def weigh_opener(word: str) -> float | None:
    """How common a word is (natural logarithm); None where it is unknown, a name or of another language.

    None of these tells that a sentence begins with it.
    """
    lexicon = load_lexicon()
    alone = lexicon.log_probability(word)
    if alone is None or lexicon.flags_of(word) & (NAME if alone > _SWEDISH_TOO else NAME | FOREIGN):
        return None
    return alone
