"""How texts fall into sections and units, what they say of themselves, and whether they are whole."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.outline import adoption, completeness, outline_document, sayings
from pipeline.outline.titles import _with_next_line
from pipeline.outline.valued import valued
from pipeline.records.outline import METADATA_FIELDS, SECTION_KINDS, UNIT_KINDS
from pipeline.records.reading import Furniture
from pipeline.swedish.texts import LANGUAGES, load_texts
from tests.cases import read_cases
from tests.texts import outline_of, repaired_of


def cases(name: str) -> list[Any]:
    """The cases of a file under their names."""
    return read_cases(Path(__file__).with_name(f"{name}.yaml"), lambda case: str(case["name"]))


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("case", cases("structure"))
def test_structure(case: dict[str, Any]) -> None:
    outline = outline_of(case["text"])
    titled = [s for s in outline.sections if s.title]
    units = {flat(outline.text[u.start : u.end]): u for u in outline.units}
    if "sections" in case:
        assert [[s.title, s.level, s.kind] for s in titled] == case["sections"]
    if "titles" in case:
        assert [s.title for s in titled] == case["titles"]
    for child, parent in case.get("parents", {}).items():
        section = next(s for s in titled if s.title == child)
        assert outline.sections[section.parent].title == parent
    for words, kind in case.get("kinds", {}).items():
        assert units[flat(words)].kind == kind
    for words, title in case.get("under", {}).items():
        assert outline.sections[units[flat(words)].section].title == title
    for words, lead in case.get("led", {}).items():
        above = units[flat(words)].lead_in
        assert (flat(outline.text[outline.units[above].start : outline.units[above].end]) if above >= 0 else "") == lead
    for words, kind in case.get("section_kinds", {}).items():
        assert outline.sections[units[flat(words)].section].kind == kind
    if "last_kind" in case:
        assert outline.sections[outline.units[-1].section].kind == case["last_kind"]


@pytest.mark.parametrize("case", cases("metadata"))
def test_metadata(case: dict[str, Any]) -> None:
    found = {m.field: m.value for m in outline_of(case["text"]).metadata if m.field not in case.get("also", ())}
    assert found == case["metadata"]


def test_no_line_that_says_something_is_passed_over_for_want_of_a_stem(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [case.values[0]["text"] for case in cases("metadata")]
    asked = [outline_of(text).metadata for text in texts]
    for room in (adoption, sayings):
        monkeypatch.setattr(room, "may_say", lambda stems, words: True)
    assert [outline_of(text).metadata for text in texts] == asked


@pytest.mark.parametrize("case", cases("completeness"))
def test_completeness(case: dict[str, Any]) -> None:
    document = outline_of(case["text"]).document
    assert document.completeness == case["verdict"]
    if "reason" in case:
        assert document.completeness_reason == case["reason"]
    assert [t for t in document.missing.split("|") if t] == case.get("missing", [])
    assert (document.missing_start >= 0) == (case["verdict"] == "truncated")


def test_every_reason_has_words() -> None:
    given = re.findall(r'"(?:truncated|proposal)", "(\w+)"', inspect.getsource(completeness))
    for language in LANGUAGES:
        words = load_texts(language).words
        assert set(given) == {k.partition(".")[2] for k in words if k.startswith("completeness_reason.")}


def test_pages_of_what_is_found() -> None:
    text = "# Policy för sociala medier\n\nAntagen av kommunstyrelsen 2020-01-02\n\fVara kommun\n"
    outline = outline_of(text, page_starts=(0, text.index("\f") + 1))
    assert outline.page_of(0) == 1
    assert outline.page_of(text.index("Vara")) == 2
    assert {m.field: m.page for m in outline.metadata} == {
        "title": 1, "document_type": 1, "adopted_by": 1, "adopted_date": 1, "municipality": 2,
    }  # fmt: skip


WORDS = (
    "Kontoansvarig ska bevaka kontot. Frågor besvaras inom 24 timmar: - • 1. 2) ## # ** | \t ... ..... 3 hot reklam "
    "Ansvar Syfte Innehåll Bilagor Fastställd av: Kommunstyrelsen Datum: 2020-01-02 Dnr KS 2020/1 Vara kommun § 3 kap. "
    "Förslag till beslut Tjänsteskrivelse följande att och inte får ÅÄÖ é – ” ( ) \uf0b7 ☐ \u00ad \u200b 😀"
)
words = st.sampled_from(WORDS.split(" "))
texts = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=25).map("\n".join)


@settings(max_examples=120)
@given(texts | st.text(max_size=200))
def test_any_text_has_an_outline_that_covers_it(text: str) -> None:
    outline = outline_of(text)
    assert outline.text == text
    at = 0
    for number, unit in enumerate(outline.units):
        assert unit.unit == number
        assert at <= unit.start < unit.end <= len(text)
        at = unit.end
        assert unit.kind in UNIT_KINDS
        assert 0 <= unit.section < len(outline.sections)
        assert -1 <= unit.lead_in < number
        section = outline.sections[unit.section]
        assert section.start <= unit.start
        assert unit.end <= section.end
    for number, section in enumerate(outline.sections):
        assert section.section == number
        assert -1 <= section.parent < number
        assert section.kind in SECTION_KINDS
        assert section.start <= section.end
    for one, two in zip(outline.sections, outline.sections[1:], strict=False):
        assert one.end == two.start
    assert outline.sections[0].start == 0
    assert outline.sections[-1].end == len(text)
    for row in outline.metadata:
        assert row.field in METADATA_FIELDS
        assert row.quote == text[row.start : row.end]
        assert row.value
    # No letter of the text is lost between the units; marks, bullets and the words a page break cut may be.
    covered = {i for u in outline.units for i in range(u.start, u.end)}
    lost = [text[i] for i in range(len(text)) if i not in covered and text[i].isalpha()]
    assert set(lost) <= set("abcdefghijklmnopqrstuvwxyzåäöIVXKapitel"), lost


@settings(max_examples=30)
@given(texts)
def test_the_outline_depends_on_nothing_but_the_text(text: str) -> None:
    assert outline_of(text) == outline_of(text)


def test_running_heads_say_what_the_text_does_not() -> None:
    text = "Riktlinje för sociala medier\n\nKontot bevakas varje dag."
    bare = outline_of(text)
    assert {m.field for m in bare.metadata} == {"title", "document_type"}
    heads = ("Söderhamns kommun\tRiktlinje\tKS 2021/88", "Fastställd av: kommunstyrelsen 2021-03-02")
    furniture = tuple(Furniture("d1", 1, "header", n, n + 1, line) for n, line in enumerate(heads))
    found = outline_document(replace(repaired_of(text), furniture=furniture)).metadata
    said = {m.field: m.value for m in found}
    assert said["municipality"] == "Söderhamn"
    assert (said["diary_number"], said["adopted_by"], said["adopted_date"]) == (
        "KS 2021/88",
        "kommunstyrelsen",
        "2021-03-02",
    )
    assert all(m.quote == text[m.start : m.end] for m in found)


@pytest.mark.parametrize(
    ("head", "text", "title"),
    [
        ("Dokumentnamn\tRiktlinje sociala medier", "Svar\n\n{}", "Riktlinje sociala medier"),
        ("Dokumentnamn Riktlinje sociala medier\tSida 1 (2)", "Svar\n\n{}", "Riktlinje sociala medier"),
        ("2024-11-04\tRiktlinjer för sociala medier - Mora kommun", "Svar\n\n{}", "Riktlinjer för sociala medier"),
        ("Riktlinjer för sociala medier", "Handbok för sociala medier\n\n{}", "Handbok för sociala medier"),
        ("Mora kommun", "Svar\n\n{}", "Svar"),
    ],
)
def test_the_title_is_that_of_the_page_head_where_the_text_has_none_like_it(head: str, text: str, title: str) -> None:
    bare = repaired_of(text.format("Frågor ska besvaras inom en dag av den som ansvarar för kontot."))
    found = outline_document(replace(bare, furniture=(Furniture("d1", 1, "header", 0, 0, head),)))
    assert {m.field: m.value for m in found.metadata}["title"] == title
    assert found.value_of("document_type") == ("riktlinje" if "Riktlinje" in title else "")


def test_a_file_name_says_whose_a_document_is_where_nothing_else_does() -> None:
    named = replace(repaired_of("Riktlinje för sociala medier").source, file_name="Soderhamn/riktlinje_2021.docx")
    unnamed = replace(repaired_of("Riktlinje för sociala medier"), source=named)
    assert outline_document(unnamed).document.municipality == "Söderhamn"
    told = replace(repaired_of("Riktlinje för sociala medier i Mora kommun"), source=named)
    assert outline_document(told).document.municipality == "Mora"


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("matter", "Gallring av handlingar", [("title", "Gallring av handlingar")]),
        ("matter", "KS 2019/117", [("diary_number", "KS 2019/117")]),
        ("matter", "Gallring", []),
        ("diary_number", "anges efter beslut", []),
        ("diary_number", "KS 2019/117", [("diary_number", "KS 2019/117")]),
    ],
)
def test_only_a_label_for_the_matter_may_give_its_name(field: str, words: str, said: list[tuple[str, str]]) -> None:
    assert [(one.field, one.value) for one in valued(field, words, 0, len(words))] == said


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("Riktlinjerna är vägledande.", True),
        ("Riktlinjen är därmed en rekommendation.", True),
        ("Riktlinjerna är inte bindande utan en rekommendation.", True),
        ('I dessa riktlinjer betyder "ska" en rekommendation.', True),
        ("Råden ska ses som stöd i arbetet.", True),
        ("Kommunens värdegrund är vägledande för allt arbete. Reglerna är bindande.", False),
        ("Polisens råd är rådgivande. Dessa regler måste följas av alla.", False),
        ("Riktlinjerna är inte vägledande utan bindande.", False),
        ("Syftet med våra regler är att ge vägledning till de chefer som ska besluta.", False),
        ("Reglerna gäller alla nämnder. För de kommunala bolagen är de vägledande.", False),
        ("Här är några råd. De flesta är just råd.", False),
        ("Kommunen har en vision. Den är vägledande för viktiga beslut.", False),
    ],
)
def test_a_document_is_advice_where_it_says_so_of_itself(said: str, advice: bool) -> None:
    text = f"# Riktlinjer för sociala medier\n\n{said}\n\nFrågor ska besvaras inom en dag.\n"
    assert outline_of(text).document.recommends is advice


@pytest.mark.parametrize("title", ["Riktlinjer för sociala medier", "Sociala medier", "SOCIALA MEDIER"])
@pytest.mark.parametrize("below", ["\f\n", " \f \n", "\u00a0\n", "\u2003\f\n\n"])
def test_a_title_at_the_end_of_its_page_ends_there(title: str, below: str) -> None:
    text = f"{title}\n{below}Frågor ska besvaras inom en dag.\n"
    assert _with_next_line(text, 0, len(title)) == len(title)
    assert outline_of(text).value_of("title") in ("", title)


def test_the_words_before_a_unit_are_those_of_the_sentence_before_with_headings_passed_over() -> None:
    outline = outline_of("# Regler\n\nChefen svarar.\n\n## Bilder\n\nFråga först. Spara svaret.\n")
    said = {outline.text[u.start : u.end]: outline.words_before(u) for u in outline.units if u.kind != "heading"}
    assert said == {"Chefen svarar.": "", "Fråga först.": "Chefen svarar.", "Spara svaret.": "Fråga först."}
