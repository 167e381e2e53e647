"""References to acts: pairs of sentence and finding, a held-out score, properties."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.swedish.law_register import register
from pipeline.swedish.law_sections import find_sections
from pipeline.swedish.laws import LawMention, find_references, resolve_name, written_numbers

HERE = Path(__file__).parent


def read_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return cases


def wanted(case: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(one["quote"], one["norm"], one["identifier"], one.get("section", "")) for one in case.get("expect", [])]


@pytest.mark.parametrize("case", read_cases("laws_cases.yaml"), ids=lambda case: case["text"][:60])
def test_references_are_found_as_a_lawyer_would_note_them(case: dict[str, Any]) -> None:
    found = find_references(case["text"], written_on=case.get("written_on"))
    assert [(m.quote, m.norm, m.identifier, m.section) for m in found] == wanted(case)


def count_hits(case: dict[str, Any], found: list[LawMention]) -> int:
    """Expected references that were found, resolved alike and overlapping; each finding serves one of them."""
    left, hits = list(found), 0
    for quote, norm, identifier, _ in wanted(case):
        places = [n for n in range(len(case["text"])) if case["text"].startswith(quote, n)]
        for mention in left:
            near = any(mention.start < place + len(quote) and place < mention.end for place in places)
            if near and (mention.norm, mention.identifier) == (norm, identifier):
                left.remove(mention)
                hits += 1
                break
    return hits


def test_held_out_references_reach_the_promised_precision_and_recall() -> None:
    cases = read_cases("laws_heldout.yaml")
    results = [(case, find_references(case["text"], written_on=case.get("written_on"))) for case in cases]
    hits = sum(count_hits(case, found) for case, found in results)
    predicted = sum(len(found) for _, found in results)
    expected = sum(len(case.get("expect", [])) for case in cases)
    assert expected > 100
    assert hits / predicted >= 0.985
    assert hits / expected >= 0.95


def test_references_of_an_auditor_stay_found() -> None:
    """The first score is in docs/registers.md; since then this guards. Two are known not to be found as noted."""
    unlike = []
    for case in read_cases("laws_audit.yaml"):
        found = find_references(case["text"], written_on=case.get("written_on"))
        noted = [(quote.rstrip(","), identifier, section) for quote, identifier, section in case.get("expect", [])]
        unlike += [] if [(m.quote, m.identifier, m.section) for m in found] == noted else [case["text"]]
    assert len(unlike) <= 2, unlike


LEGAL_WORDS = [
    "förvaltningslagen",
    "(2017:900)",
    "och",
    "samt",
    "5",
    "kap.",
    "1",
    "§",
    "artikel",
    "6.1",
    "c",
    "i",
    "GDPR,",
    "OSL",
    "lag",
    "om",
    "med",
    "(",
    ")",
    "offentlighets-",
    "-",
    "tryckfrihets-",
    "yttrandefrihetsgrundlagen",
    "lagen",
    "SFS",
    "1998:112",
    "FL",
    "KL",
    "enligt",
    "(EU)",
    "2016/679",
    "\n",
    "sekretesslagens",
    "BrB",
    "16:8",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LEGAL_WORDS), max_size=30).map(" ".join) | st.text(max_size=200))
def test_spans_quote_the_text_and_never_overlap(text: str) -> None:
    found = find_references(text)
    assert found == find_references(text)
    for mention in found:
        assert text[mention.start : mention.end] == mention.quote
        assert mention.norm
        assert 0 < mention.confidence <= 1
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["Först: ", "😀 ", "é och ", "\n\n"]), st.sampled_from(read_cases("laws_cases.yaml")))
def test_what_stands_before_only_moves_the_spans(before: str, case: dict[str, Any]) -> None:
    plain = find_references(case["text"], written_on=case.get("written_on"))
    moved = find_references(before + case["text"], written_on=case.get("written_on"))
    assert [(m.start + len(before), m.quote, m.identifier) for m in plain] == [
        (m.start, m.quote, m.identifier) for m in moved
    ]


@pytest.mark.parametrize(
    ("written_on", "identifier"),
    [(date(2018, 6, 30), "1986:223"), (date(2018, 7, 1), "2017:900"), (None, "")],
)
def test_an_act_with_two_numbers_is_settled_by_the_day_alone(written_on: date | None, identifier: str) -> None:
    assert resolve_name("förvaltningslagen", written_on=written_on) == ("FL", identifier)


def test_a_number_in_the_text_outweighs_the_date() -> None:
    (found,) = find_references("förvaltningslagen (1986:223)", written_on=date(2024, 1, 1))
    assert found.identifier == "1986:223"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("16 kap. 8 §", "K16P8"),
        ("5 kap. 1-3 §§", "K5P1|K5P2|K5P3"),
        ("7 kap. 3 § andra stycket 2", "K7P3S2N2"),
        ("4 a §", "P4a"),
        ("artikel 6.1 a och e", "A6P1La|A6P1Le"),
        ("artikel 6.1 första stycket led e", "A6P1S1Le"),
        ("artiklarna 12-14", "A12|A13|A14"),
        ("kap 5 § 1", "K5P1"),
        ("andra kapitlet", "K2"),
        ("§§ 4 och 6 a", "P4|P6a"),
    ],
)
def test_sections_have_one_normal_form(text: str, section: str) -> None:
    assert [one.section for one in find_sections(text)] == [section]


def test_every_curated_name_finds_its_own_act() -> None:
    for name in register().curated:
        act = register().names[name]
        assert act.norm
        assert all(identifier in register().by_identifier for identifier in act.identifiers)


def test_a_number_once_written_holds_for_the_whole_text() -> None:
    text = "Sekretess gäller enligt sekretesslagen (1980:100). Registrering sker enligt 15 kap. 1 § sekretesslagen."
    numbers = written_numbers(text)
    assert numbers == {"SekrL": "1980:100"}
    assert [one.identifier for one in find_references(text, numbers=numbers)] == ["1980:100", "1980:100"]
    both = f"{text} Förvaltningslagen (1986:223) ersattes av förvaltningslagen (2017:900)."
    assert written_numbers(both) == numbers, "where a text gives two numbers, neither holds for the bare name"
