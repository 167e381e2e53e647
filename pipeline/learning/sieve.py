"""Fits the weights by which a passage's values are kept as part of its answer, from cells of annotated documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook, normalise_value
from pipeline.compare.gathering import gather_support
from pipeline.compare.sifting import LIKELY, SIFTED, describe, sort_of
from pipeline.compare.support import DocumentSupport
from pipeline.evaluation.gold import GoldDocument
from pipeline.extract import extract_requirements
from pipeline.learning.examples import Annotated
from pipeline.learning.facts import fit_facts, with_unseen_weights
from pipeline.linear import likelihood_of
from pipeline.params import CompareSettings
from pipeline.records.comparison import DocumentFindings
from pipeline.records.reading import SourceFile
from pipeline.wording import DUTY

STRENGTH = 1.0
"""Inverse of how much weights are held back (scikit-learn's C)."""


@dataclass(frozen=True, slots=True)
class ValueExample:
    """A value in a passage that answers a question: its facts, and whether people took it up into the cell."""

    facts: frozenset[str]
    right: bool
    gold: GoldDocument


def value_cell_examples(document: Annotated, codebook: Codebook) -> Iterator[ValueExample]:
    """Every role and name of every passage that answers a question which the gold answers with a value too."""
    wanted = {c.requirement: c.value for c in document.gold.cells if c.answer == "stated" and c.value}
    for name, supports in gather_annotated(document, codebook).by_requirement.items():
        entry = codebook.find(name)
        told = normalise_value(entry, wanted.get(name) or "") if entry is not None else frozenset()
        if entry is None or not told:
            continue
        for support in supports:
            said = (support.tokens.said | support.tokens.doubted) - {DUTY}
            for token in sorted(t for t in said if sort_of(entry, t) in SIFTED):
                facts = describe(entry, token, said, support.requirement, support.quote)
                right = bool(normalise_value(entry, token) & told)
                yield ValueExample(frozenset(facts), right, document.gold)


def gather_annotated(document: Annotated, codebook: Codebook) -> DocumentSupport:
    """What the pipeline takes an annotated document to say to a codebook."""
    own = document.outline.document.document_id
    file = SourceFile(own, f"{document.gold.slug}.txt", "", "", "text/plain", 1, "text", "ok", "", "")
    item = DocumentFindings(file, 0.0, document.outline, extract_requirements(document.outline, codebook=codebook))
    return gather_support(item, codebook, min_topic_score=CompareSettings().min_topic_score)


def fit_sieve(examples: Sequence[ValueExample]) -> Mapping[str, float]:
    """The weight of each fact; with it the questions that something was learned of."""
    return fit_facts([e.facts for e in examples], [e.right for e in examples], strength=STRENGTH)


def describe_sieve(examples: Sequence[ValueExample], split: str) -> str:
    """How many values are kept and right in one split, by weights made without the example's family."""
    unseen = with_unseen_weights(examples, fit_sieve, split)
    judged = [(likelihood_of(weights, e.facts) >= LIKELY, e.right) for e, weights in unseen]
    kept = sum(k for k, _ in judged)
    both, right = sum(k and r for k, r in judged), sum(r for _, r in judged)
    return (
        f"{len(judged)} values in unread documents, {right / max(1, len(judged)):.3f} of them right; kept {kept}, "
        f"{both / max(1, kept):.3f} of them right, with {both / max(1, right):.3f} of all right ones"
    )
