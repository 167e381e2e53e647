"""The sample comparison, written once for all tests of the report."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


def load_beside(name: str) -> ModuleType:
    """A module that lies beside this file: tests are no package."""
    spec = importlib.util.spec_from_file_location(f"report_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample_module() -> ModuleType:
    return load_beside("sample")


@pytest.fixture(scope="session")
def sample(sample_module: ModuleType) -> Any:
    return sample_module.sample()


@pytest.fixture(scope="session")
def contents(sample: Any) -> Any:
    from pipeline.report.contents import Contents

    return Contents(sample.comparison, sample.material, sample.codebooks, sample.settings)


@pytest.fixture(scope="session")
def written(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that write_report writes of the sample."""
    from pipeline.report import write_report

    folder = tmp_path_factory.mktemp("written")
    write_report(sample.comparison, sample.material, folder, codebooks=sample.codebooks, settings=sample.settings)
    return folder
