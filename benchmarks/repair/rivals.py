"""What the corrector is compared with: symspellpy and hunspell's first suggestion, word by word, as they come."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hunspell
import wordfreq
from symspellpy import SymSpell, Verbosity

_WORD = re.compile(r"[^\W\d_]+")
_HUNSPELL = Path("/usr/share/hunspell")


def symspell_repairer() -> Callable[[str], str]:
    """Repair by symspellpy: the nearest and most frequent word within two edits, frequencies of wordfreq."""
    speller = SymSpell(max_dictionary_edit_distance=2)
    for word, share in sorted(wordfreq.get_frequency_dict("sv", wordlist="large").items()):
        speller.create_dictionary_entry(word, max(1, round(share * 1e9)))

    @cache
    def correct(word: str) -> str:
        return str(speller.lookup(word, Verbosity.TOP, 2, include_unknown=True, transfer_casing=True)[0].term)

    return lambda text: _WORD.sub(lambda match: correct(match.group()), text)


def hunspell_repairer() -> Callable[[str], str]:
    """Repair by hunspell: the first suggestion for every word that the Swedish dictionary does not know."""
    speller = hunspell.Hunspell("sv_SE", hunspell_data_dir=str(_HUNSPELL))

    @cache
    def correct(word: str) -> str:
        if speller.spell(word):
            return word
        suggestions = speller.suggest(word)
        return suggestions[0] if suggestions else word

    return lambda text: _WORD.sub(lambda match: correct(match.group()), text)
