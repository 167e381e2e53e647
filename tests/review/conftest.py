"""A small output folder and decisions to put on it."""

import dataclasses

import pytest

from pipeline.records.comparison import Cell, Document
from pipeline.records.decision import Decision
from pipeline.records.outline import Metadatum
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.review import AnchorTarget
from pipeline.tables import write_table
from tests.rows import row

TEXT = "Regler\n=Viktigt\nChefen ska svara inom 24 timmar.\nInlägg med hot tas bort. Skärmdump sparas.\n"
RAW = TEXT.replace("hot", "hct")
SHA = "a" * 64


def placed(record, quote, **given):
    start = TEXT.index(quote)
    return row(record, document_id="doc1", page=1, start=start, end=start + len(quote), quote=quote, **given)


@pytest.fixture
def findings():
    return {
        "documents": (
            Document,
            [row(Document, document_id="doc1", file_name="policys/regler.txt", sha256=SHA, municipality="Ydre")],
        ),
        "requirements": (
            Requirement,
            [
                placed(
                    Requirement, "Chefen ska svara inom 24 timmar", requirement_id="r1", modality="must", force="must",
                    actor="chefen", topics="response_time", status="in_force", confidence=0.6,
                ),
                placed(
                    Requirement, "Inlägg med hot tas bort", requirement_id="r2", modality="must", force="must",
                    status="in_force", confidence=0.9,
                ),
            ],
        ),
        "values": (
            Value,
            [
                placed(Value, "inom 24 timmar", value_id="v1", kind="response_time", value="PT24H", confidence=0.7),
                placed(Value, "Skärmdump", value_id="v2", kind="retention", value="skärmdump", confidence=0.8),
            ],
        ),
        "metadata": (Metadatum, [placed(Metadatum, "Regler", field="title", value="Regler", confidence=0.5)]),
        "repairs": (
            Repair,
            [
                row(
                    Repair, document_id="doc1", page=1, raw_start=RAW.index("hct"), raw_end=RAW.index("hct") + 3,
                    before="hct", after="hot", rule="confusion", confidence=0.8, status="applied",
                ),
                row(Repair, document_id="doc1", before="\n", after=" ", rule="join", confidence=0.5, status="applied"),
            ],
        ),
        "harmonised_requirements": (
            Cell,
            [
                placed(
                    Cell, "Chefen ska svara inom 24 timmar", codebook="social_media", requirement="response_time",
                    label_sv="Svarstid", municipality="Ydre", answer="stated", value="PT24H", confidence=0.8,
                    review="unreviewed",
                ),
                row(
                    Cell, codebook="social_media", requirement="crisis", label_sv="Kriskommunikation",
                    municipality="Ydre", answer="silent", confidence=0.9, review="unreviewed",
                ),
            ],
        ),
    }  # fmt: skip


@pytest.fixture
def out(tmp_path, findings):
    folder = tmp_path / "out"
    for name, (record, rows) in findings.items():
        write_table(rows, record, folder, name)
    for name, text in (("texts", TEXT), ("raw", RAW)):
        (folder / name).mkdir()
        (folder / name / "doc1.txt").write_text(text, "utf-8", newline="")
    return folder


def decide(target, verdict, *, quote="", field="", new_value="", text=TEXT, **given):
    """A decision on words of the text."""
    start = text.index(quote) if quote else None
    decision = Decision(
        "", target, field, SHA, quote, text[max(0, start - 40) : start] if quote else "",
        text[start + len(quote) : start + len(quote) + 40] if quote else "", start, verdict, new_value, "Anna",
        "2026-03-01", "",
    )  # fmt: skip
    decision = dataclasses.replace(decision, **given)
    name = "-".join((target, field, verdict, new_value, quote, decision.author, decision.date))
    return dataclasses.replace(decision, decision_id=given.get("decision_id", name))


@pytest.fixture(name="decide")
def decide_fixture():
    return decide


@pytest.fixture
def target():
    return AnchorTarget("doc1", SHA, TEXT)
