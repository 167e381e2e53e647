"""A small comparison made by hand: invented municipalities, short texts, every kind of answer and finding once."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field, replace

from pipeline.codebooks import Codebook, load_codebook
from pipeline.params import ReportSettings
from pipeline.records.comparison import (
    Cell,
    CellEvidence,
    Change,
    Comparison,
    Document,
    DocumentFindings,
    Finding,
    LegalReference,
    Lineage,
    Relation,
    Statistic,
)
from pipeline.records.decision import DecisionConflict
from pipeline.records.outline import DocumentOutline, Metadatum, Outline, Section, Unit
from pipeline.records.reading import SourceFile
from pipeline.records.repair import ReadingPage, Repair
from pipeline.records.requirement import Extraction, Requirement, Value
from pipeline.report import ReportMaterial

CODES = {"Ekvik": "9901", "Ålbyn": "9902", "Östnäs": "99"}
"""Two municipalities and a region."""

HOSTILE = "</script><script>window.HACKED=1</script><img src=x onerror=window.HACKED=1>"

EKVIK = (
    "Riktlinjer för sociala medier i Ekviks kommun\nAntagen av kommunstyrelsen 2019-03-04\nHandläggare: Karin Ödman\n\n"
    "Svar på frågor\nFrågor ska besvaras inom 24 timmar på vardagar. Kommunikatören ansvarar för bevakningen.\n"
    "Hot och hets mot folkgrupp tas bort. Inlägg behöver inte diarieföras.\n"
    "Personuppgiftslagen (1998:204) gäller. Gallring sker enligt dokumenthanteringsplanen. Frågor: 0123-45 67 89.\n"
)
ALBYN = (
    "Policy för sociala medier\nÅlbyns kommun 2021-05-06\n\n"
    "Svar på frågor\nFrågor ska besvaras inom 48 timmar. Varje konto ska ha minst två administratörer. 😀\n"
    "Sekretessbelagda uppgifter får inte publiceras. Gallring sker enligt dokumenthanteringsplanen.\n"
)
OSTNAS = f"Regler för sociala medier i Östnäs {HOSTILE}\nVi bör svara skyndsamt. {HOSTILE} får inte publiceras.\n=1+1\n"
OSTNAS_RAW = OSTNAS.replace("bör svara", "bor svara")


@dataclass
class Draft:
    """One document of the sample while it is being made."""

    name: str
    text: str
    raw: str = ""
    requirements: list[Requirement] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    metadata: list[Metadatum] = field(default_factory=list)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def require(
        self, words: str, topics: str, *, modality: str = "must", actor: str = "", status: str = "in_force"
    ) -> Requirement:
        start, end = self.span(words)
        made = Requirement(
            f"r-{self.id[:6]}-{start}", self.id, self.name, 1, start, end, words, "Svar på frågor", modality,
            modality, actor,
            bool(actor), "role" if actor else "", words.lower(), "", "", "", None, topics, status, "modal.active",
            False, 0.9,
        )  # fmt: skip
        self.requirements.append(made)
        return made

    def value(self, words: str, kind: str, value: str, *, calendar: str = "", identifier: str = "") -> Value:
        start, end = self.span(words)
        made = Value(f"v-{self.id[:6]}-{start}-{kind}", "", self.id, kind, 1, start, end, words, value, identifier,
                     calendar,
                     "", "", "", "", False, 0.9)  # fmt: skip
        self.values.append(made)
        return made

    def meta(self, name: str, value: str, words: str) -> None:
        start, end = self.span(words)
        self.metadata.append(Metadatum(self.id, name, value, 1, start, end, words, 0.95))

    def finished(self) -> DocumentFindings:
        source = SourceFile(self.id, f"{self.name.lower()}.txt", hashlib.sha256(self.text.encode()).hexdigest(), "",
                            "text/plain", 1, "text", "ok", "", "")  # fmt: skip
        about = DocumentOutline(self.id, self.name, "", "social_media", 0.9, "complete", "", "", -1, False, 0.0)
        heading = self.text.index("\n")
        outline = Outline(
            about, self.text, (Section(self.id, 0, -1, 0, "", 0, len(self.text), "body"),),
            (Unit(self.id, 0, 0, "heading", 0, 0, "", -1, 0, heading),), tuple(self.metadata), (0,),
        )  # fmt: skip
        return DocumentFindings(source, 0.01, outline, Extraction(tuple(self.requirements), tuple(self.values)))

    def document(self) -> Document:
        meta = {m.field: m.value for m in self.metadata}
        return Document(
            self.id, f"{self.name.lower()}.txt", hashlib.sha256(self.text.encode()).hexdigest(), "", "text/plain", 1,
            "text",
            self.name, CODES.get(self.name, ""), meta.get("title", ""), "riktlinje", "", meta.get("adopted_by", ""),
            meta.get("adopted_date", ""), "",
            "", "", meta.get("responsible", ""), "", "", "social_media", 0.01, "complete", "ok", "", "",
        )  # fmt: skip


SHARE = Statistic(
    "social_media", "response_time", "answered", 3, 3, 1.0, 0.44, 1.0, 1.0, 0.38, 1.0, "Tre.", "Three."
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """What write_report is given."""

    comparison: Comparison
    material: ReportMaterial
    codebooks: tuple[Codebook, ...]
    settings: ReportSettings = field(default_factory=ReportSettings)


def drafts() -> tuple[Draft, Draft, Draft]:
    """The three documents with what was found in them."""
    one, two, three = Draft("Ekvik", EKVIK, EKVIK), Draft("Ålbyn", ALBYN, ALBYN), Draft("Östnäs", OSTNAS, OSTNAS_RAW)
    one.meta("title", "Riktlinjer för sociala medier i Ekviks kommun", "Riktlinjer för sociala medier i Ekviks kommun")
    one.meta("adopted_by", "kommunstyrelsen", "kommunstyrelsen")
    one.meta("adopted_date", "2019-03-04", "2019-03-04")
    one.meta("responsible", "Karin Ödman", "Karin Ödman")
    one.require("Frågor ska besvaras inom 24 timmar på vardagar", "response_time")
    one.require("Kommunikatören ansvarar för bevakningen", "monitoring", actor="Kommunikatören")
    one.require("Hot och hets mot folkgrupp tas bort", "prohibited_content|removal")
    one.require("Inlägg behöver inte diarieföras", "registration", modality="may")
    one.value("inom 24 timmar på vardagar", "response_time", "PT24H", calendar="weekdays")
    one.value("Hot", "prohibited_content", "threats")
    one.value("Personuppgiftslagen (1998:204)", "legal_reference", "PUL", identifier="1998:204")
    two.meta("title", "Policy för sociala medier", "Policy för sociala medier")
    two.require("Frågor ska besvaras inom 48 timmar", "response_time")
    two.require("Varje konto ska ha minst två administratörer", "number_of_administrators")
    two.require("Sekretessbelagda uppgifter får inte publiceras", "secrecy", modality="must_not")
    two.value("inom 48 timmar", "response_time", "PT48H")
    three.require("Vi bör svara skyndsamt", "response_time", modality="should", actor="Vi")
    three.require(f"{HOSTILE} får inte publiceras", "prohibited_content", modality="must_not")
    return one, two, three


def sample(codebook: Codebook | None = None) -> Sample:
    """Three municipalities, one quarantined file; a cell for every requirement of the codebook."""
    book = codebook or load_codebook("social_media")
    one, two, three = drafts()
    comparison = Comparison(
        (*(d.document() for d in (one, two, three)), _quarantined()),
        _laws(one), *_cells(book, one, two, three), _relations(), _lineage(one, two), _findings(one, three),
        (SHARE,), (),
    )  # fmt: skip
    at = OSTNAS_RAW.index("bor")
    repairs = [
        Repair(three.id, 1, at, at + 3, at, at + 3, "bor", "bör", "channel", 0.99, "applied"),
        Repair(three.id, 1, at + 4, at + 9, at + 4, at + 9, "svara", "svarar", "channel", 0.4, "suggested"),
    ]
    material = ReportMaterial(
        findings=[d.finished() for d in (one, two, three)], repairs=repairs,
        pages=[ReadingPage(d.id, 1, 0, len(d.text), 0.0) for d in (one, two, three)],
        raw_texts={d.id: d.raw for d in (one, two, three)},
        conflicts=[DecisionConflict("d1", "cell", "response_time|Ekvik", "", "inom en vecka",
                                    "Citatet finns inte längre.", "")],
        changes=[Change("social_media", "response_time", "Ekvik", "altered", "stated: PT48H",
                        "stated: hate_speech|threats")],
        law_date=datetime.date(2026, 2, 1),
        scorecard={"obligations": {"all": {"precision": 0.91, "recall": 0.84, "f1": 0.87}}, "documents": 3},
    )  # fmt: skip
    return Sample(comparison, material, (book,))


def _quarantined() -> Document:
    empty = dict.fromkeys(Document.__slots__, "")
    return Document(**{**empty, "document_id": "deadbeef00000000", "file_name": "trasig.pdf", "pages": 0,
                       "damage_score": 0.0,
                       "status": "quarantined", "message": "Filen är skadad.",
                       "message_en": "The file is damaged."})  # fmt: skip


def _cells(book: Codebook, one: Draft, two: Draft, three: Draft) -> tuple[tuple[Cell, ...], tuple[CellEvidence, ...]]:
    """Most cells silent; those that the texts answer by hand."""
    answers = {
        ("response_time", "Ekvik"): (one, 0, "stated", "PT24H weekdays", "24 timmar (vardagar)", "strictest"),
        ("response_time", "Ålbyn"): (two, 0, "stated", "PT48H", "48 timmar", "laxer"),
        ("response_time", "Östnäs"): (three, 0, "stated", "skyndsamt", "skyndsamt", "incomparable"),
        ("monitoring", "Ekvik"): (one, 1, "stated", "duty", "skyldighet", "equal"),
        ("prohibited_content", "Ekvik"): (
            one,
            2,
            "conflicting",
            "hate_speech|threats",
            "hets mot folkgrupp, hot",
            "laxer",
        ),
        ("prohibited_content", "Östnäs"): (three, 1, "stated", "other", HOSTILE, "strictest"),
        ("registration", "Ekvik"): (one, 3, "stated_negatively", "", "behöver inte diarieföras", "laxer"),
        ("number_of_administrators", "Ålbyn"): (two, 1, "stated", "2", "minst 2", "strictest"),
        ("secrecy", "Ålbyn"): (two, 2, "stated", "duty", "får inte publiceras", "strictest"),
    }
    cells: list[Cell] = []
    evidence: list[CellEvidence] = []
    for requirement in book.requirements:
        for draft in (one, two, three):
            key = requirement.id, draft.name
            blank = Cell(book.id, requirement.id, requirement.label_sv, requirement.label_en, draft.name, "silent",
                         "", "", "",
                         "none", "", None, None, None, "", 0.7, "unreviewed")  # fmt: skip
            if key in answers:
                source, place, answer, value, said, order = answers[key]
                found = source.requirements[place]
                blank = replace(blank, answer=answer, value=value, value_text=said, relation_to_strictest=order,
                                modality=found.force, document_id=source.id, page=1, start=found.start, end=found.end,
                                quote=found.quote, confidence=0.9,
                                review="accepted" if place == 1 else "unreviewed")  # fmt: skip
                evidence.append(
                    CellEvidence(
                        book.id, *key, found.requirement_id, "", source.id, found.start, found.end, "supports", 0.9
                    )
                )
            elif requirement.id == "retention" and draft is not three:
                start, end = draft.span("Gallring sker enligt dokumenthanteringsplanen")
                blank = replace(blank, answer="delegated", value="dokumenthanteringsplanen",
                                value_text="enligt dokumenthanteringsplanen",
                                document_id=draft.id, page=1, start=start, end=end,
                                quote=draft.text[start:end])  # fmt: skip
            elif requirement.id == "screenshots" and draft is three:
                blank = replace(blank, answer="unreadable", confidence=0.2)
            elif requirement.id == "blocking_users":
                start, end = draft.span(draft.requirements[0].quote)
                evidence.append(
                    CellEvidence(
                        book.id, *key, draft.requirements[0].requirement_id, "", draft.id, start, end, "nearest", 0.21
                    )
                )
            cells.append(blank)
    return tuple(cells), tuple(evidence)


def _laws(one: Draft) -> tuple[LegalReference, ...]:
    law = one.values[2]
    return (
        LegalReference(law.value_id, one.id, one.name, 1, law.start, law.end, law.quote, "PUL", "1998:204", "",
                       "repealed",
                       "repealed", "2018-05-25", "2018:218", "2016/679", "Ersatt av dataskyddsförordningen.", 0.98),
    )  # fmt: skip


def _relations() -> tuple[Relation, ...]:
    return (
        Relation("response_time", "Ekvik", "Ålbyn", "stricter", "24 timmar är kortare än 48 timmar."),
        Relation("response_time", "Ålbyn", "Ekvik", "laxer", "48 timmar är längre än 24 timmar."),
        Relation("retention", "Ekvik", "Ålbyn", "equal", "Båda hänvisar till planen."),
        Relation("retention", "Ålbyn", "Ekvik", "equal", "Båda hänvisar till planen."),
    )


def _lineage(one: Draft, two: Draft) -> tuple[Lineage, ...]:
    words = "Gallring sker enligt dokumenthanteringsplanen."
    return (Lineage(one.id, two.id, *one.span(words), *two.span(words), words, words, 1.0, one.id),)


def _findings(one: Draft, three: Draft) -> tuple[Finding, ...]:
    duty, bad = one.requirements[0], three.requirements[1]
    return (
        Finding("stale_law", "Ekvik", one.id, "", "", "", one.values[2].value_id, "Personuppgiftslagen (1998:204)", "",
                "Personuppgiftslagen är upphävd.", "The Personal Data Act is repealed.", 0.9),
        Finding("orphan_duty", "Ekvik", one.id, "response_time", duty.requirement_id, "", "", duty.quote, "",
                "Ingen anges som ska svara.", "Nobody is named to answer.", 0.5),
        Finding("gap", "Östnäs", "", "registration", "", "", "", "", "", "Diarieföring nämns inte.",
                "Registration is not mentioned.", 0.6),
        Finding("conflict", "Östnäs", three.id, "prohibited_content", bad.requirement_id, "", "", HOSTILE, "=cmd()",
                f"Motsägelse {HOSTILE}", f"Contradiction {HOSTILE}", 0.3),
    )  # fmt: skip
