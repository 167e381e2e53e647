"""Values in words for the English side of the report; the Swedish words come with the cell."""

from __future__ import annotations

import re

from pipeline.codebooks import HarmonisedRequirement
from pipeline.swedish.texts import Texts

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes")


def value_in_words(value: str, requirement: HarmonisedRequirement, texts: Texts) -> str:
    """A cell's normal form as a reader of the texts' language would say it.

    Members of the requirement's set and terms that the texts know (kinds of content, durations, calendars) are put in
    words; names, roles, titles and act numbers are left as they stand in the documents.
    """
    members = {member.id: member.sv if texts.language == "sv" else member.en for member in requirement.members}
    items = (item.strip() for item in value.split("|"))
    return ", ".join(members.get(item) or _item(item, texts) for item in items if item)


def _item(item: str, texts: Texts) -> str:
    first, _, rest = item.partition(" ")
    match = _DURATION.fullmatch(first)
    if match and any(match.groups()):
        said = " ".join(
            texts.say(f"unit.{unit}.{'one' if int(count) == 1 else 'many'}", n=int(count))
            for unit, count in zip(_UNITS, match.groups(), strict=True)
            if count
        )
        return f"{said} ({texts.get(f'term.{rest}', rest)})" if rest else said
    return texts.get(f"term.{item}", item)
