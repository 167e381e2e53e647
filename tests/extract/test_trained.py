"""What the trained models add to the rules, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract_requirements
from pipeline.params import ExtractSettings
from pipeline.records.requirement import Extraction
from tests.texts import RULES, outline_of

TEXT = """# Riktlinjer för sociala medier

## Bakgrund

Sociala medier har på kort tid förändrat hur människor umgås. Facebook startades av en student.

## Att starta en kanal

Den som vill öppna en kanal vänder sig till kommunikationsenheten med en beskrivning av målgrupp och syfte.
Av beskrivningen framgår vem som sköter kanalen. Två kollegor har alltid tillgång till kontot.
Lösenordet byts när någon slutar. Bilder på barn läggs bara ut om vårdnadshavaren har sagt ja.

Kanalen ska ha en avsändare. Den ska följa den grafiska profilen. Ingen kanal får ha reklam. Den bör ses över varje år.

## Kommentarer

Redaktören tittar igenom kommentarerna varje vardag. Frågor ska ha fått svar inom två arbetsdagar.
Påhopp städas bort. Före radering tas ett foto av kommentaren på skärmen.
"""


def found(text: str, settings: ExtractSettings | None = None) -> Extraction:
    return extract_requirements(outline_of(text), settings=settings)


def quotes(extraction: Extraction) -> set[str]:
    return {" ".join(r.quote.split()) for r in extraction.requirements}


def test_duties_that_no_rule_knows_are_found_and_say_so() -> None:
    with_models, rules = found(TEXT), found(TEXT, RULES)
    added = {r.quote for r in with_models.requirements if r.rule == "trained"}
    assert "Frågor ska ha fått svar inom två arbetsdagar" in added
    assert not any(r.rule == "trained" for r in rules.requirements)
    assert added.isdisjoint(quotes(rules))


def test_a_second_verb_has_its_subject_where_the_first_one_binds_nobody() -> None:
    said = "Kommunens vapen är ett skyddat märke och får inte användas i profilbilden"
    assert said in quotes(found(f"{TEXT}\n## Annat\n\n{said}.\n"))


@pytest.mark.parametrize(
    ("said", "modality"),
    [
        ("Den som skrivit inlägget får en förklaring till varför det togs bort", "must"),
        ("Varje redaktör får ett eget konto", "must"),
        ("Under loven får kontot vila", "may"),
    ],
)
def test_who_gets_something_is_permitted_nothing(said: str, modality: str) -> None:
    requirements = found(f"{TEXT}\n## Annat\n\n{said}.\n").requirements
    assert [r.modality for r in requirements if r.quote == said] == [modality]


def test_background_stays_background() -> None:
    assert not any("student" in quote or "umgås" in quote for quote in quotes(found(TEXT)))


def test_what_a_lead_in_calls_possible_binds_nobody() -> None:
    text = "# Regler för sociala medier\n\nGenom att använda kanalerna kan vi\n\n- nå fler medborgare\n- nå unga\n"
    assert not found(text).requirements


def test_questions_headings_and_covers_are_never_added() -> None:
    text = "# Policy\n\nVem svarar på kommentarer? Hur snabbt ska frågor ha besvarats?\n"
    assert not found(text).requirements


def test_what_is_kept_is_found_in_words_no_pattern_has() -> None:
    kept = {(v.kind, v.value) for v in found(TEXT).values}
    assert ("retention", "skärmdump") in kept
    assert ("retention", "skärmdump") not in {(v.kind, v.value) for v in found(TEXT, RULES).values}


def test_doubt_is_a_probability() -> None:
    assert all(0 <= r.confidence <= 1 for r in found(TEXT).requirements)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(TEXT.split()), max_size=40))
def test_every_quote_stands_where_it_says_and_no_two_duties_overlap(words: list[str]) -> None:
    outline = outline_of(" ".join(words) + "\n")
    rows = extract_requirements(outline).requirements
    assert all(outline.text[r.start : r.end] == r.quote for r in rows)
    trained = [r for r in rows if r.rule == "trained"]
    assert not any(
        t.start < r.end and r.start < t.end for t in trained for r in rows if r.requirement_id != t.requirement_id
    )


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("Hot polisanmäls alltid.", set()),
        ("Hatiska och oseriösa kommentarer besvaras inte alls.", set()),
        ("Redaktören underrättar närmaste chef om hot och grövre kränkningar.", set()),
        ("Elever med skyddade personuppgifter fotograferas inte.", set()),
        ("Följande diarieförs:\n- klagomål\n- hot mot anställda", set()),
        ("Hot och pornografi tas bort och polisanmäls.", {"threats", "pornography"}),
        ("Följande tas bort:\n- hot mot anställda\n- pornografi", {"threats", "pornography"}),
    ],
)
def test_what_is_done_about_content_forbids_it_only_where_it_goes(text: str, forbidden: set[str]) -> None:
    values = found(f"# Regler för sociala medier\n\n{text}\n").values
    assert {v.value for v in values if v.kind == "prohibited_content"} == forbidden
