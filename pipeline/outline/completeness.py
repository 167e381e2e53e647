"""Whether a document is whole, breaks off, or only proposes another document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby

from pipeline.outline.contents import FEWEST_LISTED, SECTION_NUMBER, bare_title
from pipeline.outline.headings import TERMINAL
from pipeline.outline.lines import KEY_VALUE, TextLine
from pipeline.outline.said import GAP, HEAD_UNITS, is_minutes
from pipeline.outline.vocabulary import vocabulary
from pipeline.records.outline import DRAFT, Section, Unit
from pipeline.swedish.municipalities import find_municipalities
from pipeline.swedish.roles import find_roles

NAME_SHARE = 0.8
"""Share of a last line's letters that name an office or function from which on it is a signature."""
NUMBERED_SHARE = 0.7
"""Share of the headings that are numbered from which on one without a number is no heading."""
ADOPTED_SHARE = 0.3
"""Share of the text that stands under other headings than those of minutes from which on it is what they adopted."""
APPENDIX = "bilag"
LEAST_TITLE = 4
"""Letters of a title from which on a longer one may be the same."""
_NAMES = re.compile(r"[A-ZÅÄÖ][\wåäö.-]*(?: [A-ZÅÄÖ][\wåäö.-]*)+")
"""Words with capitals alone: somebody's name. A Swedish heading has one, at its beginning."""
_NUMBERS_BEHIND = re.compile(r"[\s,:;|(–-]*(?:(?:version|utgåva|nr|den|datum|sida?n?)\W*)*(?:\d[\d\s.,:/()–-]*)?$")
_BETWEEN, _DASH = re.compile(r"[,/|]|\s[–-]\s"), re.compile(r"\s[–-]\s")
LEAST_SENTENCES = 8
STOPPED_SHARE = 0.95
"""Share of at least so many sentences with a full stop from which on one without it has been cut."""
LONG_SENTENCE = 70
"""Letters of a last line from which on it is no heading, name or address."""
SHORT_SENTENCE = 40
"""Letters up to which a sentence may be a line of the head."""
FEWEST_FOLDED = 3
"""Questions in a row without answers from which on these were folded in."""
_OWN_QUESTION = re.compile(r"(?i)\b(?:jag|mig|min|mitt|mina)\b")
FEWEST_CALLED = 2
"""Lines that the source calls headings from which on it is taken to call all of them so."""
_DECIDED_ALONE = re.compile(r"(?:delegations|delegerings|ordförande|tjänstemanna)beslut")
"""What a decision calls itself that one person makes: nobody else has to decide it."""
LETTER_SIGNS = 2
"""Headings of an official letter from which on a document is taken to be one."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """The verdict, the sign that decided it, what is missing and from which offset on (-1 for nothing)."""

    verdict: str
    reason: str = ""
    missing: tuple[str, ...] = ()
    missing_start: int = -1


def is_letter(text: str, sections: Sequence[Section], units: Sequence[Unit]) -> bool:
    """Whether headings say that the document is a letter that proposes another document, and nothing says "decided"."""
    titles = [_plain(s.title) for s in sections if s.title]
    titles += [_plain(text[u.start : u.end]) for u in units if u.kind in ("line", "lead_in")]
    titles += _head_lines(text, units)
    signs = {p.pattern for p in vocabulary().letter_titles for t in titles if p.fullmatch(t)}
    return len(signs) >= LETTER_SIGNS and not _has_decided(text, titles, sections, units)


def is_left_to_others(text: str, sections: Sequence[Section], units: Sequence[Unit]) -> bool:
    """Whether minutes propose to a higher body and adopt nothing: "Kommunstyrelsen föreslår fullmäktige att anta"."""
    if not is_minutes(text, units):
        return False
    sayings, decides = vocabulary().metadata_lines, vocabulary().decided_titles
    proposes = False
    for section in sections:
        title, words = _plain(section.title), text[section.start + len(section.title) : section.end]
        upwards = sayings["proposes_upwards"].search(words) is not None
        if decides.fullmatch(title) and not upwards and sayings["decides_to_adopt"].search(words):
            return False
        proposes = proposes or upwards or sayings["proposed_upwards"].search(title) is not None
    return proposes


def is_draft(text: str, units: Sequence[Unit]) -> bool:
    """Whether a line of the document's head calls it a draft: "UTKAST", "Remissversion 2025-01-15"."""
    return any(vocabulary().draft_marks.fullmatch(line) for line in _head_lines(text, units))


def _head_lines(text: str, units: Sequence[Unit]) -> list[str]:
    """The lines of the first units as the vocabulary has them, without a date or the number of a page behind them."""
    parts = (part for u in units[:HEAD_UNITS] for part in GAP.split(text[u.start : u.end]))
    return [_NUMBERS_BEHIND.sub("", _plain(part)) for part in parts]


def _has_decided(text: str, titles: Sequence[str], sections: Sequence[Section], units: Sequence[Unit]) -> bool:
    """Whether the document is the minutes of a meeting that adopted what stands in it.

    Minutes may tell what was proposed as well; in a letter a proposal's heading says that nothing is decided yet.
    """
    known = vocabulary()
    sayings = known.metadata_lines
    decided = any(known.decided_titles.fullmatch(title) for title in titles)
    proposed = any(known.proposing_titles.fullmatch(title) for title in titles)
    own = any(_DECIDED_ALONE.fullmatch(line) for line in _head_lines(text, units))
    if decided and not proposed and (own or known.adopted_here.search(text)):
        return True
    if not is_minutes(text, units):
        return False
    adopts = sayings["adopts"].search(text) or sayings["to_adopt"].search(text)
    return bool((decided or _tells_a_decision(text, sections, units)) and adopts and _holds_what_was_adopted(sections))


def _tells_a_decision(text: str, sections: Sequence[Section], units: Sequence[Unit]) -> bool:
    """Whether something says that it was decided, elsewhere and in other words than a proposal."""
    known = vocabulary().metadata_lines
    said = (text[unit.start : unit.end] for unit in units if sections[unit.section].kind != "proposal")
    return any(known["decision"].search(words) and not known["proposing"].search(words) for words in said)


def _holds_what_was_adopted(sections: Sequence[Section]) -> bool:
    """Whether much of the text stands under other headings than those of minutes, behind the decision."""
    behind = dropwhile(lambda section: not _is_of_minutes(section), sections)
    size = sum(s.end - s.start for s in behind if s.kind != "purpose" and not _is_of_minutes(s))
    return size >= ADOPTED_SHARE * max(1, sections[-1].end)


def _is_of_minutes(section: Section) -> bool:
    """Whether a section's heading is one that minutes have ("Yrkanden"), not one of what they adopted."""
    known, title = vocabulary(), _plain(section.title)
    patterns = (*known.letter_titles, known.decided_titles, known.minutes_titles)
    return bool(section.title) and any(p.fullmatch(title) for p in patterns)


def _plain(title: str) -> str:
    """A title as the vocabulary has it: in lower case, without marks around it."""
    return title.lower().strip(" :*")


def judge_completeness(
    text: str, lines: Sequence[TextLine], sections: Sequence[Section], units: Sequence[Unit], *,
    proposal: bool, adopted: bool,
) -> Completeness:  # fmt: skip
    """Whether the text is whole, from structure alone, or a proposal; one that says that it was adopted is no draft.

    Signs of a text that breaks off: a last heading with nothing under it, a last sentence that stops in the middle,
    titles that the list of contents announces at its end and that never come, a visitor's questions without answers: a
    web page was printed while they were folded in.
    """
    if proposal:
        return Completeness("proposal", "letter_headings")
    if not adopted and is_draft(text, units):
        return Completeness("proposal", DRAFT)
    titled = [s for s in sections if s.title]
    announced = _announced_and_missing(text, lines, titled)
    last = sections[-1] if sections else None
    bare = last is not None and last.title and last.kind != "attachments" and _is_bare(text, last)
    guessed = last is not None and bare and _is_guessed(lines, last)
    if last is not None and bare and len(titled) > 1 and not guessed and not _closes(text, sections):
        return Completeness(
            "truncated", "heading_without_body", tuple(dict.fromkeys([last.title, *announced])), last.start
        )
    if announced:
        return Completeness("truncated", "contents_without_section", announced, len(text.rstrip()))
    folded = _folded_questions(text, titled)
    if folded:
        return Completeness("truncated", "folded_answers", tuple(s.title for s in folded), folded[0].start)
    body = [u for u in units if u.kind in ("sentence", "list_item", "lead_in")]
    if body and last is not None and last.kind in ("body", "purpose", "law", "definitions"):
        words = text[body[-1].start : body[-1].end]
        if (
            body[-1].kind == "sentence"
            and len(words) > 40
            and not TERMINAL.search(words)
            and re.search(r"[a-zåäö,-]$", words)
            and body[-1].unit == units[-1].unit
            and not (KEY_VALUE.match(words) or "|" in words)
            and (_stops_in_the_middle(words) or _alone_without_stop(text, body))
        ):
            return Completeness("truncated", "sentence_without_end", (), body[-1].start)
    return Completeness("complete")


def _folded_questions(text: str, titled: Sequence[Section]) -> list[Section]:
    """A row of a visitor's questions with nothing under any of them; none where a question comes again with its answer.

    The questions of a checklist ask the staff, not for what "I" may do.
    """
    best: list[Section] = []
    for bare, run in groupby(titled, key=lambda s: s.title.endswith("?") and _is_bare(text, s)):
        row = list(run) if bare else []
        if len(row) >= FEWEST_FOLDED and len(row) > len(best) and any(_OWN_QUESTION.search(s.title) for s in row):
            asked = {s.title for s in row}
            if all(s.title not in asked or _is_bare(text, s) for s in titled):
                best = row
    return best


def _closes(text: str, sections: Sequence[Section]) -> bool:
    """Whether the last short line ends the document rather than heading what is lost.

    A greeting, a name, an office or its address, something to ask somebody about, one more of a row of bare questions,
    who made the document, what else there is to read, what web pages have below their text, a motto, a label with its
    value ("Dela: Facebook, E-post"), a heading met before (a page's head), or, where the others are numbered, a line
    that is not.
    """
    known, last = vocabulary(), sections[-1]
    title = last.title.strip()
    asks = "?" in title[:-1] or (title.endswith("?") and text[: last.start].rstrip(" \t").endswith("?\n"))
    earlier = [s for s in sections[:-1] if s.title and s.level]
    numbered = sum(_is_numbered(text, s) for s in earlier)
    odd = numbered >= NUMBERED_SHARE * max(1, len(earlier)) and not _is_numbered(text, last)
    again = bare_title(title) in {bare_title(s.title) for s in earlier}
    parts = [part.strip() for part in _BETWEEN.split(title)]
    signed = all(_NAMES.fullmatch(part) or _is_function(part) for part in parts)
    closing = known.closing_lines.search(title) or _is_motto(title) or GAP.search(text[last.start : last.end].strip())
    told = KEY_VALUE.match(title)
    return bool(signed or again or asks or closing or told or (numbered > 1 and odd))


def _is_guessed(lines: Sequence[TextLine], last: Section) -> bool:
    """Whether the last heading is one by its looks alone, where the source's own format says which lines are some.

    What stands alone at the end of a web page is a link or a button.
    """
    called = [line.start for line in lines if line.styled == "heading"]
    return len(called) >= FEWEST_CALLED and last.start not in called


def _is_numbered(text: str, section: Section) -> bool:
    """Whether a number stands before the heading, which begins behind it."""
    line = text[text.rfind("\n", 0, section.start) + 1 : section.end]
    return SECTION_NUMBER.match(line.lstrip("# ")) is not None


def _is_function(words: str) -> bool:
    """Whether the words name an office or a function and little else."""
    return sum(m.end - m.start for m in find_roles(words)) >= NAME_SHARE * max(1, len(words))


def _is_motto(title: str) -> bool:
    """Whether the line is what a municipality says of itself below its papers: "Vaxholm – en kommun för alla"."""
    return bool(find_municipalities(title)) and (_DASH.search(title) is not None or "tillsammans" in title.lower())


def _is_bare(text: str, section: Section) -> bool:
    """Whether nothing stands under the section's heading."""
    return len(" ".join(text[section.start : section.end].split())) <= len(section.title) + 8


def _announced_and_missing(text: str, lines: Sequence[TextLine], titled: Sequence[Section]) -> tuple[str, ...]:
    """Titles at the end of the list of contents that no section has; in its middle they may be worded otherwise.

    An appendix that lies elsewhere is no part of this text.
    """
    announced = [title for title in _first_list(lines, text) if not title.startswith(APPENDIX)]
    present = {bare_title(s.title) for s in titled}
    there = [title in present or any(_goes_on(title, other) for other in present) for title in announced]
    if not any(there) or there[-1]:
        return ()
    at = max(i for i, found in enumerate(there) if found)
    missing = announced[at + 1 :]
    return tuple(missing)


def _goes_on(one: str, other: str) -> bool:
    """Whether one title is the other with more behind it: "uppföljning" and "uppföljning och revidering"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= LEAST_TITLE and long.startswith(f"{short} ")


def _first_list(lines: Sequence[TextLine], text: str) -> list[str]:
    """The titles of the document's first list of contents; a page's head with its number, further down, is none."""
    filled = [line for line in lines if line.kind != "blank"]
    runs = ([*run] for is_list, run in groupby(filled, key=lambda line: line.kind == "contents") if is_list)
    return next(([bare_title(line.words(text)) for line in run] for run in runs if len(run) >= FEWEST_LISTED), [])


def _alone_without_stop(text: str, body: Sequence[Unit]) -> bool:
    """Whether the last sentence is a long one without a full stop where all others have theirs."""
    sentences = [text[u.start : u.end] for u in body if u.kind == "sentence"]
    *before, last = sentences
    # Lines of the head are short and have no full stop: they say nothing of how the author ends a sentence.
    others = [words for words in before if len(words) > SHORT_SENTENCE or TERMINAL.search(words)]
    stopped = sum(bool(TERMINAL.search(words)) for words in others)
    careful = len(others) >= LEAST_SENTENCES and stopped >= STOPPED_SHARE * len(others)
    return careful and len(last) > LONG_SENTENCE and not vocabulary().closing_lines.search(last)


def _stops_in_the_middle(words: str) -> bool:
    """Whether a sentence without a full stop also ends on a word that asks for more, or on a hyphen."""
    tail = re.sub(r"\W+$", "", words.lower()).split()[-1:] or [""]
    return words.endswith(("-", ",")) or tail[0] in vocabulary().leading_on
