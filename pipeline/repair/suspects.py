"""Words that are none and one misread letter away from a modal or a negation: said to be in doubt, in every text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.repair.edits import TextEdit
from pipeline.repair.foreign import find_foreign
from pipeline.repair.guard import load_guarded_words
from pipeline.repair.tokens import frozen_spans
from pipeline.swedish.lexicon import FOREIGN, TRUSTED, load_lexicon
from pipeline.trees import parse_tree

_DOUBT = 0.5
_PRINTED = re.compile(r"[^\s.,:;?!()\"”“»«/-]+")
_OPENS = re.compile(r"(?:\A|[.?!:]\s+|\n\s*)(?:[-–•*]\s+)?\Z")
_SHORTEST_RAISED = 4


def flag_guarded(text: str, edits: Sequence[TextEdit] = ()) -> list[TextEdit]:
    """Suggestions to read a word as the modal or negation that it looks like ("lnte", "aldrlg", "fdr").

    Only what is no Swedish word is doubted, so that sound text has none; the guard decides on the rest: whoever reads a
    requirement that rests on such a word must be told.

    Args:
        text: The text with its words repaired.
        edits: Edits of this text; what they touch has its row already.
    """
    misread, kinds = _misread_words(), load_guarded_words()
    # Whole texts have none: a look at their words as a set costs a tenth of what a search for each would.
    printed = {word for word in set(_PRINTED.findall(text)) if _small_first(word) in misread}
    if not printed:
        return []
    taken = [(edit.raw_start, edit.raw_end) for edit in edits] + frozen_spans(text, 0, len(text))
    taken += find_foreign(text, [(0, len(text))])
    flags = []
    for match in _find(printed, text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            after = misread[_small_first(match.group())]
            rule = f"guarded_{kinds[after]}"
            after = after.capitalize() if match.group()[0].isupper() else after
            flags.append(TextEdit(*match.span(), match.group(), after, rule, _DOUBT, "suggested"))
    return flags


def guard_suggestions(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """The edits, with suggestions on words that may be misread guarded ones under the guard's rule."""
    misread, kinds = _misread_words(), load_guarded_words()
    guarded = []
    for edit in edits:
        word = misread.get(_small_first(edit.before)) if edit.status == "suggested" else None
        ours = word is not None and not edit.rule.startswith("guarded")
        guarded.append(replace(edit, rule=f"guarded_{kinds[word]}") if ours and word else edit)
    return guarded


def _find(words: Collection[str], text: str) -> Iterator[re.Match[str]]:
    """The words as wholes; with a capital only where a sentence begins, for elsewhere they are names."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    for match in re.finditer(rf"(?<![\w.@/#&|%+-])(?:{listed})(?![\w@/&|%+-])(?!\.\w)", text):
        small = match.group()[0] == _small_first(match.group())[0]
        if small or (len(match.group()) >= _SHORTEST_RAISED and _OPENS.search(text[: match.start()][-8:])):
            yield match


@lru_cache(maxsize=1)
def _misread_words() -> dict[str, str]:
    """What is no word, and the guarded word that it is one misread letter away from."""
    content = parse_tree(Path(__file__).with_name("letter_shapes.yaml").read_text("utf-8"))
    found: dict[str, str] = {}
    for word in content["words"]:
        for true, shapes in content["misread"].items():
            for place in re.finditer(true, word):
                for shape in shapes:
                    read = word[: place.start()] + str(shape) + word[place.end() :]
                    if not _exists(read):
                        found.setdefault(read, word)
    return found


def _exists(word: str) -> bool:
    lexicon = load_lexicon()
    flags = lexicon.flags_of(word)
    # Known from the web alone, many such words are misread there ("lnte", "fdr").
    return word.isdigit() or (lexicon.is_word(word) and (not flags or flags & TRUSTED != 0 or flags & FOREIGN != 0))


def _small_first(word: str) -> str:
    return word[:1].lower() + word[1:]
