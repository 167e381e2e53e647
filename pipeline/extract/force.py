"""The force that the words of a duty give it where neither its modal nor its form does: "vi undviker", "får svar"."""

from __future__ import annotations

import re

from pipeline.swedish.normative import lexicon

POSITIVE = {"must_not": "must", "should_not": "should"}
"""What a denied modality is without its denial."""
_ADVISED = re.compile(r"\bsom (?:[\wåäö-]+ ){1,4}?(?:avråder|rekommenderar|förordar)(?: från)?\b")
"""What others advise of the thing that the duty is about: "Tjänster som myndigheten avråder från får inte ..."."""
_WORD = re.compile(r"\w+")


def force_of(modality: str, words: str, condition: str, exception: str) -> str:
    """The modality that a duty's words come to, given that of its verb.

    Args:
        modality: What its modal, or the form of its verb, says.
        words: The duty's words, its condition and exception among them.
        condition: When it applies, "" where the words give no condition.
        exception: When it does not.
    """
    spaced = " ".join(words.casefold().split())
    opening = lexicon().patterns["inverted_condition"].match(spaced)
    said_first = opening[1] if opening else condition if spaced.startswith(condition.casefold()) else ""
    if modality in POSITIVE and said_first and _denies(spaced) and not _denies(_without(spaced, said_first)):
        modality = POSITIVE[modality]  # "Kan du inte svaret, skriv att du återkommer"
    rest = _ADVISED.sub(" ", _without(_without(spaced, condition), exception))
    for pattern, of, becomes in lexicon().forces:
        if modality in of and pattern.search(rest):
            return becomes
    return modality


def _without(words: str, part: str) -> str:
    return words.replace(" ".join(part.casefold().split()), " ", 1) if part else words


def _denies(words: str) -> bool:
    return any(word in lexicon().words["denials"] for word in _WORD.findall(words))
