"""Files of an output folder: what one stage hands to the next is what it wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline import outputs
from tests.report.sample import sample


def test_a_comparison_handed_on_is_the_one_that_is_read(tmp_path: Path) -> None:
    made = sample()
    backwards = {part: getattr(made.comparison, part)[::-1] for part in outputs.COMPARISON}
    comparison = replace(made.comparison, **backwards, lineage_left_out=7)
    outputs.write_comparison(tmp_path, comparison, made.material.findings, conflicts=[])
    assert len(comparison.cells) > 2
    assert outputs.as_read(comparison) == outputs.read_comparison(tmp_path)
    assert outputs.as_read(comparison) != comparison
