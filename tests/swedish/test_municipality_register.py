"""The register of municipalities, and which one a document is from."""

from __future__ import annotations

import pytest

from pipeline.swedish.datafiles import read_rows
from pipeline.swedish.municipalities import (
    by_code,
    by_name,
    find_municipalities,
    genitive,
    municipality_in_name,
    municipality_of,
)


def test_all_290_are_there_and_found_by_their_own_phrase_and_domain() -> None:
    rows = read_rows("municipalities.csv")
    assert len({row["code"] for row in rows}) == 290
    for row in rows:
        for text in (f"Riktlinjer i {row['genitive']} kommun.", f"Se {row['domain']}."):
            assert [m.code for m in find_municipalities(text)] == [row["code"]], text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Falu kommun", "2080"),
        ("Borås Stad", "1490"),
        ("karlsborgs kommun", "1446"),
        ("Region Skåne", "12"),
        ("Habo", "0643"),
    ],
)
def test_names_in_any_form(name: str, code: str) -> None:
    found = by_name(name)
    assert found is not None
    assert found.code == code


def test_unknown_names_stay_unknown() -> None:
    assert by_name("Storby") is None
    assert by_code("9999") is None


@pytest.mark.parametrize(
    ("name", "before_kommun"),
    [("Falun", "Falu"), ("Karlsborg", "Karlsborgs"), ("Malmö", "Malmö"), ("Storby", "Storbys")],
)
def test_genitive(name: str, before_kommun: str) -> None:
    assert genitive(name) == before_kommun


def test_a_document_is_from_the_municipality_that_most_speaks_of() -> None:
    text = (
        "Regler för sociala medier i Sala kommun\n\nReglerna bygger på Umeå kommuns regler.\n"
        "Sala kommun svarar på sala.se. Sala kommun ansvarar."
    )
    first, second = municipality_of(text)
    assert (first.name, second.name) == ("Sala", "Umeå")
    assert first.score > 0.7
    assert text[first.start : first.end] == first.quote == "Sala kommun"
    assert first.score + second.score == pytest.approx(1)


def test_a_text_that_names_none_has_no_candidate() -> None:
    assert municipality_of("Kommunen ska vara öppen.") == []


@pytest.mark.parametrize(
    ("name", "municipality"),
    [
        ("Riktlinjer sociala medier Karlsborg.pdf", "Karlsborg"),
        ("upplands-vasby_policy.pdf", "Upplands Väsby"),
        ("Vara kommun riktlinje.docx", "Vara"),
        ("vad ska vara med.docx", ""),
        ("kalmar lans riktlinje.docx", ""),
        ("mora och falun.docx", ""),
    ],
)
def test_municipalities_in_names_of_files(name: str, municipality: str) -> None:
    found = municipality_in_name(name)
    assert (found.name if found else "") == municipality
