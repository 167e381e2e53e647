"""What was worked out once, kept for the next time it is asked for, as much of it as there is room for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")


class Kept(Generic[Asked, Answer]):
    """Answers by what was asked, of which the ones asked for last stay. Nobody may change an answer.

    Unlike `functools.lru_cache` it asks for what it lacks all at once, for what is much cheaper by the dozen.
    """

    def __init__(self, most: int) -> None:
        """An empty store.

        Args:
            most: How many answers it holds at most.
        """
        self._most = most
        self._answers: OrderedDict[Asked, Answer] = OrderedDict()

    def answers(self, asked: Sequence[Asked], work_out: Callable[[list[Asked]], Iterable[Answer]]) -> list[Answer]:
        """The answer to each question, in order.

        Args:
            asked: The questions; equal ones share an answer.
            work_out: Answers questions that are all different, in order; called only when there are some.
        """
        known = self._answers
        here = {one: known.pop(one) for one in dict.fromkeys(asked) if one in known}
        new = [one for one in dict.fromkeys(asked) if one not in here]
        if new:
            here.update(zip(new, work_out(new), strict=True))
        known.update(here)
        while len(known) > self._most:
            known.popitem(last=False)
        return [here[one] for one in asked]
