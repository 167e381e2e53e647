"""What counting keywords would have found: the yardstick beside every figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.evaluation.cells import SILENT, WantedCell
from pipeline.evaluation.counts import DocumentScore
from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.requirements import score_requirements
from pipeline.evaluation.values import score_values
from pipeline.records.requirement import Requirement, Value
from pipeline.spans import fold
from pipeline.trees import parse_tree

KEYWORDS = Path(__file__).with_name("keywords.yaml")


def score_baseline(gold: Sequence[tuple[GoldDocument, str]], cells: Sequence[WantedCell]) -> list[DocumentScore]:
    """The counts of the keyword baseline on the same documents.

    A sentence with a modal is a requirement without an actor, a listed word a value. Every cell is called silent, which
    is the commonest answer.
    """
    scores = {document.slug: _score(document, text) for document, text in gold}
    for want in cells:
        score, silent = scores[want.slug], want.cell.answer == SILENT
        score.add_share("cell answer", [silent])
        score.add("cell stated", 0, 0, int(not silent))
        score.add_share("cell silent", [silent])
    return list(scores.values())


def _score(document: GoldDocument, text: str) -> DocumentScore:
    score = DocumentScore(document.slug, document.split or "")
    folded = fold(text)
    score_requirements(score, document, text, folded, find_requirements(text))
    score_values(score, document, text, folded, find_values(text))
    return score


@lru_cache(maxsize=1)
def _keywords() -> Any:
    return parse_tree(KEYWORDS.read_text("utf-8"))


def find_requirements(text: str) -> list[Requirement]:
    """Each sentence with a modal as a requirement; offsets refer to the text given."""
    breaks = [(m.start(), m.end()) for m in re.finditer(_keywords()["sentence_end"], text)]
    edges = [(0, 0), *breaks, (len(text), len(text))]
    found: list[Requirement] = []
    for (_, start), (end, _) in pairwise(edges):
        sentence = text[start:end]
        for rule in _keywords()["modality"]:
            if re.search(rule["pattern"], sentence, re.IGNORECASE):
                found.append(_requirement(text, start, end, rule["modality"]))
                break
    return found


def _requirement(text: str, start: int, end: int, modality: str) -> Requirement:
    quote = text[start:end].strip(" \t\r\n-•*–·.")
    start = text.index(quote, start)
    return Requirement(
        requirement_id=f"{start}", document_id="", municipality="", page=1, start=start, end=start + len(quote),
        quote=quote, section="", modality=modality, force=modality, actor="", actor_explicit=False, actor_group="",
        action="", condition="", exception="", procedure="", step=None, topics="", status="in_force", rule="keyword",
        repair_dependent=False, confidence=1.0,
    )  # fmt: skip


def find_values(text: str) -> list[Value]:
    """Each listed keyword as a value; offsets refer to the text given."""
    found: list[Value] = []
    for kind, rules in _keywords()["values"].items():
        for rule in rules:
            for match in re.finditer(rule["pattern"], text, re.IGNORECASE):
                found.append(_value(kind, rule, match))  # noqa: PERF401
    return found


def _value(kind: str, rule: dict[str, str], match: re.Match[str]) -> Value:
    return Value(
        value_id=f"{kind}{match.start()}", requirement_id="", document_id="", kind=kind, page=1, start=match.start(),
        end=match.end(), quote=match.group(), value=rule["value"], identifier=rule.get("identifier", ""), calendar="",
        of="", period="", trigger="", refers_to="", negated=False, confidence=1.0,
    )  # fmt: skip
