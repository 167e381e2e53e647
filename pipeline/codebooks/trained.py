"""What a model learned from annotated clauses says of their topics, beside what the codebook's cues say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.codebooks.codebook import Codebook
from pipeline.codebooks.thesaurus import tell_meanings
from pipeline.linear import find_model
from pipeline.text_models import Field, TextModel, load_text_model

if TYPE_CHECKING:
    from pipeline.codebooks.topics import ClauseText

MODELS = Path(__file__).parent / "models"

TOPIC_FIELDS = (
    Field("clause", 1.0, 3, 6, pairs=True),
    Field("heading", 0.6, 4, 5),
    Field("around", 0.4, 4, 5),
    Field("actor", 0.2, 4, 5),
    Field("kinds", 0.3),
    Field("before", 0.5, 4, 5),
    Field("meanings", 0.5),
)
"""How a clause is counted for the topics model."""


def describe_clause(clause: ClauseText) -> dict[str, str]:
    """A clause as the fields that the model counts."""
    kinds = " ".join([clause.modality or "statement", *sorted(clause.kinds)])
    return {
        "clause": clause.clause,
        "heading": clause.heading,
        "around": clause.lead_in,
        "actor": clause.actor,
        "kinds": kinds,
        "before": clause.before,
        "meanings": tell_meanings(clause.clause),
    }


def load_topics_model(codebook: Codebook) -> TextModel | None:
    """The model trained for a codebook; None where there is none, or where the codebook lacks what the model knows.

    An edited codebook keeps its model as long as the requirements that the model was trained on are still in it.
    """
    return _load_topics_model(codebook, find_model(MODELS, f"{codebook.id}.npz.zst"))


@lru_cache(maxsize=8)
def _load_topics_model(codebook: Codebook, path: Path) -> TextModel | None:
    if not path.is_file():
        return None
    model = load_text_model(path)
    return model if {r.id for r in codebook.requirements}.issuperset(model.labels) else None
