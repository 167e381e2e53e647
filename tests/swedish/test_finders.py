"""Roles, times, dates, municipalities, platforms, documents, old names: pairs of sentence and finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.swedish.dates import find_dates, find_diary_numbers, find_minutes_paragraphs, find_phone_numbers
from pipeline.swedish.documents import find_document_references
from pipeline.swedish.durations import find_durations, find_periods
from pipeline.swedish.laws import find_references
from pipeline.swedish.municipalities import find_municipalities
from pipeline.swedish.platforms import find_platforms
from pipeline.swedish.renames import current_name, find_old_names
from pipeline.swedish.role_register import role_register
from pipeline.swedish.roles import canonical_role, find_roles

HERE = Path(__file__).parent


def read_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return cases


def label(case: dict[str, Any]) -> str:
    return str(case["text"])[:60]


@pytest.mark.parametrize("case", read_cases("roles_cases.yaml"), ids=label)
def test_roles(case: dict[str, Any]) -> None:
    found = find_roles(case["text"])
    expect = case.get("expect", [])
    assert [(m.quote, m.canonical, m.group) for m in found] == [
        (e["quote"], e["canonical"], e["group"]) for e in expect
    ]
    for mention, one in zip(found, expect, strict=True):
        assert one.get("id", mention.role_id) == mention.role_id


@pytest.mark.parametrize("case", read_cases("durations_cases.yaml"), ids=label)
def test_durations(case: dict[str, Any]) -> None:
    found = [(m.quote, m.value, m.calendar, m.kind, m.vague) for m in find_durations(case["text"])]
    assert found == [
        (e["quote"], e["value"], e.get("calendar", ""), e["kind"], e.get("vague", False))
        for e in case.get("expect", [])
    ]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("Inlägg gallras efter två år.", "efter två år", "P2Y"),
        ("Loggar sparas i minst tre månader.", "i minst tre månader", "P3M"),
        ("Svar ges inom två dagar.", "", ""),
    ],
)
def test_periods_are_neither_limits_nor_frequencies(text: str, quote: str, value: str) -> None:
    found = [(m.quote, m.value) for m in find_periods(text)]
    assert found == ([(quote, value)] if quote else [])


@pytest.mark.parametrize("case", read_cases("dates_cases.yaml"), ids=label)
def test_dates_and_numbers(case: dict[str, Any]) -> None:
    text = case["text"]
    laws = [(m.start, m.end) for m in find_references(text)]
    dates = [[m.quote, m.value] for m in find_dates(text) if m.confidence > 0.6]
    wanted = [[str(quote), value] for quote, value in case.get("dates", [])]
    assert [value for _, value in dates] == [value for _, value in wanted]
    for (quote, _), (expected, _) in zip(dates, wanted, strict=True):
        assert quote in expected or expected in quote
    assert [m.value for m in find_diary_numbers(text)] == [str(one) for one in case.get("diary", [])]
    assert [m.value for m in find_minutes_paragraphs(text, masked=laws)] == case.get("paragraphs", [])


LAW_FILES = ["laws_audit.yaml", "laws_cases.yaml", "laws_heldout.yaml"]


@pytest.mark.parametrize("case", [case for name in LAW_FILES for case in read_cases(name)], ids=label)
def test_no_number_is_found_within_a_reference_to_an_act(case: dict[str, Any]) -> None:
    laws = find_references(case["text"])
    numbers: list[Mention] = [
        *find_dates(case["text"]),
        *find_diary_numbers(case["text"]),
        *find_phone_numbers(case["text"]),
        *find_minutes_paragraphs(case["text"]),
    ]
    within = [one.quote for one in numbers if any(law.start < one.end and one.start < law.end for law in laws)]
    assert within == []


@pytest.mark.parametrize(
    ("text", "diary"),
    [
        ("Enligt KL 2017:725 och OSL 2009:400.", []),
        ("RA-FS 1991:6 gäller, diarienummer KS 2018:276.", ["KS 2018:276"]),
        ("Dnr 2017:900", ["2017:900"]),
        ("Se KS 2009:400 och GDPR 2016/679.", ["KS 2009:400"]),
    ],
)
def test_a_label_or_a_body_makes_a_number_a_diary_number(text: str, diary: list[str]) -> None:
    assert [one.value for one in find_diary_numbers(text)] == diary


@pytest.mark.parametrize("case", read_cases("municipalities_cases.yaml"), ids=label)
def test_municipalities(case: dict[str, Any]) -> None:
    found = [[m.quote, m.name, m.code] for m in find_municipalities(case["text"]) if m.confidence > 0.7]
    assert found == case.get("expect", [])


@pytest.mark.parametrize("case", read_cases("documents_cases.yaml"), ids=label)
def test_document_references(case: dict[str, Any]) -> None:
    found = [[m.quote, m.title, m.diary_number] for m in find_document_references(case["text"])]
    assert found == case.get("expect", [])


@pytest.mark.parametrize("case", read_cases("platforms_cases.yaml"), ids=label)
def test_platforms(case: dict[str, Any]) -> None:
    assert [[m.quote, m.name] for m in find_platforms(case["text"])] == case.get("expect", [])


@pytest.mark.parametrize("case", read_cases("renames_cases.yaml"), ids=label)
def test_old_names(case: dict[str, Any]) -> None:
    found = [[m.quote, m.rename.new] for m in find_old_names(case["text"], on=case.get("day"))]
    assert found == case.get("expect", [])


def test_a_document_is_no_reference_to_itself() -> None:
    text = "Se Riktlinjer för sociala medier och Riktlinjer för upphandling."
    titles = [m.title for m in find_document_references(text, own_title="Riktlinje för sociala medier")]
    assert titles == ["Riktlinjer för upphandling"]


def test_current_names_follow_the_day() -> None:
    assert current_name("Twitter", on=date(2020, 1, 1)) == "Twitter"
    assert current_name("Twitter") == "X"
    assert current_name("Instagram") == "Instagram"


@pytest.mark.parametrize(
    ("name", "role_id", "canonical"),
    [
        ("närmsta chefen", "narmaste_chef", "närmaste chef"),
        ("Informatörerna", "kommunikator", "informatör"),
        ("kommunstyrelsens", "kommunstyrelsen", "kommunstyrelsen"),
        ("nätgeneral", "natgeneral", "nätgeneral"),
    ],
)
def test_roles_as_people_write_them(name: str, role_id: str, canonical: str) -> None:
    assert canonical_role(name) == (role_id, canonical)


class Mention(Protocol):
    """What every finder returns at least."""

    start: int
    end: int
    quote: str


FINDERS: list[Callable[[str], Sequence[Mention]]] = [
    find_roles,
    find_durations,
    find_periods,
    find_dates,
    find_diary_numbers,
    find_phone_numbers,
    find_minutes_paragraphs,
    find_municipalities,
    find_platforms,
    find_document_references,
    find_old_names,
]
WORDS = [
    "närmaste",
    "chefen",
    "kommunikatör",
    "inom",
    "två",
    "24",
    "timmar",
    "på",
    "vardagar",
    "dagligen",
    "en",
    "gång",
    "i",
    "veckan",
    "2018-10-24",
    "KS",
    "2018/276",
    "§",
    "246",
    "Dnr:",
    "den",
    "3",
    "maj",
    "2019",
    "Lunds",
    "kommun",
    "karlsborg.se",
    "Facebook",
    "X",
    "Riktlinjer",
    "för",
    "kommunikationspolicyn",
    "barn-",
    "och",
    "nämnden",
    ",",
    ".",
    "(",
    ")",
    "-",
    "\n",
    "İSTANBUL",
    "ß",
    "ǅ",
    "😀",
    "kansli-",
    "ansvarig",
    "för",
    "kontot",
]


@pytest.mark.parametrize("finder", FINDERS, ids=lambda finder: finder.__name__)
@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=150))
def test_spans_quote_the_text(finder: Callable[[str], Sequence[Mention]], text: str) -> None:
    found = finder(text)
    assert found == finder(text)
    for mention in found:
        assert text[mention.start : mention.end] == mention.quote
        assert mention.quote.strip()
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_roles_of_several_words_hold_the_letters_by_which_they_are_looked_for() -> None:
    texts = [str(case["text"]) for case in read_cases("roles_cases.yaml")]
    found = [(has, m[0]) for has, pattern, _ in role_register().patterns for t in texts for m in pattern.finditer(t)]
    assert len({has for has, _ in found}) > 5
    assert [(has, said) for has, said in found if has not in said.lower()] == []
