"""Layout repair: what page and line breaks did to running text is undone, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.repair.bullets import split_run_in_bullets
from pipeline.repair.edits import TextEdit
from pipeline.repair.layout_words import load_layout_words
from pipeline.repair.page_lines import ENDS, HEADING, ITEM, join_over_page_lines
from pipeline.swedish.lexicon import FOREIGN, NAME, load_lexicon

_HYPHEN = re.compile(r"(?P<left>[^\W_]+)(?P<cut>[-\u2010\u00ad\u0002][ \t]*\n[ \t]*)(?P<right>[^\W\d_]+)")
_SURE_HYPHENS = "\u00ad\u0002"
_GAP = re.compile(r"[ \t]*\n(?:[ \t\f]*\n)+[ \t\f]*|[ \t]*\n?\f\s*")
_SHORTEST_LINE = 45
_SHORTEST_TITLE = 8
_SURNAME = re.compile(r" [A-ZÅÄÖ][a-zåäöé]+")
_GLUED_SENTENCES = re.compile(
    r"(?<![\w./@-])(?P<left>[^\W\d_]{2,})(?P<stop>[.?!])(?P<right>[A-ZÅÄÖ][a-zåäö]{1,})(?![\w@./])"
)
_GLUED_WORDS = re.compile(r"(?<![\w./@-])(?P<left>[A-ZÅÄÖ]?[a-zåäö]{3,})(?P<right>[A-ZÅÄÖ][a-zåäö]{2,})(?![\w@./])")


def repair_layout(text: str, *, page_starts: Sequence[int] = (0,)) -> list[TextEdit]:
    """Edits that undo hyphenation, page breaks in sentences and page lines there, run-in bullets and glued words.

    Args:
        text: The text without furniture, glyphs repaired.
        page_starts: Where its pages begin.

    Returns:
        Non-overlapping edits in order; most are applied, doubtful ones suggested.
    """
    rules: tuple[Callable[[], list[TextEdit]], ...] = (
        lambda: join_over_page_lines(text),
        lambda: join_hyphenated(text),
        lambda: join_broken_sentences(text, page_starts),
        lambda: split_run_in_bullets(text),
        lambda: split_glued_words(text),
    )
    edits: list[TextEdit] = []
    for rule in rules:
        for edit in rule():
            if all(edit.raw_end <= other.raw_start or other.raw_end <= edit.raw_start for other in edits):
                edits.append(edit)
    return sorted(edits, key=lambda edit: (edit.raw_start, edit.raw_end))


def join_hyphenated(text: str) -> list[TextEdit]:
    """Edits that join words cut at line ends ("kommu-/nikation"), and keep the hyphen of "e-/post" and "IT-/stöd".

    A suspended hyphen ("plan-/och bygglagen") stays.
    """
    lexicon = load_lexicon()
    edits: list[TextEdit] = []
    for match in _HYPHEN.finditer(text):
        left, cut, right = match["left"], match["cut"], match["right"]
        if right.lower() in load_layout_words()["after_suspended_hyphen"] or not right[0].islower():
            continue
        keeps = len(left) == 1 or left.isdigit() or (left.isupper() and len(left) < 6)
        if cut[0] in _SURE_HYPHENS:
            keeps = False
        known = lexicon.is_word(left + right)
        after = "-" if keeps else ""
        confidence = 0.99 if known or cut[0] in _SURE_HYPHENS or keeps else 0.9
        edits.append(TextEdit(match.start("cut"), match.end("cut"), cut, after, "hyphenation", confidence))
    return edits


def join_broken_sentences(text: str, page_starts: Sequence[int]) -> list[TextEdit]:
    """Edits that join a sentence which blank lines or a page break cut in two.

    What comes before must be a full line of running text without end mark, no heading, contents line, list item or
    signature; what comes after must go on in small letters.
    """
    edits: list[TextEdit] = []
    for match in _GAP.finditer(text):
        before = text[: match.start()].rsplit("\n", 1)[-1]
        following = text[match.end() : match.end() + 2]
        if not following[:1].islower() or ITEM.match(text[match.end() : match.end() + 6]):
            continue
        if ENDS.search(before.rstrip()) or HEADING.search(before):
            continue
        at_page = any(match.start() <= start <= match.end() for start in page_starts if start)
        if len(before.strip()) < _SHORTEST_LINE and not (at_page and len(before.split()) >= 4):
            continue
        if ITEM.match(before) and not at_page and match.group().count("\n") < 3:
            continue
        edits.append(TextEdit(match.start(), match.end(), match.group(), " ", "page_break", 0.97))
    return edits


def split_glued_words(text: str) -> list[TextEdit]:
    """Edits that part words and sentences which lost the space between them ("kommunen.Vi", "StabschefCecilia Ek")."""
    lexicon = load_lexicon()
    edits: list[TextEdit] = []
    for match in _GLUED_SENTENCES.finditer(text):
        if lexicon.is_word(match["left"]) and lexicon.is_word(match["right"]):
            place = match.start("right")
            edits.append(TextEdit(place, place, "", " ", "glued_sentences", 0.97))
    for match in _GLUED_WORDS.finditer(text):
        left, right = match["left"], match["right"]
        left_flags, right_flags = lexicon.flags_of(left), lexicon.flags_of(right)
        # Brands are written so too ("SharePoint"): a long Swedish word must run into somebody's full name.
        sure = (
            len(left) >= _SHORTEST_TITLE
            and lexicon.is_word(left)
            and not left_flags & (NAME | FOREIGN)
            and right_flags & NAME
            and _SURNAME.match(text, match.end())
        )
        place = match.start("right")
        opens_line = text[: match.start()].rsplit("\n", 1)[-1].strip() == ""
        if sure and text.count(match.group()) == 1:
            edits.append(TextEdit(place, place, "", "\n" if opens_line else " ", "glued_words", 0.95))
    return edits
