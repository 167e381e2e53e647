"""Values, answers and forces as a reader would say them, in Swedish."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.comparison import Cell
from pipeline.records.requirement import EXEMPTION, PROHIBITED_CONTENT, Requirement, Value
from pipeline.wording.acts import say_act
from pipeline.wording.words import asks_by_denying, frees, lets_in, restricts, say, words

DUTY = "duty"
"""The value of a cell whose text states the duty and nothing more specific."""
LIMITS = frozenset({"response_time", "removal_time"})
"""Kinds of value that are limits; the other kind of time is a frequency."""
REPEATED = ("shorter", "more_often")
"""Orders of questions that ask how often something is done: their times lie between two times of doing it."""
SOONER = ("sooner", "earlier")
"""Orders of questions that ask how soon; the others with times ask how often."""
KEPT_FOR = frozenset({"sparas", "bevaras"})
"""What is done with records for a time; other things are done after it."""
MAY_REMOVE = "may_remove"
"""The force of a permission to remove what a question forbids, beside the modalities."""
MAY_ONLY = "may_only"
"""The force of a permission under a condition, beside the modalities: it forbids all else."""
FORBIDDEN, ADVISED_AGAINST = "forbidden", "advised_against"
"""The force of a prohibition, and of advice not to, that answer a question which asks for something, beside the
modalities: "ska" would turn them round, and "får inte" would forbid what the question asks for."""
NEED_NOT = "need_not"
"""The force of a permission not to do something, beside the modalities: "behöver inte diarieföras"."""
MODALITY_OF = {
    MAY_REMOVE: "may", MAY_ONLY: "may", NEED_NOT: "may", FORBIDDEN: "must_not", ADVISED_AGAINST: "should_not",
}  # fmt: skip
"""The modality behind each name of a force that is none."""
_DURATION = re.compile(r"P(?:(?P<Y>\d+)Y|(?P<M>\d+)M|(?P<W>\d+)W|(?P<D>\d+)D|T(?:(?P<H>\d+)H|(?P<m>\d+)M))")


def say_answer(
    entry: HarmonisedRequirement, answer: str, said: Iterable[str], modality: str,
    *, quote: str = "", missing: Collection[str] = (),
) -> str:  # fmt: skip
    """What a cell says in words, by its answer: its value, what it is left to, or that it is not asked for.

    Args:
        entry: The requirement.
        answer: The cell's answer.
        said: Its value in normal form.
        modality: Its force.
        quote: Its words: they tell what a permission permits.
        missing: Documents that an answer may be left to and that the folder lacks: it is said of them.
    """
    if answer == "delegated":
        titles = (f"{title} {not_here()}" if title in missing else title for title in sorted(said))
        return f"{say('answers', 'delegated')} {', '.join(titles)}"
    if answer == "stated_negatively":
        return say("answers", "stated_negatively")
    return put_in_words(entry, said, modality, quote) if answer in ("stated", "conflicting") else ""


def put_in_words(entry: HarmonisedRequirement, said: Iterable[str], modality: str, quote: str = "") -> str:
    """The value as a reader would say it, in Swedish; the quote tells what a permission permits."""
    tokens = frozenset(said)
    # Only a bare duty is said by its force: without one the same values of other clauses have the same words.
    return _say_tokens(entry, tokens, modality, quote) if DUTY in tokens else _say_tokens(entry, tokens, "", "")


@lru_cache(maxsize=1 << 14)
def _say_tokens(entry: HarmonisedRequirement, said: frozenset[str], modality: str, quote: str) -> str:
    members = {member.id: member.sv for member in entry.members}
    order = {name: place for place, name in enumerate((*members, *PROHIBITED_CONTENT))}
    tokens = sorted(said, key=lambda token: (token == DUTY, order.get(token, -1), length_of(token), token))
    return ", ".join(dict.fromkeys(members.get(token) or _say_token(entry, token, modality, quote) for token in tokens))


@cache
def length_of(token: str) -> float:
    """Hours by the clock of a time, for the order in which several are told, vague ones last; 0 for what is none."""
    from pipeline.swedish.calendar import between_hours

    time = split_duration(token) or split_duration(token.partition(" ")[2])
    return between_hours(time[0])[1] if time is not None else 0.0


def say_value(value: Value) -> str:
    """A value that was found in a text, in words: its time with the days that count, what is kept with how long."""
    if value.kind in LIMITS or value.kind == "frequency":
        time = split_duration(f"{value.value} {value.calendar}".strip())
        return say_time(*time, limit=value.kind in LIMITS) if time is not None else value.value
    if value.kind == "retention":
        return _say_keeping(value.value, value.period)
    return say("prohibited_content", value.value) if value.kind == "prohibited_content" else value.value


def is_missing(cell: Cell, title: str) -> bool:
    """Whether a cell's words say that the folder lacks the document that its answer is left to."""
    return cell.answer == "delegated" and f"{title} {not_here()}" in cell.value_text


def not_here() -> str:
    """What stands behind a document that the folder lacks."""
    return f"({words()['not_in_folder']})"


def is_vague(word: str) -> bool:
    """Whether a time is told without a figure ("skyndsamt")."""
    return word in words()["vague"]


def is_exact(value: str) -> bool:
    """Whether a time has a figure, or a day as its limit."""
    return value.startswith("P") or value == "same-day"


def split_duration(token: str) -> tuple[str, str] | None:
    """Value and calendar of a token that is a time, exact or vague; None for anything else."""
    value, _, calendar = token.partition(" ")
    if (_DURATION.fullmatch(value) or is_vague(value)) and calendar in ("", *words()["calendars"]):
        return value, calendar
    return None


def _say_token(entry: HarmonisedRequirement, token: str, modality: str, quote: str) -> str:
    if token == DUTY:
        return say_force(entry, modality, quote)
    time = split_duration(token)
    if time is not None:
        return say_time(*time, limit=entry.stricter in SOONER)
    if entry.value == "retention":
        return _say_keeping(*token.partition(" ")[::2])
    if entry.value == "acts" or "legal_reference" in entry.kinds:
        return say_act(token)
    return say("prohibited_content", token)


def say_force(entry: HarmonisedRequirement, modality: str, quote: str = "") -> str:
    """How hard the duty binds; "ska aldrig lämnas obevakat" asks for monitoring and forbids nothing.

    Where a question asks what must not occur, "får" permits to remove it: "reklam får tas bort" allows no advertising.
    Without its quote the force is told within a sentence that says that it is stated ("båda anger ett förbud").
    """
    if not modality:
        return "anges"
    name = name_force(entry, modality, quote)
    return say("modalities" if quote or name not in words()["within_sentence"] else "within_sentence", name)


def name_force(entry: HarmonisedRequirement, modality: str, quote: str = "") -> str:
    """The force of a duty by its name among the modalities, as its question has it; `say_force` puts it in words."""
    if modality == "may" and forbids_content(entry) and not lets_in(quote):
        return MAY_REMOVE
    if modality == "may" and restricts(quote):
        return MAY_ONLY
    if modality == "may" and frees(quote):
        return NEED_NOT
    return _name_prohibition(entry, modality, quote) if modality.endswith("_not") else modality


def _name_prohibition(entry: HarmonisedRequirement, modality: str, quote: str) -> str:
    """What a prohibition comes to under the name of its question.

    Of what must not occur, and of what a prohibition denies ("inlägg sparas inte"), the modality says it; but denied
    twice it is asked for ("ska aldrig lämnas obevakat"). Elsewhere the name tells nothing of what is forbidden: under
    "Tjänstekonto" it is the use of private accounts. Without its words a prohibition is one that was told apart from
    a denial already.
    """
    if entry.prohibition == "denies":
        return modality.removesuffix("_not") if not quote or asks_by_denying(quote) else modality
    if entry.stricter == "must_not_over_should_not" or "prohibited_content" in entry.kinds:
        return modality
    return FORBIDDEN if modality == "must_not" else ADVISED_AGAINST


def name_own_force(requirement: Requirement, modality: str) -> str:
    """A found requirement's force, or its modality, by the name it is shown under: to be freed is no permission."""
    freeing = modality == "may" and (requirement.rule == EXEMPTION or frees(requirement.quote))
    return NEED_NOT if freeing else modality


def forbids_content(entry: HarmonisedRequirement) -> bool:
    """Whether the question is what must not occur."""
    return bool(entry.prohibits) and entry.stricter == "must_not_over_should_not"


def _say_keeping(kind: str, period: str) -> str:
    return f"{kind} {'i' if kind in KEPT_FOR else 'efter'} {_say_length(period)}" if period else kind


def say_time(value: str, calendar: str, *, limit: bool) -> str:
    """A limit or how often, with the days that count: "inom 24 timmar på vardagar", "varannan månad"."""
    length = _say_length(value)
    days = f" {say('calendars', calendar)}" if calendar else ""
    counted = _DURATION.fullmatch(value)
    if calendar == "weekdays" and counted and counted["D"] and limit:
        return (
            f"inom {say('working_days', 'one') if counted['D'] == '1' else counted['D'] + say('working_days', 'many')}"
        )
    if not counted:
        return f"{length}{days}"
    if limit:
        return f"inom {length}{days}"
    often = _say_repeat(value, length)
    return (
        f"{often} {words()['by_day'][calendar]}"
        if "dag" in often and calendar in words()["by_day"]
        else f"{often}{days}"
    )


HOURS_IN = {"om dagen": 24, "i veckan": 24 * 7}
"""What a number of hours between two times is told as a part of: "var 84:e timme" is twice a week."""


EVERY_FEW = 4
"""Hours up to which times a day are told by what lies between them: "var fjärde timme"."""


def _say_repeat(value: str, length: str) -> str:
    """How often that is, as people say it: "två gånger i veckan", "varannan månad", "varje kvartal"."""
    known = words()["repeats"].get(value)
    if known:
        return str(known)
    number, unit = length.split(" ")
    singular, count = words()["singular"].get(unit, unit), int(number)
    for period, hours in HOURS_IN.items() if unit == "timmar" and count > EVERY_FEW else ():
        times = round(hours / count)
        if times > 1 and round(hours / times) == count:
            return f"{_spelt('numbers', times)} gånger {period}"
    if count == 1:
        return f"varje {unit}"
    neuter = singular in words()["neuter"]
    if count == 2:
        return f"{'vartannat' if neuter else 'varannan'} {singular}"
    return f"{'vart' if neuter else 'var'} {_spelt('ordinals', count)} {singular}"


def _spelt(kind: str, number: int) -> str:
    """A number in letters, as far as words.yaml has it, else in figures."""
    spelt: list[str] = words()[kind]
    return spelt[number] if number < len(spelt) else f"{number}:e" if kind == "ordinals" else str(number)


def _say_length(value: str) -> str:
    match = _DURATION.fullmatch(value)
    if not match:
        return str(words()["vague_said"].get(value, value))
    unit, number = next((unit, number) for unit, number in match.groupdict().items() if number)
    one, many = words()["units"][unit]
    return f"{number} {one if number == '1' else many}"
