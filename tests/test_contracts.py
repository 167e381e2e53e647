"""What the outside relies on: tables, their columns and order, public names, commands. Written out; see docs/."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline import cli, outputs, params, stages
from pipeline.records import requirement
from pipeline.tables import columns, dictionary, schema

COLUMNS = {
    "documents": (
        "document_id file_name sha256 duplicate_of media_type pages text_source municipality municipality_code title "
        "document_type document_date adopted_by adopted_date revised_date valid_until diary_number responsible "
        "applies_to supersedes policy_area damage_score completeness status message message_en"
    ),
    "metadata": "document_id field value page start end quote confidence",
    "words": "document_id page start end x0 top x1 bottom confidence",
    "repairs": "document_id page start end raw_start raw_end before after rule confidence status",
    "requirements": (
        "requirement_id document_id municipality page start end quote section modality force actor actor_explicit "
        "actor_group action condition exception procedure step topics status rule repair_dependent confidence"
    ),
    "values": (
        "value_id requirement_id document_id kind page start end quote value identifier calendar of period trigger "
        "refers_to negated confidence"
    ),
    "legal_references": (
        "value_id document_id municipality page start end quote norm identifier section status_when_adopted "
        "status_on_date repealed_on repealed_by use_instead note confidence"
    ),
    "harmonised_requirements": (
        "codebook requirement label_sv label_en municipality answer modality value value_text relation_to_strictest "
        "document_id page start end quote confidence review"
    ),
    "cell_evidence": ("codebook requirement municipality requirement_id value_id document_id start end relation score"),
    "relations": "requirement municipality other_municipality relation rationale",
    "lineage": "document_id other_document_id start end other_start other_end quote other_quote similarity earlier",
    "findings": (
        "kind municipality document_id requirement requirement_id other_requirement_id value_id quote other_quote "
        "message_sv message_en weight"
    ),
}
"""The columns of every table whose columns are promised, in the promised order."""

UNORDERED = {
    "furniture",
    "links",
    "statistics",
    "proposed_requirements",
    "decision_conflicts",
    "changes",
    "institutional_grammar",
    "review_next",
    "version_changes",
    "family_changes",
}
"""Tables that are promised without their columns."""

VALUES = {
    ("documents", "text_source"): {"text", "ocr", "mixed"},
    ("documents", "completeness"): {"complete", "truncated", "proposal"},
    ("documents", "status"): {"ok", "quarantined"},
    ("repairs", "status"): {"applied", "suggested", "rejected"},
    ("requirements", "modality"): {"must", "must_not", "should", "should_not", "may"},
    ("requirements", "force"): {"must", "must_not", "should", "should_not", "may"},
    ("requirements", "actor_group"): {"role", "unit", "staff", "organisation", "public"},
    ("requirements", "status"): {"in_force", "proposed"},
    ("legal_references", "status_on_date"): {"in_force", "repealed", "not_yet", "unknown"},
    ("legal_references", "status_when_adopted"): {"in_force", "repealed", "not_yet", "unknown"},
    ("harmonised_requirements", "answer"): {
        "stated", "stated_negatively", "delegated", "silent", "unreadable", "conflicting",
    },
    ("harmonised_requirements", "relation_to_strictest"): {"strictest", "equal", "laxer", "incomparable", "none"},
    ("harmonised_requirements", "review"): {"unreviewed", "accepted", "changed", "rejected"},
    ("cell_evidence", "relation"): {"supports", "dissents", "nearest"},
    ("relations", "relation"): {
        "equal", "stricter", "laxer", "broader", "narrower", "overlapping", "incomparable",
    },
    ("findings", "kind"): {
        "conflict", "orphan_duty", "gap", "stale_law", "stale_name", "copy_residue", "missing_step",
        "missing_attachment", "truncation",
    },
}  # fmt: skip
TABLES: dict[str, Any] = dict(outputs.TABLES)


def test_every_promised_table_is_written_and_no_other() -> None:
    assert set(TABLES) == set(COLUMNS) | UNORDERED


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_stand_in_the_promised_order(name: str) -> None:
    assert list(columns(TABLES[name])) == COLUMNS[name].split()
    assert schema(TABLES[name]).names == COLUMNS[name].split()


@pytest.mark.parametrize(("table", "column"), sorted(VALUES))
def test_closed_sets_of_values(table: str, column: str) -> None:
    item = next(f for f in fields(TABLES[table]) if f.name == column)
    assert set(item.metadata["values"]) - {""} == VALUES[table, column]


def test_every_column_says_what_it_means() -> None:
    silent = [
        f"{name}.{f.name}" for name, record in TABLES.items() for f in fields(record) if not f.metadata.get("meaning")
    ]
    assert not silent


def test_every_key_is_a_column_and_tells_rows_apart_by_more_than_the_document() -> None:
    for name, record in TABLES.items():
        assert set(record.KEY) <= set(columns(record)), name


def test_kinds_of_values_are_those_of_the_guidelines() -> None:
    assert set(requirement.VALUE_KINDS) == {
        "response_time", "frequency", "removal_time", "retention", "prohibited_content", "legal_reference", "role",
        "count", "platform", "document_reference", "date",
    }  # fmt: skip
    assert set(requirement.RETENTION) == {"gallras", "bevaras", "diarieförs", "arkiveras", "skärmdump", "sparas"}
    assert set(requirement.PROHIBITED_CONTENT) == {
        "hate_speech", "threats", "defamation_or_insult", "harassment", "violence", "pornography",
        "incitement_to_crime", "copyright_infringement", "profanity", "advertising", "personal_data", "secrecy",
        "drugs_alcohol", "political_propaganda", "spam_offtopic", "other",
    }  # fmt: skip


def test_public_functions() -> None:
    for name in (
        "read_document", "repair_document", "outline_document", "extract_requirements", "compare_requirements",
        "write_report",
    ):  # fmt: skip
        assert callable(getattr(pipeline, name))
        assert (getattr(pipeline, name).__doc__ or "").strip()
    with pytest.raises(AttributeError, match="no attribute 'read_documents'"):
        getattr(pipeline, "read_documents")  # noqa: B009


def test_the_public_functions_lead_from_a_file_to_a_report(tmp_path: Path) -> None:
    file = tmp_path / "ydre.txt"
    file.write_text("Riktlinjer för sociala medier\n\nYdre kommun\n\nFrågor ska besvaras inom 24 timmar.\n", "utf-8")
    repaired = pipeline.repair_document(pipeline.read_document(file))
    outline = pipeline.outline_document(repaired)
    extraction = pipeline.extract_requirements(outline, repairs=repaired.repairs)
    found = [pipeline.DocumentFindings(repaired.source, repaired.damage_score, outline, extraction)]
    comparison = pipeline.compare_requirements(found)
    pipeline.write_report(comparison, pipeline.ReportMaterial(found), tmp_path / "out")
    assert "Ydre" in (tmp_path / "out" / "report" / "data" / "summary.js").read_text("utf-8")
    assert (tmp_path / "out" / "harmonised_requirements.xlsx").is_file()


def test_stages_and_their_settings() -> None:
    assert stages.STAGES == ("ingest", "repair", "outline", "extract", "compare", "report")
    assert (*stages.STAGES, "evaluate") == cli.STAGE_NAMES
    assert set(params.Params.model_fields) == {*stages.STAGES, "run"}


def test_promised_commands_and_options() -> None:
    promised = {
        "run": "--out --engine --workers --params --codebook --decisions --date",
        "stage": "",
        "repair": "--out --log",
        "draft": "--from --line --choices --out",
        "diff": "--out",
        "review": "--from --decisions",
        "evaluate": "--out",
    }
    for command, options in promised.items():
        run = subprocess.run(
            [sys.executable, "-m", "pipeline", command, "--help"], capture_output=True, text=True, check=True
        )
        assert [o for o in options.split() if o not in run.stdout] == [], command


def test_the_data_dictionary_tells_of_every_column() -> None:
    said = dictionary(outputs.TABLES)
    for name, record in TABLES.items():
        part = said.split(f"\n## {name}\n")[1].split("\n## ")[0]
        told = [line.split(" | ")[0].removeprefix("| ") for line in part.splitlines() if line.startswith("| ")]
        assert told[2:] == list(columns(record)), name
    assert "(empty)" in said
