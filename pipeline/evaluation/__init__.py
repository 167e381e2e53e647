"""How good the output is, measured against what people found in the same texts."""

from pipeline.evaluation.gold import gold_texts, read_gold
from pipeline.evaluation.listing import format_scorecard, list_changes, read_scorecard, write_scorecard
from pipeline.evaluation.repairs import RepairScore, score_repairs
from pipeline.evaluation.scorecard import Scorecard, score_folder

__all__ = [
    "RepairScore",
    "Scorecard",
    "format_scorecard",
    "gold_texts",
    "list_changes",
    "read_gold",
    "read_scorecard",
    "score_folder",
    "score_repairs",
    "write_scorecard",
]
