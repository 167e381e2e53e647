"""Values in words for the English side of the report; the Swedish words come with the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.comparison import Cell
from pipeline.swedish.texts import Texts
from pipeline.wording import (
    ADVISED_AGAINST,
    DUTY,
    KEPT_FOR,
    MAY_REMOVE,
    NEED_NOT,
    REPEATED,
    asides_of,
    is_missing,
    is_vague,
    length_of,
    name_force,
    say_act,
    say_time,
    split_duration,
    told_in_order,
)

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes")


def strength(cell: Cell, requirement: HarmonisedRequirement) -> str:
    """How hard a cell binds, as its words have it: a name among the texts' modalities."""
    if cell.answer == "stated_negatively" and cell.modality == "may":
        return NEED_NOT
    return name_force(requirement, cell.modality, cell.quote)


WEAKER = frozenset({"should", "should_not", ADVISED_AGAINST, "may", MAY_REMOVE})
"""Forces that advise or permit: what is stated so binds less than "ska" and a prohibition."""


def force_behind(cell: Cell, requirement: HarmonisedRequirement, said: str, texts: Texts) -> str:
    """The force to tell behind a value that is stated with less than "ska"; nothing where the value is the force."""
    name = strength(cell, requirement)
    force = texts[f"modality.{name}"].lower() if cell.answer == "stated" and name in WEAKER else ""
    return f" ({force})" if force and force != said.lower() else ""


def value_in_words(
    cell: Cell, requirement: HarmonisedRequirement, texts: Texts, *, of: Sequence[str] | None = None
) -> str:  # fmt: skip
    """A cell's normal form as a reader of the texts' language would say it; only of some of its values where given.

    Members of the requirement's set and terms that the texts know (kinds of content, durations, calendars) are put in
    words, a bare duty by its modality; names, roles, titles and act numbers are left as they stand in the documents.
    """
    values = cell.value.split("|") if of is None else of
    behind = {token: name for token, name in asides_of(requirement, cell).items() if token in values}
    if behind:
        rule = _say_values(cell, [t for t in values if t not in behind], requirement, texts)
        told = [
            f"{texts[f'aside.{name}']} {_say_values(cell, own, requirement, texts)}"
            for name, own in told_in_order(behind)
        ]
        return f"{rule} ({'; '.join(told)})" if rule else "; ".join(told)
    return _say_values(cell, values, requirement, texts)


def _say_values(cell: Cell, values: Iterable[str], requirement: HarmonisedRequirement, texts: Texts) -> str:
    members = {member.id: member.sv if texts.language == "sv" else member.en for member in requirement.members}
    said = []
    for item in sorted(filter(None, (part.strip() for part in values)), key=lambda v: (length_of(v), v)):
        if item == DUTY:
            # A sentence that binds nobody has no force; it settles the question all the same.
            name = f"modality.{strength(cell, requirement)}" if cell.modality else "answer_short.stated"
            said.append(texts[name].lower())
        else:
            lacks = f" ({texts['wording.not_in_folder']})" if is_missing(cell, item) else ""
            said.append((members.get(item) or _item(item, requirement, texts)) + lacks)
    return ", ".join(said)


def _item(item: str, requirement: HarmonisedRequirement, texts: Texts) -> str:
    if requirement.value == "acts" or "legal_reference" in requirement.kinds:
        item = say_act(item)
    return token_in_words(item, texts, every=requirement.stricter in REPEATED)


def _term(item: str, texts: Texts) -> str:
    """What is no time, as the texts have it: how long something is kept, a word for a time with its days."""
    first, _, rest = item.partition(" ")
    what = texts.get(f"term.{first}", "")
    if what and split_duration(rest) is not None:
        how = "wording.kept_for" if first in KEPT_FOR else "wording.gone_after"
        return texts.say(how, what=what, length=token_in_words(rest, texts, bare=True))
    if what and is_vague(first) and rest:
        return f"{what} ({texts.get(f'term.{rest}', rest)})"
    return texts.get(f"term.{item}", item)


def token_in_words(item: str, texts: Texts, *, every: bool = False, bare: bool = False) -> str:
    """A normal form in words: a time as a deadline, as an interval or by itself, a term as the texts have it."""
    first, _, rest = item.partition(" ")
    match = _DURATION.fullmatch(first)
    if not match or not any(match.groups()):
        return _term(item, texts)
    if every and texts.language == "sv" and split_duration(first) is not None:
        said = say_time(first, "", limit=False)
        return f"{said} ({texts.get(f'term.{rest}', rest)})" if rest else said
    length = " ".join(
        texts.say(f"unit.{unit}.{'one' if int(count) == 1 else 'many'}", n=int(count))
        for unit, count in zip(_UNITS, match.groups(), strict=True)
        if count
    )
    if every and texts.language == "en":
        length = length.removeprefix("1 ")
    said = length if bare else texts.say("wording.every" if every else "wording.within", length=length)
    return f"{said} ({texts.get(f'term.{rest}', rest)})" if rest else said
