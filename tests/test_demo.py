"""The five documents give the same harmonised table as text and as PDF, scan, photograph, Word file and web page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.evaluation.same_table import list_differences
from pipeline.records.comparison import Cell
from pipeline.tables import read_table

ROOT = Path(__file__).parent.parent
MUNICIPALITIES, REQUIREMENTS = 5, 45


def run_pipeline(source: str, folder: Path) -> Path:
    """The output folder of a run of the command."""
    out = folder / "out"
    subprocess.run(
        [sys.executable, "-m", "pipeline", "run", source, "--out", out, "--cache", folder / "cache", "--workers", "2"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return out


@pytest.mark.tesseract
def test_the_harmonised_table_does_not_depend_on_the_clothes(tmp_path: Path) -> None:
    as_text = run_pipeline("data/raw", tmp_path / "raw")
    dressed = run_pipeline("data/examples", tmp_path / "examples")
    cells = read_table(Cell, as_text / "harmonised_requirements.parquet")
    assert len(cells) == MUNICIPALITIES * REQUIREMENTS
    assert len({c.answer for c in cells}) > 2
    assert list_differences(as_text, dressed) == []


def test_a_difference_is_told(tmp_path: Path) -> None:
    out = run_pipeline("data/raw/forshaga.txt", tmp_path / "one")
    other = run_pipeline("data/raw/kungsbacka.txt", tmp_path / "other")
    assert any("only in one of them" in line for line in list_differences(out, other))
