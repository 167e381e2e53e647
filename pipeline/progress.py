"""What a run tells a person while it works: a bar on a terminal, plain lines otherwise, always on standard error."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

LABELS = {
    "ingest": "läser", "repair": "rättar", "outline": "ordnar", "extract": "hämtar krav", "compare": "jämför",
    "report": "redovisar",
}  # fmt: skip
PLAIN_STEP = 500
"""How many documents lie between two plain lines."""


def follow(stage: str, total: int) -> Callable[[str], None] | None:
    """A function to call with each finished document of a stage; None where there is nothing to tell."""
    if total == 0:
        return None
    label = LABELS.get(stage, stage)
    if sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(total=total, desc=label, unit=" dok", file=sys.stderr, leave=True)

        def advance(_: str) -> None:
            """The bar one document further, closed at the last."""
            bar.update()
            if bar.n >= total:
                bar.close()

        return advance
    lock = threading.Lock()
    done = 0

    def count(_: str) -> None:
        """A line at every so many documents and at the last."""
        nonlocal done
        with lock:
            done += 1
            if done == total or done % PLAIN_STEP == 0:
                sys.stderr.write(f"{label}: {done} av {total} dokument\n")

    return count
