"""What people write in the cells and values of sheets, back in codes: every wording that a sheet shows, and others."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import load_codebook
from pipeline.records.comparison import ANSWERS, Cell
from pipeline.records.requirement import MODALITIES, PROHIBITED_CONTENT, RETENTION, Value
from pipeline.swedish.texts import LANGUAGES, load_texts
from pipeline.wording import CellReader, NotUnderstood, ValueReader, put_in_words, say_act, say_answer, say_value
from pipeline.wording.words import words
from tests.rows import row

BOOKS = {name: load_codebook(name) for name in ("social_media", "ai_use")}
SOCIAL = BOOKS["social_media"]
TABLE = Path(__file__).parents[2] / "data" / "processed" / "harmonised_requirements.csv"
WRITTEN = yaml.safe_load((Path(__file__).parent / "written.yaml").read_text("utf-8"))
EVERY = [(name, entry.id) for name, book in BOOKS.items() for entry in book.requirements]


def shown(entry: Any, answer: str, modality: str, value: str) -> Cell:
    """A cell as a sheet shows it."""
    text = say_answer(entry, answer, value.split("|") if value else [], modality)
    return row(Cell, requirement=entry.id, answer=answer, modality=modality, value=value, value_text=text)


def processed() -> list[Cell]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    names = ("codebook", "requirement", "municipality", "answer", "modality", "value", "value_text")
    return [row(Cell, **{name: line[name] for name in names}) for line in lines]


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("2017:900", "förvaltningslagen (2017:900)"),
        ("1949:105", "tryckfrihetsförordningen (1949:105)"),
        ("2016/679", "dataskyddsförordningen (EU) 2016/679"),
        ("1998:112", "lagen om ansvar för elektroniska anslagstavlor (1998:112)"),
        ("2022:482", "lagen om elektronisk kommunikation (2022:482)"),
        ("2024/900", "förordningen om transparens och inriktning när det gäller politisk reklam (EU) 2024/900"),
        ("2022/2065", "DSA-förordningen (EU) 2022/2065"),
        ("9999:9", "9999:9"),
        ("FL", "förvaltningslagen"),
        ("XYL", "XYL"),
    ],
)
def test_acts_are_said_by_their_full_names_and_read_back(identifier: str, said: str) -> None:
    assert say_act(identifier) == said
    entry = SOCIAL.find("legal_compliance")
    assert CellReader(entry, [shown(entry, "stated", "must", identifier)]).read(said).value == identifier


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: f"{case['requirement']}: {case['written']}")
def test_what_is_written_in_a_cell(case: dict[str, Any]) -> None:
    entry = SOCIAL.find(case["requirement"])
    cell = shown(entry, *case["cell"]) if "cell" in case else None
    if case["says"] is not None:
        assert str(CellReader(entry).read(case["written"], cell)) == case["says"]
        return
    with pytest.raises(NotUnderstood):
        CellReader(entry).read(case["written"], cell)


def test_every_value_that_the_processed_table_shows_is_read_back() -> None:
    cells = processed()
    told = [cell for cell in cells if cell.value_text]
    assert told
    for cell in told:
        entry = BOOKS[cell.codebook].find(cell.requirement)
        reader = CellReader(entry, [c for c in cells if c.requirement == cell.requirement])
        for written in (cell.value_text, cell.value_text.upper(), f"  {cell.value_text.replace(' ', '  ')} ."):
            own = reader.read(written, cell).apply(cell)
            assert (own.answer, own.modality, own.value) == (cell.answer, cell.modality, cell.value), written
        blank = row(Cell, answer="silent")
        there = reader.read(cell.value_text, blank).apply(blank)
        assert (there.answer, there.value) == (cell.answer, cell.value), cell.value_text


@pytest.mark.parametrize(("name", "requirement"), EVERY)
def test_every_answer_force_and_member_is_read_back(name: str, requirement: str) -> None:
    entry = BOOKS[name].find(requirement)
    assert entry is not None
    reader = CellReader(entry)
    for language in LANGUAGES:
        for answer in ANSWERS:
            assert reader.read(load_texts(language)[f"answer.{answer}"]).answer == answer
    tokens = ["duty", *(member.id for member in entry.members)]
    tokens += PROHIBITED_CONTENT if "prohibited_content" in entry.kinds else ()
    for modality in ("", *MODALITIES):
        for token in tokens:
            cell = shown(entry, "stated", modality, token)
            again = reader.read(cell.value_text, cell).apply(cell)
            assert (again.answer, again.modality, again.value) == ("stated", modality, token)
    whole = shown(entry, "stated", "must", "|".join(sorted(tokens[1:]) or ["duty"]))
    assert reader.read(whole.value_text, whole).apply(whole).value == whole.value


@given(
    requirement=st.sampled_from(["response_time", "removal", "closing_account", "follow_up", "screenshots"]),
    form=st.sampled_from(["P{}Y", "P{}M", "P{}W", "P{}D", "PT{}H", "PT{}M"]),
    number=st.integers(1, 400),
    calendar=st.sampled_from(["", "weekdays", "working_hours", "any"]),
)
def test_every_time_is_read_back(requirement: str, form: str, number: int, calendar: str) -> None:
    entry = SOCIAL.find(requirement)
    assert entry is not None
    token = f"{form.format(number)} {calendar}".strip()
    cell = shown(entry, "stated", "must", token)
    assert CellReader(entry, [cell]).read(cell.value_text).value == token
    if entry.value == "duration":
        # "varannan vecka" is P2W as well as P14D: without the cell it is the same words at least.
        said = CellReader(entry).read(cell.value_text).value
        assert put_in_words(entry, {said}, "") == cell.value_text


@given(kind=st.sampled_from(RETENTION), number=st.integers(1, 99), unit=st.sampled_from("YMWD"))
def test_every_time_of_keeping_is_read_back(kind: str, number: int, unit: str) -> None:
    entry, token = SOCIAL.find("retention"), f"{kind} P{number}{unit}"
    assert entry is not None
    if kind not in entry.retention:
        return
    assert CellReader(entry).read(put_in_words(entry, {token}, "")).value == token


@given(st.text(alphabet="abcåäö 0123456789,;|:”().•\n", max_size=40))
def test_whatever_is_written_is_understood_or_refused(written: str) -> None:
    for entry in (SOCIAL.find("response_time"), SOCIAL.find("sender_identity"), SOCIAL.find("retention"), None):
        try:
            CellReader(entry).read(written)
        except NotUnderstood as unknown:
            assert str(unknown) in written or entry is None


def test_choices_name_what_can_be_written() -> None:
    entry = SOCIAL.find("sender_identity")
    choices = CellReader(entry).choices
    for said in ("kommunens namn, logotyp", "får inte", "Nämns inte", "enligt"):
        assert said in choices
    assert all(kind in words()["may_write"] for kind in ("response_time", "role", "date"))


VALUES = [
    {"kind": "response_time", "value": "PT24H", "calendar": "weekdays"},
    {"kind": "removal_time", "value": "skyndsamt"},
    {"kind": "frequency", "value": "P6M"},
    {"kind": "retention", "value": "gallras", "period": "P2Y"},
    {"kind": "retention", "value": "skärmdump"},
    *({"kind": "prohibited_content", "value": content} for content in PROHIBITED_CONTENT),
    {"kind": "legal_reference", "value": "GDPR", "identifier": "2016/679"},
    {"kind": "role", "value": "kommunchef"},
    {"kind": "count", "value": "2"},
    {"kind": "platform", "value": "Facebook"},
    {"kind": "document_reference", "value": "kommunikationspolicy"},
    {"kind": "date", "value": "2018-10-01"},
]


@pytest.mark.parametrize("columns_of", VALUES, ids=lambda value: f"{value['kind']} {value['value']}")
def test_a_value_of_each_kind_is_read_back(columns_of: dict[str, str]) -> None:
    value = row(Value, **columns_of)
    said = {name: code for name, code in columns_of.items() if name != "kind"}
    for written in (say_value(value), value.value):
        read = ValueReader().read(value.kind, "value", written)
        assert read.items() <= said.items() and read["value"] == value.value
    assert ValueReader().read(value.kind, "value", say_value(value)) == said


def test_a_name_that_only_the_run_knows_is_read_back() -> None:
    value = row(Value, kind="role", value="webbgruppen i Ekby")
    assert ValueReader([value]).read("role", "value", "Webbgruppen i Ekby") == {"value": "webbgruppen i Ekby"}
    with pytest.raises(NotUnderstood):
        ValueReader().read("role", "value", "webbgruppen i Ekby")


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("calendar", "på vardagar", "weekdays"),
        ("calendar", "Vardagar", "weekdays"),
        ("calendar", "weekdays", "weekdays"),
        ("calendar", "ibland", ""),
        ("of", "svar", "answer"),
        ("of", "answer", "answer"),
        ("of", "allt", ""),
        ("period", "två år", "P2Y"),
        ("period", "P2Y", "P2Y"),
        ("period", "länge", ""),
        ("identifier", "1998:204", "1998:204"),
        ("identifier", "GDPR", "2016/679"),
        ("negated", "Ja", "true"),
        ("negated", "kanske", ""),
        ("trigger", "vid kris", "vid kris"),
    ],
)
def test_other_columns_of_a_value(column: str, written: str, code: str) -> None:
    if code:
        assert ValueReader().read("response_time", column, written) == {column: code}
        return
    with pytest.raises(NotUnderstood):
        ValueReader().read("response_time", column, written)
