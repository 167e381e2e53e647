"""What a text tells of as past has not to be mended; what it relies on has, once a document."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.compare import compare_requirements
from pipeline.compare.history import is_past_act
from pipeline.records.comparison import Finding

CASES = yaml.safe_load(Path(__file__).with_name("history.yaml").read_text("utf-8"))
ACT = {"kind": "legal_reference", "value": "PUL", "identifier": "1998:204"}
SECTION = "2 kap. 3 § tryckfrihetsförordningen"


def findings(build_all: Any, kind: str, **about: Any) -> list[Finding]:
    compared = compare_requirements(build_all([{"municipality": "Ekby", **about}]))
    return [f for f in compared.findings if f.kind == kind]


def citing(quote: str, identifier: str = "1998:204") -> dict[str, Any]:
    value = {"kind": "legal_reference", "quote": quote, "value": "lagen", "identifier": identifier}
    return {"text": f"Kommunen följer {quote}.", "values": [value]}


@pytest.mark.parametrize("case", CASES["acts"], ids=lambda case: str(case["text"]))
def test_an_act_that_is_told_of_as_past(case: dict[str, Any], build_all: Any) -> None:
    text = case["text"]
    start = text.lower().index("personuppgiftslagen")
    end = text.index(")") + 1 if ")" in text else start + len("personuppgiftslagen")
    assert is_past_act(text, start, end, on=datetime.date(2026, 2, 1)) is case["past"]
    clause = {"text": text, "values": [{**ACT, "quote": text[start:end]}]}
    assert len(findings(build_all, "stale_law", clauses=[clause])) == (not case["past"])


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: str(case["text"]))
def test_an_old_name_beside_the_new_one_or_of_a_source(case: dict[str, Any], build_all: Any) -> None:
    assert [f.quote for f in findings(build_all, "stale_name", clauses=[case["text"]])] == case["told"]


def test_a_text_that_knows_the_new_name_is_not_told_it_where_it_uses_the_old(build_all: Any) -> None:
    clauses = ["Vi finns på Twitter.", "På X (tidigare Twitter) svarar vi."]
    assert findings(build_all, "stale_name", clauses=clauses) == []


def test_a_repealed_act_is_one_finding_wherever_it_is_named(build_all: Any) -> None:
    twice = [citing("personuppgiftslagen"), citing("5 a § personuppgiftslagen (1998:204)")]
    (found,) = findings(build_all, "stale_law", clauses=twice)
    assert found.quote == "personuppgiftslagen"
    assert found.message_sv.endswith("Lagen nämns på 2 ställen.")
    assert found.message_en.endswith("The act is named in 2 places.")


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"adopted_date": "2019-05-01"}, "när dokumentet antogs."),
        ({"adopted_date": "2019-05-01", "revised_date": "2021-03-01"}, "när dokumentet antogs."),
        ({"adopted_date": "2017-02-14", "revised_date": "2018-09-27"}, "när dokumentet senast reviderades."),
        ({"document_date": "2017-02-14", "revised_date": "2018-09-27"}, "när dokumentet senast reviderades."),
        ({"document_date": "2019-05-01"}, "när dokumentet skrevs."),
    ],
)
def test_a_document_adopted_while_the_act_held_is_not_said_to_be_late(
    dates: dict[str, str], told: str, build_all: Any
) -> None:
    (found,) = findings(build_all, "stale_law", clauses=[citing("personuppgiftslagen")], **dates)
    assert found.message_sv.startswith(f"Personuppgiftslagen (1998:204) var upphävd redan {told}")


@pytest.mark.parametrize(
    ("quote", "identifier", "adopted", "told"),
    [
        (SECTION, "1949:105", "2016-03-01", "2 kap. 3 § lagen har fått ett annat nummer (sedan 2019-01-01)."),
        (SECTION, "1949:105", "2021-03-01", ""),  # the number may be the new one
        ("2 kap. tryckfrihetsförordningen", "1949:105", "2016-03-01", ""),
        ("18 § lagen (2002:562)", "2002:562", "2016-03-01", "18 § lagen är upphävd (sedan 2024-12-01)."),
        ("4 § lagen (1998:112)", "1998:112", "2016-03-01", ""),  # changed, the number is right
    ],
)
def test_a_section_that_is_elsewhere_now_or_gone(
    quote: str, identifier: str, adopted: str, told: str, build_all: Any
) -> None:
    found = findings(build_all, "stale_law", clauses=[citing(quote, identifier)], adopted_date=adopted)
    assert len(found) == bool(told)
    assert all(f.message_sv.startswith(told) and f.quote == quote for f in found)


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("Sekretesslagen", ["”sekretesslagen” heter sedan 2009-06-30 offentlighets- och sekretesslagen (2009:400)."]),
        ("8 kap. 1 § sekretesslagen", ["”sekretesslagen” heter sedan 2009-06-30 offentlighets- och sekretesslagen "
                                       "(2009:400)."]),
        ("offentlighets- och sekretesslagen", []),
        ("25 kap. offentlighets- och\nsekretesslagen (2009:400)", []),
        ("OSL", []),
    ],
)  # fmt: skip
def test_an_act_under_the_name_of_the_one_before_it(quote: str, told: list[str], build_all: Any) -> None:
    found = findings(build_all, "stale_law", clauses=[citing(quote, "2009:400")])
    assert [f.message_sv for f in found] == told
