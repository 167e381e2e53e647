"""The harmonised requirements as data, and what tells which of them a clause is about."""

from pipeline.codebooks.areas import policy_area
from pipeline.codebooks.codebook import Codebook, Cue, HarmonisedRequirement, Member, list_codebooks, load_codebook
from pipeline.codebooks.topics import (
    FIT,
    ClauseText,
    TopicMatch,
    find_excluded,
    is_misplaced,
    is_permitting,
    match_cues,
    match_members,
    match_statements,
    match_topics,
    measure_nearness,
    normalise_value,
    score_together,
)

__all__ = [
    "FIT",
    "ClauseText",
    "Codebook",
    "Cue",
    "HarmonisedRequirement",
    "Member",
    "TopicMatch",
    "find_excluded",
    "is_misplaced",
    "is_permitting",
    "list_codebooks",
    "load_codebook",
    "match_cues",
    "match_members",
    "match_statements",
    "match_topics",
    "measure_nearness",
    "normalise_value",
    "policy_area",
    "score_together",
]
