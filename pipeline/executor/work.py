"""One document's work as a worker of any kind does it: its failure is a value, for one document never ends the run."""

from __future__ import annotations

from typing import Any

from pipeline.executor.children import Task, run_guarded
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings
from pipeline.versions import code_version


def outcome(task: Task, limits: LimitSettings, version: str = "") -> Any:
    """A task's result, or its failure as a value: one document never ends the run.

    Args:
        task: The work.
        limits: What it may cost.
        version: The code of whoever asks, where that may be another than here; empty where it can't.

    Raises:
        RunFailure: When the code here is another: results would be kept under a wrong key.
    """
    if version and version != code_version():
        raise RunFailure(
            "En dator i klustret har en annan version av Jämka. Installera samma version överallt.",
            "A machine of the cluster has another version of Jämka. Install the same version everywhere.",
        )
    try:
        return run_guarded(task, limits)
    except DocumentFailure as e:
        return e
