"""What is kept: each question worked out once, as long as there is room for its answer."""

from __future__ import annotations

from pipeline.kept import Kept


def test_each_question_is_worked_out_once_and_all_new_ones_together() -> None:
    asked: list[list[str]] = []

    def work_out(new: list[str]) -> list[int]:
        asked.append(new)
        return [len(one) for one in new]

    kept: Kept[str, int] = Kept(10)
    assert kept.answers(["a", "bbb", "a"], work_out) == [1, 3, 1]
    assert kept.answers(["cc", "bbb", "dddd"], work_out) == [2, 3, 4]
    assert kept.answers(["a", "cc"], work_out) == [1, 2]
    assert asked == [["a", "bbb"], ["cc", "dddd"]]


def test_where_room_runs_out_the_answers_longest_unasked_for_go() -> None:
    kept: Kept[int, int] = Kept(2)
    kept.answers([1, 2], list)
    kept.answers([1], list)
    kept.answers([3], list)
    assert kept.answers([1, 3], lambda new: [-one for one in new]) == [1, 3]
    assert kept.answers([2], lambda new: [-one for one in new]) == [-2]


def test_more_questions_than_room_are_answered_all_the_same() -> None:
    assert Kept[int, int](2).answers(list(range(9)), list) == list(range(9))
