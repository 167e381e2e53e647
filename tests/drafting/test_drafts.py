"""Drafts: the line, the support, the dissent, the law, the choices, and the files."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest

from pipeline.drafting import (
    Choice,
    Choices,
    compose_draft,
    draft_to_files,
    find_municipality,
    offer_lines,
    read_choices,
    read_material,
    write_choices,
)
from pipeline.drafting.draft_docx import checklist_as_docx, draft_as_docx
from pipeline.drafting.draft_markdown import draft_as_markdown
from pipeline.drafting.files import slug
from pipeline.drafting.paging import PAGE_HEIGHT, Block, count_lines, find_pages
from pipeline.failures import RunFailure

ON = date(2026, 2, 1)


@pytest.fixture
def material(out):
    return read_material(out)


def draft(material, municipality="Ydre", line="most_common", **requirements):
    return compose_draft(material, municipality, Choices(line=line, requirements=requirements), on=ON)


def clause(made, requirement):
    return next(c for c in made.clauses if c.requirement == requirement)


@pytest.mark.parametrize(
    ("line", "tokens"),
    [("most_common", ("PT24H weekdays",)), ("strictest", ("PT24H weekdays",)), ("median", ("PT24H weekdays",))],
)
def test_a_time_by_line(material, line, tokens):
    assert clause(draft(material, line=line), "response_time").rule.tokens == tokens


@pytest.mark.parametrize(
    ("line", "tokens", "modality"),
    [
        ("most_common", ("careful", "simple"), "must"),
        ("strictest", ("careful", "friendly", "simple", "swedish"), "must"),
    ],
)
def test_a_set_by_line(material, line, tokens, modality):
    rule = clause(draft(material, line=line), "tone").rule
    assert (rule.tokens, rule.modality) == (tokens, modality)


def test_support_and_dissent_are_named(material):
    argument = clause(draft(material), "response_time").argument
    assert argument.asking == ("Arjeplog", "Bjurholm", "Dorotea")
    assert argument.following == ("Arjeplog", "Bjurholm")
    assert argument.dissent == (("Dorotea", "PT48H"),)
    assert argument.silent == ("Ydre",)
    assert argument.readable == 4
    assert argument.thin == ()


def test_the_owner_comes_from_the_requirements_it_rests_on(material):
    made = clause(draft(material), "response_time")
    assert made.sentences[0].text == "Registratorn ska svara på frågor och kommentarer inom 24 timmar på vardagar."
    assert made.argument.owner_found
    assert not clause(draft(material), "tone").argument.owner_found


def test_law_in_force_on_the_day(material):
    argument = clause(draft(material), "response_time").argument
    assert {d.norm for d in argument.law} == {"FL"}
    earlier = compose_draft(material, "Ydre", Choices(), on=date(2015, 1, 1))
    assert clause(earlier, "response_time").argument.law == ()


def test_thin_evidence_says_why(material):
    assert clause(draft(material), "deputies").argument.thin == ("bara Bjurholm anger kravet",)


def test_a_rule_that_stands_elsewhere_is_referred_to(material):
    made = clause(draft(material), "retention")
    assert made.sentences[0].text == "Verksamheten ska gallra inlägg enligt kommunens dokumenthanteringsplan."


def test_what_the_municipality_says_comes_first(material):
    made = draft(material, "Ydre")
    assert made.chapters[0].title == "Allmänna handlingar"
    assert made.clauses[0].requirement == "retention"
    assert made.clauses[0].argument.own[0].municipality == "Ydre"
    assert made.clauses[0].argument.sources[0].municipality == "Ydre"


def test_nothing_is_drafted_without_a_source(material):
    made = draft(material)
    assert {c.requirement for c in made.clauses} == {"response_time", "tone", "deputies", "retention"}
    crisis = next(c for c in made.coverage if c.requirement == "crisis")
    assert (crisis.state, crisis.asking) == ("no_source", 0)
    assert len(made.coverage) == len(material.codebook.requirements)


def test_choices_change_the_draft(material):
    made = draft(
        material,
        response_time=Choice(value="P3D weekdays", modality="should", owner="kommunikationschef"),
        tone=Choice(line="omit"),
    )
    chosen = clause(made, "response_time")
    assert chosen.sentences[0].text == (
        "Kommunikationschefen bör svara på frågor och kommentarer inom tre arbetsdagar."
    )
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
    write_choices(choices, offer_lines(material, "Ydre"), tmp_path / "val.yaml")
    back = read_choices(tmp_path / "val.yaml", material.codebook)
    assert {k: v for k, v in back.requirements.items() if v != Choice()} == dict(choices.requirements)
    assert (back.municipality, back.line) == ("Ydre", "strictest")
    assert "#   most_common: stated must PT24H weekdays (2: Arjeplog, Bjurholm)" in (tmp_path / "val.yaml").read_text(
        "utf-8"
    )


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


@pytest.mark.parametrize("name", ["Ydre", "ydre", "Ydre kommun"])
def test_municipalities_by_name(material, name):
    assert find_municipality(name, material) == "Ydre"


def test_a_municipality_outside_the_comparison_can_be_drafted_for(material):
    assert find_municipality("Lund", material) == "Lund"
    made = draft(material, "Lund")
    assert made.body == "Lunds kommun" and made.own_files == ()


def test_a_name_that_is_no_municipality_is_told(material):
    with pytest.raises(RunFailure, match="Dorotea"):
        find_municipality("Doroteaa", material)


def test_an_output_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(RunFailure, match=r"harmonised_requirements\.parquet"):
        read_material(tmp_path)


def test_the_word_file(material):
    content = draft_as_docx(draft(material))
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == ["Syfte", "Allmänna handlingar", "Gallring och bevarande"]
    texts = [p.text for p in document.paragraphs]
    assert "Riktlinjen beskriver hur Ydre kommun arbetar i sociala medier." in texts
    comments = [c.text for c in document.comments]
    assert len(comments) == 4
    told = next(c for c in comments if "PT48H" in c)
    assert "Stöd: 3 av 4 kommuner har kravet (Arjeplog, Bjurholm och Dorotea)." in told
    assert "Källa: Arjeplog, arjeplog.pdf, s. 2: ”Arjeplog säger PT24H weekdays”" in told
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("word/document.xml").decode("utf-8")
        assert 'TOC \\o "1-2"' in xml and "PAGEREF" in xml
        assert set(re.findall(r'w:lang w:val="([^"]+)"', parts.read("word/styles.xml").decode("utf-8"))) == {"sv-SE"}
        assert " PAGE " in parts.read("word/footer1.xml").decode("utf-8")


def test_the_same_draft_gives_the_same_bytes(material):
    assert draft_as_docx(draft(material)) == draft_as_docx(draft(material))
    assert checklist_as_docx(draft(material)) == checklist_as_docx(draft(material))


def test_the_checklist_names_everything(material):
    document = docx.Document(io.BytesIO(checklist_as_docx(draft(material))))
    rows = [[c.text for c in r.cells] for r in document.tables[0].rows]
    assert len(rows) == 1 + len(material.codebook.requirements)
    assert ["Kriskommunikation", "Nej, ingen förlaga", "0 av 4"] in [r[:3] for r in rows]


def test_markdown_says_the_same_and_is_inert(material):
    made = draft(material)
    text = draft_as_markdown(made)
    for c in made.clauses:
        assert all(s.text in text for s in c.sentences)
        assert f"[^{c.requirement}]: " in text
    assert "\n| Kriskommunikation |" in text


def test_files_are_written_and_choices_are_left_alone(out, tmp_path):
    target = tmp_path / "utkast" / "ydre.docx"
    written = draft_to_files("Ydre", out, out=target)
    assert [p.name for p in written] == ["ydre.docx", "ydre.md", "ydre-checklista.docx", "ydre.yaml"]
    assert all(p.is_file() for p in written)
    choices = target.with_suffix(".yaml")
    choices.write_text("requirements: {tone: {line: omit}}\n", "utf-8")
    again = draft_to_files("Ydre", out, out=target, choices=choices)
    assert choices.read_text("utf-8") == "requirements: {tone: {line: omit}}\n"
    assert choices not in again
    assert "Språk och tilltal" not in [p.text for p in docx.Document(str(target)).paragraphs]


def test_file_names_are_plain():
    assert slug("Älvsbyn & Åre") == "alvsbyn-are"
    assert slug("../..") == "utkast"


def test_pages_break_before_what_does_not_fit():
    heading = Block("Rubrik", 16, 20, before=18, keep_with_next=True, heading=0)
    line = Block("Text", 10, PAGE_HEIGHT - 10, after=0)
    blocks = [line, heading, Block("Mer", 10, 14), Block("Sist", 16, 20, heading=1, new_page=True)]
    assert find_pages(blocks, first=3) == {0: 4, 1: 5}


def test_lines_break_between_words():
    assert count_lines("kort", 10, 400) == 1
    assert count_lines("ord " * 60, 10, 400) > count_lines("ord " * 30, 10, 400) > 1
