"""How a guideline names roles, acts and other documents, and what kind of value a token of a cell is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from pipeline.codebooks.cues import CueIndex, split_words
from pipeline.drafting.inflection import common_words, definite
from pipeline.wording import join_words

ATTACHMENT = re.compile(r"(?i)(?:se )?bilag(?:a|an|or)\b")
"""Titles that name a part of a document: another municipality's attachment is nothing to refer to."""

TITLE_STEM = 5
"""Letters by which the words of two titles are compared: "Riktlinjer för ..." is "Riktlinje för ..."."""

_PART_OF = re.compile(r"^[a-zåäö]\w+(?: \w+)? i (?:(?:kommun|nämnd|förvaltning|verksamhet)ens|den egna) (?=[a-zåäö]+$)")
"""What says in which part of another document something stands, before the document itself."""

_OF_A_KIND = re.compile(r"(grafisk|digital|intern|extern) (profil|manual|policy|strategi|handbok|plan)")
"""Two words that only say what kind of document it is."""


def current_role(role: str) -> str:
    """A role by the name it has now: "informatör" gives "kommunikatör"."""
    from pipeline.swedish.renames import current_name

    return current_name(role)


def name_role(role: str) -> str:
    """A role as the subject of a rule, by its present name."""
    return definite(current_role(role))


def name_document(title: str) -> str:
    """Another document as a guideline of any municipality can name it.

    "Kommunikationspolicy för Eksjö kommun" is "kommunens kommunikationspolicy" elsewhere, "grafisk profil" is
    "kommunens grafiska profil", and a part ("reglerna i nämndens arkivplan") is the whole; a plan in definite form, and
    a title of several words, stand as they are.
    """
    words = _own_words(title)
    if not words:
        return "kommunens styrdokument"
    kind = _OF_A_KIND.fullmatch(words)
    if kind:
        return f"kommunens {kind[1]}a {kind[2]}"
    if " " in words or re.search(r"(?:en|et|na|ns|ts)$", words):
        return words
    return f"kommunens {words[:1].lower()}{words[1:]}"


def _own_words(title: str) -> str:
    """A title without the municipality it was written for, and the whole where it names a part."""
    from pipeline.swedish.municipalities import find_municipalities

    words = title.strip().removeprefix("enligt ").strip()
    for mention in reversed(find_municipalities(words)):
        before = re.sub(r"\s+(?:för|i|inom|av)\s*$", "", words[: mention.start])
        if before != words[: mention.start].rstrip():
            words = before
    return _PART_OF.sub("", words.strip(" ,."))


def name_title(title: str) -> str:
    """A document's title after "styrdokumentet": without the municipality it was written for."""
    words = _own_words(title)
    return words if _OF_A_KIND.fullmatch(words) else name_document(title).removeprefix("kommunens ")


def name_kind(title: str) -> str:
    """The same after "kommunens", of a title that only says what kind it is: "grafiska profil"."""
    return name_document(title).removeprefix("kommunens ")


def is_kind(title: str) -> bool:
    """Whether a title only says what kind of document it is, which any municipality has: "dokumenthanteringsplan"."""
    one = " " not in name_title(title) or _OF_A_KIND.fullmatch(_own_words(title))
    return name_document(title).startswith("kommunens ") and bool(one)


def name_documents(titles: str) -> str:
    """The documents of a cell that leaves its answer to them, titles joined by |, as a sentence names them.

    Another municipality's attachment is nothing to refer to; alone it becomes the municipality's own document.
    """
    named = [name_document(t) for t in _nameable(titles)]
    return join_words(list(dict.fromkeys(named))) or name_document("")


def name_titles(titles: str) -> tuple[str, ...]:
    """The titles of the documents that `name_documents` names, each once."""
    return tuple(dict.fromkeys(name_title(t) for t in _nameable(titles)))


def is_titled(title: str, own: str) -> bool:
    """Whether a document goes by the draft's own title, however inflected: a guideline can't refer to itself."""
    stems, mine = ({word[:TITLE_STEM] for word in split_words(name_document(t))} for t in (title, own))
    return stems == mine


def _nameable(titles: str) -> list[str]:
    return [t for t in titles.split("|") if t and not ATTACHMENT.match(t)]


def name_act(token: str, on: date) -> str:
    """An act as a guideline names it on a day, with its number; one that is repealed by what to write instead."""
    from pipeline.swedish.act_names import write_acts

    number = current_act(token, on)
    return write_acts(number) if number[:1].isdigit() else number


def current_act(token: str, on: date) -> str:
    """The number of an act on a day, or of what to write instead of it; an abbreviation without number as it is."""
    from pipeline.swedish.law_status import law_status

    number = token if re.search(r"\d[:/]\d", token) else _number_of(token, on)
    if not number[:1].isdigit():
        return number
    status = law_status(number, on)
    return status.use_instead if status.status == "repealed" and status.use_instead else number


def _number_of(name: str, on: date) -> str:
    """The number that an act's abbreviation stands for on a day ("FL"); the abbreviation where that is not known."""
    from pipeline.swedish.law_register import register

    acts = register().abbreviations.get(name, ())
    number = acts[0].resolve(on)[1] if len(acts) == 1 else ""
    return number or name


def is_time(token: str) -> bool:
    """Whether a token of a cell is a time, exact or vague, with its calendar."""
    value = token.partition(" ")[0]
    return bool(re.fullmatch(r"P(?:\d+[YMWD]|T\d+[HM])", value)) or value in common_words()["vague"]


def is_act(token: str) -> bool:
    """Whether a token of a cell is an act: its number, or an abbreviation in capitals where the number is not known."""
    return bool(re.fullmatch(r"(?:1[6-9]|20)\d\d[:/]\d{1,4}", token)) or token.isupper()


def is_of_one_unit(role: str) -> bool:
    """Whether a role is found in schools, libraries and the like alone, and so in no rule for a whole municipality."""
    return _of_one_unit().holds(role)


@cache
def _of_one_unit() -> CueIndex:
    return CueIndex.of_terms(common_words()["of_one_unit"])


def is_role(token: str) -> bool:
    """Whether a token of a cell is a role: words, not a member, a time, an act, an address or the name of a place.

    A name with a capital that is no known function ("Insidan") is where something stands, not who does it.
    """
    from pipeline.swedish.roles import find_roles

    if is_time(token) or is_act(token) or "." in token or token.isdigit():
        return False
    return not token[:1].isupper() or bool(find_roles(token))
