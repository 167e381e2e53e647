"""A comparison of a whole country, made up: every municipality, every requirement, ten thousand documents."""

from __future__ import annotations

import hashlib
import random

from pipeline.codebooks import load_codebook
from pipeline.params import ReportSettings
from pipeline.records.comparison import (
    Cell,
    CellEvidence,
    Comparison,
    Document,
    DocumentFindings,
    Finding,
    Lineage,
    Relation,
)
from pipeline.records.outline import DocumentOutline, Outline, Section, Unit
from pipeline.records.reading import SourceFile
from pipeline.records.requirement import Extraction, Requirement
from pipeline.report import ReportMaterial
from pipeline.report.contents import Contents
from pipeline.swedish.municipality_register import municipality_register

SENTENCE = "Frågor i ärende {n} ska besvaras inom {hours} timmar."
VALUES = ("PT24H weekdays", "PT48H", "P1D", "duty", "2", "skyndsamt")


def make_contents(documents: int) -> Contents:
    """The comparison with so many documents, the same each time; texts are ten sentences long."""
    dice = random.Random(290)
    names = sorted(m.name for m in municipality_register().by_code.values() if m.kind == "municipality")
    book = load_codebook("social_media")
    rows, found = [], []
    first: dict[str, DocumentFindings] = {}
    for number in range(documents):
        owner = names[number % len(names)]
        row, finding = _document(number, owner, dice)
        rows.append(row)
        found.append(finding)
        first.setdefault(owner, finding)
    cells, evidence, findings = [], [], []
    for requirement in book.requirements:
        likely = dice.uniform(0.1, 0.8)
        for name in names:
            extraction = first[name].extraction
            assert extraction is not None
            quoted = dice.choice(extraction.requirements)
            answer = "stated" if dice.random() < likely else dice.choice(("silent", "silent", "silent", "delegated"))
            spoken = answer != "silent"
            value = dice.choice(VALUES) if spoken else ""
            order = dice.choice(("strictest", "laxer", "equal", "incomparable")) if spoken else "none"
            cells.append(
                Cell(book.id, requirement.id, requirement.label_sv, requirement.label_en, name, answer,
                     "must" if spoken else "", value, f"{value} för {requirement.label_sv}" if spoken else "",
                     order, quoted.document_id if spoken else "", 1 if spoken else None,
                     quoted.start if spoken else None, quoted.end if spoken else None,
                     quoted.quote if spoken else "", dice.uniform(0.3, 1), "unreviewed")
            )  # fmt: skip
            evidence.append(
                CellEvidence(book.id, requirement.id, name, quoted.requirement_id, "", quoted.document_id,
                             quoted.start, quoted.end, "supports" if spoken else "nearest", dice.random())
            )  # fmt: skip
            if not spoken and dice.random() < 0.3:
                findings.append(
                    Finding("gap", name, "", requirement.id, "", "", "", "", "",
                            f"{name} säger inget om {requirement.label_sv.lower()}, som de flesta andra reglerar.",
                            f"{name} says nothing of it.", dice.random())
                )  # fmt: skip
    comparison = Comparison(
        tuple(rows), (), tuple(cells), tuple(evidence), tuple(_relations(cells, dice)),
        tuple(_lineage(found, dice)), tuple(findings), (), (),
    )  # fmt: skip
    return Contents(comparison, ReportMaterial(findings=found), (book,), ReportSettings())


def _document(number: int, owner: str, dice: random.Random) -> tuple[Document, DocumentFindings]:
    name = f"{number:05d}.txt"
    key = hashlib.sha256(name.encode()).hexdigest()
    text, units, requirements = "", [], []
    for step in range(10):
        sentence = SENTENCE.format(n=number * 10 + step, hours=dice.choice((24, 48, 72)))
        start = len(text)
        text += sentence + "\n"
        end = start + len(sentence)
        units.append(Unit(key[:16], step, 0, "sentence", step, 0, "", -1, start, end))
        requirements.append(
            Requirement(f"r{number}-{step}", key[:16], owner, 1, start, end - 1, sentence[:-1], "", "must", "must", "",
                        False, "", "besvara frågor", "", "", "", None, "response_time", "in_force", "modal.passive",
                        False, 0.9)
        )  # fmt: skip
    outline = Outline(
        DocumentOutline(key[:16], owner, "", "social_media", 0.9, "complete", "", "", -1, False, 0.0), text,
        (Section(key[:16], 0, -1, 0, "", 0, len(text), "body"),), tuple(units), (), (0,),
    )  # fmt: skip
    source = SourceFile(key[:16], name, key, "", "text/plain", 1, "text", "ok", "", "")
    document = Document(
        key[:16], name, key, "", "text/plain", 1, "text", owner, "", f"Riktlinjer för sociala medier {number}",
        "riktlinje", "", "kommunstyrelsen", f"20{number % 20:02d}-03-04", "", "", "", "", "", "", "social_media",
        0.01, "complete", "ok", "", "",
    )  # fmt: skip
    return document, DocumentFindings(source, 0.01, outline, Extraction(tuple(requirements), ()))


def _relations(cells: list[Cell], dice: random.Random) -> list[Relation]:
    """Every answered pair of every tenth requirement."""
    kinds = ("equal", "equal", "stricter", "laxer", "incomparable")
    rows = []
    for requirement in sorted({c.requirement for c in cells})[::10]:
        answered = [c.municipality for c in cells if c.requirement == requirement and c.answer == "stated"]
        rows += [
            Relation(requirement, one, other, dice.choice(kinds), "Jämförda.")
            for one in answered
            for other in answered
            if one != other
        ]
    return rows


def _lineage(found: list[DocumentFindings], dice: random.Random) -> list[Lineage]:
    rows = []
    for number in range(0, len(found) - 1, 5):
        one, other = found[number], found[dice.randrange(len(found))]
        assert one.extraction is not None and other.extraction is not None
        a, b = one.extraction.requirements[0], other.extraction.requirements[0]
        rows.append(Lineage(a.document_id, b.document_id, a.start, a.end, b.start, b.end, a.quote, b.quote, 0.9, ""))
    return rows
