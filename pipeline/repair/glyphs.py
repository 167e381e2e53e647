"""Characters that are not what the page showed: ligatures, mojibake, invisible characters."""

from __future__ import annotations

import re

from pipeline.repair.edits import TextEdit

_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")
# A soft hyphen at a line end is hyphenation's; elsewhere it and its like show nothing.
_INVISIBLE = re.compile("\u00ad(?![ \t]*\n)|[\u200b\u200c\u200d\u2060]|(?<!^)\ufeff|^\ufeff")
# UTF-8 read as CP1252 begins with one of these; clean Swedish never has them before such a second character.
_MOJIBAKE = re.compile(
    '(?:[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+|â[€‚„\u0080\u0082\u0084][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¦"])+'
)
_SHOWN = frozenset("åäöÅÄÖéÉüÜæÆøØèÈáÁàÀâêëïôíóúñçÇß§°´«»·½²³€–—‘’‚“”„•…©®™\u00a0‰")
_TWICE = 3


def repair_glyphs(text: str) -> list[TextEdit]:
    """Edits for ligatures ("ofﬁciell"), mojibake ("fÃ¶r", also double-encoded) and invisible characters."""
    edits = [_edit(match, _LIGATURES[match.group()], "ligature") for match in _LIGATURE.finditer(text)]
    edits += [_edit(match, "", "invisible_character") for match in _INVISIBLE.finditer(text)]
    for match in _MOJIBAKE.finditer(text):
        after = _decode(match.group())
        if after is not None:
            edits.append(_edit(match, after, "mojibake"))
    kept: list[TextEdit] = []
    for edit in sorted(edits, key=lambda edit: (edit.raw_start, -edit.raw_end)):
        if not kept or kept[-1].raw_end <= edit.raw_start:
            kept.append(edit)
    return kept


def _decode(text: str) -> str | None:
    """The characters behind UTF-8 that was read as CP1252, once or more often; None where no page would show them."""
    decoded = text
    for _ in range(_TWICE):
        try:
            decoded = b"".join(_as_byte(letter) for letter in decoded).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            return None
        if all(letter in _SHOWN for letter in decoded):
            return decoded
    return None


def _as_byte(letter: str) -> bytes:
    # CP1252 leaves five bytes undefined; readers pass them through as control characters.
    return bytes([ord(letter)]) if 0x80 <= ord(letter) <= 0x9F else letter.encode("cp1252")


def _edit(match: re.Match[str], after: str, rule: str) -> TextEdit:
    return TextEdit(match.start(), match.end(), match.group(), after, rule, 1.0)
