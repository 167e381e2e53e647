"""The five texts in other clothes are read as the texts they were rendered from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.tesseract
def test_each_example_reads_as_its_text() -> None:
    command = [sys.executable, "-m", "benchmarks.examples.score"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    rates = {line.split()[0]: float(line.split()[1]) for line in printed.splitlines()}
    assert set(rates) == {path.name for path in (ROOT / "data/examples").iterdir() if not path.name.startswith(".")}
    assert max(rates.values()) < 0.2
    assert {name for name, rate in rates.items() if rate} <= {"alingsas.tiff", "karlsborg.pdf"}
