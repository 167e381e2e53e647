"""The notebooks run from a clean kernel over a small run of the pipeline."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DOCUMENTS = ("karlsborg", "kristianstad", "forshaga")
"""A damaged text and two whole ones: enough for every table that the notebooks open."""

NEEDED = ("nbmake", "ipykernel", "matplotlib")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of the pipeline, with its scorecard."""
    from pipeline.evaluation import score_folder, write_scorecard

    folder = tmp_path_factory.mktemp("run")
    sources, gold, out = folder / "sources", folder / "gold", folder / "out"
    sources.mkdir()
    gold.mkdir()
    for name in DOCUMENTS:
        shutil.copy(ROOT / "data" / "raw" / f"{name}.txt", sources)
        for suffix in (".json", ".txt"):
            shutil.copy(ROOT / "data" / "gold" / f"{name}{suffix}", gold)
    command = ["-m", "pipeline", "run", str(sources), "--out", str(out), "--cache", str(folder / "cache")]
    subprocess.run([sys.executable, *command, "--workers", "1"], check=True, cwd=ROOT)
    write_scorecard(score_folder(gold, out), out / "evaluation")
    return out


def read_cells(path: Path, kind: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def test_there_are_three_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["1-kraven", "2-jamfor-kommuner", "3-kvalitet"]


@pytest.mark.skipif(bool(MISSING), reason=f"the extra 'notebooks' is not installed: {', '.join(MISSING)}")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_a_clean_kernel(path: Path, results: Path, tmp_path: Path) -> None:
    environment = os.environ | {"JAMKA_RESULTS": str(results), "MPLCONFIGDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    # The notebook is a collected item of a pytest of its own: nbmake's kernel then knows nothing of this process.
    command = ["-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", "-p", "no:randomly", "--nbmake"]
    done = subprocess.run(
        [sys.executable, *command, "--nbmake-kernel=python3", "--nbmake-timeout=600", str(path)],
        check=False, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path: Path) -> None:
    for cell in read_cells(path, "code"):
        assert cell["outputs"] == [] and cell["execution_count"] is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_reads_through_the_library_and_names_no_place_of_a_machine(path: Path) -> None:
    code = "\n".join("".join(cell["source"]) for cell in read_cells(path, "code"))
    assert "from pipeline.tables import read_table" in code
    assert 'os.environ.get("JAMKA_RESULTS", "../data/processed")' in code
    assert not re.search(r"""["'](/|~|[A-Za-z]:[\\/])""", code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_begins_with_a_title_and_explains_itself(path: Path) -> None:
    texts = ["".join(cell["source"]) for cell in read_cells(path, "markdown")]
    assert texts[0].startswith("# ")
    assert len(texts) >= 6
