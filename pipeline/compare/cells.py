"""The harmonised table: a cell for every municipality and harmonised requirement, with its evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.compare.answers import EXCLUDING, Answer, decide_answer, is_readable
from pipeline.compare.attachments import name_attachments
from pipeline.compare.certainty import confidence_of_answer, confidence_of_silence
from pipeline.compare.channels import set_channels
from pipeline.compare.letters import holds_draft, name_of_proposed
from pipeline.compare.nearest import NearPassage, passages_kept
from pipeline.compare.occasions import set_occasions
from pipeline.compare.precedence import EXPIRED, IN_FORCE, PROPOSED, SUPERSEDED, first_standing, judge_standings
from pipeline.compare.support import DocumentSupport, Support
from pipeline.compare.titles import bare_title, is_titled
from pipeline.compare.values import join_tokens
from pipeline.compare.weighing import WeighedDocument, restore_nearest, restore_support
from pipeline.params import CompareSettings
from pipeline.records.comparison import Cell, CellEvidence, DocumentFindings
from pipeline.wording import say_answer, say_asides

UNREADABLE_CONFIDENCE = 0.9

_VALUED = ("stated", "conflicting", "delegated")


@dataclass(frozen=True, slots=True)
class BodyDocuments:
    """One municipality's documents on a codebook's area, in force first.

    Attributes:
        municipality: Its name.
        in_force: The documents whose answers count.
        proposed: Those that only propose others; they answer where nothing is in force.
        standings: The standing of each document by document_id.
        superseded: Those that others in force have replaced; they answer nothing.
        expired: Those whose term has ended without another in their place, beside some in force; they answer what
            these are silent on.
    """

    municipality: str
    in_force: tuple[DocumentSupport, ...]
    proposed: tuple[DocumentSupport, ...]
    standings: dict[str, str]
    superseded: tuple[DocumentSupport, ...] = ()
    expired: tuple[DocumentSupport, ...] = ()

    @property
    def holding(self) -> tuple[DocumentSupport, ...]:
        """The documents whose rules hold: in force, or expired without another in their place."""
        return (*self.in_force, *self.expired)

    @property
    def answering(self) -> tuple[DocumentSupport, ...]:
        """The documents that were looked at for answers."""
        return (*(self.in_force or self.proposed), *self.expired)

    @property
    def gone(self) -> dict[str, str]:
        """The documents that are no longer in force by document_id, each with its standing."""
        return {key: standing for key, standing in self.standings.items() if standing in (SUPERSEDED, EXPIRED)}

    def lacks(self, title: str) -> bool:
        """Whether no document whose rules hold has a title, nor a draft behind the letter that proposes it."""
        drafts = (d.passages.outline for d in self.proposed if holds_draft(d.passages.outline))
        named = (*(d.passages.outline.value_of("title") for d in self.holding), *map(name_of_proposed, drafts))
        return not any(is_titled(bare_title(title), name) for name in named)

    @property
    def readable(self) -> bool:
        """Whether silence of the documents proves anything."""
        documents = self.answering
        return all(is_readable(d.passages.outline.document, d.item.damage_score) for d in documents) and bool(documents)


def group_bodies(
    findings: Sequence[DocumentFindings], weighed: Mapping[str, WeighedDocument], settings: CompareSettings
) -> tuple[BodyDocuments, ...]:
    """The municipalities with documents on the codebook's area, sorted by name."""
    gathered: dict[str, list[DocumentSupport]] = {}
    for item in sorted(findings, key=lambda i: (i.source.file_name, i.source.document_id)):
        own = weighed.get(item.source.document_id)
        if own is not None and own.belongs:
            support = restore_support(item, own)
            gathered.setdefault(support.body, []).append(support)
    return tuple(_group(name, gathered[name], settings.date) for name in sorted(gathered))


def cells_in_force(bodies: Sequence[BodyDocuments], cells: Iterable[Cell]) -> list[Cell]:
    """The cells of the municipalities that have a document in force here.

    Where there is only a letter that proposes one, what the municipality rules on is not in the folder: its silence is
    no gap and counts in no share.
    """
    ruled = {body.municipality for body in bodies if body.in_force}
    return [cell for cell in cells if cell.municipality in ruled]


def fill_cells(
    codebook: Codebook,
    bodies: Sequence[BodyDocuments],
    weighed: Mapping[str, WeighedDocument],
    settings: CompareSettings,
) -> tuple[list[Cell], list[CellEvidence]]:
    """Every municipality's cell for every harmonised requirement, and what each rests on or lies nearest to."""
    cells: list[Cell] = []
    evidence: list[CellEvidence] = []
    for body in bodies:
        own = [weighed[d.item.source.document_id] for d in body.answering]
        nearest = restore_nearest(own, passages_kept(settings.nearest))
        readable = body.readable
        listed = {d.item.source.document_id: d for d in body.in_force}
        for entry in codebook.requirements:
            answer = decide_answer(entry, _supports(body, entry), readable=readable)
            answer = name_attachments(entry, answer, listed)
            near = nearest.get(entry.id, []) if answer.leading is None else []
            cells.append(_cell(codebook, entry, body, answer, near))
            evidence += _evidence(codebook, entry, body.municipality, answer, near[: settings.nearest])
    return cells, evidence


def answers_alone(
    codebook: Codebook,
    municipality: str,
    document: DocumentSupport,
    weighed: Mapping[str, WeighedDocument],
    settings: CompareSettings,
) -> dict[str, Cell]:
    """The cells by requirement as a document alone would fill them, under a municipality's name, maybe another's."""
    alone = BodyDocuments(municipality, (document,), (), {document.item.source.document_id: IN_FORCE})
    cells, _ = fill_cells(codebook, [alone], weighed, settings)
    return {cell.requirement: cell for cell in cells}


def _group(name: str, documents: Sequence[DocumentSupport], on: datetime.date) -> BodyDocuments:
    standings = judge_standings([d.item for d in documents], on=on)
    best = first_standing(standings.values())
    having: dict[str, list[DocumentSupport]] = {}
    for document in documents:
        having.setdefault(standings[document.item.source.document_id], []).append(document)
    holding, proposed, replaced, expired = (tuple(having.get(s, ())) for s in (best, PROPOSED, SUPERSEDED, EXPIRED))
    beside = best == IN_FORCE
    return BodyDocuments(
        name, holding if best != PROPOSED else (), proposed, standings,
        superseded=replaced if beside else (), expired=expired if beside else (),
    )  # fmt: skip


def _supports(body: BodyDocuments, entry: HarmonisedRequirement) -> list[Support]:
    """What the documents in force say, or where they are silent those that have expired: nothing came instead."""
    now, before = (
        [(document, support) for document in documents for support in document.by_requirement.get(entry.id, ())]
        for documents in (body.in_force or body.proposed, body.expired)
    )
    found = now or before
    return set_occasions(entry, set_channels(found) if entry.value in EXCLUDING else found)


def _cell(
    codebook: Codebook, entry: HarmonisedRequirement, body: BodyDocuments, answer: Answer, near: Sequence[NearPassage]
) -> Cell:
    leading = answer.leading
    modality = leading.force if leading else ""
    valued = answer.kind in _VALUED
    return Cell(
        codebook=codebook.id,
        requirement=entry.id,
        label_sv=entry.label_sv,
        label_en=entry.label_en,
        municipality=body.municipality,
        answer=answer.kind,
        modality=modality,
        value=join_tokens(answer.said) if valued else "",
        value_text=say_answer(
            entry,
            answer.kind,
            answer.said.difference(answer.asides),
            modality,
            quote=leading.quote if leading else "",
            missing={one for one in answer.said if body.lacks(one)} if answer.kind == "delegated" else (),
        )
        + say_asides(entry, answer.asides),
        relation_to_strictest="none",
        document_id=leading.document_id if leading else "",
        page=leading.page if leading else None,
        start=leading.start if leading else None,
        end=leading.end if leading else None,
        quote=leading.quote if leading else "",
        confidence=_confidence(codebook, entry, answer, near),
        review="unreviewed",
    )


def _confidence(
    codebook: Codebook, entry: HarmonisedRequirement, answer: Answer, near: Sequence[NearPassage]
) -> float:  # fmt: skip
    if answer.kind == "unreadable":
        return UNREADABLE_CONFIDENCE
    if answer.kind == "silent":
        return confidence_of_silence(codebook.id, near)
    return confidence_of_answer(codebook.id, entry, answer.supports)


def _evidence(
    codebook: Codebook, entry: HarmonisedRequirement, municipality: str, answer: Answer, near: Sequence[NearPassage]
) -> Iterator[CellEvidence]:
    for relation, passages in (("supports", answer.supports), ("dissents", answer.dissents)):
        for passage in passages:
            yield CellEvidence(
                codebook=codebook.id,
                requirement=entry.id,
                municipality=municipality,
                requirement_id=passage.requirement.requirement_id if passage.requirement else "",
                value_id=passage.value.value_id if passage.value else "",
                document_id=passage.document_id,
                start=passage.start,
                end=passage.end,
                relation=relation,
                score=round(passage.score, 4),
            )
    for lying in near:
        place = (lying.document_id, lying.start, lying.end)
        yield CellEvidence(codebook.id, entry.id, municipality, "", "", *place, "nearest", lying.score)
