"""Which times of a passage answer a question that asks how soon or how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.requirement import Value
from pipeline.swedish.durations import find_durations
from pipeline.wording import LIMITS, SOONER


def find_times(
    entry: HarmonisedRequirement, rivals: Sequence[HarmonisedRequirement], values: Sequence[Value], text: str
) -> Iterator[str]:  # fmt: skip
    """The times of a passage that answer a question, with their calendars.

    What a time is of is told by the words beside it. Where these do not say it is of something else that the passage
    answers too, it is of what the passage is about: "Moderatorn går igenom kontona var fjärde timme".

    Args:
        entry: The question.
        rivals: What else the passage answers.
        values: The values that stand in it.
        text: Its words.
    """
    times = [v for v in values if v.kind in LIMITS or v.kind == "frequency"]
    for value in times:
        shaped = (value.kind in LIMITS) == (entry.stricter in SOONER)
        if is_of(entry, value) or (shaped and not any(is_of(rival, value) for rival in rivals)):
            yield f"{value.value} {value.calendar}".strip()
    taken = [(at, at + len(v.quote)) for v in times if (at := text.find(v.quote)) >= 0]
    for mention in find_durations(text):
        known = any(mention.start < end and start < mention.end for start, end in taken)
        if not known and (mention.kind == "deadline") == (entry.stricter in SOONER):
            yield f"{mention.value} {mention.calendar}".strip()


def is_of(entry: HarmonisedRequirement, value: Value) -> bool:
    """Whether the words beside a time say that it is what a question asks for."""
    if value.kind not in entry.kinds:
        return False
    if value.kind == "frequency":
        return not entry.of or value.of in entry.of
    return value.kind == "removal_time" or value.of in ("", "answer")
