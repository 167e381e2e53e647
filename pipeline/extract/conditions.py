"""When a duty applies and when it does not, in the text's own words."""

from __future__ import annotations

import re

from pipeline.extract.norm import Norm
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse


def find_condition(parse: Parse, norm: Norm) -> tuple[str, str]:
    """Condition and exception of a norm, empty where the words give none."""
    tokens = parse.tokens
    start, end = tokens[norm.start].start, tokens[norm.end - 1].end
    words = re.sub(r"\s+", " ", parse.text[start:end])
    exception = lexicon().patterns["exception"].search(words)
    opening = lexicon().patterns["condition_in_front"].match(words) if not norm.conjunct else None
    if opening:
        condition = opening.group(1)
    else:
        inside = lexicon().patterns["condition_inside"].search(words)
        condition = inside.group(1) if inside else ""
    if exception and condition:
        said = exception.group(0)
        # "utom när de är av ringa betydelse" says when it does not apply, never when it does.
        if said.startswith(condition[:8]) or condition.strip(" ,") in said:
            condition = ""
    return condition.strip(" ,"), exception.group(0).strip(" ,") if exception else ""
