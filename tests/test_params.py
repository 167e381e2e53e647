"""params.yaml: what is left out has its default, what is wrong is named, nothing is guessed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from pipeline.failures import WRONG_USAGE, RunFailure
from pipeline.params import Params, Settings, load_params

ROOT = Path(__file__).parents[1]


def load(tmp_path: Path, content: str | bytes) -> Params:
    file = tmp_path / "params.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return load_params(file)


def test_no_file_gives_the_defaults() -> None:
    assert load_params(None) == Params()


def test_the_projects_own_file_states_every_setting_and_the_defaults() -> None:
    content = yaml.safe_load((ROOT / "params.yaml").read_text("utf-8"))
    assert load_params(ROOT / "params.yaml") == Params()
    assert leaves(content) == leaves(Params().model_dump(mode="json"))


def leaves(content: Any, at: str = "") -> set[str]:
    if not isinstance(content, dict):
        return {at}
    return {leaf for name, inner in content.items() for leaf in leaves(inner, f"{at}.{name}")}


@pytest.mark.parametrize("content", ["", "# nothing\n", "compare:\n  nearest: 5\n"])
def test_what_is_left_out_has_its_default(tmp_path: Path, content: str) -> None:
    found = load(tmp_path, content)
    assert found.ingest == Params().ingest
    assert found.compare.nearest == (5 if content.startswith("compare") else 3)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("ingest:\n  resolutoin: 300\n", "ingest.resolutoin"),
        ("ingest:\n  limits:\n    seconds: -1\n", "ingest.limits.seconds"),
        ("ingest:\n  limits:\n    megabytes: 0\n", "ingest.limits.megabytes"),
        ("ingets: {}\n", "ingets"),
        ("compare:\n  date: i morgon\n", "compare.date"),
        ("compare:\n  date: 2026-02-30\n", "month"),
        ("repair:\n  apply_above: 1.5\n", "repair.apply_above"),
        ("repair:\n  apply_above: .nan\n", "repair.apply_above"),
        ("report:\n  language: de\n", "report.language"),
        ("run:\n  buckets: 0\n", "run.buckets"),
        ("run:\n  workers: många\n", "run.workers"),
        ("- ingest\n", ""),
        ("hej", ""),
        ("a: [\n", "YAML"),
        ("a: !!python/object/apply:os.system ['touch x']\n", "YAML"),
        (b"\xff\xfe\x00ingest", ""),
        ("ingest:\n  languages: åäö\n".encode("latin-1"), ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_both_languages(tmp_path: Path, content: str | bytes, named: str) -> None:
    with pytest.raises(RunFailure) as caught:
        load(tmp_path, content)
    assert caught.value.status == WRONG_USAGE
    for said in (caught.value.message.sv, caught.value.message.en):
        assert "params.yaml" in said
        assert named in said


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(RunFailure) as caught:
            load_params(path)
        assert caught.value.status == WRONG_USAGE


def test_the_date_may_be_quoted_or_not(tmp_path: Path) -> None:
    for said in ("2024-05-06", '"2024-05-06"'):
        assert load(tmp_path, f"compare:\n  date: {said}\n").compare.date == datetime.date(2024, 5, 6)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Params().run.workers = 7  # type: ignore[misc]


def test_every_setting_is_explained() -> None:
    def walk(model: type[BaseModel], at: str = "") -> list[str]:
        silent = []
        for name, item in model.model_fields.items():
            kind = item.annotation
            if isinstance(kind, type) and issubclass(kind, Settings):
                silent += walk(kind, f"{at}{name}.")
            elif not item.description:
                silent.append(at + name)
        return silent

    assert walk(Params) == []
