"""A document's units with their parses and the clauses that may bind: worked out once, read by all that extracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract import surroundings
from pipeline.extract.candidates import Candidate, list_candidates
from pipeline.extract.rows import TableRow, parse_rows
from pipeline.extract.surroundings import SILENT_SECTIONS
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.parsing import Parse, parse

PARSED = frozenset({"sentence", "list_item", "lead_in", "table_row"})


@dataclass(frozen=True, slots=True)
class ParsedUnits:
    """The units that rules are looked for in, their parses by unit number, and their clauses in text order.

    `rows` holds those that are rows of tables, `public_sections` the sections whose "du" is the commenting public.
    """

    units: tuple[Unit, ...]
    parses: Mapping[int, Parse]
    rows: Mapping[int, TableRow]
    candidates: tuple[Candidate, ...]
    public_sections: frozenset[int]


def parse_units(outline: Outline, *, model: str = "") -> ParsedUnits:
    """Parse a document's units and list their clauses.

    Args:
        outline: The document's structure; all offsets refer to its text.
        model: spaCy pipeline, empty for the one shipped.
    """
    units = [u for u in outline.units if u.kind in PARSED and outline.sections[u.section].kind not in SILENT_SECTIONS]
    texts = [outline.text[u.start : u.end].replace("\n", " ").replace("\t", " ") for u in units]
    parses = dict(zip((u.unit for u in units), parse(texts, model=model), strict=True))
    public_sections = surroundings.public_sections(outline)
    rows = parse_rows(outline, units, model=model)
    candidates = tuple(list_candidates(outline, parses, rows, public_sections=public_sections))
    return ParsedUnits(tuple(units), parses, rows, candidates, public_sections)
