"""Documents of a few clauses, built from plain descriptions as they stand in the case files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import DocumentOutline, Metadatum, Outline, Section, Unit
from pipeline.records.reading import SourceFile
from pipeline.records.requirement import Extraction, Requirement, Value

Build = Callable[..., DocumentFindings]


def build_document(name: str, given: Mapping[str, Any]) -> DocumentFindings:
    """A document of one section whose lines are the given clauses, each a unit, most of them a requirement."""
    text, units, requirements, values = "", [], [], []
    section = given.get("section_kind", "body")
    lead = -1
    for number, written in enumerate(given.get("clauses", ())):
        clause = {"text": written} if isinstance(written, str) else written
        start = len(text)
        text += clause["text"] + "\n"
        end = start + len(clause["text"])
        item = bool(clause.get("item"))
        units.append(
            Unit(
                name,
                number,
                0,
                "list_item" if item else "sentence",
                number,
                int(item),
                "",
                lead if item else -1,
                start,
                end,
            )
        )
        lead = lead if item else number
        identity = f"{name}-r{number}"
        if clause.get("topics") or clause.get("duty"):
            requirements.append(_requirement(name, identity, given, clause, (start, end)))
        else:
            identity = ""
        for order, value in enumerate(clause.get("values", ())):
            values.append(_value(name, f"{name}-v{number}-{order}", identity, value, text, start))
    return DocumentFindings(
        source=SourceFile(
            name,
            f"{name}.txt",
            name * 4,
            given.get("duplicate_of", ""),
            "text/plain",
            1,
            "text",
            given.get("status", "ok"),
            given.get("message", ""),
            given.get("message", ""),
        ),
        damage_score=float(given.get("damage_score", 0.0)),
        outline=_outline(name, given, text, units, section),
        extraction=Extraction(tuple(requirements), tuple(values)),
    )


def _outline(name: str, given: Mapping[str, Any], text: str, units: Sequence[Unit], section: str) -> Outline:
    fields = {
        key: str(given[key])
        for key in (
            "title",
            "document_type",
            "adopted_date",
            "revised_date",
            "document_date",
            "supersedes",
            "diary_number",
            "valid_until",
        )
        if key in given
    }
    return Outline(
        document=DocumentOutline(
            name,
            given.get("municipality", ""),
            given.get("code", ""),
            given.get("policy_area", "social_media"),
            1.0,
            given.get("completeness", "complete"),
            given.get("completeness_reason", ""),
            given.get("missing", ""),
            int(given.get("missing_start", -1)),
            False,
            float(given.get("unread_share", 0.0)),
        ),
        text=text,
        sections=(Section(name, 0, -1, 1, given.get("heading", "Regler"), 0, len(text), section),),
        units=tuple(units),
        metadata=tuple(Metadatum(name, key, value, 1, 0, 0, "", 1.0) for key, value in sorted(fields.items())),
        page_starts=(0,),
    )


def _requirement(
    name: str, identity: str, given: Mapping[str, Any], clause: Mapping[str, Any], span: tuple[int, int]
) -> Requirement:
    modality = clause.get("modality", "must")
    return Requirement(
        requirement_id=identity,
        document_id=name,
        municipality=given.get("municipality", ""),
        page=1,
        start=span[0],
        end=span[1],
        quote=clause["text"],
        section=given.get("heading", "Regler"),
        modality=modality,
        force=clause.get("force", modality),
        actor=clause.get("actor", ""),
        actor_explicit=bool(clause.get("actor")),
        actor_group=clause.get("actor_group", ""),
        action=clause.get("action", ""),
        condition=clause.get("condition", ""),
        exception=clause.get("exception", ""),
        procedure="",
        step=None,
        topics="|".join(sorted(clause.get("topics", ()))),
        status=clause.get("status", "in_force"),
        rule=clause.get("rule", "test"),
        repair_dependent=False,
        confidence=float(clause.get("confidence", 0.9)),
    )


def _value(name: str, identity: str, requirement: str, given: Mapping[str, Any], text: str, start: int) -> Value:
    quote = given.get("quote", given.get("value", ""))
    at = text.find(quote, start)
    at = at if at >= 0 else start
    return Value(
        value_id=identity,
        requirement_id=requirement,
        document_id=name,
        kind=given["kind"],
        page=1,
        start=at,
        end=at + len(quote),
        quote=text[at : at + len(quote)],
        value=given.get("value", ""),
        identifier=given.get("identifier", ""),
        calendar=given.get("calendar", ""),
        of=given.get("of", ""),
        period=given.get("period", ""),
        trigger="",
        refers_to=given.get("refers_to", ""),
        negated=bool(given.get("negated", False)),
        confidence=0.9,
    )


@pytest.fixture
def build() -> Build:
    """Makes documents from descriptions."""
    return build_document


@pytest.fixture
def build_all() -> Callable[[Sequence[Mapping[str, Any]]], list[DocumentFindings]]:
    """Makes several documents, named by their place."""
    return lambda given: [build_document(f"d{n}", one) for n, one in enumerate(given)]
