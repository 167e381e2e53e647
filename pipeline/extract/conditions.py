"""When a duty applies and when it does not, in the text's own words."""

from __future__ import annotations

import re

from pipeline.extract.norms import Norm
from pipeline.swedish.parsing import Parse

_EXCEPTION = re.compile(
    r"(?i)\b(utom|förutom|med undantag (?:för|av)|undantaget|såvida (?:det )?inte|om (?:det |du |ni |vi )?inte|bortsett från)\b[^.;]*"
)
_OPENING = re.compile(
    r"(?i)^\W*((?:om|när|innan|ifall|då|vid|efter|inför|i de fall|så fort|så snart|för att|i samband med|under förutsättning att)\b.+?)(?=\s(?:ska|skall|måste|bör|får|kan|behöver|är|har)\b|,)"
)
_INSIDE = re.compile(
    r"(?i)(?<=\s)((?:om (?!svar|det där)|när |innan |ifall |i de fall |under förutsättning att |i den mån |först när |först efter |endast om |vid behov|vid frånvaro|så länge |förutsatt att )[^.;()]*)"
)


def find_condition(parse: Parse, norm: Norm) -> tuple[str, str]:
    """Condition and exception of a norm, empty where the words give none."""
    tokens = parse.tokens
    start, end = tokens[norm.start].start, tokens[norm.end - 1].end
    words = re.sub(r"\s+", " ", parse.text[start:end])
    exception = _EXCEPTION.search(words)
    opening = _OPENING.match(words) if not norm.conjunct else None
    if opening:
        condition = opening.group(1)
    else:
        inside = _INSIDE.search(words)
        condition = inside.group(1) if inside else ""
    if exception and condition and exception.group(0).startswith(condition[:8]):
        condition = ""
    return condition.strip(" ,"), exception.group(0).strip(" ,") if exception else ""
