"""The formats of other programs: everything is there, people are masked, the same comparison gives the same bytes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.records.institutional import InstitutionalStatement
from pipeline.report.contents import Contents
from pipeline.report.exports import OUTPUTS, material_at_hand, write_exports
from pipeline.report.institutional import _clause
from pipeline.report.shards import all_exchanged
from pipeline.tables import read_table
from tests.report.sample import drafts

HIDDEN = ("Karin Ödman", "0123-45 67 89")


def test_every_file_is_written_and_is_an_out_of_the_stage(written: Path) -> None:
    assert [name for name in OUTPUTS if not (written / name).is_file()] == []
    outs = yaml.safe_load(Path("dvc.yaml").read_text("utf-8"))["stages"]["report"]["outs"]
    assert {f"data/processed/{name}" for name in OUTPUTS} <= {
        out if isinstance(out, str) else next(iter(out)) for out in outs
    }


def test_the_same_comparison_gives_the_same_bytes(written: Path, sample: Any, tmp_path: Path) -> None:
    again = Contents(sample.comparison, sample.material, sample.codebooks, sample.settings)
    write_exports(material_at_hand(again, all_exchanged(again)), tmp_path)
    for name in OUTPUTS:
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes(), name


def test_people_are_masked_in_all_of_them_unless_the_setting_says_otherwise(
    written: Path, contents: Contents, tmp_path: Path
) -> None:
    plain = [name for name in OUTPUTS if not name.endswith((".qdpx", ".spacy", ".parquet"))]
    for name in plain:
        content = (written / name).read_bytes().decode("utf-8", "ignore")
        assert not [hidden for hidden in HIDDEN if hidden in content], name
    open_ = replace(contents, settings=contents.settings.model_copy(update={"mask_people": False}))
    write_exports(material_at_hand(open_, all_exchanged(open_)), tmp_path)
    assert all(hidden in (tmp_path / "training.jsonl").read_text("utf-8") for hidden in HIDDEN)
    assert HIDDEN[0].encode() in (tmp_path / "comparison.sqlite").read_bytes()


def test_statements_have_their_parts(written: Path) -> None:
    rows = read_table(InstitutionalStatement, written / "institutional_grammar.parquet")
    one = next(row for row in rows if "24 timmar" in row.quote)
    assert (one.municipality, one.deontic, one.page, one.statement) == ("Ekvik", "must", 1, "norm")
    watched = next(row for row in rows if "bevakningen" in row.quote)
    assert (watched.attributes, watched.attributes_group, watched.attributes_explicit) == (
        "Kommunikatören",
        "role",
        True,
    )


@pytest.mark.parametrize(
    ("words", "inside", "clause"),
    [
        ("Inlägg ska följa reglerna, annars tas de bort", True, "annars tas de bort"),
        ("Kontot ska ha en ansvarig. I annat fall stängs det.", True, "I annat fall stängs det."),
        ("I annat fall stängs kontot.", False, "I annat fall stängs kontot."),
        ("Den som bryter mot reglerna blockeras.", False, "Den som bryter mot reglerna blockeras."),
        ("Kommunen svarar, om inte annat beslutas, inom två dagar", True, ""),
        ("Den som annars ansvarar svarar", True, ""),
        ("Frågor besvaras.", False, ""),
    ],
)
def test_what_follows_where_a_rule_is_not_kept(words: str, inside: bool, clause: str) -> None:
    assert _clause(words, inside=inside) == clause


def test_the_database_answers_what_the_tables_hold(written: Path, sample: Any) -> None:
    with closing(sqlite3.connect(written / "comparison.sqlite")) as database:
        count = "SELECT count(*) FROM harmonised_requirements"
        assert database.execute(count).fetchone() == (len(sample.comparison.cells),)
        found = database.execute(
            "SELECT h.municipality, h.value, d.file_name FROM search JOIN harmonised_requirements h "
            "ON search.id = h.requirement || '|' || h.municipality JOIN documents d USING (document_id) "
            "WHERE search MATCH 'timmar' AND kind = 'harmonised_requirements' ORDER BY h.municipality"
        )
        assert found.fetchall() == [("Ekvik", "PT24H weekdays", "ekvik.txt"), ("Ålbyn", "PT48H", "ålbyn.txt")]


def test_annotations_lead_to_the_words_of_the_texts(written: Path) -> None:
    texts = {f"texts/{d.id}.txt": d.text for d in drafts()}
    items = json.loads((written / "annotations.jsonld").read_bytes())["first"]["items"]
    assert items
    for item in items:
        quote, place = item["target"]["selector"]
        assert texts[item["target"]["source"]][place["start"] : place["end"]] == quote["exact"]
