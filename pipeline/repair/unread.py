"""Words that no step could read: said to be in doubt, for a reader would stumble over them and must be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.repair.edits import TextEdit
from pipeline.repair.tokens import frozen_spans

# Signs that no Swedish word holds, and figures among small letters. A handle ("@kommunen") or a name ("R&D") may.
_UNREAD = re.compile(
    r"[^\W\d_][!#{}|\\€$£¥¢©®~^@][^\W\d_]|(?<![^\W_])[{}|\\€£¥¢©®~^][^\W\d_]|[a-zåäö][&\d][a-zåäö]|(?<![\w&])&[a-zåäö]"
)
_WORD = re.compile(r"[^\s.,;:?()\"”“'*/–—]+(?<!!)")
_DOUBT = 0.5


def flag_words(text: str, spans: Sequence[tuple[int, int]], edits: Sequence[TextEdit] = ()) -> list[TextEdit]:
    """Suggestions that change nothing, on words that still hold what no word has ("s#tt", "{or").

    Args:
        text: The text with its words repaired.
        spans: The damaged passages.
        edits: Edits of this text that are suggested already: what they touch is known to be in doubt.
    """
    known = [(edit.raw_start, edit.raw_end) for edit in edits if edit.status == "suggested"]
    flags = []
    for start, end in spans:
        known += frozen_spans(text, start, end)
        for word in _WORD.finditer(text, start, end):
            touched = any(begin < word.end() and word.start() < stop for begin, stop in known)
            if not touched and _UNREAD.search(word.group()):
                flags.append(TextEdit(*word.span(), word.group(), word.group(), "unread_word", _DOUBT, "suggested"))
    return flags
