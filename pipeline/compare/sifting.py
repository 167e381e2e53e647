"""Which of the roles and names in a passage answer the question it answers, by what is known of them.

"Rektor skickar en anmälan till förvaltningens kommunikatör" names two roles; only one of them is told of new accounts.
Each is described by facts (the question, how it stands in the passage), and a logistic model learned from the cells of
annotated documents says how likely it is part of the answer. Other values are what they are: a time or a member of a
set that the passage names stays. Codebooks that nothing was learned for are not sifted. The facts and their weights can
be read in pipeline/codebooks/models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pipeline.codebooks import HarmonisedRequirement
from pipeline.codebooks.trained import MODELS
from pipeline.linear import likelihood_of, load_facts
from pipeline.records.requirement import PROHIBITED_CONTENT, RETENTION, Requirement
from pipeline.swedish.roles import find_roles
from pipeline.wording import is_vague

LIKELY = 0.45
"""Probability from which on a value is kept: somewhat below one half, for what is left out is not found again."""

SIFTED = frozenset({"role", "name"})
"""Sorts of values that a passage may name without meaning them as its answer."""
_ACT = re.compile(r"\d{4}[:/]\d+")
_TIME = re.compile(r"P[T\d]")
_WORD_BEFORE = re.compile(r"([\w-]+)\W*\Z")


def load_sieve(codebook: str) -> Mapping[str, float]:
    """The weight of each fact for a codebook by its id, loaded once a process; empty where nothing was learned."""
    file = MODELS / f"{codebook}_values.json"
    return load_facts(file) if file.is_file() else {}


def sift(
    entry: HarmonisedRequirement, said: Iterable[str], requirement: Requirement | None, quote: str,
    weights: Mapping[str, float],
) -> frozenset[str]:  # fmt: skip
    """The values of a passage that are likely part of its answer; of a question for roles always the likeliest one.

    Args:
        entry: The question.
        said: All values of the question's kinds that stand in the passage.
        requirement: The requirement that the passage is, None for a statement.
        quote: Its words.
        weights: The weight of each fact; with none all values are kept.
    """
    found = sorted(said)
    doubtful = [token for token in found if weights and sort_of(entry, token) in SIFTED]
    likely = {t: likelihood_of(weights, describe(entry, t, found, requirement, quote)) for t in doubtful}
    kept = {token for token in found if token not in likely or likely[token] >= LIKELY}
    if entry.value == "roles" and likely and not kept:
        kept = {max(likely, key=lambda token: (likely[token], token))}
    return frozenset(kept)


def describe(
    entry: HarmonisedRequirement, token: str, said: Iterable[str], requirement: Requirement | None, quote: str
) -> set[str]:  # fmt: skip
    """The facts of one value of a passage, given all that were said there."""
    sort = sort_of(entry, token)
    alone = "alone" if len(list(said)) == 1 else "many"
    modality = requirement.modality if requirement is not None else "statement"
    facts = {
        entry.id, f"{entry.id}:{sort}", f"{entry.id}:{sort}:{alone}", f"{entry.id}:{sort}:{modality}",
        f"{sort}:{modality}", f"{sort}:{alone}",
    }  # fmt: skip
    if sort == "role":
        facts |= {f for told in _role_facts(token, requirement, quote) for f in (f"{entry.id}:{told}", f"role:{told}")}
    if sort == "name":
        facts |= {f"name:{_shape(token)}", f"name:long:{len(token.split()) > 3}"}
    return facts


def _shape(name: str) -> str:
    """What a name is told by: its first word ("Policy"), but addresses by being such: each of them is another one."""
    first = name.split(maxsplit=1)[0].lower()
    return "mail" if "@" in first else "web" if "." in first.strip(".") else first


def sort_of(entry: HarmonisedRequirement, token: str) -> str:
    """What sort of value a token is: member, content, vague, time, kept, act, role or name."""
    if token in _members(entry):
        return "member"
    if token in PROHIBITED_CONTENT:
        return "content"
    if is_vague(token.split(" ", maxsplit=1)[0]):
        return "vague"
    if _TIME.match(token):
        return "time"
    if token.split(" ", maxsplit=1)[0] in RETENTION:
        return "kept"
    if _ACT.fullmatch(token):
        return "act"
    return "role" if "role" in entry.kinds else "name"


@lru_cache(maxsize=512)
def _members(entry: HarmonisedRequirement) -> frozenset[str]:
    """The ids of the set's members."""
    return frozenset(member.id for member in entry.members)


def _role_facts(token: str, requirement: Requirement | None, quote: str) -> Iterator[str]:
    """How a role stands in the passage: as the one bound, behind which word, first or later."""
    low = token.lower()
    bound = requirement is not None and bool(requirement.actor) and low[:-2] in requirement.actor.lower()
    yield f"bound:{bound}"
    mentions = find_roles(quote)
    yield f"roles:{min(len(mentions), 3)}"
    for place, mention in enumerate(mentions):
        if mention.canonical.lower() == low:
            before = _WORD_BEFORE.search(quote[: mention.start])
            behind = re.match(r"\W*([\w-]+)", quote[mention.end :])
            yield f"behind:{before[1].lower() if before else ''}"
            yield f"ahead:{behind[1].lower() if behind else ''}"
            yield f"place:{min(place, 2)}"
            yield f"owner:{mention.quote.endswith('s')}"
            yield f"bound:{bound}:{before[1].lower() if before else ''}"
            yield f"group:{mention.group}"
            return
