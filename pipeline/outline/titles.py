"""A document's title and type, from its first lines, its headings and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.outline.labelled import label_field
from pipeline.outline.said import COVER_UNITS, GAP, LONGEST_LINE, Said, is_minutes, parts_of
from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.roles import find_roles

COVER_LINES = 14
"""Lines at a document's head among which its title may stand in plain type."""
HEAD = 400
"""Characters in which a page copied from a platform shows that it is one: who follows, what else there is."""
LONGEST_TITLE = 110
SHORT_COVER = 8
"""Lines within which a plain line that names the subject alone may be the title."""
FEWEST_WORDS = 3
"""Words of a line that is taken for the title though it names neither type nor subject."""
LONG_TYPE = 12
"""Letters from which on a word for a type says what it is about too: "Kriskommunikationsplan"."""
MOST_LINES = 3
"""Lines that a title may take."""
PROSE = 50
"""Characters of a sentence from which on it is running text: the title stands before it."""

_NAME_ONLY = re.compile(
    r"(?:[A-ZÅÄÖ][\wåäöÅÄÖ-]*\s){1,3}(?:[Kk]ommun|KOMMUN|[Ss]tad|STAD)\W*$|Region(?:\s[A-ZÅÄÖ][\wåäö]+){1,2}(?:\slän)?$"
)
"""A line that names the municipality and nothing else."""
_GOES_ON = re.compile(
    r"[a-zåäö]|(?i:för|om|i|inom|vid|på|av|till|och|samt)\s|Policy|Riktlinje|Regler|Rutin|Anvisning|Strategi|Handlingsplan"
)
"""How the next line of a title begins."""
_LEADS_ON = re.compile(r"(?i)\b(?:för|om|i|inom|vid|på|av|till|och|samt|med|[–-])$")
"""How a line ends that goes on in the next."""
_FOR_ALL = re.compile(r"[A-ZÅÄÖ][\wåäö]+(?:gemensam|övergripande|central)[at]? ([\wåäö-]+)")
"""A line that says for whom and what: "Kommungemensam riktlinje"."""
GRID_ROWS = 3
"""Rows of a grid of facts at the head of a document among which its title may be."""
_SIDE_BY_SIDE = re.compile(r"\S {3,}\S|\t| \| ")
"""Parts of a letterhead that stand beside each other, cells of a row."""
_SHORTENED = re.compile(r"(?i)\b(?:m\.\s?m|m\.\s?fl|etc|osv)\.$")
_PAGE_MARK = re.compile(r"\s+(?:sida?n?\.?\s*)?\d+\s*(?:\(\s?\d+\s?\)|av \d+)$", re.IGNORECASE)
_ABOUT_ITSELF = re.compile(r"(?i)om (\w+(?:en|erna|arna|yn|ien))\b")
_TWO_SENTENCES = re.compile(r"[a-zåäö]{3}\. (?=[A-ZÅÄÖ])([\wåäö-]+)")
_POINT = re.compile(r"att\s")
"""How a point of a decision begins."""
_HANGING = re.compile(r"(?i)^[\wåäö]+-\s+(?:och|eller|samt)\s+")
"""What shares its last part with the next word: "Alkohol- och drogpolicy"."""
_PARAGRAPH = re.compile(r"§\s*\d+\s+")
_NUMBER_BEHIND = re.compile(
    r"(?i)\s*\((?:(?:dnr|diarie\w*|ärende\w*)\b[^()\n]*|[A-ZÅÄÖ]{2,5}[ /.-]?\d{2,4}[/:.-]\d[\d-]*)\)\s*$"
)
_SET_OFF = re.compile(r"\s+[-–|]\s+")
_DASHED = re.compile(r"[-–]\s+(?=[a-zåäö])")
_PAGE_BEHIND = re.compile(r"[^\d]\s\d{1,2}$")
"""A line of a list of contents without its dots."""
_ADDRESS = re.compile(
    r"[\wåäö-]+\s+(?:för\s+(?:dig|oss|er|alla|den|dem)\s+som\b|i\s+form\s+av\b|på\s+lätt\s+svenska\b"
    r"|till\s+(?:[\wåäö]+\s+)?[\wåäö]*(?:policy|plan|riktlinje)\w*|(?:för|om)\s[^\n]{3,40}\snär\s+(?:vi|du|ni)\b)",
    re.IGNORECASE,
)
"""A line that says for whom a document is, in what form, or to what it belongs: its title stands above."""
_FOR_WHOM = re.compile(r"[\wåäöÅÄÖ-]+\s+för\s")
TYPED = 2
"""Rank of a line that names a type but not the subject."""
_OWNER = re.compile(r"(?i)\b(?:kommun|region|stad|bolag|förbund|förvaltning|nämnd|skol|koncern)(?:en|et|an)?s\Z")
"""Whose something is: what it is stands in the next line."""
_PERSON = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ][a-zåäöé-]+){1,2}, [a-zåäö][\wåäö-]+")
"""Somebody with a function: who wrote it is not what it is called."""
_YEARS_ALONE = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|\d\d)")
_THIS = re.compile(r"(?i)\b(?:denna|detta|dessa|den här|de här)\s+(\w+)")
_OWN_DEFINITE = re.compile(
    r"(?:^|(?<=[.!?\n]))\s*([\wåäöÅÄÖ-]+(?:en|erna|arna|yn|ien))\s+(?:beskriver|gäller|anger|omfattar|handlar|vänder|avser|reglerar|tydliggör|talar|ska|är"
    r"|beslutades|antogs|fastställdes)\b"
)
"""A sentence whose subject is the document itself: "Rutinen gäller ..."."""


def find_title(text: str, units: Sequence[Unit]) -> Said | None:
    """The document's title: the first line like one that names a type of document or the subject, else a heading.

    Args:
        text: The reading text the offsets refer to.
        units: The document's units without those of a web site around it.
    """
    crumb = _last_crumb(text)
    if crumb is not None:
        return crumb
    body = next((u.start for u in units if u.kind == "sentence" and _is_prose(text[u.start : u.end])), len(text))
    headings = [u for u in units[:COVER_UNITS] if u.kind == "heading" or _is_headed_grid(text, u)]
    headings = [u for u in headings if not _SIDE_BY_SIDE.search(text, u.start, u.end)]
    opened = any(title_rank(text[u.start : u.end]) > 0 for u in headings if u.start < body)
    ranked = [
        (title_rank(text[u.start : u.end]), -u.start, u.end) for u in headings if u.start < body or not opened
    ]  # a heading inside the text is the title only where none stands before the text
    about = min((u.start for u in headings if title_rank(text[u.start : u.end]) > 0), default=len(text))
    ranked += [(_plain_rank(text, a, b, about), -a, b) for a, b in _cover_lines(text, units)]
    ranked += [(3, -a, b) for a, b in _under_type(text, units)]
    rank, place, end = max(ranked, default=(-1, 0, 0))
    if rank == TYPED:
        place, end = _above_subtitle(text, -place, end)
    if rank >= TYPED:
        place, end = _above_address(text, -place, end)
    if rank <= 0 and (rank < 0 or -place >= body):  # of headings inside the text none is like a line above it
        opening = next(((a, b) for a, b in _cover_lines(text, units) if _opens(text, a, b, body)), None)
        rank, place, end = (0, -opening[0], opening[1]) if opening else (rank, place, end)
    social = vocabulary().metadata_lines["social_page"].search(text[:HEAD])
    if rank < 0 or (social and rank < TYPED):
        return None  # what a platform shows of an account has no title, unless its rules are called so
    start = -place
    for _ in range(MOST_LINES - 1):
        end = _with_next_line(text, start, end)
    start, end = without_frame(text, start, end)
    return Said("title", " ".join(text[start:end].split()), start, end, 0.6 + 0.1 * rank)


def _is_headed_grid(text: str, unit: Unit) -> bool:
    """Whether a unit is the one wide cell that a grid of facts at the head of a document has for its title."""
    words = text[unit.start : unit.end]
    first = unit.kind == "table_row" and unit.unit < GRID_ROWS and not _SIDE_BY_SIDE.search(words) and "|" not in words
    return first and title_rank(words) > 0


def _last_crumb(text: str) -> Said | None:
    """The line that a web page's trail ends in ("Hem > Kommunikation > Regler"), where the page has it again."""
    trail = vocabulary().metadata_lines["trail"].search(text)
    if trail is None:
        return None
    words = trail["last"].strip()
    again = re.compile(rf"^[ \t#]*({re.escape(words)})[ \t]*$", re.MULTILINE).search(text, trail.end())
    return Said("title", " ".join(words.split()), *again.span(1), 0.85) if again else None


def _above_subtitle(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the title stands, as minus start and end: the line right above, where this one only says for whom it is.

    "Mediekontakter / Rutin för chefer och medarbetare": the second names a type, but not the subject.
    """
    above, words = _line_above(text, start)
    if not text[:start].rstrip(" \t").endswith("\n") or not _FOR_WHOM.match(text, start, end):
        return -start, end
    like_one = words[:1].isalpha() and words.isupper() == text[start:end].isupper() and may_be_title(words)
    if len(words) < LONG_TYPE or not like_one or title_rank(words) < 0:
        return -start, end
    return -above, above + len(words)


def _above_address(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the title stands, as minus start and end: above a line that says to whom, in what form or to what it is.

    "Synas, svara, spara / Handbok för dig som sköter ett konto", blank lines between them or none.
    """
    above, words = _line_above(text, start, over_blanks=True)
    if not _ADDRESS.match(text, start, end) or "\n" not in text[above + len(words) : start]:
        return -start, end
    asked = words.removesuffix("?")
    if len(words) < LONG_TYPE or not words[:1].isalpha() or not may_be_title(asked) or _is_name(words):
        return -start, end
    if words[-1:].isdigit() or any(r.end - r.start > len(words) / 2 for r in find_roles(words)):
        return -start, end  # a number, or the unit whose document it is
    return -above, above + len(words)


def _line_above(text: str, start: int, *, over_blanks: bool = False) -> tuple[int, str]:
    """Where the words of the line above begin, and they: none above a blank line, within a line what precedes."""
    head = text[:start].rstrip() if over_blanks else text[:start].rstrip(" \t").removesuffix("\n")
    line = head.rpartition("\n")[2]
    return len(head) - len(line.lstrip()), line.strip()


def _opens(text: str, start: int, end: int, body: int) -> bool:
    """Whether a line stands above the running text and could be a title, whatever it is about."""
    words = text[start:end]
    asked = words.removesuffix("?")
    return end <= body and len(words.split()) >= FEWEST_WORDS and "\n" not in words and may_be_title(asked)


def without_frame(text: str, start: int, end: int) -> tuple[int, int]:
    """The title without page mark, paragraph and number of minutes, and the municipality's name set off around it."""
    mark = _PAGE_MARK.search(text, start, end)
    end = mark.start() if mark and mark.end() == end else end
    paragraph = _PARAGRAPH.match(text, start, end)
    start = paragraph.end() if paragraph else start
    parts = list(_SET_OFF.finditer(text, start, end))
    if len(parts) == 1 and _is_name(text[parts[0].end() : end]):
        end = parts[0].start()
    elif len(parts) == 1 and _is_name(text[start : parts[0].start()]):
        start = parts[0].end()
    number = _NUMBER_BEHIND.search(text, start, end)
    return start, number.start() if number else end


def find_type(text: str, title: str, units: Sequence[Unit], *, proposal: bool) -> list[Said]:
    """The document's type: a letter is one whatever it encloses; else its title, a line of its own, "Denna policy"."""
    if proposal:
        if is_minutes(text, units):
            return []  # minutes are none of the types
        named = re.search(r"(?i)tjänste(skrivelse|utlåtande)", text)
        at = (named.start(), named.end()) if named else (0, 0)
        return [Said("document_type", "tjänsteskrivelse", *at, 0.99)]
    at = (0, 0)
    if title and type_of(title):
        found = re.search(re.escape(title.partition(" ")[0]), text)
        return [Said("document_type", type_of(title), *(found.span() if found else at), 0.95)]
    # "Mediekontakter / Rutin för chefer och medarbetare"
    under = rf"[ \t]*\n(?:(?=[\w-]+\s+för\s)|\s*(?={_ADDRESS.pattern}))(?P<kind>[\w-]+)"
    below = re.search(re.escape(title) + under, text) if title else None
    if below and type_of(below["kind"]):
        return [Said("document_type", type_of(below["kind"]), *below.span("kind"), 0.85)]
    for unit in units[:COVER_LINES]:
        for start, end in parts_of(text, unit.start, unit.end):
            alone = text[start:end].partition(",")[0]
            if len(alone.split()) == 1 and type_of(alone):
                return [Said("document_type", type_of(alone), start, start + len(alone), 0.85)]
            common = _FOR_ALL.fullmatch(alone)
            if common and type_of(common[1]):
                return [Said("document_type", type_of(common[1]), start, start + len(alone), 0.8)]
    for own in (_THIS, _OWN_DEFINITE):
        for speaking in own.finditer(text):
            elsewhere = own is _OWN_DEFINITE and _lies_elsewhere(text, speaking.end())
            if type_of(speaking[1]) and not elsewhere:
                return [Said("document_type", type_of(speaking[1]), *speaking.span(1), 0.7)]
    for unit in units:  # "Om policyn och riktlinjerna": a heading that speaks of the document itself
        about = _ABOUT_ITSELF.match(text[unit.start : unit.end]) if unit.kind == "heading" else None
        if about and type_of(about[1]):
            return [Said("document_type", type_of(about[1]), unit.start, unit.end, 0.5)]
    return []


def _lies_elsewhere(text: str, at: int) -> bool:
    """Whether the sentence goes on to say where to find what it speaks of."""
    behind = text[at : at + LONGEST_LINE].partition(".")[0]
    return vocabulary().metadata_lines["lies_elsewhere"].search(behind) is not None


def _has_day(words: str) -> bool:
    """Whether words give more than a year: a title may name its year."""
    return any("-" in day.value for day in find_dates(words))


def _is_prose(words: str) -> bool:
    return len(words) >= PROSE and words.rstrip().endswith(".") and not GAP.search(words)


def _under_type(text: str, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """The line below one that is a type of document and nothing else ("RIKTLINJE" / "Sociala medier")."""
    found = []
    for above, below in pairwise(units[:COVER_LINES]):
        kind, words = (text[u.start : u.end].strip() for u in (above, below))
        alone = (
            len(kind.split()) == 1 and type_of(kind) and not vocabulary().metadata_lines["definite_type"].search(kind)
        )
        if (
            alone
            and len(words.split()) > 1
            and below.kind in ("heading", "sentence", "lead_in")
            and may_be_title(words)
            and not _GOES_ON.match(words)
        ):
            found.append((below.start, below.end))
    return found[:1]


def _is_name(words: str) -> bool:
    """Whether a line names the municipality and nothing else."""
    return _NAME_ONLY.match(words) is not None and not type_of(words)


def _is_no_title(words: str) -> bool:
    """Whether words are a trail, what a platform shows of an account, more than one sentence, or a bare name."""
    lines = vocabulary().metadata_lines
    unlike = lines["crumbs"].search(words) or lines["social_page"].search(words) or _second_sentence(words)
    return bool(unlike) or _is_name(words) or lines["kind_of_paper"].fullmatch(words) is not None


def _second_sentence(words: str) -> bool:
    """Whether words go on after a stop; "Sociala medier i X. Riktlinje med handledning" is a title and its subtitle."""
    stop = _TWO_SENTENCES.search(words)
    return stop is not None and not type_of(stop[1])


def may_be_title(words: str) -> bool:
    """Whether words could be a title at all: no sentence, label, day, adoption or name of the municipality alone."""
    lines, words = vocabulary().metadata_lines, _PAGE_MARK.sub("", words)
    if (
        not 4 <= len(words) < LONGEST_TITLE
        or (words.endswith((".", ":", ",", "?")) and not _SHORTENED.search(words))
        or GAP.search(words)
        or _POINT.match(words)
    ):
        return False
    if _PERSON.fullmatch(words) or _has_day(words) or _is_no_title(words):
        return False
    if _PAGE_BEHIND.search(words) or lines["adopted"].search(words):
        return False
    return not label_field(words.partition(":")[0]) and " / " not in words


def _with_next_line(text: str, start: int, end: int) -> int:
    """Where a title ends that goes on in the line right below: "Kommunikationspolicy / med tillhörande riktlinjer"."""
    below = re.compile(r"[ \t]*\n[ \t]*([^\n]+)").match(text, end)
    if below is None or end - start + len(below[1]) > LONGEST_TITLE:
        return end
    if below[1].endswith((".", ":", ",")) and not _SHORTENED.search(below[1]):
        return end
    words, above = below[1].strip(), text[start:end]
    if not words:
        return end  # a page ends there
    if _YEARS_ALONE.fullmatch(words):
        return below.start(1) + len(words)
    if label_field(words.partition(":")[0]) or _has_day(words) or GAP.search(words):
        return end
    if _DASHED.match(words) and not type_of(above):
        return below.start(1) + len(words)
    if vocabulary().metadata_lines["adopted"].search(words):
        return end
    if _LEADS_ON.search(above.rstrip()) or _OWNER.search(above.rstrip()):
        return below.start(1) + len(words)
    # What is set in capitals goes on in capitals; a type may follow in its own line.
    same = words.isupper() == above.isupper() and _GOES_ON.match(words) and not type_of(words.split()[0])
    # "Sociala medier / Policy för X kommun": so short a line is no title by itself; below a longer one is a subtitle.
    typed = (
        len(above.split()) < FEWEST_WORDS and not type_of(above) and type_of(words.split()[0]) and _GOES_ON.match(words)
    )
    return below.start(1) + len(words) if words[:1].islower() or same or typed else end


def _cover_lines(text: str, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """The first lines of the document that are set in plain type, as spans."""
    plain = [
        u for u in units[:COVER_LINES]
        if u.kind in ("sentence", "lead_in") or (u.kind == "heading" and _SIDE_BY_SIDE.search(text, u.start, u.end))
    ]  # fmt: skip
    if not plain:
        return []
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[: plain[-1].end]):
        first = next(iter(parts_of(text, *line.span())), (0, 0))
        start, words = first[0], text[slice(*first)]
        if words and any(u.start < start + len(words) and start < u.end for u in plain):
            found.append((start, start + len(words)))
    found = found[:COVER_LINES]
    wrapped = [(above[0], below[1]) for above, below in pairwise(found) if _is_wrapped(text, above, below)]
    return [*found, *wrapped]


def _is_wrapped(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether two lines are one title: the second goes on in lower case right below, or both are in capitals."""
    first, second = text[slice(*above)], text[slice(*below)]
    together = text[above[1] : below[0]].strip(" \t") == "\n"
    return together and (second[:1].islower() or (first.isupper() and second.isupper()))


def _plain_rank(text: str, start: int, end: int, heading: int) -> int:
    """How much a line in plain type is like the title: it must name the subject, or begin with its type.

    The latter only above the first heading that is like one, and not below a line that goes on in it.
    """
    words = re.sub(r"\s*\n\s*", " ", text[start:end])
    if not may_be_title(words) or (words[0].islower() and not text[:start].rstrip(" \t").endswith("\n\n")):
        return -1  # what goes on in lower case right below a line is in the middle of a sentence
    rank = title_rank(words)
    early = sum(1 for line in text[:start].split("\n") if line.strip()) < SHORT_COVER
    if rank == 2:
        _, above = _line_above(text, start)
        alone = start < heading and not (above and text[:start].count("\n\n") == 0 and title_rank(above) > 0)
        named = type_of(_HANGING.sub("", words).split()[0]) or vocabulary().metadata_lines["book"].match(words)
        return rank if early and alone and named else -1
    if rank == 1 and not (vocabulary().metadata_lines["narrow_subject"].search(words) and early):
        return -1
    return rank if rank in (1, 3) else -1


def title_rank(words: str) -> int:
    """How much words are like a document's title, from 3 to 0; -1 for what can't be it.

    A type in the definite form speaks of a document ("Om någon bryter mot reglerna"), it does not name this one.
    """
    lines, words = vocabulary().metadata_lines, _PAGE_MARK.sub("", words)
    if _is_no_title(words) or words.endswith("?"):
        return -1
    own = lines["definite_type"].sub(" ", words)
    typed = bool(type_of(own) or lines["book"].search(own))
    about = bool(lines["subject"].search(words))
    known = any(pattern.fullmatch(words.lower()) for _, pattern in vocabulary().section_titles)
    if len(words) < 4 or (known and not typed):
        return -1
    # "Kriskommunikationsplan" and "IT-policy" name their subject in the same word; "Handlingsplan" is but a type.
    whole = len(words.split()) > 1 or (
        (len(words) >= LONG_TYPE or "-" in words) and type_of(words) not in ("handlingsplan", "tjänsteskrivelse")
    )
    return 3 if typed and about else 2 if typed and whole else 1 if about else 0
