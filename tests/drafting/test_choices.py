"""Choices behind a draft: what they change, how they are written, read and refused; the files of a draft."""

import docx
import pytest

from pipeline.drafting import (
    Choice,
    Choices,
    draft_to_files,
    offer_lines,
    read_choices,
    write_choices,
)
from pipeline.drafting.choices import read_values
from pipeline.failures import RunFailure
from tests.drafting.conftest import ON, clause, draft


def test_choices_change_the_draft(material):
    made = draft(
        material,
        response_time=Choice(value="P3D weekdays", modality="should", owner="kommunikationschef"),
        tone=Choice(line="omit"),
    )
    chosen = clause(made, "response_time")
    assert chosen.sentences[0].text == ("Kommunikationschefen bör svara besökare inom tre arbetsdagar.")
    assert "eget val" in chosen.argument.thin[0]
    assert chosen.argument.following == () and not chosen.argument.owner_found
    assert next(c for c in made.coverage if c.requirement == "tone").state == "omitted"


def test_ones_own_line(material):
    made = draft(material, "Dorotea", response_time=Choice(line="own"), deputies=Choice(line="own"))
    assert clause(made, "response_time").rule.tokens == ("PT48H",)
    assert "deputies" not in {c.requirement for c in made.clauses}


def test_choices_are_written_and_read_back(material, tmp_path):
    choices = Choices(
        municipality="Ydre",
        line="strictest",
        requirements={"tone": Choice(line="omit"), "crisis": Choice(owner="vd: 'x'")},
    )
    write_choices(choices, offer_lines(material, "Ydre", on=ON), tmp_path / "val.yaml")
    back = read_choices(tmp_path / "val.yaml", material.codebook)
    assert {k: v for k, v in back.requirements.items() if v != Choice()} == dict(choices.requirements)
    assert (back.municipality, back.line) == ("Ydre", "strictest")
    text = (tmp_path / "val.yaml").read_text("utf-8")
    said = "Registratorn ska svara besökare inom 24 timmar på vardagar. [must, PT24H weekdays; Arjeplog, Bjurholm]"
    assert f"#   most_common, strictest, median: {said}\n" in text
    assert "  #   ingen kommun anger kravet: skriv {modality: must}" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("requirements: {tone: {lin: own}}", "tone.lin"),
        ("line: softest", "line"),
        ("requirements: {nothing: {}}", "nothing"),
        ("requirements: [", "YAML"),
    ],
)
def test_choices_that_are_wrong_are_told(material, tmp_path, content, said):
    (tmp_path / "val.yaml").write_text(content, "utf-8")
    with pytest.raises(RunFailure, match=said):
        read_choices(tmp_path / "val.yaml", material.codebook)


def test_files_are_written_and_choices_are_left_alone(out, tmp_path):
    target = tmp_path / "utkast" / "ydre.docx"
    written = draft_to_files("Ydre", out, out=target).files
    assert [p.name for p in written] == ["ydre.docx", "ydre.md", "ydre-checklista.docx", "ydre.yaml"]
    assert all(p.is_file() for p in written)
    choices = target.with_suffix(".yaml")
    choices.write_text("requirements: {tone: {line: omit}}\n", "utf-8")
    again = draft_to_files("Ydre", out, out=target, choices=choices).files
    assert choices.read_text("utf-8") == "requirements: {tone: {line: omit}}\n"
    assert choices not in again
    assert "Språk och tilltal" not in [p.text for p in docx.Document(str(target)).paragraphs]


def test_an_edited_draft_is_kept_and_an_untouched_one_replaced(out, tmp_path):
    target = tmp_path / "ydre.docx"
    assert not draft_to_files("Ydre", out, out=target).kept
    assert not draft_to_files("Ydre", out, line="strictest", out=target).kept
    edited = docx.Document(str(target))
    edited.add_paragraph("Vår egen punkt.")
    edited.save(str(target))
    kept = draft_to_files("Ydre", out, out=target).kept
    assert kept == (tmp_path / "ydre-egen-1.docx",)
    assert "Vår egen punkt." in [p.text for p in docx.Document(str(kept[0])).paragraphs]
    assert "Vår egen punkt." not in [p.text for p in docx.Document(str(target)).paragraphs]
    target.with_suffix(".md").write_text("Eget\n", "utf-8")
    (tmp_path / ".written.json").write_text("[", "utf-8")  # nobody can tell any more: nothing is lost all the same
    names = [p.name for p in draft_to_files("Ydre", out, line="strictest", out=target).kept]
    assert names == ["ydre-egen-2.docx", "ydre-egen-1.md"]


def test_the_line_of_the_command_wins_over_the_file(out, tmp_path):
    (tmp_path / "val.yaml").write_text("line: median\n", "utf-8")
    for line, said in ((None, "mitten"), ("strictest", "strängast")):
        draft_to_files("Ydre", out, line=line, choices=tmp_path / "val.yaml", out=tmp_path / "u.docx")
        assert f"Linje: {said}." in (tmp_path / "u.md").read_text("utf-8")


def test_choices_as_written_give_the_same_draft(out, tmp_path):
    draft_to_files("Ydre", out, line="strictest", out=tmp_path / "ett.docx")
    draft_to_files("Ydre", out, choices=tmp_path / "ett.yaml", out=tmp_path / "tva.docx")
    assert (tmp_path / "ett.docx").read_bytes() == (tmp_path / "tva.docx").read_bytes()
    assert (tmp_path / "ett.md").read_bytes() == (tmp_path / "tva.md").read_bytes()


@pytest.mark.parametrize(
    ("requirement", "said", "values"),
    [
        ("response_time", "48 timmar på vardagar", ("PT48H weekdays",)),
        ("response_time", "PT48H weekdays", ("PT48H weekdays",)),
        ("response_time", "skyndsamt", ("skyndsamt",)),
        ("tone", "Vårdat | simple", ("careful", "simple")),
        ("number_of_administrators", "3", ("3",)),
    ],
)
def test_values_as_a_drafter_writes_them(material, requirement, said, values):
    assert read_values(material.codebook.find(requirement), said) == values


def test_a_value_without_words_is_told(material):
    with pytest.raises(RunFailure, match="högtidligt"):
        draft(material, tone=Choice(value="högtidligt"))


def test_what_nobody_asks_can_be_chosen(material):
    made = clause(draft(material, crisis=Choice(modality="should")), "crisis")
    assert made.sentences[0].text == (
        "Vid en kris bör verksamheten samordna det som publiceras på kontot med kommunens kriskommunikation."
    )
    assert made.argument.thin == ("ingen kommun i materialet säger så: det är ett eget val",)


def test_a_chosen_owner_who_is_the_value_replaces_it(material):
    made = clause(draft(material, governing_body=Choice(value="nämnd", owner="kommunstyrelsen")), "governing_body")
    assert made.rule.tokens == ("kommunstyrelsen",)
    assert made.sentences[0].text.startswith("Kommunstyrelsen ska ytterst svara för")
