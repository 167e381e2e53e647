"""Arrow makes columns without pandas, and frames of them when pandas is asked for."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from pipeline.arrow import leave_pandas_out
leave_pandas_out()
import pyarrow as pa
import pyarrow.compute as pc
column = pa.array(["a", None], type=pa.string())
flags = pc.if_else(pa.array([True, False], type=pa.bool_()), column, column)
print("pandas" in sys.modules)
frame = pa.table({"column": column, "flags": flags}).to_pandas()
print(frame.shape, type(frame).__module__.partition(".")[0])
import pandas as pd
print(pa.Table.from_pandas(pd.DataFrame({"n": [1, 2]})).num_rows)
"""


def test_columns_are_made_without_pandas_and_frames_with_it() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False", "(2, 2) pandas", "2"]
