"""Drafts: the line, the support, the dissent, the law, the gap card, and the pages."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from pipeline.codebooks.codebook import FOLDER
from pipeline.drafting import (
    Choices,
    compose_draft,
    find_municipality,
    read_material,
)
from pipeline.drafting.draft_docx import checklist_as_docx, draft_as_docx
from pipeline.drafting.draft_markdown import draft_as_markdown
from pipeline.drafting.files import slug
from pipeline.drafting.paging import PAGE_HEIGHT, Block, count_lines, find_pages
from pipeline.failures import RunFailure
from pipeline.records.comparison import Cell, CellEvidence, Document, Finding
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import read_table, write_table
from pipeline.wording import PUBLIC, UNRULED
from tests.drafting.conftest import cell, clause, draft
from tests.rows import row


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
    assert argument.readable == 3, "Ydre has only a proposal"
    assert argument.thin == ()


def test_the_owner_comes_from_the_requirements_it_rests_on(material):
    made = clause(draft(material), "response_time")
    assert made.sentences[0].text == "Registratorn ska svara besökare inom 24 timmar på vardagar."
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


def test_a_codebook_is_told_by_its_file_too(out, tmp_path):
    file = tmp_path / "egen.yaml"
    shipped = (FOLDER / "social_media.yaml").read_text("utf-8")
    file.write_text(shipped.replace("label_sv: Svarstid", "label_sv: Tid för svar", 1), "utf-8")
    material = read_material(out, codebook=str(file))
    assert clause(draft(material), "response_time").label == "Tid för svar"
    with pytest.raises(RunFailure, match="no codebook"):
        read_material(out, codebook=str(tmp_path / "saknas.yaml"))


def test_the_word_file(material):
    content = draft_as_docx(draft(material))
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == ["Syfte", "Allmänna handlingar", "Gallring och bevarande"]
    texts = [p.text for p in document.paragraphs]
    assert any(t.startswith("Riktlinjen beskriver hur Ydre kommun arbetar i sociala medier. Den gäller") for t in texts)
    comments = [c.text for c in document.comments]
    assert len(comments) == 4
    told = next(c for c in comments if "PT48H" in c)
    assert "Stöd: 3 av 3 kommuner har kravet (Arjeplog, Bjurholm och Dorotea)." in told
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
    parts = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert parts == [
        "Saknas i utkastet",
        "Vilar på svagt underlag",
        "Finns i utkastet",
        "Bristkort för kommunens nuvarande dokument",
    ]
    rows = [[c.text for c in r.cells] for table in document.tables[:3] for r in table.rows[1:]]
    assert len(rows) == len(material.codebook.requirements)
    assert ["Kriskommunikation", "Ingen kommun i materialet anger kravet.", "–"] in rows
    lacking = [[c.text for c in r.cells] for r in document.tables[0].rows[1:]]
    with_law = [row[2] != "–" for row in lacking]
    assert with_law == sorted(with_law, reverse=True) and with_law[0]


def test_markdown_says_the_same_and_is_inert(material):
    made = draft(material)
    text = draft_as_markdown(made)
    for c in made.clauses:
        assert all(s.text in text for s in c.sentences)
        assert f"[^{c.requirement}]: " in text
    assert "\n| Kriskommunikation |" in text
    assert all(len(re.findall(r"(?<!\\)\|", line)) in (4, 5) for line in text.splitlines() if line.startswith("|"))


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


def test_a_guideline_does_not_refer_to_itself(out):
    rows = read_table(Cell, out / "harmonised_requirements.parquet")
    proposed = replace(
        next(c for c in rows if (c.requirement, c.municipality) == ("crisis", "Ydre")),
        answer="delegated", value="Riktlinje för sociala medier", document_id="Ydre", quote="Riktlinjen tar upp kriser",
    )  # fmt: skip
    documents = read_table(Document, out / "documents.parquet")
    titled = [replace(d, title="Riktlinje för sociala medier") if d.document_id == "Ydre" else d for d in documents]
    kept = [c for c in rows if (c.requirement, c.municipality) != ("crisis", "Ydre")]
    write_table([*kept, proposed], Cell, out, "harmonised_requirements")
    write_table(titled, Document, out, "documents")
    made = draft(read_material(out), "Ydre")
    assert "crisis" not in {c.requirement for c in made.clauses}
    assert next(c for c in made.coverage if c.requirement == "crisis").own[0].quote == "Riktlinjen tar upp kriser"


def test_the_gap_card_tells_the_most_important_first(material):
    card = draft(material, "Arjeplog").gap_card
    assert [g.kind for g in card if g.kind != "lacks"] == ["outdated"]
    assert [g.importance for g in card] == sorted((g.importance for g in card), reverse=True)
    lacks = {g.requirement: g for g in draft(material, "Ydre").gap_card if g.kind == "lacks"}
    assert lacks["response_time"].why.startswith("3 av 3 andra har det; FL har regler")
    assert "deputies" not in lacks


def test_who_is_laxer_than_most_is_told(material):
    laxer = [g for g in draft(material, "Dorotea").gap_card if g.kind == "laxer"]
    assert [(g.requirement, g.why) for g in laxer] == [("response_time", "2 av 2 andra är strängare eller kräver mer.")]
    assert not [g for g in draft(material, "Bjurholm").gap_card if g.kind == "laxer"]


def test_like_is_compared_with_like(out):
    """Rules for the public are measured against such rules, by the questions that such rules answer."""
    told = [
        row(Finding, kind="missing_attachment", municipality=m, message_sv=UNRULED[PUBLIC].sv)
        for m in ("Arjeplog", "Dorotea")
    ]
    write_table(told, Finding, out, "findings")
    material = read_material(out)
    assert not [g for g in draft(material, "Dorotea").gap_card if g.kind == "laxer" and "Bjurholm" in g.why]
    assert not [g for g in draft(material, "Dorotea").gap_card if g.kind == "laxer"], "one other is not most of them"
    lacks = {g.requirement: g for g in draft(material, "Arjeplog").gap_card if g.kind == "lacks"}
    assert "deputies" not in lacks and "crisis" not in lacks
    assert not [g for g in draft(material, "Bjurholm").gap_card if g.kind == "lacks" and "1 av" in g.why]


def test_a_hole_is_told_once(out):
    step = row(
        Finding, kind="missing_step", municipality="Ydre", requirement="response_time", message_sv="S", weight=0.9
    )
    other = replace(step, requirement="crisis")
    write_table([step, other], Finding, out, "findings")
    card = draft(read_material(out), "Ydre").gap_card
    assert [g.kind for g in card if g.requirement == "response_time"] == ["lacks"]
    assert "flaw" in [g.kind for g in card if g.requirement == "crisis"]


def test_a_draft_goes_by_the_rule_and_by_the_limit(out):
    """What holds in a crisis is no municipality's rule, and "promptly, in two days at most" is two days."""
    cells = [c for c in read_table(Cell, out / "harmonised_requirements.parquet") if c.requirement != "response_time"]
    said = {
        "Arjeplog": ("P2D weekdays|PT1H", "inom 2 arbetsdagar (i kris inom 1 timme)"),
        "Bjurholm": ("P2D weekdays|skyndsamt", "inom 2 arbetsdagar, skyndsamt"),
        "Dorotea": ("skyndsamt", "skyndsamt"),
    }
    for name, (value, spoken) in said.items():
        cells.append(replace(cell("response_time", name, value=value), value_text=spoken))
    write_table(cells, Cell, out, "harmonised_requirements")
    made = clause(draft(read_material(out), "Dorotea"), "response_time")
    assert made.rule.tokens == ("P2D weekdays",)
    assert set(made.argument.following) == {"Arjeplog", "Bjurholm"}


def test_every_value_has_its_quote(out):
    write_table(
        [
            row(
                Value, value_id="v1", document_id="Dorotea", kind="tone", page=3, quote="på svenska", value="swedish",
                start=90, end=100,
            )
        ],
        Value, out, "values",
    )  # fmt: skip
    evidence = read_table(CellEvidence, out / "cell_evidence.parquet")
    own = replace(
        evidence[0], requirement="tone", municipality="Dorotea", requirement_id="", value_id="v1",
        document_id="Dorotea", start=90, end=100,
    )  # fmt: skip
    write_table([*evidence, own], CellEvidence, out, "cell_evidence")
    argument = clause(draft(read_material(out), line="strictest"), "tone").argument
    assert ("Dorotea", 3, "på svenska") in [(s.municipality, s.page, s.quote) for s in argument.sources]


def test_a_source_says_what_the_clause_says_where_the_leading_quote_does_not(out):
    said = row(
        Value, value_id="v1", requirement_id="r2", document_id="Bjurholm", kind="response_time", page=2,
        quote="inom 24 timmar", value="PT24H", calendar="weekdays", start=12, end=20,
    )  # fmt: skip
    write_table([said], Value, out, "values")
    argument = clause(draft(read_material(out)), "response_time").argument
    quotes = [(s.municipality, s.quote) for s in argument.sources]
    assert quotes == [
        ("Arjeplog", "Arjeplog säger PT24H weekdays"), ("Bjurholm", "Registratorn svarar inom 24 timmar"),
    ]  # fmt: skip


def test_regions_and_documents_of_nobody_knows_whom_are_not_counted_as_municipalities(out):
    documents = read_table(Document, out / "documents.parquet")
    others = {"Bjurholm": {"municipality_code": "06"}, "Dorotea": {"municipality": "", "municipality_code": ""}}
    documents = [replace(d, **others.get(d.municipality, {})) for d in documents]
    write_table(documents, Document, out, "documents")
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    unknown = "Okänd (dorotea.pdf)"
    cells = [replace(c, municipality=unknown) if c.municipality == "Dorotea" else c for c in cells]
    write_table(cells, Cell, out, "harmonised_requirements")
    told = draft_as_markdown(draft(read_material(out)))
    assert "Jämförda: 2 kommuner, 1 region och 1 dokument utan känd kommun (Arjeplog, Bjurholm, " in told
    assert "3 av 3 jämförda har kravet" in told and "av 3 kommuner" not in told
    with pytest.raises(RunFailure, match="review workbook"):
        find_municipality(unknown, read_material(out))


def test_duties_without_an_owner_are_one_row(out):
    orphan = row(
        Finding, kind="orphan_duty", municipality="Ydre", requirement="tone", message_sv="Ange en ansvarig.", weight=0.4
    )
    other = replace(orphan, requirement="crisis", requirement_id="r2", weight=0.6)
    write_table([orphan, other], Finding, out, "findings")
    flaws = [g for g in draft(read_material(out), "Ydre").gap_card if g.kind == "flaw"]
    assert [(g.label, g.importance) for g in flaws] == [("Ansvar", 0.6)]
    assert flaws[0].why.startswith("2 krav säger inte vem som ska göra det. Det gäller Kriskommunikation och Språk")


def test_of_equal_roles_the_one_that_the_leading_quote_names_is_followed(out):
    """Who is named elsewhere in a cell's passages decides less surely than who leads it."""
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    decides = replace(
        cells[0], requirement="decision_to_start", municipality="Arjeplog", answer="stated", modality="must",
        value="it-avdelning|rektor", quote="Rektorn beslutar om nya konton",
    )  # fmt: skip
    write_table([*cells, decides], Cell, out, "harmonised_requirements")
    made = clause(draft(read_material(out)), "decision_to_start")
    assert made.rule.tokens == ("rektor",)


def test_a_municipality_with_only_a_proposal_counts_among_no_others(material) -> None:
    documents = {name: replace(d, completeness="complete") for name, d in material.documents.items()}
    ruling = replace(material, documents=documents)
    assert {c.municipality for c in ruling.readable("tone")} == {"Arjeplog", "Bjurholm", "Dorotea", "Ydre"}
    assert {c.municipality for c in material.readable("tone")} == {"Arjeplog", "Bjurholm", "Dorotea"}


def test_the_commonest_whole_answer_is_followed(out):
    """Two who name one and the same plan are more than one who gives a time of its own."""
    cells = [c for c in read_table(Cell, out / "harmonised_requirements.parquet") if c.requirement != "retention"]
    said = {"Arjeplog": ("delegated", "dokumenthanteringsplan"), "Bjurholm": ("stated", "when_obsolete")}
    said |= {"Dorotea": ("delegated", "dokumenthanteringsplan"), "Ydre": ("delegated", "arkivplan")}
    cells += [cell("retention", name, answer, value=value) for name, (answer, value) in said.items()]
    write_table(cells, Cell, out, "harmonised_requirements")
    made = clause(draft(read_material(out)), "retention")
    assert (made.rule.answer, made.rule.document) == ("delegated", "dokumenthanteringsplan")
    assert made.argument.following == ("Arjeplog", "Dorotea")


def test_a_headmaster_is_followed_where_nobody_names_another(out):
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    schools = [cell("criticism", name, value="rektor") for name in ("Bjurholm", "Dorotea")]
    write_table([*cells, *schools], Cell, out, "harmonised_requirements")
    alone = clause(draft(read_material(out)), "criticism")
    assert alone.rule.tokens == ("rektor",)
    assert "rektor finns bara i en del av kommunen: välj vem det ska vara" in alone.argument.thin
    write_table([*cells, *schools, cell("criticism", "Ydre", value="närmaste chef")], Cell, out,
                "harmonised_requirements")  # fmt: skip
    assert clause(draft(read_material(out)), "criticism").rule.tokens == ("närmaste chef",)


def test_the_owner_is_who_does_it_not_who_stands_nearby(out):
    """Who is bound by a passage on something else, or named by one of several, is no owner."""
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    own = [cell("follow_up", name, value="P1Y") for name in ("Bjurholm", "Dorotea")]
    write_table([*cells, *own], Cell, out, "harmonised_requirements")
    told = [
        ("r1", "Bjurholm", "Bjurholm säger P1Y", "kommunarkivarie"),
        ("r2", "Dorotea", "Dataskyddsombudet granskar policyn", "dataskyddsombud"),
    ]
    rows = [
        row(Requirement, requirement_id=key, document_id=name, municipality=name, quote=quote, actor=actor,
            actor_group="role", actor_explicit=True, modality="must", start=10 if key == "r1" else 500)
        for key, name, quote, actor in told
    ]  # fmt: skip
    evidence = [
        row(CellEvidence, codebook="social_media", requirement="follow_up", municipality=name, requirement_id=key,
            document_id=name, relation="supports", score=0.9)
        for key, name, _, _ in told
    ]  # fmt: skip
    write_table(rows, Requirement, out, "requirements")
    write_table(evidence, CellEvidence, out, "cell_evidence")
    assert clause(draft(read_material(out)), "follow_up").rule.owner == ""


PRIVATE = [
    ("must_not", {"Bjurholm": "Kommunens e-postadress får inte användas vid registrering av privata konton",
                  "Dorotea": "Du får inte registrera privata konton med din mejladress i tjänsten",
                  "Ydre": "Du får inte ha elever i dina vänlistor"},
     "Medarbetare får inte använda kommunens e-postadress för privata konton.", ("Bjurholm", "Dorotea")),
    ("must_not", {"Bjurholm": "du får inte berätta om sådant som omfattas av sekretess"},
     "Medarbetare får inte röja sekretessbelagda uppgifter på sina privata konton.", ("Bjurholm",)),
    ("must_not", {"Bjurholm": "Det är förbjudet att blanda ihop rollerna"},
     "Medarbetare får inte blanda privat användning av sociala medier med användning i tjänsten.", ("Bjurholm",)),
    ("must", {"Bjurholm": "Den som uttalar sig privat ska vara tydlig med att det inte sker i tjänsten"},
     "Medarbetare som skriver om kommunen privat ska göra klart att de inte gör det i tjänsten.", ("Bjurholm",)),
]  # fmt: skip


@pytest.mark.parametrize(("modality", "quotes", "said", "following"), PRIVATE)
def test_what_is_forbidden_privately_is_what_the_sources_forbid(out, modality, quotes, said, following):
    """A ban on friends or on an e-mail address is no ban on using social media privately."""
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    own = [replace(cell("private_use", n, modality=modality), quote=q) for n, q in quotes.items()]
    write_table([*cells, *own], Cell, out, "harmonised_requirements")
    made = clause(draft(read_material(out)), "private_use")
    assert [s.text for s in made.sentences] == [said]
    assert made.argument.following == following


def test_consent_and_no_publishing_are_one_sentence(out):
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    both = cell("personal_data", "Bjurholm", value="consent|no_publishing")
    write_table([*cells, both], Cell, out, "harmonised_requirements")
    made = clause(draft(read_material(out), line="strictest"), "personal_data")
    assert [s.text for s in made.sentences] == ["Verksamheten får inte publicera personuppgifter utan samtycke."]
    assert not made.unsaid
