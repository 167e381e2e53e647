"""What the values model says of each clause: what is kept and forbidden there, beside what the patterns find."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extract.candidates import FORBIDS, LIKELY, Candidate, load_model
from pipeline.extract.found import Duty, Found, duty_around
from pipeline.extract.prohibited import find_kinds, forbids
from pipeline.extract.retention import heads_kinds, keeps_no_record, retained
from pipeline.records.outline import Outline

WEIGHED = frozenset({"retention", "prohibited_content"})

SURE = 0.75
"""Likelihood from which on a value is told. From one half on most clauses are told rightly; but people mark fewer
values than there are clauses that speak of one, and on documents not learned from this is best (docs/extraction.md)."""

VERY_SURE = 0.98
"""The same for what is kept where nothing but the model says so: outside all duties, or without a word for it."""


ALWAYS_BAD = frozenset({
    "hate_speech", "threats", "harassment", "defamation_or_insult", "incitement_to_crime", "violence", "pornography",
    "profanity", "spam_offtopic", "drugs_alcohol",
})  # fmt: skip
"""Kinds of content that nobody names but to forbid them."""

DOUBTED = 0.03
"""The likelihood that is enough for those, where their clause forbids or removes by its own words."""

_SANCTION = re.compile(r"(?i)polisanmäl|blocker")
"""What is done to people rather than to what they write."""


_REGISTERING = re.compile(r"(?i)\b(?:diarieför|registrer|arkiver)\w*")
_CONFIDENTIAL = frozenset({"secrecy", "personal_data"})
"""Kinds of content that may stand in records that are kept."""


_DEALT_WITH = re.compile(
    r"(?i)\b(?:be)?svara[rs]? (?:\w+ ){0,2}(?:inte|ej|aldrig)\b|\b(?:inte|ej|aldrig) (?:\w+ ){0,2}(?:be)?svara[rs]?\b|"
    r"\bpolisanm\w+|\banmäl(?:er|s|as|a)\b|\bunderrätta\w*|\b(?:fotografera|filma|märka?|mata)(?:r|s|er)?\b|"
    r"\bbe aldrig om\b|\brutinen? för\b"
)
_FORBIDDEN = re.compile(
    r"(?i)\b(?:bort|undan)\b|rader|dölj|avlägs|plocka|publicer|förekom|innehåll|tillåt|accept|skriv|sprid|"
    r"\blägg(?:s|as|a|er)? (?:ut|in|upp)\b"
)


def _is_registered(content: str, words: str) -> bool:
    """Whether a clause puts content on record and forbids none: "Uppgifter under sekretess ska diarieföras"."""
    return content in _CONFIDENTIAL and _REGISTERING.search(words) is not None and not forbids(words)


def _is_dealt_with(words: str) -> bool:
    """Whether a clause says what else is done about content: "Hot polisanmäls", "Påhopp besvaras inte"."""
    return _DEALT_WITH.search(words) is not None and _FORBIDDEN.search(words) is None


def _forbids_none(content: str, words: str) -> bool:
    return _is_registered(content, words) or _is_dealt_with(words)


def label_of(value: Found) -> str:
    """The values model's label for a value: its kind of retention, or that the clause forbids; empty for others."""
    if value.kind == "retention":
        return value.value
    return FORBIDS if value.kind == "prohibited_content" else ""


def labels_in(candidate: Candidate, found: Sequence[Found]) -> dict[str, float]:
    """What the patterns say of a clause: 1 for each label of a value that stands in it."""
    inside = (v for v in found if candidate.start <= v.start and v.end <= candidate.end)
    return {label_of(v): 1.0 for v in inside if v.kind in WEIGHED}


def weigh_values(
    outline: Outline, candidates: Sequence[Candidate], found: Sequence[Found], duties: Sequence[Duty]
) -> list[Found]:
    """The values with the model's word: each in a clause weighed, unlikely ones left out, missed ones added.

    Args:
        outline: The document's structure; offsets refer to its text.
        candidates: Its clauses.
        found: The values that the patterns found.
        duties: The document's duties.
    """
    model = load_model("values")
    model.score([candidate.texts for candidate in candidates])
    kept = [v for v in found if v.kind not in WEIGHED]
    left = [v for v in found if v.kind in WEIGHED and not v.by_lead]
    # What a lead-in says is registered or kept is not forbidden for all that: "Följande diarieförs:" over "hot".
    listed = {v.start for v in found if v.by_lead}
    for candidate in candidates:
        own = [v for v in left if candidate.start <= v.start and v.end <= candidate.end]
        left = [v for v in left if v not in own]
        likely = model.weigh(candidate.texts, labels_in(candidate, own))
        words = outline.text[candidate.start : candidate.end].replace("\n", " ")
        lead = outline.lead_in_of(outline.units[candidate.unit.unit])
        own = [v for v in own if v.kind != "prohibited_content" or not _forbids_none(v.value, words)]
        kept += [
            replace(v, confidence=likely[label_of(v)])
            for v in own
            if likely[label_of(v)] >= _least(v, duties, f"{lead} {words}", led=bool(lead))
        ]
        added = _missed(outline, candidate, likely, own)
        kept += [v for v in added if v.kind == "retention" or candidate.unit.start not in listed]
    # What the lead-in says of an item the model does not see in its words.
    return kept + left + [v for v in found if v.by_lead]


def _least(value: Found, duties: Sequence[Duty], words: str, *, led: bool) -> float:
    """The likelihood from which on a value that the patterns found is told.

    Args:
        value: The value.
        duties: The document's duties.
        words: Those of its clause, behind those of the lead-in where it is `led` by one.
        led: Whether it stands in a list.
    """
    duty = duty_around(value, duties)
    if value.kind == "retention" and duty is not None:
        return LIKELY if value.start == duty.start else SURE  # "Gallra inte inlägg": the duty's own verb
    if value.kind == "retention":
        return SURE if value.refers_to else VERY_SURE
    # "Samma inlägg ska inte läggas ut i två kanaler" speaks to editors: only what is removed is beside the subject.
    denied = duty is not None and duty.modality == "must_not" and value.value != "spam_offtopic"
    forbidden = denied or ((duty is not None or led) and forbids(words))
    return DOUBTED if forbidden and value.value in ALWAYS_BAD and not _SANCTION.search(words) else SURE


def _missed(
    outline: Outline, candidate: Candidate, likely: Mapping[str, float], own: Sequence[Found]
) -> list[Found]:  # fmt: skip
    """What the patterns missed in a clause: records by the whole clause, content by the words that name its kinds."""
    text = outline.text[candidate.start : candidate.end].replace("\n", " ")
    if heads_kinds(outline, outline.units[candidate.unit.unit]):
        return []
    at, has = candidate.start, {label_of(v) for v in own}
    added = [
        retained(text, label, (0, len(text)), at, confidence=sure)
        for label, sure in likely.items()
        if label != FORBIDS and label not in has and sure >= VERY_SURE and not keeps_no_record(text)
    ]
    if likely[FORBIDS] >= SURE:
        spans = [(v.start, v.end) for v in own]
        added += [
            Found("prohibited_content", at + start, at + end, kind, likely[FORBIDS])
            for start, end, kind in find_kinds(text)
            if not _forbids_none(kind, text)
            if not any(at + start < b and a < at + end for a, b in spans)
        ]
    return added
