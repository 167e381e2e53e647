"""Whether a rule got stricter or laxer: by modality, times, counts and what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.records.requirement import Requirement, Value
from pipeline.wording import is_exact, say_value

FORCE = {"must": 2, "must_not": 2, "should": 1, "should_not": 1, "may": 0}
FORBIDDING = ("must_not", "should_not")
MODALS = {"must": "ska", "must_not": "får inte", "should": "bör", "should_not": "bör inte", "may": "får"}
TIMED = ("response_time", "removal_time", "frequency")

Verdict = tuple[str, str]
"""What happened (stricter, laxer, changed) and the reason in Swedish."""


def compare_strength(
    old: Requirement, new: Requirement, old_values: Sequence[Value], new_values: Sequence[Value]
) -> Verdict | None:
    """What became of a rule's force and values, None where both are the same.

    Where they point in different directions, or the values have no order, the rule is changed: neither stricter nor
    laxer.
    """
    found = [v for v in (_modality(old, new), *_values(old_values, new_values, old, new)) if v is not None]
    if not found:
        return None
    reasons = "; ".join(reason for _, reason in found)
    kinds = {kind for kind, _ in found}
    return (kinds.pop() if len(kinds) == 1 else "changed"), reasons


def _modality(old: Requirement, new: Requirement) -> Verdict | None:
    if old.modality == new.modality:
        return None
    reason = f"”{MODALS[old.modality]}” blev ”{MODALS[new.modality]}”"
    if (old.modality in FORBIDDING) != (new.modality in FORBIDDING) and "may" not in (old.modality, new.modality):
        return "changed", reason
    before, after = _force(old.modality), _force(new.modality)
    return ("stricter" if after > before else "laxer" if after < before else "changed"), reason


def _force(modality: str) -> int:
    return FORCE.get(modality, 0)


def _values(
    old: Sequence[Value], new: Sequence[Value], before_rule: Requirement, after_rule: Requirement
) -> Iterable[Verdict | None]:
    for kind in sorted({v.kind for v in (*old, *new)}):
        before, after = ({_said(v): v for v in side if v.kind == kind} for side in (old, new))
        if set(before) == set(after):
            continue
        if kind in TIMED:
            yield _times(before, after)
        elif kind == "count":
            yield _counts(before, after)
        elif kind == "prohibited_content":
            yield _sets(before, after, "förbjuder" if _forbids(before_rule) and _forbids(after_rule) else "gäller")
        elif kind in ("retention", "legal_reference", "role", "platform", "document_reference"):
            yield _others(kind, before, after)


def _forbids(rule: Requirement) -> bool:
    """Whether what a rule lists is forbidden; a duty to register a threat is none."""
    return rule.modality in FORBIDDING or bool({"prohibited_content", "removal"} & set(rule.topics.split("|")))


NAMES_OF_THEIR_OWN = ("platform", "legal_reference", "document_reference")
"""Kinds of values that may be written with a capital letter within a sentence."""


def _said(value: Value) -> tuple[str, str, str, bool]:
    return value.value, value.calendar, value.period, value.negated


def _words(values: Mapping[tuple[str, str, str, bool], Value]) -> str:
    return ", ".join(sorted({_word(v) for v in values.values()}))


def _became(name: str, before: str, after: str) -> str:
    """What became of what a rule names, in words: "tiden var två dagar, är nu en dag"."""
    if not before:
        return f"{name} {after} har tillkommit"
    return f"{name} var {before}, är nu {after}" if after else f"{name} {before} har tagits bort"


def _word(value: Value) -> str:
    said = say_value(value) if value.kind == "retention" and value.period else " ".join(value.quote.split())
    if value.kind not in NAMES_OF_THEIR_OWN and said[1:2].islower():
        said = said[:1].lower() + said[1:]  # it may have begun its sentence
    return f"inte {said}" if value.negated else said


def _times(
    before: Mapping[tuple[str, str, str, bool], Value], after: Mapping[tuple[str, str, str, bool], Value]
) -> Verdict:
    reason = _became("tiden", _words(before), _words(after))
    first, second = _shortest(before.values()), _shortest(after.values())
    if first is None or second is None:
        if not before or not after:
            return ("stricter" if after else "laxer"), reason
        return "changed", reason
    if second[0] <= first[0] and second[1] <= first[1] and second != first:
        return "stricter", reason
    if second[0] >= first[0] and second[1] >= first[1] and second != first:
        return "laxer", reason
    return "changed", reason


def _shortest(values: Iterable[Value]) -> tuple[float, float] | None:
    from pipeline.swedish.calendar import between_hours, interval_hours

    exact = [v for v in values if is_exact(v.value)]
    spans = ((between_hours if v.kind == "frequency" else interval_hours)(v.value, v.calendar) for v in exact)
    return min(spans, default=None, key=lambda s: (s[1], s[0]))


def _counts(
    before: Mapping[tuple[str, str, str, bool], Value], after: Mapping[tuple[str, str, str, bool], Value]
) -> Verdict:
    first, second = (max((int(v[0]) for v in side if v[0].isdigit()), default=0) for side in (before, after))
    reason = _became("antalet", _words(before), _words(after))
    return ("stricter" if second > first else "laxer" if second < first else "changed"), reason


def _sets(
    before: Mapping[tuple[str, str, str, bool], Value], after: Mapping[tuple[str, str, str, bool], Value], verb: str
) -> Verdict | None:
    kinds_before, kinds_after = ({said[0] for said in side} for side in (before, after))
    gone = _words({k: v for k, v in before.items() if k[0] not in kinds_after})
    come = _words({k: v for k, v in after.items() if k[0] not in kinds_before})
    if kinds_before == kinds_after:
        return None
    if kinds_after > kinds_before:
        return "stricter", f"{verb} även {come}"
    if kinds_after < kinds_before:
        return "laxer", f"{verb} inte längre {gone}"
    return "changed", f"{verb} {come} i stället för {gone}"


def _others(
    kind: str, before: Mapping[tuple[str, str, str, bool], Value], after: Mapping[tuple[str, str, str, bool], Value]
) -> Verdict | None:
    names = {
        "retention": "bevarandet", "legal_reference": "lagrummet", "role": "rollen", "platform": "plattformen",
        "document_reference": "styrdokumentet",
    }  # fmt: skip
    if {(s[0], s[3]) for s in before} == {(s[0], s[3]) for s in after} and kind != "retention":
        return None
    return "changed", _became(names[kind], _words(before), _words(after))
