"""What the corrector is compared with: symspellpy and hunspell's first suggestion, word by word, as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import hunspell
import wordfreq
from symspellpy import SymSpell, Verbosity

_WORD = re.compile(r"[^\W\d_]+")
_PROCESSES = 2
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


def hunspell_repairer(texts: Iterable[str]) -> Callable[[str], str]:
    """Repair by hunspell: the first suggestion for every word that the Swedish dictionary does not know.

    Args:
        texts: All that will be repaired: hunspell is slow, so that two processes look their words up beforehand.
    """
    speller = _speller()
    words = {word for text in texts for word in _WORD.findall(text)}
    unknown = sorted(word for word in words if not speller.spell(word))
    with ProcessPoolExecutor(_PROCESSES) as pool:
        suggestions = dict(zip(unknown, pool.map(_suggest, unknown, chunksize=20), strict=True))
    return lambda text: _WORD.sub(lambda match: suggestions.get(match.group(), match.group()), text)


def _suggest(word: str) -> str:
    suggestions = _speller().suggest(word)
    return str(suggestions[0]) if suggestions else word


@cache
def _speller() -> hunspell.Hunspell:
    return hunspell.Hunspell("sv_SE", hunspell_data_dir=str(_HUNSPELL))
