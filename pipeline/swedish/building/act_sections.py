"""Which sections acts have, as far as the statutes cite them: what a misread section sign is checked with."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipeline.swedish.building.sources import Paragraph
from pipeline.swedish.laws import find_references

_SECTION = re.compile(r"(?:K\d+[a-z]?)?P\d+[a-z]?")


def collect_act_sections(paragraphs: Iterable[Paragraph]) -> dict[str, set[str]]:
    """For each act (its number, or its name where it has none) the sections that are cited, as K2P3 or P5."""
    cited: dict[str, set[str]] = defaultdict(set)
    for paragraph in paragraphs:
        if paragraph.genre != "statute" or paragraph.split != "train" or "§" not in paragraph.text:
            continue
        for mention in find_references(paragraph.text):
            cited[mention.identifier or mention.norm].update(
                match.group() for match in map(_SECTION.match, mention.section.split("|")) if match
            )
    return {act: sections for act, sections in cited.items() if sections}


def write_act_sections(cited: dict[str, set[str]], path: Path) -> None:
    """Write the table that `pipeline.swedish.act_sections` reads: an act a row, its sections sorted."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["act", "sections"])
        for act, sections in sorted(cited.items()):
            writer.writerow([act, " ".join(sorted(sections, key=_order))])


def _order(section: str) -> list[tuple[int, str]]:
    return [(int(number), letter) for number, letter in re.findall(r"(\d+)([a-z]?)", section)]
