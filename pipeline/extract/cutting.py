"""Duties cut at their joints: each part with the modality its own words give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.extract.candidates import norm_behind
from pipeline.extract.found import Duty
from pipeline.extract.joints import LIKELY, Joint, clause_behind, find_joints, load_weights
from pipeline.extract.placing import place_duty
from pipeline.extract.walk import Walk, lead_of
from pipeline.records.outline import Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse


def joints_of(parses: Mapping[int, Parse], duty: Duty) -> Iterator[tuple[Joint, int]]:
    """The joints inside a duty, each with the offset in the reading text at which the words behind it begin."""
    unit = duty.unit
    if unit.kind == "table_row" or unit.unit not in parses:
        return  # its cells were parsed by themselves
    parsed = parses[unit.unit]
    own = [t.i for t in parsed.tokens if duty.start - unit.start <= t.start and t.end <= duty.end - unit.start]
    if own:
        for joint in find_joints(parsed, own[0], own[-1] + 1, duty.rule):
            yield joint, unit.start + parsed.tokens[joint.start].start


def cut_duty(walk: Walk, unit: Unit, duty: Duty) -> list[Duty]:
    """A duty and those that begin at its joints, each with the modality its own words give."""
    weights = load_weights()
    joints = [
        joint
        for joint, at in (joints_of(walk.parses, duty) if weights else ())
        if joint.likelihood(weights) >= LIKELY
        and not _is_all_condition(walk.outline.text[duty.start : at], duty)
        and not lexicon().patterns["no_rule"].match(" ".join(walk.outline.text[at : duty.end].lower().split()))
    ]
    if not joints:
        return [duty]
    parsed, section, lead = walk.parses[unit.unit], duty.section, lead_of(walk, unit)
    tokens = parsed.tokens
    last = max(t.i for t in tokens if t.end <= duty.end - unit.start) + 1
    ends = [*(joint.before for joint in joints[1:]), last]
    walk.last = _shortened(duty, parsed, unit.start, joints[0])
    parts = [walk.last]
    for joint, end in zip(joints, ends, strict=True):
        clause = clause_behind(parsed, joint, end)
        norm = norm_behind(parsed, clause, parts[0].modality, duty.confidence * joint.likelihood(weights))
        parts.append(place_duty(walk, unit, section, parsed, norm, lead))
    return parts


def _is_all_condition(before: str, duty: Duty) -> bool:
    """Whether the words before a joint are no more than the duty's condition: "Ska kontot stängas, meddela chefen"."""
    return bool(duty.condition) and " ".join(before.split()).rstrip(" ,") in duty.condition


def _shortened(duty: Duty, parsed: Parse, at: int, joint: Joint) -> Duty:
    """A duty that ends at its first joint: action, condition and exception are what of them stands before it."""
    end = parsed.tokens[joint.before - 1].end
    own = " ".join(parsed.text[duty.start - at : end].split())
    behind = parsed.tokens[joint.start].text
    action = duty.action
    for place in reversed(list(re.finditer(rf"(?<!\w){re.escape(behind)}(?!\w)", action))):
        rest = action[place.start() :]
        if rest.split()[:2] == [t.text for t in parsed.tokens[joint.start : joint.start + 2]][: len(rest.split()[:2])]:
            action = re.sub(r"(?:[\s,;:.]+|\b(?:och|samt|men|utan|så|medan))+$", "", action[: place.start()])
            break
    condition, exception = (said if " ".join(said.split()) in own else "" for said in (duty.condition, duty.exception))
    return replace(duty, end=at + end, action=action, condition=condition, exception=exception)
