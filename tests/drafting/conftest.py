"""A small comparison to draft from: four municipalities, a few requirements, as an output folder."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.drafting import Choices, compose_draft, read_material
from pipeline.records.comparison import Cell, CellEvidence, Document, Finding, Relation
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import write_table
from tests.rows import row

ON = date(2026, 2, 1)


def cell(requirement, municipality, answer="stated", value="duty", modality="must", **given):
    stated = answer != "silent" and answer != "unreadable"
    return row(
        Cell, codebook="social_media", requirement=requirement, label_sv=requirement, municipality=municipality,
        answer=answer, value=value if stated else "", value_text=value if stated else "",
        modality=modality if stated else "", document_id=municipality if stated else "",
        page=2 if stated else None, start=10 if stated else None, end=20 if stated else None,
        quote=f"{municipality} säger {value}" if stated else "", review="unreviewed", **given,
    )  # fmt: skip


CELLS = [
    cell("response_time", "Arjeplog", value="PT24H weekdays"),
    cell("response_time", "Bjurholm", value="PT24H weekdays"),
    cell("response_time", "Dorotea", value="PT48H"),
    cell("response_time", "Ydre", "silent"),
    cell("tone", "Arjeplog", value="careful|simple"),
    cell("tone", "Bjurholm", value="careful|friendly", modality="should"),
    cell("tone", "Dorotea", value="careful|simple|swedish"),
    cell("tone", "Ydre", "silent"),
    cell("deputies", "Arjeplog", "silent"),
    cell("deputies", "Bjurholm"),
    cell("deputies", "Dorotea", "silent"),
    cell("deputies", "Ydre", "unreadable"),
    cell("retention", "Arjeplog", "delegated", value="dokumenthanteringsplan"),
    cell("retention", "Bjurholm", "silent"),
    cell("retention", "Dorotea", "silent"),
    cell("retention", "Ydre", "delegated", value="dokumenthanteringsplan"),
    cell("crisis", "Arjeplog", "silent"),
    cell("crisis", "Bjurholm", "silent"),
    cell("crisis", "Dorotea", "silent"),
    cell("crisis", "Ydre", "silent"),
]
RELATIONS = [
    row(Relation, requirement="response_time", municipality=a, other_municipality=b, relation=r)
    for a, b, r in (("Arjeplog", "Bjurholm", "equal"), ("Arjeplog", "Dorotea", "stricter"),
                    ("Bjurholm", "Dorotea", "stricter"))
]  # fmt: skip
FINDINGS = [
    row(
        Finding, kind="stale_law", municipality="Arjeplog", quote="personuppgiftslagen",
        message_sv="Lagen är upphävd.", weight=0.9,
    ),
    row(Finding, kind="gap", municipality="Arjeplog", requirement="deputies", message_sv="Saknas.", weight=1.0),
]  # fmt: skip


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    names = ("Arjeplog", "Bjurholm", "Dorotea", "Ydre")
    documents = [
        row(
            Document,
            document_id=n,
            file_name=f"{n.lower()}.pdf",
            municipality=n,
            municipality_code="0512",
            status="ok",
            damage_score=0.0,
        )
        for n in names
    ]
    documents[3] = replace(documents[3], completeness="proposal")
    requirement = row(
        Requirement, requirement_id="r1", document_id="Arjeplog", municipality="Arjeplog", page=2, start=10, end=20,
        quote="Registratorn svarar inom 24 timmar", modality="must", actor="registratorn", actor_group="role",
        actor_explicit=True, topics="response_time", status="in_force",
    )  # fmt: skip
    alike = replace(requirement, requirement_id="r2", document_id="Bjurholm", municipality="Bjurholm")
    evidence = row(
        CellEvidence, codebook="social_media", requirement="response_time", municipality="Arjeplog",
        requirement_id="r1", document_id="Arjeplog", start=10, end=20, relation="supports", score=0.9,
    )  # fmt: skip
    other = replace(evidence, municipality="Bjurholm", requirement_id="r2", document_id="Bjurholm")
    for name, record, rows in (
        ("documents", Document, documents),
        ("harmonised_requirements", Cell, CELLS),
        ("relations", Relation, RELATIONS),
        ("requirements", Requirement, [requirement, alike]),
        ("cell_evidence", CellEvidence, [evidence, other]),
        ("values", Value, []),
        ("findings", Finding, FINDINGS),
    ):
        write_table(rows, record, folder, name)
    return folder


@pytest.fixture
def material(out):
    return read_material(out)


def draft(material, municipality="Ydre", line="most_common", **requirements):
    return compose_draft(material, municipality, Choices(line=line, requirements=requirements), on=ON)


def clause(made, requirement):
    return next(c for c in made.clauses if c.requirement == requirement)
