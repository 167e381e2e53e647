"""Values, answers and forces in Swedish words, and back from what a person writes."""

from pipeline.wording.bodies import BODY_KINDS, BodyKind, is_read, kinds_of_bodies, name_body
from pipeline.wording.change import CellChange, rule_on, without_answer
from pipeline.wording.counting import counted, in_figures, join_words, say_count
from pipeline.wording.kinds import ADDRESS, name_plan
from pipeline.wording.lists import NotUnderstood, read_list
from pipeline.wording.reading import CellReader, force_of
from pipeline.wording.saying import (
    DUTY,
    KEPT_FOR,
    LIMITS,
    MAY_ONLY,
    MAY_REMOVE,
    REPEATED,
    SOONER,
    is_missing,
    is_vague,
    length_of,
    name_force,
    not_here,
    put_in_words,
    say_act,
    say_answer,
    say_force,
    say_value,
    split_duration,
)
from pipeline.wording.values import ValueReader, value_choices
from pipeline.wording.words import codes, fold, restricts, say

__all__ = [
    "ADDRESS",
    "BODY_KINDS",
    "DUTY",
    "KEPT_FOR",
    "LIMITS",
    "MAY_ONLY",
    "MAY_REMOVE",
    "REPEATED",
    "SOONER",
    "BodyKind",
    "CellChange",
    "CellReader",
    "NotUnderstood",
    "ValueReader",
    "codes",
    "counted",
    "fold",
    "force_of",
    "in_figures",
    "is_missing",
    "is_read",
    "is_vague",
    "join_words",
    "kinds_of_bodies",
    "length_of",
    "name_body",
    "name_force",
    "name_plan",
    "not_here",
    "put_in_words",
    "read_list",
    "restricts",
    "rule_on",
    "say",
    "say_act",
    "say_answer",
    "say_count",
    "say_force",
    "say_value",
    "split_duration",
    "value_choices",
    "without_answer",
]
