"""The same documents give the same comparison in every process, whatever the order of its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import hashlib, sys
sys.path.insert(0, "tests/compare")
import yaml
from conftest import build_document
from pipeline.compare import compare_requirements
cases = yaml.safe_load(open("tests/compare/cells.yaml", encoding="utf-8"))
documents = [d for case in cases for d in case["documents"]]
comparison = compare_requirements([build_document(f"d{n:03}", one) for n, one in enumerate(documents)])
print(hashlib.sha256(repr(comparison).encode()).hexdigest())
"""


def test_hash_seed_does_not_matter() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(run.stdout)
    assert len(digests) == 1
