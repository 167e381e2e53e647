"""What docs/scaling.md says of DVC, done: an experiment with another setting, and a remote that brings results back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.records.comparison import Cell, CellEvidence
from pipeline.tables import read_table
from tests.runs.conftest import TEXTS

ROOT = Path(__file__).parents[2]
KEPT = ("pipeline", "dvc.yaml", "params.yaml", ".dvc/config", ".dvcignore")


class Clone:
    """A scratch project: our code and stages over two small documents, with a repository of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in KEPT:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else (
                shutil.copy(source, target)
            )
        for name in ("ale.txt", "sub/flen.txt"):
            target = folder / "data" / "raw" / Path(name).name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(TEXTS[name], "utf-8")
        (folder / "data" / "decisions").mkdir()
        (folder / "data" / "decisions" / ".gitkeep").touch()
        (folder / ".gitignore").write_text("__pycache__/\n.dvc/cache/\n.dvc/tmp/\n/data/processed/\n", "utf-8")
        self.say("git", "init", "-q")
        self.say("git", "add", "-A")
        self.say("git", "commit", "-q", "-m", "Start")

    def say(self, *command: str) -> str:
        tools = Path(sys.executable).parent
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False,
            env={
                **os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1",
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
                "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def processed(self) -> Path:
        return self.folder / "data" / "processed"

    def nearest(self) -> int:
        """Most passages shown for a silent cell: what the setting of the experiment decides."""
        rows = read_table(CellEvidence, self.processed / "cell_evidence.parquet")
        shown = [(r.requirement, r.municipality) for r in rows if r.relation == "nearest"]
        return max(map(shown.count, shown))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    found = Clone(tmp_path_factory.mktemp("clone"))
    found.say("dvc", "repro", "compare")
    return found


def test_an_experiment_with_another_setting_runs_only_what_depends_on_it(clone: Clone) -> None:
    assert clone.nearest() == 3
    said = clone.say("dvc", "exp", "run", "-n", "en-granne", "-S", "compare.nearest=1", "compare")
    for stage in ("ingest", "repair", "outline", "extract"):
        assert f"Stage '{stage}' didn't change, skipping" in said
    assert "Running stage 'compare'" in said
    assert clone.nearest() == 1
    assert "en-granne" in clone.say("dvc", "exp", "show", "--csv", "--no-pager")
    clone.say("dvc", "exp", "remove", "en-granne")


def test_a_remote_brings_the_results_to_another_clone(clone: Clone, tmp_path: Path) -> None:
    clone.say("dvc", "remote", "add", "-f", "-d", "lager", str(tmp_path / "lager"))
    clone.say("dvc", "push")
    wanted = {name: (clone.processed / name).read_bytes() for name in ("cell_evidence.csv", "requirements.parquet")}
    cells = read_table(Cell, clone.processed / "harmonised_requirements.parquet")
    shutil.rmtree(clone.folder / ".dvc" / "cache")
    shutil.rmtree(clone.processed / "stages")
    for name in wanted:
        (clone.processed / name).unlink()
    clone.say("dvc", "pull", "compare", "--with-deps", "--force")
    assert {name: (clone.processed / name).read_bytes() for name in wanted} == wanted
    assert read_table(Cell, clone.processed / "harmonised_requirements.parquet") == cells
    said = clone.say("dvc", "repro", "compare")
    assert "Running stage" not in said  # what was pulled holds
