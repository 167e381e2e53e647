"""Requirements in the grammar of institutions: the parts of a rule as political scientists code them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column
from pipeline.records.requirement import MODALITIES

STATEMENTS = ("norm", "rule")


@dataclass(frozen=True, slots=True)
class InstitutionalStatement:
    """One requirement as an institutional statement: ABDICO (Crawford and Ostrom 1995; Frantz and Siddiki 2022)."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start", "end", "statement_id")

    statement_id: str = column("The requirement_id in requirements")
    document_id: str = column("The document")
    municipality: str = column("The municipality whose document it is")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text, code points")
    end: int = column("Offset in the reading text, exclusive")
    quote: str = column("The statement, text[start:end]; names of people are masked")
    attributes: str = column("A: who is bound, in the text's own word; empty where nothing names one")
    attributes_explicit: bool = column("Whether the statement itself names the actor")
    attributes_group: str = column("Who the actor is: role, unit, staff, organisation, public")
    deontic: str = column("D: modality as written", values=MODALITIES)
    aim: str = column("I with B: the main verb's lemma with its object, as words")
    conditions: str = column("C, activation: when it applies, in the text's words")
    exceptions: str = column("C, activation: when it does not apply, in the text's words")
    constraints: str = column("C, execution: times and frequencies in the statement, in the text's words, |-separated")
    or_else: str = column("O: what follows where it is not kept, as the text says it; empty where it says nothing")
    statement: str = column("norm (ADIC) or, with an or-else, rule (ADICO)", values=STATEMENTS)
    topics: str = column("Harmonised requirement ids, |-separated, sorted")
    status: str = column("In force by this document, or only proposed", values=("in_force", "proposed"))
    confidence: float = column("Probability that it is a requirement, 0 to 1")
