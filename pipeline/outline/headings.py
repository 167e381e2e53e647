"""Which lines are headings by their looks: size, boldness, shape, what stands above and below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.outline.contents import EMPHASIS, MAX_HEADING_LENGTH, SECTION_NUMBER
from pipeline.outline.vocabulary import vocabulary

if TYPE_CHECKING:
    from pipeline.outline.lines import TextLine

SUBSECTION = re.compile(r"\s*\d{1,2}\.\d{1,2}\.?\s+[A-ZÅÄÖ]")
"""How a heading below another one begins: "2.1 Beslut"."""
SHORT_LINE = 25
"""Letters up to which a line without a full stop is too short to be the text below a heading."""
TERMINAL = re.compile(r"[.!?:;,…][\"'”’»)*_]*$")
FUNCTION = re.compile(
    r"(?i)\b\w*(chef|direktör|handläggare|sekreterare|strateg|ordförande|godkännare|samordnare|utredare|jurist)(?=\b|[A-ZÅÄÖ])"
)
"""A word for a function, even with the next name glued to it."""
MAX_HEADING_WORDS = 14
LARGER = 1.12
"""Font size of a heading against that of the text from which on it is larger."""
MUCH_LARGER = 1.3
"""The same where size alone is to tell."""
ENDS_A_TITLE = frozenset({"vi", "du", "ni", "man"})
"""Words beside particles that a title may end with: "Så svarar vi"."""


def joined_headings(lines: Sequence[TextLine], text: str, body: float) -> list[TextLine]:
    """The lines, those of a heading in large or bold print that was set on several lines as one line.

    A line goes on in the next one of its kind where that begins with a small letter or its own last word asks for more
    ("Riktlinje för närvaro i sociala / medier"). What grows too long so, or ends as a sentence does, is a paragraph.
    """
    result: list[TextLine] = []
    i = 0
    while i < len(lines):
        end = i + 1
        while end < len(lines) and _goes_on(lines, end, text, body):
            end += 1
        last = lines[end - 1]
        whole = replace(lines[i], line_end=last.line_end, end=last.end)
        if end > i + 1 and could_be_heading(whole.words(text), certain=True):
            result.append(whole)
        elif end > i + 1:
            result += [replace(line, bold=False, size=body) for line in lines[i:end]]
        else:
            result.append(lines[i])
        i = end
    return result


def _goes_on(lines: Sequence[TextLine], i: int, text: str, body: float) -> bool:
    """Whether a line in large or bold print goes on from the one above it."""
    above, line = lines[i - 1], lines[i]
    if (
        any(one.kind != "text" or one.styled != "plain" for one in (above, line))
        or "\f" in text[above.end : line.start]
    ):
        return False
    sizes = sorted((above.size, line.size))
    if above.bold != line.bold or sizes[1] > LARGER * sizes[0] or not (line.bold or is_larger(line, body)):
        return False
    words = above.words(text)
    return not TERMINAL.search(words) and (line.words(text)[:1].islower() or words.endswith("-") or leads_on(words))


def is_larger(line: TextLine, body: float) -> bool:
    """Whether a line's print is larger than that of the text."""
    return bool(body) and line.size > LARGER * body


def is_heading_by_print(lines: Sequence[TextLine], i: int, text: str, body: float) -> bool:
    """Whether a line is a heading by its size or boldness.

    Large and bold print is one whatever its last word ("Så svarar vi", "Tänk på"). Where it is only the one or the
    other, words that ask for more lead into what follows ("Kontoansvarig ska"), but where that is a paragraph of plain
    print no word of theirs is about to follow.
    """
    line, words = lines[i], lines[i].words(text)
    larger = is_larger(line, body)
    if not (larger or line.bold):
        return False
    if could_be_heading(words, certain=larger and (line.bold or line.size > MUCH_LARGER * body)):
        return True
    following = next((one for one in lines[i + 1 :] if one.kind != "blank"), None)
    if following is None or following.kind != "text" or following.bold or is_larger(following, body):
        return False
    below, tail = following.words(text), re.sub(r"\W+$", "", words.lower()).split()[-1:]
    open_ended = bool(tail) and tail[0] in (vocabulary().particles | ENDS_A_TITLE)
    return open_ended and below[:1].isupper() and len(below) > SHORT_LINE and could_be_heading(words, certain=True)


def level_by_size(size: float, body: float) -> int:
    """A heading's level by its font size against that of the text."""
    if not body or size <= LARGER * body:
        return 3
    return 1 if size > body * 1.5 else 2


def as_heading(line: TextLine, text: str, start: int, level: int) -> TextLine:
    """A heading without its number, emphasis marks and trailing hashes; the number gives its level where it has one."""
    number = SECTION_NUMBER.match(text[start : line.end])
    if number:
        start += number.end()
        level = level if level > 1 else 1 + number.group(1).strip(".").count(".")
    end = line.end
    while start < end and text[start] in "*_ ":
        start += 1
    while end > start and text[end - 1] in "*_# ":
        end -= 1
    return replace(line, kind="heading", start=start, end=end, level=level)


def could_be_heading(words: str, *, certain: bool = False) -> bool:
    """Whether words have the shape of a heading: short, capital first, no full stop, no clause that goes on.

    Where print makes it `certain` that they stand apart, they may end as a clause does that goes on.
    """
    bare = EMPHASIS.sub("", words).strip()
    if not bare or len(bare) > MAX_HEADING_LENGTH or len(bare.split()) > MAX_HEADING_WORDS:
        return False
    if re.search(r"[a-zåäö]{2}\. [A-ZÅÄÖ]", bare):
        return False  # a sentence and the beginning of the next
    first = bare.lstrip("\"'”»(")[:1]
    if not (first.isupper() or first.isdigit()) or not re.search(r"[A-Za-zÅÄÖåäö]{2}", bare):
        return False
    if bare.endswith("?"):
        return True
    return not TERMINAL.search(bare) and (certain or not leads_on(bare))


def leads_on(words: str) -> bool:
    """Whether words ask for a continuation ("tänk på att", "... kan vi") and so are a lead-in, not a heading."""
    known = vocabulary()
    tokens = re.sub(r"\W+$", "", words.lower()).split()
    if not tokens or tokens[-1] not in known.leading_on:
        return False
    # "Att tänka på" is a title, "..., tänk på att" is not.
    return tokens[-1] not in known.particles or tokens[0] not in known.title_openers or "," in words


def stands_as_heading(lines: Sequence[TextLine], i: int, text: str) -> bool:
    """Whether a plain line is a heading: its shape, the blank line before it, the text after it."""
    line = lines[i]
    words = line.words(text)
    if not could_be_heading(words):
        return False
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    nested = before is not None and _is_nested(before, line, text)
    if before is not None and before.kind != "blank" and not nested and not _ends_paragraph(before, text):
        return False
    if after is None or after.kind == "blank":
        following = next((x for x in lines[i + 1 :] if x.kind != "blank"), None)
        return _is_title_like(words, alone=before is None or before.kind == "blank", following=following, text=text)
    # A heading set right on its text: shorter than the wrapped lines below it, and those begin with a capital.
    next_words = after.words(text)
    if len(next_words) < 60 and FUNCTION.search(next_words) and not TERMINAL.search(next_words):
        return False  # a name over its function: a signature
    return (
        (before is None or nested or before.kind in ("blank", "heading"))
        and after.kind in ("text", "list_item", "heading")
        and _begins_a_body(after, text)
        and _is_title_like(words, alone=False, following=after, text=text)
    )


def _is_nested(above: TextLine, line: TextLine, text: str) -> bool:
    """Whether a line is the first heading right below the one that it belongs to: "3 Registrering" over "3.1 ..."."""
    row, over = text[line.line_start : line.line_end], text[above.line_start : above.line_end]
    return bool(SUBSECTION.match(row) and SECTION_NUMBER.match(over) and could_be_heading(above.words(text)))


def _begins_a_body(line: TextLine, text: str) -> bool:
    """Whether a line may stand right under a heading: a long one, a whole sentence, or a heading with its number."""
    words = line.words(text)
    if SUBSECTION.match(text[line.line_start : line.line_end]):
        return True
    return words[:1].isupper() and (len(words) > SHORT_LINE or TERMINAL.search(words) is not None)


def _ends_paragraph(line: TextLine, text: str) -> bool:
    words = line.words(text)
    ends = TERMINAL.search(words) is not None and not words.endswith(",")
    return line.kind in ("heading", "list_item", "table_row") or ends


def _is_title_like(words: str, *, alone: bool, following: TextLine | None, text: str) -> bool:
    """Whether words read like a title: no finite verb, or one of the usual titles, or a question."""
    known = vocabulary()
    low = EMPHASIS.sub("", words).lower()
    tokens = re.findall(r"[\wåäöé-]+", low)
    if re.search(r"\d{4}-\d{2}|\d{4,}|@|www\.", low):
        return False
    has_verb = any(t in known.finite_verbs for t in tokens)
    if low.rstrip().endswith("?") or any(p.fullmatch(low.strip()) for _, p in known.section_titles):
        return True
    if has_verb and following is not None and following.kind == "list_item" and tokens[0] not in known.title_openers:
        return False  # "Genom att använda sociala medier kan vi" leads into its list
    if following is None:
        asking = bool(tokens) and tokens[0] in known.asking
        return alone and len(tokens) <= 6 and (asking or not has_verb)
    short_next = following.kind == "text" and not _begins_a_body(following, text) and not alone
    return (alone or len(tokens) <= 9) and len(tokens) <= (9 if has_verb else MAX_HEADING_WORDS) and not short_next
