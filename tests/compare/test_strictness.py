"""Strictness as a partial order: single relations, their laws, and the strictest of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import load_codebook
from pipeline.compare.relations import ALL_PAIRS, relate_cells
from pipeline.compare.strictness import OPPOSITE, compare_positions, is_above, position_of
from pipeline.records.comparison import RELATIONS, Cell

CASES = yaml.safe_load(Path(__file__).with_name("strictness.yaml").read_text("utf-8"))
CODEBOOK = load_codebook("social_media")

VALUES = {
    "response_time": ["PT24H weekdays", "PT24H", "P1D weekdays", "P2D", "P1W", "same-day", "skyndsamt", "snarast"],
    "sender_identity": ["name", "logo", "unit", "contact", "persons"],
    "number_of_administrators": ["1", "2", "3", "5"],
    "screenshots": ["P1M", "P6M", "P1Y", "before_changes", "before_removal"],
    "retention": ["gallras", "bevaras", "gallras P2Y", "gallras P3M", "arkiveras"],
    "closing_account": ["lack_of_resources", "no_longer_needed", "by_decision"],
    "decision_to_start": ["nämnd", "förvaltningschef", "kommunchef"],
    "deputies": ["duty"],
}


def cell(requirement: str, municipality: str, value: str, modality: str = "must", answer: str = "stated") -> Cell:
    return Cell(
        "social_media", requirement, "", "", municipality, answer, modality, value, "", "none", "", None, None, None,
        "", 0.9, "unreviewed",
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{c['requirement']}-{c['one']}-{c['other']}" for c in CASES])
def test_relation(case: dict[str, str]) -> None:
    name = case["requirement"]
    one = position_of(CODEBOOK.find(name), cell(name, "A", case["one"], case.get("one_modality", "must")))
    other = position_of(
        CODEBOOK.find(name),
        cell(name, "B", case["other"], case.get("other_modality", "must"), case.get("other_answer", "stated")),
    )
    entry = CODEBOOK.find(name)
    verdict = compare_positions(entry, one, other)
    assert verdict.relation == case["relation"]
    assert compare_positions(entry, other, one).relation == OPPOSITE[case["relation"]]
    assert verdict.rationale


@st.composite
def positions(draw: Any) -> tuple[str, list[Any]]:
    name = draw(st.sampled_from(sorted(VALUES)))
    made = []
    for _ in range(3):
        tokens = draw(st.sets(st.sampled_from(VALUES[name]), min_size=1, max_size=3))
        modality = draw(st.sampled_from(["must", "should", "may", "must_not"]))
        made.append(position_of(CODEBOOK.find(name), cell(name, "A", "|".join(sorted(tokens)), modality)))
    return name, made


@given(positions())
def test_order_is_partial(drawn: tuple[str, list[Any]]) -> None:
    name, made = drawn
    entry = CODEBOOK.find(name)
    relation = {(i, j): compare_positions(entry, made[i], made[j]).relation for i, j in product(range(3), repeat=2)}
    for (i, j), found in relation.items():
        assert found in RELATIONS
        assert relation[j, i] == OPPOSITE[found]
        if made[i] == made[j]:
            assert found == "equal"
    for i, j, k in product(range(3), repeat=3):
        if is_above(relation[i, j]) and is_above(relation[j, k]):
            assert is_above(relation[i, k])


def standings(requirement: str, *values: tuple[str, str]) -> list[str]:
    cells = [cell(requirement, f"M{n}", value, modality) for n, (value, modality) in enumerate(values)]
    return [c.relation_to_strictest for c in relate_cells(CODEBOOK, cells)[0]]


def test_one_strictest() -> None:
    found = standings("response_time", ("PT24H weekdays", "must"), ("P1W", "must"), ("P1D weekdays", "should"))
    assert found == ["strictest", "laxer", "laxer"]


def test_no_single_strictest_where_two_cannot_be_compared() -> None:
    found = standings("response_time", ("skyndsamt", "must"), ("PT24H weekdays", "must"), ("P1W", "must"))
    assert found == ["incomparable", "incomparable", "laxer"]


def test_all_alike_are_equal() -> None:
    assert standings("number_of_administrators", ("2", "must"), ("2", "must")) == ["equal", "equal"]


def test_without_order_only_same_or_different() -> None:
    assert standings("decision_to_start", ("nämnd", "must"), ("nämnd", "must")) == ["equal", "equal"]
    assert standings("decision_to_start", ("nämnd", "must"), ("chef", "must")) == ["incomparable", "incomparable"]
    assert standings("decision_to_start", ("nämnd", "must")) == ["none"]


def test_silence_is_laxer_where_stated_goes_over_silent() -> None:
    cells = [cell("deputies", "A", "duty"), cell("deputies", "B", "", "", "silent"), cell("deputies", "C", "duty")]
    assert [c.relation_to_strictest for c in relate_cells(CODEBOOK, cells)[0]] == ["strictest", "laxer", "strictest"]
    other = [cell("tone", "A", "clear"), cell("tone", "B", "", "", "silent")]
    assert [c.relation_to_strictest for c in relate_cells(CODEBOOK, other)[0]] == ["strictest", "none"]


def test_every_pair_of_few_has_a_row_both_ways() -> None:
    cells = [cell("response_time", name, value) for name, value in (("A", "P1D"), ("B", "P1D"), ("C", "P1W"))]
    rows = relate_cells(CODEBOOK, cells)[1]
    assert sorted((r.municipality, r.other_municipality, r.relation) for r in rows) == [
        ("A", "B", "equal"), ("A", "C", "stricter"), ("B", "A", "equal"), ("B", "C", "stricter"),
        ("C", "A", "laxer"), ("C", "B", "laxer"),
    ]  # fmt: skip


def test_rows_of_many_grow_with_their_number_not_its_square() -> None:
    count = 10 * ALL_PAIRS
    cells = [cell("response_time", f"M{n:04}", "P1D" if n % 2 else "P1W") for n in range(count)]
    assert len(relate_cells(CODEBOOK, cells)[1]) == 2 * (count - 2) + 2


def test_not_doing_it_is_laxer_than_doing_it() -> None:
    assert standings("saving_before_removal", ("duty", "must"), ("duty", "must_not")) == ["strictest", "laxer"]
    kept = replace(cell("saving_before_removal", "B", "duty", "must_not"), quote="Inlägg raderas inte utan att sparas")
    cells = [cell("saving_before_removal", "A", "duty"), kept]
    assert [c.relation_to_strictest for c in relate_cells(CODEBOOK, cells)[0]] == ["equal", "equal"]


def test_the_reason_of_a_relation_names_its_own_side_first() -> None:
    _, relations = relate_cells(CODEBOOK, [cell("response_time", "A", "PT24H"), cell("response_time", "B", "P1W")])
    by_pair = {(r.municipality, r.other_municipality): r for r in relations}
    assert (by_pair["A", "B"].relation, by_pair["B", "A"].relation) == ("stricter", "laxer")
    assert "kortare tid" in by_pair["A", "B"].rationale and "längre tid" in by_pair["B", "A"].rationale


def test_that_nothing_is_asked_is_never_strictest() -> None:
    none = cell("deputies", "A", "", "may", "stated_negatively")
    assert [c.relation_to_strictest for c in relate_cells(CODEBOOK, [none])[0]] == ["none"]
    both = [none, replace(none, municipality="B")]
    assert [c.relation_to_strictest for c in relate_cells(CODEBOOK, both)[0]] == ["equal", "equal"]


@pytest.mark.parametrize(("on", "place"), [(date(2017, 1, 1), "laxer"), (date(2026, 2, 1), "equal")])
def test_an_act_that_is_repealed_makes_no_answer_stricter(on: date, place: str) -> None:
    cells = [
        cell("personal_data", "A", "1998:204|no_sensitive_data"),
        cell("personal_data", "B", "no_sensitive_data"),
    ]
    (one, other), _ = relate_cells(CODEBOOK, cells, on=on)
    assert other.relation_to_strictest == place
    assert one.value == "1998:204|no_sensitive_data", "it stays in the answer"
