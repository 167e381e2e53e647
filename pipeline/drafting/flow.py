"""Sentences of one clause as a text: what goes on about the same owner says so, and stands in the same paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.drafting.inflection import common_words
from pipeline.wording import capitalise

_MODAL = re.compile(r" ((?:ska|bör|får)(?: inte)?) ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One duty in words, with the values it says; `items` are the list that the sentence leads into.

    `form` is duty, prohibition or permission where the sentence says no value.
    """

    text: str
    tokens: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    form: str = ""


def flow(sentences: Sequence[Sentence], owner: str) -> tuple[Sentence, ...]:
    """The sentences as a text: "Verksamheten ska ... . Den ska också ... ." where an owner has one more duty.

    A person keeps the title, by which the duty is found, and so does who begins a new paragraph.

    Args:
        sentences: The sentences of a clause.
        owner: Who is bound, in the form of a subject.
    """
    subject = capitalise(owner)
    more: Sequence[str] = common_words()["more"]
    told: list[Sentence] = []
    count = 0
    for place, sentence in enumerate(sentences):
        before = sentences[place - 1] if place else None
        new = before is None or bool(before.items or sentence.items)
        count = 0 if new else count
        match = _MODAL.match(sentence.text, len(subject)) if sentence.text.startswith(subject) else None
        if before is None or new or match is None or owner.lower() not in before.text.lower():
            told.append(sentence)
            continue
        modal = match[1]
        if not modal.endswith("inte"):
            modal = f"{modal} {more[count % len(more)]}"
            count += 1
        opening = capitalise(_pronoun(subject) or subject)
        told.append(replace(sentence, text=f"{opening} {modal} {sentence.text[match.end() :]}"))
    return tuple(told)


def paragraphs_of(sentences: Sequence[Sentence]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sentences as paragraphs, each with the list it leads into: what has no list goes on in the paragraph."""
    told: list[tuple[str, tuple[str, ...]]] = []
    for sentence in sentences:
        if told and not sentence.items and not told[-1][1]:
            told[-1] = (f"{told[-1][0]} {sentence.text}", ())
        else:
            told.append((sentence.text, sentence.items))
    return tuple(told)


def _pronoun(owner: str) -> str:
    """The pronoun for an owner as it begins a sentence, empty for a person."""
    from pipeline.swedish.roles import find_roles

    pronouns = common_words()["pronouns"]
    if owner in pronouns:
        return str(pronouns[owner])
    found = find_roles(owner.lower())
    return str(pronouns["unit"]) if found and found[0].group != "role" and owner.endswith("en") else ""
