"""Arrow without pandas: with the first column it makes, Arrow looks for pandas, which takes half a second to come."""

from __future__ import annotations

import sys
from functools import cache
from importlib.abc import MetaPathFinder


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Nothing is ever found here; pandas is nowhere."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


@cache
def leave_pandas_out() -> None:
    """Let Arrow look for pandas once, now, and find none.

    A run asks nothing of pandas. Who imports it later has it, and Arrow makes frames of tables then as ever.
    """
    import pyarrow as pa

    hidden = _NoPandas()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([], type=pa.int64())
    finally:
        sys.meta_path.remove(hidden)
