"""The coded sample, for every format: tests are no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def coded_sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("exchange_sample", Path(__file__).with_name("coded_sample.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
