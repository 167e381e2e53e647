"""What a clause says to a harmonised requirement, in normal form, and how a reader would say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.codebooks import HarmonisedRequirement, match_members
from pipeline.compare.words import find_word, say, says, words
from pipeline.records.requirement import Requirement, Value

DUTY = "duty"
"""The value of a cell whose text states the duty and nothing more specific."""

_ADDRESS = re.compile(r"(?<![\w@.-])(?:www\.)?((?:[\w-]+\.)+(?:se|nu|eu|org))(?![\w.-]*@)\b", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(?P<Y>\d+)Y|(?P<M>\d+)M|(?P<W>\d+)W|(?P<D>\d+)D|T(?:(?P<H>\d+)H|(?P<m>\d+)M))")
_DEADLINES = ("sooner", "earlier")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is said, and the document it is left to."""

    said: frozenset[str] = frozenset()
    refers_to: str = ""


def read_tokens(
    entry: HarmonisedRequirement,
    requirement: Requirement | None,
    values: Sequence[Value],
    text: str,
    paragraph: str,
) -> Tokens:
    """The normal forms of what a passage says to a harmonised requirement.

    Args:
        entry: The harmonised requirement.
        requirement: The requirement the passage is, None for a value or statement outside a duty.
        values: The values that stand in it.
        text: Its words, with those of the list under it.
        paragraph: The heading and paragraph around it, where web addresses are looked for if it names no channel.
    """
    said = {token for value in values for token in _from_value(entry, value)}
    said.update(match_members(entry, text))
    if entry.value == "channels":
        said.update(_channels(entry, text) or _channels(entry, paragraph))
    if entry.actor_decides and requirement is not None and requirement.actor_group in ("role", "unit"):
        said.update(_canonical(requirement.actor))
    refers = sorted({v.refers_to for v in values if v.refers_to and v.kind in entry.kinds})
    named = sorted({v.value or v.quote for v in values if v.kind == "document_reference"})
    target = next(iter(refers or named), "") or find_word("attachments", text) or find_word("plans", text)
    return Tokens(frozenset(said), target)


def is_exemption(entry: HarmonisedRequirement, requirement: Requirement, values: Sequence[Value]) -> bool:
    """Whether the clause says that there is no such duty ("behöver inte diarieföras")."""
    if requirement.modality == "may" and says("exemptions", requirement.quote):
        return True
    own = [v for v in values if v.kind == "retention" and v.value in entry.retention]
    return bool(own) and all(v.negated for v in own)


def is_delegating(entry: HarmonisedRequirement, tokens: Tokens, text: str) -> bool:
    """Whether the passage leaves the answer to another document."""
    if entry.delegation == "never" or not tokens.refers_to or has_content(entry, tokens.said):
        return False
    return says("delegation_named", text) or (entry.delegation == "referred" and says("delegation_referred", text))


def has_content(entry: HarmonisedRequirement, said: Iterable[str]) -> bool:
    """Whether what is said answers by itself; a kind of keeping without a time does not."""
    tokens = set(said) - {DUTY}
    return any(" " in token for token in tokens) if entry.value == "retention" else bool(tokens)


def join_tokens(said: Iterable[str]) -> str:
    """The cell's value: sorted and |-separated."""
    return "|".join(sorted({token.replace("|", "/") for token in said if token}))


def put_in_words(entry: HarmonisedRequirement, said: Iterable[str], modality: str) -> str:
    """The value as a reader would say it, in Swedish."""
    members = {member.id: member.sv for member in entry.members}
    spoken = [
        members.get(token) or _say_token(entry, token, modality) for token in sorted(set(said), key=_reading_order)
    ]
    return ", ".join(dict.fromkeys(spoken))


def split_duration(token: str) -> tuple[str, str] | None:
    """Value and calendar of a token that is a time, exact or vague; None for anything else."""
    value, _, calendar = token.partition(" ")
    if (_DURATION.fullmatch(value) or value in words()["vague"]) and calendar in ("", *words()["calendars"]):
        return value, calendar
    return None


def _from_value(entry: HarmonisedRequirement, value: Value) -> Iterator[str]:
    if value.kind not in entry.kinds:
        return
    kind = value.kind
    if kind in ("response_time", "removal_time"):
        if kind == "removal_time" or value.of in ("", "answer"):
            yield f"{value.value} {value.calendar}".strip()
    elif kind == "frequency":
        if not entry.of or value.of in entry.of:
            yield f"{value.value} {value.calendar}".strip()
    elif kind == "retention":
        if not value.negated and (not entry.retention or value.value in entry.retention):
            yield f"{value.value} {value.period}".strip()
    elif kind == "legal_reference":
        yield value.identifier or value.value
    elif kind == "document_reference":
        title = value.value or value.quote
        if not find_word("attachments", title):
            yield " ".join(title.split())
    else:
        yield value.value


def _channels(entry: HarmonisedRequirement, text: str) -> set[str]:
    found = {match[1].casefold() for match in _ADDRESS.finditer(text)}
    return found | set(match_members(entry, text))


def _canonical(actor: str) -> Iterator[str]:
    from pipeline.swedish.roles import find_roles

    found = [mention.canonical for mention in find_roles(actor)]
    yield from found or [actor]


def _reading_order(token: str) -> tuple[bool, str]:
    return token == DUTY, token


def _say_token(entry: HarmonisedRequirement, token: str, modality: str) -> str:
    if token == DUTY:
        return say("modalities", modality) if modality else "anges"
    time = split_duration(token)
    if time is not None:
        return _say_time(entry, *time)
    if entry.value == "retention":
        kind, _, period = token.partition(" ")
        return f"{kind} efter {_say_length(period)}" if period else kind
    if entry.value == "acts" or "legal_reference" in entry.kinds:
        return _say_act(token)
    return say("prohibited_content", token)


def _say_time(entry: HarmonisedRequirement, value: str, calendar: str) -> str:
    length = _say_length(value)
    days = f" {say('calendars', calendar)}" if calendar else ""
    if length == value:
        return f"{value}{days}"
    return f"inom {length}{days}" if entry.stricter in _DEADLINES else f"en gång på {length}{days}"


def _say_length(value: str) -> str:
    match = _DURATION.fullmatch(value)
    if not match:
        return value
    unit, number = next((unit, number) for unit, number in match.groupdict().items() if number)
    one, many = words()["units"][unit]
    return f"{number} {one if number == '1' else many}"


def _say_act(identifier: str) -> str:
    from pipeline.swedish.law_register import register

    act = register().by_identifier.get(identifier)
    return f"{act.norm} ({identifier})" if act else identifier
