"""Letters and minutes that propose a document: what it is called, and where the draft behind them begins."""

from __future__ import annotations

import re

from pipeline.compare.passages import RULE_SECTIONS
from pipeline.records.outline import Outline, Section
from pipeline.wording import capitalise

_PROPOSED = re.compile(
    r"(?i)^(?:.*?\b(?:förslag till|antagande av|revidering av|översyn av|remiss av)\s+)*"
    r"(?:(?:ny|nya|nytt|revider\w+|uppdatera\w+|omarbeta\w+|ändra\w+)\s+)*"
)
"""What stands before the name of the proposed document in a letter's title: "Remiss av förslag till nya regler"."""


LEAST = 200
"""Characters of rules under headings of their own that stand behind an attachment's heading where it holds a draft:
names and addresses at a letter's end come to less."""


def name_of_proposed(outline: Outline) -> str:
    """What the document is called that a letter proposes, by the letter's own title; empty where it has none."""
    return capitalise(_PROPOSED.sub("", outline.value_of("title"), count=1))


def start_of_draft(outline: Outline) -> int:
    """Where the proposed document begins that a letter has behind it as its annex; the text's end without one."""
    attached = (s for s in outline.sections if s.kind == "attachments")
    behind = ((s.end, outline.sections[s.section + 1 :]) for s in attached)
    return next((end for end, rest in behind if sum(map(_ruled, rest)) >= LEAST), len(outline.text))


def _ruled(section: Section) -> int:
    """How long a section is that has a heading and may hold rules; 0 for others."""
    return section.end - section.start if section.title and section.kind in RULE_SECTIONS else 0


def holds_draft(outline: Outline) -> bool:
    """Whether a document is a letter with the draft behind it that it proposes."""
    return outline.document.proposes_another and start_of_draft(outline) < len(outline.text)
