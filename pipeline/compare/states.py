"""What is to be the case rather than done, told from a requirement's action."""

from __future__ import annotations

import re

from pipeline.records.requirement import Requirement
from pipeline.swedish.normative import lexicon

_INFINITIVES = {"är": "vara", "sker": "ske", "blir": "bli", "utgör": "utgöra"}
_SEEN_TO = re.compile(rf"se till att (.+?) ({'|'.join(_INFINITIVES)})\b")
_LET = re.compile(rf"låta (.+?) ({'|'.join(_INFINITIVES.values())})\b")


def deed_of(action: str) -> str:
    """An action as it compares, asked for or forbidden: "se till att kontot är öppet", "låta kontot vara öppet"."""
    seen_to = _SEEN_TO.match(action)
    if seen_to:
        return f"{_INFINITIVES[seen_to[2]]} {seen_to[1]}{action[seen_to.end() :]}"
    let = _LET.match(action)
    return f"{let[2]} {let[1]}{action[let.end() :]}" if let else action


def is_state(requirement: Requirement) -> bool:
    """Whether it says what something is to be like ("Språket ska vara enkelt"), which has no doer."""
    return lexicon().has("stative_verbs", deed_of(requirement.action).split(" ", 1)[0])
