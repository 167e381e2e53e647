"""Documents with known answers, as many as are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codebooks import ClauseText, load_codebook, match_topics
from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import DocumentOutline, Metadatum, Outline, Section, Unit
from pipeline.records.reading import SourceFile
from pipeline.records.requirement import Extraction, Requirement, Value

CLAUSES = (
    ("Frågor på sidan ska besvaras inom {n} timmar", ("response_time", "inom {n} timmar", "PT{n}H")),
    ("{Role} beslutar om verksamheten får öppna ett konto", ("role", "{Role}", "{role}")),
    ("Kontot ska ha minst {k} administratörer", ("count", "{k}", "{k}")),
    ("Kontot bevakas varje vardag", ("frequency", "varje vardag", "P1D")),
    ("Avsändaren ska framgå tydligt med kommunens logotyp och kontaktuppgifter", None),
    ("Inlägg får inte innehålla hot eller reklam", ("prohibited_content", "hot", "threats")),
    ("Innan inlägg tas bort ska de sparas med uppgift om avsändare", None),
    ("Handlingar gallras efter {k} år", ("retention", "gallras", "gallras")),
    (
        "Följ dataskyddsförordningen när bilder på elever i {place} publiceras",
        ("legal_reference", "dataskyddsförordningen", "GDPR"),
    ),
    ("Medarbetare i {place} ska bära namnskylt nummer {n} vid möten med föreningar", None),
)
ROLES = ("Förvaltningschefen", "Kommunikationschefen", "Närmaste chef", "Nämnden")
SYLLABLES = ("al", "berg", "da", "ek", "fors", "gran", "hult", "ing", "köp", "lin", "mark", "näs", "ol", "rud", "sta")


@dataclass(frozen=True, slots=True)
class Known:
    """The answers that the corpus must give: hours of reply by municipality."""

    hours: dict[str, int]


def make_corpus(requirements: int, *, per_document: int = 10) -> tuple[list[DocumentFindings], Known]:
    """So many requirements in documents of ten clauses, at most 290 municipalities, and what must come of them."""
    codebook = load_codebook("social_media")
    documents, hours = [], {}
    for number in range(max(1, requirements // per_document)):
        name = f"Kommun {number % 290:03}"
        # Documents of one municipality agree, so that what each must answer is known.
        hours[name] = 12 + (number % 290) % 60
        documents.append(_document(codebook.id, number, name, hours[name]))
    return documents, Known(hours)


def _document(area: str, number: int, name: str, hours: int) -> DocumentFindings:
    identity, text = f"d{number:06}", ""
    units, requirements, values = [], [], []
    role = ROLES[(number % 290) % len(ROLES)]
    words = {"n": hours, "k": 2 + (number % 290) % 3, "Role": role, "role": role.lower(), "place": _place(number)}
    codebook = load_codebook("social_media")
    for place, (form, value) in enumerate(CLAUSES):
        clause = form.format(**words)
        start, end = len(text), len(text) + len(clause)
        text += clause + ".\n"
        units.append(Unit(identity, place, 0, "sentence", place, 0, "", -1, start, end + 1))
        kinds = frozenset({value[0]} if value else ())
        found = match_topics(codebook, ClauseText(clause, kinds=kinds))
        topics = "|".join(sorted(m.requirement for m in found if m.score >= 0.5))
        key = f"{identity}-{place}"
        requirements.append(
            Requirement(
                key, identity, name, 1, start, end, clause, "Regler", "must", "must", "kommunen", False, "organisation",
                clause, "", "", "", None, topics, "in_force", "benchmark", False, 0.9,
            )
        )  # fmt: skip
        if value:
            kind, quote, normal = value[0], value[1].format(**words), value[2].format(**words)
            values.append(_value(key, identity, kind, quote, normal, text.index(quote, start)))
    outline = Outline(
        DocumentOutline(identity, name, f"{number % 290:04}", area, 1.0, "complete", "", "", -1, False, 0.0),
        text,
        (Section(identity, 0, -1, 1, "Regler", 0, len(text), "body"),),
        tuple(units),
        (Metadatum(identity, "title", f"Regler {number}", 1, 0, 0, "", 1.0),),
        (0,),
    )
    source = SourceFile(identity, f"{identity}.txt", identity, "", "text/plain", 1, "text", "ok", "", "")
    return DocumentFindings(source, 0.0, outline, Extraction(tuple(requirements), tuple(values)))


def _value(requirement: str, document: str, kind: str, quote: str, normal: str, at: int) -> Value:
    """The value of a clause whose quote stands at an offset."""
    identifier = "2016/679" if kind == "legal_reference" else ""
    of = {"frequency": "monitoring", "response_time": "answer"}.get(kind, "")
    period = "P2Y" if kind == "retention" else ""
    return Value(
        f"v{requirement}", requirement, document, kind, 1, at, at + len(quote), quote, normal, identifier, "", of,
        period, "", "", False, 0.9,
    )  # fmt: skip


def _place(number: int) -> str:
    """A made-up place, another for each document."""
    picked = [SYLLABLES[(number // len(SYLLABLES) ** power) % len(SYLLABLES)] for power in range(4)]
    return "".join(picked).capitalize()
