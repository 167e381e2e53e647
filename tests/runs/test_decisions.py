"""Decisions of people in a run: honoured, or waiting with their reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.exchange.decision_files import write_decisions
from pipeline.records.comparison import Cell, Document
from pipeline.records.decision import Decision, DecisionConflict
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.stages import STAGES
from tests.runs.conftest import Run, assert_same


@pytest.fixture(scope="module")
def decided(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, Decision]]:
    """A run with one decision of each kind, and some that fit nothing."""
    root = tmp_path_factory.mktemp("decided")
    decide = _decider(clean)
    given = {
        "modality": decide("requirement", "ale.txt", "Förvaltningschefen beslutar om nya konton", "change",
                           field="modality", new_value="should"),
        "rejected": decide("requirement", "sub/flen.txt", "Det är inte tillåtet att publicera personuppgifter",
                           "reject"),
        "added": decide("requirement", "ale.txt", "Riktlinjer för sociala medier", "accept", field="added",
                        new_value="may"),
        "value": decide("value", "ale.txt", "inom 24 timmar på vardagar", "change", field="response_time",
                        new_value="PT12H"),
        "metadata": decide("metadata", "ale.txt", "2019-03-12", "change", field="adopted_date", new_value="2019-03-13"),
        "cell": decide("cell", "sub/flen.txt", "Kontoansvarig bör svara på frågor inom två arbetsdagar", "change",
                       field="response_time|Flen", new_value="PT24H weekdays"),
        "repair": decide("repair", "skadad.txt", "diarieforas", "change", new_value="diarieföras snarast", raw=True),
        "page": decide("page", "skadad.txt", "", "reject", raw=True),
        "gone": replace(decide("requirement", "ale.txt", "Kontoansvarig ska bevaka kontot dagligen", "accept"),
                        sha256="f" * 64, quote="Detta har aldrig stått i någon text alls", prefix="", suffix="xyz"),
        "nowhere": replace(decide("cell", "ale.txt", "", "accept"), field="response_time|Atlantis"),
    }  # fmt: skip
    given = {name: replace(d, decision_id=f"b-{name}") for name, d in given.items()}
    folder = root / "beslut"
    folder.mkdir()
    write_decisions(given.values(), folder / "a.csv")
    (folder / "b.csv").write_text("target,verdict,quote\ncell,kanske,Hej\n", "utf-8")
    run = clean.copied(root)
    run.go(decisions=folder)
    return run, given


def _decider(run: Run) -> Callable[..., Decision]:
    documents = {d.file_name: d for d in run.rows("documents", Document)}

    def decide(
        target: str, name: str, quote: str, verdict: str, *, field: str = "", new_value: str = "", raw: bool = False
    ) -> Decision:
        document = documents[name]
        folder = run.out / ("raw" if raw else "texts")
        text = (folder / f"{document.document_id}.txt").read_text("utf-8")
        at = text.index(quote) if quote else None
        prefix = text[max(0, at - 40) : at] if at is not None else ""
        suffix = text[at + len(quote) : at + len(quote) + 40] if at is not None else ""
        return Decision(
            "", target, field, document.sha256, quote, prefix, suffix, at, verdict, new_value, "Anna", "2026-03-01", ""
        )  # fmt: skip

    return decide


def _requirement(run: Run, quote: str, municipality: str = "Ale") -> list[Requirement]:
    found = run.rows("requirements", Requirement)
    return [r for r in found if (r.quote, r.municipality) == (quote, municipality)]


def test_decisions_on_requirements_are_honoured(clean: Run, decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    (found,) = _requirement(run, "Förvaltningschefen beslutar om nya konton")
    assert (found.modality, found.confidence) == ("should", 1.0)
    assert _requirement(run, "Det är inte tillåtet att publicera personuppgifter", "Flen") == []
    assert len(_requirement(clean, "Det är inte tillåtet att publicera personuppgifter", "Flen")) == 1
    (added,) = _requirement(run, "Riktlinjer för sociala medier")
    assert (added.modality, added.rule, added.municipality) == ("may", "review", "Ale")


def test_what_is_decided_of_the_modality_has_that_force(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    (found,) = _requirement(run, "Förvaltningschefen beslutar om nya konton")
    assert found.force == "should"


def test_decisions_on_values_metadata_and_repairs_are_honoured(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, given = decided
    times = [v for v in run.rows("values", Value) if v.kind == "response_time" and v.value == "PT12H"]
    assert len(times) == 1
    documents = {d.file_name: d for d in run.rows("documents", Document)}
    assert documents["ale.txt"].adopted_date == "2019-03-13"
    text = (run.out / "texts" / f"{documents['skadad.txt'].document_id}.txt").read_text("utf-8")
    assert "diarieföras snarast" in text
    repair = [r for r in run.rows("repairs", Repair) if r.after == "diarieföras snarast"]
    assert [(r.status, r.confidence, r.before) for r in repair] == [("applied", 1.0, given["repair"].quote)]


def test_decisions_on_cells_are_honoured(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    cell = next(
        c for c in run.rows("harmonised_requirements", Cell)
        if (c.requirement, c.municipality) == ("response_time", "Flen")
    )  # fmt: skip
    assert (cell.value, cell.review, cell.confidence) == ("PT24H weekdays", "changed", 1.0)
    # What a value corrected by a person says reaches the cell too.
    ale = next(
        c for c in run.rows("harmonised_requirements", Cell)
        if (c.requirement, c.municipality) == ("response_time", "Ale")
    )  # fmt: skip
    assert ale.value.startswith("PT12H")


def test_what_can_not_be_honoured_waits_with_its_reason(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    conflicts = {c.decision_id: c for c in run.rows("decision_conflicts", DecisionConflict)}
    assert set(conflicts) == {"b-gone", "b-nowhere", "b-page", "b.csv:2"}
    assert all(c.reason for c in conflicts.values())


def test_decisions_are_made_the_same_way_twice_and_taken_back_when_they_go(
    clean: Run, decided: tuple[Run, dict[str, Decision]], tmp_path: Path
) -> None:
    run, _ = decided
    again = run.copied(tmp_path)
    work = again.go(decisions=run.out.parent / "beslut")
    assert work.fresh == dict.fromkeys(STAGES, 0)
    assert_same(run.out, again.out)
    again.go()
    for name in ("requirements", "values", "metadata", "repairs", "harmonised_requirements", "decision_conflicts"):
        assert (again.out / f"{name}.csv").read_bytes() == (clean.out / f"{name}.csv").read_bytes(), name


def test_a_row_of_a_rejected_requirement_leaves_no_value_hanging(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    ids = {r.requirement_id for r in run.rows("requirements", Requirement)}
    assert {v.requirement_id for v in run.rows("values", Value)} <= {*ids, ""}
