"""Two versions of a guideline beside each other."""

import csv
import io
from pathlib import Path

import docx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.drafting import Version, compare_versions, write_difference
from pipeline.drafting.same_words import find_changed, same_words
from pipeline.drafting.strength import compare_strength
from pipeline.failures import RunFailure
from pipeline.records.outline import DocumentOutline, Outline
from pipeline.records.requirement import Extraction, Requirement, Value
from pipeline.tables import columns

PAIRS = yaml.safe_load(Path(__file__).with_name("versions.yaml").read_text("utf-8"))


def row(record, **given):
    plain = {str: "", int: 0, float: 0.9, bool: False}
    return record(**{n: None if m else plain[t] for n, (t, m) in columns(record).items()} | given)


def rule(quote, modality="must", section="Regler", topics="", **values):
    """A requirement with its values, each given as kind=(value, calendar)."""
    return quote, modality, section, topics, values


def version(name, *rules):
    at, requirements, found = 0, [], []
    for number, (quote, modality, section, topics, values) in enumerate(rules):
        requirements.append(
            row(Requirement, requirement_id=f"{name}{number}", start=at, end=at + len(quote), page=1, quote=quote,
                modality=modality, force=modality, section=section, topics=topics, status="in_force")
        )  # fmt: skip
        for kind, said in values.items():
            for value, calendar in said if isinstance(said, list) else [said]:
                found.append(
                    row(Value, value_id=f"{name}{number}{value}", requirement_id=f"{name}{number}", kind=kind,
                        value=value, calendar=calendar, quote=value, start=at, end=at + 3)
                )  # fmt: skip
        at += len(quote) + 2
    outline = Outline(row(DocumentOutline, document_id=name), "", (), (), (), (0,))
    return Version(f"{name}.txt", outline, Extraction(tuple(requirements), tuple(found)))


def changes(old, new):
    difference = compare_versions(version("old", *old), version("new", *new))
    return [(c.change, c.old.quote if c.old else "", c.new.quote if c.new else "") for c in difference.changes]


A = rule("Chefen ska besluta om nya konton")
B = rule("Kommunikatören ska svara på frågor", topics="response_time")
C = rule("Alla bilder ska ha en bildtext")


@pytest.mark.parametrize(("one", "two", "same"), PAIRS)
def test_same_words(one, two, same):
    assert same_words(one, two) is same
    assert same_words(two, one) is same


@pytest.mark.parametrize(
    ("one", "two", "changed"),
    [
        ("Konton ska ha minst två ägare", "Konton ska ha minst tre ägare", ["tre"]),
        ("Du bör svara", "Du ska svara inom 2 dagar", ["ska", "inom", "2", "dagar"]),
        ("Fragor ska besvaras pa rätt satt", "Frågor ska besvaras på rätt sätt.", []),
    ],
)
def test_changed_words_are_found(one, two, changed):
    pieces = find_changed(one, two)
    assert "".join(text for text, _ in pieces) == two
    assert [text.strip() for text, new in pieces if new] == changed


@given(st.text(), st.text())
def test_pieces_are_the_text(one, two):
    assert "".join(text for text, _ in find_changed(one, two)) == two.strip()


def test_nothing_changed():
    assert {c for c, *_ in changes([A, B, C], [A, B, C])} == {"unchanged"}


@given(st.permutations([A, B, C]))
def test_order_does_not_matter(order):
    assert {c for c, *_ in changes([A, B, C], order)} == {"unchanged"}


def test_new_and_dropped():
    assert changes([A, B], [A, C]) == [
        ("unchanged", A[0], A[0]),
        ("dropped", B[0], ""),
        ("new", "", C[0]),
    ] or changes([A, B], [A, C]) == [("unchanged", A[0], A[0]), ("new", "", C[0]), ("dropped", B[0], "")]


@pytest.mark.parametrize(
    ("before", "after", "change", "said"),
    [
        (rule("Du ska svara"), rule("Du bör svara", "should"), "laxer", "”ska” blev ”bör”"),
        (rule("Du bör svara", "should"), rule("Du ska svara"), "stricter", "”bör” blev ”ska”"),
        (rule("Reklam får visas", "may"), rule("Reklam får inte visas", "must_not"), "stricter", "”får inte”"),
        (
            rule("Svara inom två dagar", response_time=("P2D", "")),
            rule("Svara inom en dag", response_time=("P1D", "")),
            "stricter",
            "tiden var P2D, är nu P1D",
        ),
        (
            rule("Svara skyndsamt på frågor", response_time=("skyndsamt", "")),
            rule("Svara på frågor", ),
            "laxer",
            "tiden skyndsamt har tagits bort",
        ),
        (
            rule("Ha två administratörer", count=("2", "")),
            rule("Ha tre administratörer", count=("3", "")),
            "stricter",
            "antalet",
        ),
        (
            rule("Hot och hat tas bort", prohibited_content=[("threats", ""), ("hate_speech", "")]),
            rule("Hot tas bort", prohibited_content=("threats", "")),
            "laxer",
            "hate_speech",
        ),
        (
            rule("Hot ska diarieföras", topics="registration", prohibited_content=("threats", "")),
            rule("Hat ska diarieföras", topics="registration", prohibited_content=[("threats", ""), ("hate", "")]),
            "stricter",
            "gäller även hate",
        ),
        (
            rule("Hot får inte förekomma", "must_not", prohibited_content=("threats", "")),
            rule("Hot och hat får inte förekomma", "must_not", prohibited_content=[("threats", ""), ("hate", "")]),
            "stricter",
            "förbjuder även hate",
        ),
        (
            rule("Chefen godkänner konton", role=("chef", "")),
            rule("Nämnden godkänner konton", role=("nämnd", "")),
            "changed",
            "rollen var chef, är nu nämnd",
        ),
        (
            rule("Kommunchefen svarar på frågor", role=("Kommunchefen", "")),
            rule("På frågor svarar nämnden", role=("nämnden", "")),
            "changed",
            "rollen var kommunchefen, är nu nämnden",
        ),
        (
            rule("Vi svarar på frågor från besökare på Facebook", platform=("Facebook", "")),
            rule("Vi svarar på frågor från besökare på Instagram", platform=("Instagram", "")),
            "changed",
            "plattformen var Facebook, är nu Instagram",
        ),
        (
            rule("Nya konton godkänns av chefen", role=("chef", "")),
            rule("Nya konton godkänns av chefen först"),
            "changed",
            "rollen chef har tagits bort",
        ),
        (
            rule("Du bör svara inom en dag", "should", response_time=("P1D", "")),
            rule("Du ska svara inom två dagar", response_time=("P2D", "")),
            "changed",
            "blev",
        ),
        (rule("Du ska svara alla som frågar"), rule("Alla som frågar ska du svara vänligt"), "reworded", ""),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)  # fmt: skip
def test_what_became_of_a_rule(before, after, change, said):
    difference = compare_versions(version("old", before), version("new", after))
    (one,) = difference.changes
    assert one.change == change
    assert said in one.reason


def test_a_move_to_another_heading_is_told_and_a_renamed_heading_is_not():
    old = [rule(r[0], section="1 Ansvar") for r in (A, B)] + [rule(C[0], section="2 Bilder")]
    renamed = [rule(r[0], section="3 Roller och ansvar") for r in (A, B)] + [rule(C[0], section="4 Bilder")]
    assert {c for c, *_ in changes(old, renamed)} == {"unchanged"}
    moved = [rule(A[0], section="Ansvar"), rule(B[0], section="Bilder"), rule(C[0], section="Bilder")]
    assert [c for c, *_ in changes(old, moved)] == ["unchanged", "moved", "unchanged"]


def test_strength_of_the_same_is_none():
    (one,), (two,) = (version(n, A).extraction.requirements for n in ("old", "new"))
    assert compare_strength(one, two, (), ()) is None


@pytest.fixture
def difference():
    evil = rule("=SUM(A1) <script>alert(1)</script> ska & bör")
    return compare_versions(version("old", A, B), version("new", A, evil))


def test_text_tells_what_changed(difference):
    text = write_difference(difference, None)
    assert text.startswith("old.txt → new.txt: 1 nytt, 1 borttaget och 1 oförändrat.\n")
    assert A[0] not in text


def test_html_is_inert_and_in_swedish(difference, tmp_path):
    write_difference(difference, tmp_path / "d.html")
    page = (tmp_path / "d.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert '<html lang="sv">' in page and "http" not in page


def test_csv_is_inert_and_whole(difference, tmp_path):
    write_difference(difference, tmp_path / "d.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_bytes().decode("utf-8"), newline="")))
    assert [r["change"] for r in rows].count("unchanged") == 1
    assert all(not cell.startswith("=") for r in rows for cell in r.values())


def test_what_changed_is_marked(tmp_path):
    before, after = rule("Du bör svara <b>", "should"), rule("Du ska svara <b>")
    difference = compare_versions(version("old", before), version("new", after), codebook="social_media")
    write_difference(difference, tmp_path / "d.html")
    assert "<mark>ska </mark>svara &lt;b&gt;" in (tmp_path / "d.html").read_text("utf-8")
    write_difference(difference, tmp_path / "d.docx")
    cell = docx.Document(str(tmp_path / "d.docx")).tables[0].cell(1, 3)
    assert [r.text.strip() for r in cell.paragraphs[0].runs if r.bold] == ["ska"]


def test_requirements_are_named_as_the_codebook_names_them():
    one = rule("Chefen ska ansvara", topics="responsible_person")
    for codebook, said in (("social_media", "ANSVARIG PERSON"), ("ai_use", "ANSVARIG FÖR ANVÄNDNINGEN")):
        difference = compare_versions(version("old"), version("new", one), codebook=codebook)
        assert said in write_difference(difference, None).upper()


def test_word_has_a_table_for_each_change(difference, tmp_path):
    said = write_difference(difference, tmp_path / "d.docx")
    document = docx.Document(str(tmp_path / "d.docx"))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Nya krav", "Borttagna krav", "Oförändrade krav"]
    assert document.tables[1].cell(1, 1).text.startswith("”Kommunikatören ska svara på frågor”")
    assert said.endswith("d.docx\n")


def test_another_suffix_is_refused(difference, tmp_path):
    with pytest.raises(RunFailure, match=r"\.html, \.docx or \.csv"):
        write_difference(difference, tmp_path / "d.pdf")


def test_two_documents_without_requirements():
    assert "Inga krav" in write_difference(compare_versions(version("old"), version("new")), None)
