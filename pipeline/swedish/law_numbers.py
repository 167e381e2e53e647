"""Acts named by number or abbreviation: SFS 2018:218, (EU) 2016/679, RA-FS 1991:6, OSL, FL where it means the act."""

from __future__ import annotations

import re
from functools import cache

from pipeline.swedish.law_names import Name
from pipeline.swedish.law_register import Act, register
from pipeline.swedish.law_sections import SectionSpan

_SFS = re.compile(r"\bSFS\s*:?\s*(?:nr\.?\s*)?((?:1[6-9]|20)\d{2}:\d{1,4})\b")
#: KFS is no agency's collection in a municipality's text but its own (kommunal författningssamling).
_AGENCY = re.compile(
    r"\b(RA-FS|RA-MS|AFS|HSLF-FS|SOSFS|MSBFS|DIFS|SKOLFS|PTSFS|MRTVFS|MDFFS|STAFS)[\s\u00a0]?((?:19|20)\d{2}:\d{1,3})\b"
)
_EU = re.compile(
    r"(?:(?:Europaparlamentets\s+och\s+rådets\s+|rådets\s+|kommissionens\s+|EU:s\s+)?"
    r"(?<![\w-])(?P<kind>(?:(?P<union>EU-|EG-)|[^\W\d_]+-)?"
    r"(?:genomförande)?(?:förordning(?:en)?|direktiv(?:et)?|rättsakt(?:en)?|beslut(?:et)?))\s+)?"
    r"(?:(?:\(?(?:EU|EG|EEG)\)?|(?(union)(?=\d|nr)|(?!)))\s*(?P<nr>nr\.?\s*)?(?P<first>\d{1,4})/(?P<second>\d{1,4})\b"
    r"|(?P<old>\d{2}|\d{4})/(?P<oldnr>\d{1,4})/(?:EG|EU|EEG)\b)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:\benligt|\bmed stöd av|\bi enlighet med|\bi strid med|\bbryter mot|\bföljer?|\bföljs|\bi|\bse|\bav)\s+\Z",
    re.IGNORECASE,
)
_LISTING = re.compile(r"[\s,;/•·\-–*()]*(?:\b(?:och|samt|eller)\b|&)?[\s•·\-–*(]*")
#: "TF kommunchef" is tillförordnad, an acting official.
_ACTING = re.compile(r"[\s.]+[a-zåäö]*(?:chef|direktör|ordförande|rektor|ledare|förvaltnings|kommun)", re.IGNORECASE)
_DEFINED = re.compile(r"([^\W\d_][\w:\-]*)\s*[(,]\s*(?:nedan\s+|förkortat\s+|förkortas\s+|kallad\s+|s\.?k\.?\s+)*\Z")
_LAW_WORD = re.compile(
    r"lag(?:en|ens|ar|arna|stiftning\w*)?$|förordning(?:en|s)?$|balken?s?$|formen?s?$|act$", re.IGNORECASE
)
_FIGURE = re.compile(r"\d")
_LISTING_REACH = 14
_NUMBER_AFTER = re.compile(r"\s*[(,]?\s*(?:SFS\s*)?(\d{4}:\d{1,4})")


def has_figure(text: str) -> bool:
    """Whether a text holds a figure: most sentences hold none, and then no number of any kind is looked for."""
    return _FIGURE.search(text) is not None


def find_numbers(text: str) -> list[Name]:
    """Acts named by number alone, European and agency ones included, in order."""
    if not has_figure(text):
        return []
    found = [
        Name(m.start(), m.end(), register().by_identifier.get(m[1]) or Act(f"SFS {m[1]}", (m[1],)), "number", 0.98)
        for m in _SFS.finditer(text)
    ]
    found += [Name(m.start(), m.end(), Act(f"{m[1]} {m[2]}", ("",)), "number", 0.98) for m in _AGENCY.finditer(text)]
    found += [_european(match) for match in _EU.finditer(text)]
    return sorted(found, key=lambda name: (name.start, name.end))


def _european(match: re.Match[str]) -> Name:
    identifier = european_number(match)
    act = register().by_identifier.get(identifier)
    written = re.sub(r"\s+", " ", match[0])
    return Name(match.start(), match.end(), act or Act(written, (identifier,)), "number", 0.98)


def european_number(match: re.Match[str]) -> str:
    """YYYY/N, whichever way round the act was written: (EG) nr 45/2001 and 95/46/EG have it the other way."""
    if match["old"]:
        year = match["old"] if len(match["old"]) == 4 else f"19{match['old']}"
        return f"{year}/{match['oldnr']}"
    first, second = match["first"], match["second"]
    backwards = len(second) == 4 and (len(first) != 4 or bool(match["nr"]))
    return f"{second}/{first}" if backwards else f"{first}/{second}"


@cache
def _abbreviations() -> re.Pattern[str]:
    shorts = sorted(register().abbreviations, key=lambda short: (-len(short), short))
    phrases = sorted(register().phrases, key=lambda phrase: (-len(phrase), phrase))
    spaced = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases]
    return re.compile(
        rf"(?<![\w\-:.@#])(?P<short>{'|'.join(map(re.escape, shorts))})(?P<genitive>:?s)?(?![\w@])"
        rf"|\b(?P<phrase>(?i:{'|'.join(spaced)}))s?\b"
    )


def find_abbreviations(text: str, others: list[Name], sections: list[SectionSpan]) -> list[Name]:
    """Abbreviations and fixed phrases that stand for acts.

    Args:
        text: The text to read.
        others: Names found in it already; a short form beside one, or defined by one, means an act.
        sections: Its sections; a short form beside one means an act.
    """
    found: list[Name] = []
    defined: dict[str, Act | None] = {}
    ends = {name.end for name in others}
    starts = {name.start for name in others}
    by_end, by_start = {s.end for s in sections if s.section}, {s.start for s in sections if s.section}
    matches = list(_abbreviations().finditer(text))
    for match in matches:
        if match["short"]:
            _learn(text, match, others, defined)
    for match in matches:
        if match["phrase"]:
            act = register().phrases[re.sub(r"\s+", " ", match["phrase"].lower())]
            found.append(Name(match.start(), match.end(), act, "name", 0.98))
            continue
        short = match["short"]
        if _ACTING.match(text, match.end()) and short in ("TF", "Tf"):
            continue
        compound = text[match.end() : match.end() + 1] == "-" and text[match.end() + 1 : match.end() + 2].isalpha()
        acts = register().abbreviations[short]
        if (
            (compound and not acts[0].compounds)
            or (short in defined and defined[short] is None)
            or _in_address(text, match)
        ):
            continue
        cautious = register().cautious.get(short)
        if cautious is None or (cautious and short in defined):
            found.append(Name(match.start(), match.end(), acts[0], "abbreviation", 0.8 if compound else 0.96))
        elif (
            _numbered(text, match, acts)
            or _context(text, match, ends=ends, starts=starts, sections=(by_start, by_end))
            or ((cautious or short in defined) and _CUE.search(text, max(0, match.start() - 20), match.start()))
        ):
            known = defined.get(short)
            numbered = tuple(act for act in acts if _numbered(text, match, (act,)))
            found.append(_ambiguous(match, (known,) if known else numbered or acts))
        if found and found[-1].end == match.end():
            ends.add(match.end())
    return found


def _in_address(text: str, match: re.Match[str]) -> bool:
    """Whether the short form is a piece of a web address or path."""
    written = (text[max(0, match.start() - 60) : match.start()].split(" ") or [""])[-1]
    return bool(re.search(r"www\.|https?:|\.se|@", written))


def _numbered(text: str, match: re.Match[str], acts: tuple[Act, ...]) -> bool:
    """Whether the act's own number follows: "FL (2017:900)"."""
    number = _NUMBER_AFTER.match(text, match.end())
    return number is not None and any(number[1] in act.identifiers for act in acts)


def _ambiguous(match: re.Match[str], acts: tuple[Act, ...]) -> Name:
    """A cautious short form: one act, or (AL, DL) none of two, which stays unresolved."""
    if len(acts) == 1:
        return Name(match.start(), match.end(), acts[0], "abbreviation", 0.88)
    return Name(match.start(), match.end(), Act(match["short"], ()), "abbreviation", 0.6, acts)


def _learn(text: str, match: re.Match[str], others: list[Name], defined: dict[str, Act | None]) -> None:
    """Take down what this text means by a short form: "arkivlagen (AL)", but also "Riksidrottsförbundet (RF)"."""
    short = match["short"]
    before = _DEFINED.search(text, max(0, match.start() - 60), match.start())
    if not before:
        return
    named = [
        n for n in others if n.start < match.start() and match.start() - n.end <= 30 and n.end > before.start(1) - 12
    ]
    if named and named[-1].act in register().abbreviations[short]:
        defined[short] = named[-1].act
    elif (
        not named
        and "(" in text[before.end(1) : match.start()]
        and before[1][0].lower() == short[0].lower()
        and not _LAW_WORD.search(before[1])
        and text[match.end() : match.end() + 1] == ")"
        and _spells(short, before[1])
    ):
        defined[short] = None


def _spells(short: str, word: str) -> bool:
    """Whether a word holds the letters of a short form in order, as one that it abbreviates does."""
    letters = iter(word.lower())
    return all(letter in letters for letter in short.lower())


def _context(
    text: str,
    match: re.Match[str],
    *,
    ends: set[int],
    starts: set[int],
    sections: tuple[set[int], set[int]],
) -> bool:
    """Whether a short form stands beside a section, or in a row with acts."""
    section_starts, section_ends = sections
    for gap in range(_LISTING_REACH):
        left, right = match.start() - gap, match.end() + gap
        if gap <= 3 and (left in section_ends or right in section_starts):
            return True
        if left in ends and _LISTING.fullmatch(text, left, match.start()):
            return True
        if right in starts and _LISTING.fullmatch(text, match.end(), right):
            return True
    return False
