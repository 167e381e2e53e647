"""The cue language against its plain meaning."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks.cues import CueIndex, split_words

WORDS = st.sampled_from(["svar", "svara", "svarar", "ansvar", "inlägg", "e-post", "bort", "ta", "tas", "ej"])
PATTERNS = st.sampled_from(
    ["svar", "svar*", "*svar", "*svar*", "inlägg*", "ta bort", "ta* bort", "e-post", "*post", "ej|inte"]
)


def holds(pattern: str, words: list[str]) -> bool:
    """What a term means, word by word."""
    for alternative in pattern.split("|"):
        parts = [re.compile(re.escape(p).replace(r"\*", ".*")) for p in alternative.split()]
        for at in range(len(words) - len(parts) + 1):
            if all(part.fullmatch(words[at + n]) for n, part in enumerate(parts)):
                return True
    return False


@given(st.lists(st.tuples(st.booleans(), PATTERNS), min_size=1, max_size=3), st.lists(WORDS, max_size=6))
def test_index_agrees_with_the_meaning(terms: list[tuple[bool, str]], words: list[str]) -> None:
    written = [f"!{pattern}" if negated else pattern for negated, pattern in terms]
    meant = all(holds(pattern, words) != negated for negated, pattern in terms)
    index = CueIndex([written])
    assert (list(index.holding(index.find_terms(words))) == [0]) == meant


def test_words_are_folded_and_keep_hyphens_and_addresses() -> None:
    assert split_words("E-posten till Ekby.se, SVAR/inlägg.") == ("e-posten", "till", "ekby.se", "svar", "inlägg")


def test_every_place_of_a_term_counts() -> None:
    index = CueIndex([["social* medi*|facebook*"]])
    assert index.count_words(split_words("Sociala medier är Facebook och facebooksidor, socialt är bra")) == 3
