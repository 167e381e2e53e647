"""What a kept result was made with: every part of the package that its stage imports counts, here and for DVC."""

from __future__ import annotations

import re
from pathlib import Path

import grimp
import pytest
import yaml

from pipeline import versions
from pipeline.stages import STAGES
from pipeline.stages.work import CALLED_BY, DECIDED_IN, ROOMS, SHARED_ROOMS
from pipeline.versions import PACKAGE, hash_parts, parts_of

ROOT = PACKAGE.parent
DVC = yaml.safe_load((ROOT / "dvc.yaml").read_text("utf-8"))["stages"]
AT_THE_MARGIN = re.compile(r"^from pipeline(?:\.(\w+)\S*)? import (.*)", re.MULTILINE)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("pipeline", cache_dir=None)


def part(module: str) -> str:
    """The part of the package that a module lies in."""
    name = module.split(".")[1]
    return name if (PACKAGE / name).is_dir() else f"{name}.py"


def made_with(graph: grimp.ImportGraph, root: str) -> set[str]:
    """The parts that a part imports, directly or not, as grimp parses them."""
    module = "pipeline." + root.removesuffix(".py").replace("/", ".")
    found = graph.find_upstream_modules(module, as_package=not root.endswith(".py"))
    return {part(name) for name in found if "." in name}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stages_version_covers_all_that_its_rooms_import(graph: grimp.ImportGraph, stage: str) -> None:
    found = set(parts_of(*ROOMS[stage], *SHARED_ROOMS))
    for root in (*ROOMS[stage], *SHARED_ROOMS):
        assert made_with(graph, root) <= found
    assert {"trees.py", "packed.py", "kept.py", "params.py"} <= found


def test_a_stages_version_is_that_of_no_later_stage() -> None:
    for stage in ("ingest", "repair", "outline", "extract"):
        assert not {"report", "compare", "exchange", "evaluation", "outputs.py"} & set(parts_of(*ROOMS[stage])), stage
    assert "report" not in parts_of(*ROOMS["compare"])


def test_the_rooms_that_a_task_calls_are_those_of_its_stage() -> None:
    bodies = re.split(r"^def (\w+)_one\(", (PACKAGE / CALLED_BY).read_text("utf-8"), flags=re.MULTILINE)
    stages = {"read": "ingest", "weigh": "compare", "exchange": "report"}
    seen = set()
    for name, body in zip(bodies[1::2], bodies[2::2], strict=True):
        stage = stages.get(name, name)
        called = set(re.findall(r"^    from pipeline\.(\w+)", body.partition("\ndef ")[0], re.MULTILINE))
        assert called <= {room.split("/")[0] for room in ROOMS[stage]} | {"review"}, stage
        assert "review" not in called or stage in DECIDED_IN
        seen.add(stage)
    assert seen == set(STAGES)


def test_what_is_imported_counts_and_nothing_else(tmp_path: Path) -> None:
    def version(room: str) -> str:
        for kept in (versions.hash_parts, versions.parts_of, versions._hash_part, versions._imported):
            kept.cache_clear()
        return hash_parts(room, package=tmp_path)

    for path, text in {
        "one/__init__.py": "from pipeline.two.inner import x\n",
        "two/inner.py": "def f():\n    import pipeline.three\n",
        "three.py": "from pipeline import (four, five as v)  # six\n", "four.py": "", "five.py": "", "six.py": "",
        "two/words.yaml": "a: 1\n",
    }.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    first = version("one")
    assert parts_of("one", package=tmp_path) == ("five.py", "four.py", "one", "three.py", "two")
    (tmp_path / "six.py").write_text("x = 1\n", "utf-8")
    assert version("one") == first
    seen = {first}
    for path in ("five.py", "four.py", "three.py", "two/words.yaml"):
        with (tmp_path / path).open("a") as file:
            file.write("# another\n")
        seen.add(version("one"))
    assert len(seen) == 5


# DVC


def machinery() -> set[str]:
    """What every stage runs in: the stages and what they and theirs import when they are imported."""
    found, waiting = {"stages"}, ["stages"]
    while waiting:
        at = PACKAGE / waiting.pop()
        for path in [at] if at.is_file() else at.rglob("*.py"):
            for inner, names in AT_THE_MARGIN.findall(path.read_text("utf-8")):
                for name in [inner] if inner else names.split(","):
                    new = part(f"pipeline.{name.strip()}")
                    if new not in found:
                        found.add(new)
                        waiting.append(new)
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_dvc_runs_a_stage_again_for_the_same_code(stage: str) -> None:
    rooms = (*ROOMS[stage], *SHARED_ROOMS, *(("review",) if stage in DECIDED_IN else ()))
    wanted = {f"pipeline/{name}" for name in {*parts_of(*rooms), *machinery()}}
    assert {dep for dep in DVC[stage]["deps"] if dep.startswith("pipeline")} == wanted
