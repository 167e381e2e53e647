"""When Python looks for garbage in rings: not while words are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def leave_garbage() -> Iterator[None]:
    """Put off the search for objects that only refer to one another.

    Reading words makes millions of tuples, none of them in a ring, and keeps many: to go through them again and again
    took a tenth of the time and more. What nothing refers to is given back at once all the same.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
