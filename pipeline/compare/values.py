"""What a clause says to a harmonised requirement, in normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks import HarmonisedRequirement, match_members
from pipeline.compare.sifting import sift
from pipeline.compare.times import find_times, is_of
from pipeline.compare.titles import split_titles
from pipeline.compare.words import find_word, says, words
from pipeline.records.requirement import EXEMPTION, RETENTION, Requirement, Value
from pipeline.wording import ADDRESS, DUTY, LIMITS, asks_by_denying, frees, name_plan

DISPOSED, PRESERVED = "gallras", "bevaras"
"""What may not be disposed of is preserved."""
_PERIOD = re.compile(r" P[\dT]")
_INTRANET = re.compile(r"\b[Ii]ntranät(?:et)?,?\s+[\"”']?([A-ZÅÄÖ][\wåäöÅÄÖ-]+)")
_PEOPLE = (("at_least_three", "3"), ("at_least_two", "2"))
"""Ways to say how many without a word for people behind the figure ("Minst två."), and the number they come to."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is said, the document it is left to, and what stands there too but hardly answers."""

    said: frozenset[str] = frozenset()
    refers_to: str = ""
    doubted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a passage, and what helps to read it.

    Attributes:
        paragraph: The words around it, where channels are looked for if it names none.
        near: Its words with those of its heading and the sentences beside it.
        intranet: What the document calls the intranet.
        rivals: What else the passage answers.
        sieve: The weights by which roles and names are told that are no part of the answer; none keeps all.
    """

    paragraph: str = ""
    near: str = ""
    intranet: str = ""
    rivals: Sequence[HarmonisedRequirement] = ()
    sieve: Mapping[str, float] = field(default_factory=dict)


_AT_MOST = re.compile(r"(?i)(?:högst|max|maximalt|som mest|inte fler än)\b")
"""A number that must not be passed: it says nothing of how many there are to be at least."""
_IN_ATTACHMENT = re.compile(
    r"(?i)\b(?:(?:framgår|följer) av|(?:finns|anges|beskrivs|regleras|återfinns|står) i|se|enligt) (?:\w+ ){0,2}?bilag"
)
"""What is left to an attachment, whatever other document is named with it."""


def read_tokens(
    entry: HarmonisedRequirement,
    requirement: Requirement | None,
    values: Sequence[Value],
    text: str,
    around: Surroundings,
) -> Tokens:
    """The normal forms of what a passage says to a harmonised requirement.

    Args:
        entry: The harmonised requirement.
        requirement: The requirement the passage is, None for a value or statement outside a duty.
        values: The values that stand in it.
        text: Its words, with those of the list under it.
        around: What stands around it.
    """
    said = {token for value in _without_possessors(values) for token in _from_value(entry, value)}
    if entry.value == "duration":
        said.update(find_times(entry, around.rivals, values, text))
    if entry.value == "channels":
        said.update(_channels(entry, text, around.intranet) or _channels(entry, around.paragraph, around.intranet))
    else:
        said.update(match_members(entry, text, around.near))
    if entry.value == "count" and not any(token.isdigit() for token in said):
        said.update([number for name, number in _PEOPLE if says(name, text)][:1])
    if entry.actor_decides and requirement is not None and requirement.actor_group in ("role", "unit"):
        said.update(t for t in _canonical(requirement.actor) if not find_word("nobody", t))
    if entry.value == "roles" and requirement is not None and _bars(requirement):
        said &= {member.id for member in entry.members}  # "enskilda lärare får inte ha konton": who may not, not who
    refers = sorted({v.refers_to for v in values if v.refers_to and v.kind in entry.kinds})
    named = sorted({v.value or v.quote for v in values if v.kind == "document_reference"})
    attached = find_word("attachments", text)
    aside = attached if _IN_ATTACHMENT.search(text) else ""  # "Hur gallringsreglerna ser ut framgår av bilaga"
    target = next(iter(refers), "") or aside or next(iter(named), "") or attached or find_word("plans", text)
    kept = sift(entry, said, requirement, requirement.quote if requirement is not None else text, around.sieve)
    return Tokens(kept, name_plan(target) if entry.value == "retention" else target, frozenset(said) - kept)


def _bars(requirement: Requirement) -> bool:
    """Whether a clause forbids outright: "får inte startas utan chefens beslut" still says whose decision it takes."""
    return requirement.force in ("must_not", "should_not") and not asks_by_denying(requirement.quote)


def is_freeing(requirement: Requirement) -> bool:
    """Whether a permission is one not to do something: "behöver inte diarieföras", "slipper diarieföra"."""
    return requirement.rule == EXEMPTION or frees(requirement.quote)


def is_exemption(entry: HarmonisedRequirement, requirement: Requirement, values: Sequence[Value]) -> bool:
    """Whether the clause says that there is no such duty ("behöver inte diarieföras")."""
    if requirement.modality == "may" and is_freeing(requirement):
        return True
    own = [v for v in values if v.kind == "retention" and v.value in entry.retention]
    return bool(own) and all(v.negated and v.value != DISPOSED for v in own)


def is_delegating(entry: HarmonisedRequirement, tokens: Tokens, text: str) -> bool:
    """Whether the passage leaves the answer to another document."""
    if entry.delegation == "never" or not tokens.refers_to or has_content(entry, tokens.said):
        return False
    if entry.value == "retention" and find_word("plans", text):
        return True  # whatever the words around it are: what a plan is named for is how long something is kept
    return says("delegation_named", text) or (entry.delegation == "referred" and says("delegation_referred", text))


def has_content(entry: HarmonisedRequirement, said: Iterable[str]) -> bool:
    """Whether what is said answers by itself; a kind of keeping without a time does not."""
    tokens = set(said) - {DUTY}
    if entry.value == "retention":
        return any(_PERIOD.search(token) for token in tokens) or any(m.id in tokens for m in entry.members)
    return bool(tokens)


def tidy_tokens(entry: HarmonisedRequirement, said: frozenset[str]) -> frozenset[str]:
    """What all passages say together, without what only says less of the same.

    "kommunikationspolicy" yields to "Kommunikationspolicy för X kommun", a web site to its address, "chef" to
    "kommunchef", and "other content" to kinds that are named.
    """
    bare = said & frozenset(words()["bare_heads"]) if "role" in entry.kinds else frozenset()
    said -= {head for head in bare if any(other != head and other.endswith(head) for other in said)}
    if entry.value == "documents":
        folded = {title: title.casefold() for title in said}
        return frozenset(t for t in said if not any(o != t and folded[o].startswith(f"{folded[t]} ") for o in said))
    if entry.value == "retention":
        exact = said.difference(RETENTION)
        # A bare "gallras" says less than when or by which plan; what is preserved stands beside it.
        return exact | (said & {PRESERVED}) if exact else said
    if entry.value == "channels" and any(ADDRESS.fullmatch(token) for token in said):
        return said - {"website"}
    return said.difference(words()["general"]) or said


def join_tokens(said: Iterable[str]) -> str:
    """The cell's value: sorted and |-separated."""
    return "|".join(sorted({token.replace("|", "/") for token in said if token}))


def _from_value(entry: HarmonisedRequirement, value: Value) -> Iterator[str]:
    if value.kind not in entry.kinds:
        return
    kind = value.kind
    if kind in LIMITS or kind == "frequency":
        if entry.value != "duration" and is_of(entry, value):
            yield f"{value.value} {value.calendar}".strip()
    elif kind == "retention":
        if value.negated and value.value == DISPOSED and DISPOSED in entry.retention:
            # "får inte gallras", and "får inte gallras förrän efter två år"
            yield f"{DISPOSED} {value.period}" if value.period else PRESERVED
        elif not value.negated and (not entry.retention or value.value in entry.retention):
            yield f"{value.value} {value.period}" if value.period else name_plan(value.refers_to) or value.value
    elif kind == "legal_reference":
        yield value.identifier or value.value
    elif kind == "document_reference":
        for title in split_titles(value.value or value.quote):
            if not find_word("attachments", title) and not find_word("no_documents", title):
                yield " ".join(title.split())
    elif kind == "role" and find_word("stand_ins", value.value):
        return  # who steps in answers no question for the one who does it
    elif kind != "count" or not (_AT_MOST.match(value.quote) or value.of.startswith("ersättar")):
        yield value.value  # whoever steps in is no more than that


def _without_possessors(values: Sequence[Value]) -> list[Value]:
    """The values without roles that only own another ("förvaltningens informatör" is the informatör)."""
    starts = {value.start for value in values if value.kind == "role"}
    return [v for v in values if not (v.kind == "role" and v.quote.endswith("s") and v.end + 1 in starts)]


def _channels(entry: HarmonisedRequirement, text: str, intranet: str) -> set[str]:
    """Web addresses and the channels that are named; what goes by a name of its own needs no other."""
    found = {match[1].casefold() for match in ADDRESS.finditer(text)}
    members = {name for name in match_members(entry, text) if not (found and name == "website")}
    if intranet and re.search(rf"\b{re.escape(intranet)}\b", text):
        return (found | members | {intranet}) - {"intranet"}
    return found | members


def find_intranet(text: str) -> str:
    """The name that a document gives the intranet ("intranätet Kompassen"), empty where it gives none."""
    match = _INTRANET.search(text) if "ntranät" in text else None  # hardly any text speaks of one
    return match[1] if match else ""


def _canonical(actor: str) -> Iterator[str]:
    from pipeline.swedish.roles import find_roles

    found = [mention.canonical for mention in find_roles(actor)]
    yield from found or [actor]
