"""How often Python looks for rings of objects that nobody uses: seldom, and not at all among words and rows.

Left to itself it goes through all living objects each time their number has grown by a quarter: a fourth of the time
in which rows are read, and a twelfth of an extraction, is spent to find that all of them are still in use.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (100_000, 50, 100)
"""Objects made, less those let go, between two looks at the youngest; looks of one kind between two of the next."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Within it rings of unused objects are looked for seldom; what was set before comes back after it."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def leave_garbage() -> Iterator[None]:
    """Put off the search for objects that only refer to one another.

    Reading words makes millions of tuples, reading rows as many records, none of them in a ring, and keeps many: to go
    through them again and again took a tenth of the time and more among words, a twentieth among rows. What nothing
    refers to is given back at once all the same.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
