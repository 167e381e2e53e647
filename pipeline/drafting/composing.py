"""A draft guideline as chapters of clauses, each with its argument, and what it covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.codebooks import HarmonisedRequirement
from pipeline.drafting.arguing import Argument, Source, argue, find_owner, own_sources
from pipeline.drafting.choices import Choice, Choices, Offer, read_values
from pipeline.drafting.echoes import Echo, find_echoes
from pipeline.drafting.flow import Sentence
from pipeline.drafting.gap_card import Gap, find_gap_card
from pipeline.drafting.lines import LINES, Position, answering_cells, choose_position, tokens_of
from pipeline.drafting.material import Case, Material
from pipeline.drafting.naming import is_role, is_titled
from pipeline.drafting.source_kinds import tell_kinds
from pipeline.drafting.templates import Wording, load_wording
from pipeline.drafting.wording import Rule, owner_of, word_rule
from pipeline.failures import RunFailure
from pipeline.swedish.legal_duties import LegalDuty
from pipeline.wording import BodyKind

LINE_NAMES: Mapping[str, str] = {
    "most_common": "vanligast", "strictest": "strängast", "median": "mitten", "own": "kommunens eget dokument",
    "chosen": "eget val",
}  # fmt: skip


NAMED_IN_OFFER = 6
"""Municipalities that the file of choices names beside a line."""

NOBODYS = Position((), "must", "stated", "", ())
"""What a drafter chooses to ask though nobody in the material does."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What the draft says to one harmonised requirement, and why; `echoes` are more answers to it elsewhere."""

    requirement: str
    label: str
    rule: Rule
    sentences: tuple[Sentence, ...]
    argument: Argument
    echoes: tuple[Echo, ...] = ()

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Values that the wording has no words for."""
        said = {token for sentence in self.sentences for token in sentence.tokens}
        return tuple(t for t in self.rule.tokens if t not in said) if self.rule.answer == "stated" else ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Clauses that belong together."""

    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one requirement of the codebook: drafted, omitted by choice, or without a source.

    `own` is what the municipality's own documents say on it, `law` what acts in force ask, `said_in` the labels of
    clauses for other requirements that answer it all the same.
    """

    requirement: str
    label: str
    state: str
    asking: int
    readable: int
    thin: tuple[str, ...]
    law: tuple[LegalDuty, ...]
    own: tuple[Source, ...]
    said_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A renewed guideline for one municipality."""

    municipality: str
    body: str
    title: str
    on: date
    line: str
    purpose: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    coverage: tuple[Coverage, ...]
    own_files: tuple[str, ...]
    compared: Mapping[str, BodyKind]
    gap_card: tuple[Gap, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in the order of the draft."""
        return tuple(clause for chapter in self.chapters for clause in chapter.clauses)


def compose_draft(material: Material, municipality: str, choices: Choices, *, on: date) -> Draft:
    """The draft for a municipality.

    Chapters that the municipality's own documents say or announce something on come first, within them the clauses
    likewise; otherwise the order is the codebook's. What nobody answers is not drafted: it is left to the checklist,
    with what the law asks.

    Args:
        material: The comparison.
        municipality: Its name in the comparison or the register.
        choices: Line, and value, modality or owner by requirement.
        on: The day on which the law must be in force.

    Raises:
        RunFailure: When there is no wording for the codebook.
    """
    from pipeline.swedish.municipalities import by_name, genitive

    case = Case(material, municipality, on)
    wording = load_wording(material.codebook.id)
    clauses: dict[str, Clause] = {}
    for entry in material.codebook.requirements:
        choice = choices.requirements.get(entry.id, Choice())
        clause = _compose_clause(case, entry, wording, choice.model_copy(update={"line": choice.line or choices.line}))
        if clause is not None:
            clauses[entry.id] = clause
    said = {name: (clause.rule, clause.sentences) for name, clause in clauses.items()}
    echoes: dict[str, tuple[Echo, ...]] = {}
    for echo in find_echoes(material.codebook, wording, said, on=on):
        echoes[echo.requirement] = (*echoes.get(echo.requirement, ()), echo)
    clauses = {name: replace(clause, echoes=echoes.get(name, ())) for name, clause in clauses.items()}
    registered = by_name(municipality)
    named = genitive(municipality)
    is_municipality = registered is None or registered.kind == "municipality"
    purpose = tuple(p.replace("{kommuns} kommun", f"{named} kommun" if is_municipality else municipality)
                    for p in wording.purpose)  # fmt: skip
    return Draft(
        municipality=municipality,
        body=f"{named} kommun" if is_municipality else municipality,
        title=wording.title,
        on=on,
        line=choices.line,
        purpose=purpose,
        chapters=_chapters(material, clauses),
        coverage=tuple(
            _cover(case, e, clauses.get(e.id), choices, [clauses[echo.said_in].label for echo in echoes.get(e.id, ())])
            for e in material.codebook.requirements
        ),
        own_files=tuple(d.file_name for d in material.own_documents(municipality)),
        compared=material.bodies,
        gap_card=find_gap_card(case),
    )


def offer_lines(material: Material, municipality: str, *, on: date) -> tuple[Offer, ...]:
    """What each line would say to each requirement, for the file of choices; lines that say the same are told once."""
    case = Case(material, municipality, on)
    wording = load_wording(material.codebook.id)
    return tuple(_offer(case, entry, wording) for entry in material.codebook.requirements)


def _offer(case: Case, entry: HarmonisedRequirement, wording: Wording) -> Offer:
    told: dict[str, list[str]] = {}
    for line in (*LINES, "own"):
        position, _ = _decide(case, entry, Choice(line=line))
        if position is not None:
            rule = _rule_of(case, entry, wording, position, Choice())
            words = word_rule(entry, rule, wording, on=case.on)
            told.setdefault(_preview(rule, words, position.municipalities), []).append(line)
    return Offer(entry.id, entry.label_sv, tuple((", ".join(lines), said) for said, lines in told.items()))


def _preview(rule: Rule, sentences: Sequence[Sentence], following: Sequence[str]) -> str:
    """A clause in short: its words, then modality and value as they are written in the file, and whom it follows."""
    words = " ".join(f"{s.text} {', '.join(s.items)}{'.' * bool(s.items)}".strip() for s in sentences)
    code = ", ".join(filter(None, (rule.modality if rule.answer == "stated" else "", "|".join(rule.tokens))))
    named = sorted(following)[:NAMED_IN_OFFER]
    more = f" och {len(following) - len(named)} till" if len(following) > len(named) else ""
    return f"{words} [{'; '.join(filter(None, (code, ', '.join(named) + more)))}]"


def _compose_clause(case: Case, entry: HarmonisedRequirement, wording: Wording, choice: Choice) -> Clause | None:
    position, line = _decide(case, entry, choice)
    if position is None:
        return None
    rule = _rule_of(case, entry, wording, position, choice)
    _, found = owner_of(entry, rule, wording)
    argument = replace(argue(case, entry, position, LINE_NAMES[line]), owner_found=found and not choice.owner)
    label = wording.requirements[entry.id].heading or entry.label_sv
    clause = Clause(entry.id, label, rule, word_rule(entry, rule, wording, on=case.on), argument)
    if choice.value and clause.unsaid:
        raise RunFailure(
            f"Valet för {entry.id} har värden som inte kan skrivas ut: {', '.join(clause.unsaid)}. {_allowed(entry)}",
            f"The choice for {entry.id} has values there are no words for: {', '.join(clause.unsaid)}.",
        )
    return clause


def _rule_of(case: Case, entry: HarmonisedRequirement, wording: Wording, position: Position, choice: Choice) -> Rule:
    """What is to be said, with its owner: the chosen one, else whom the material names."""
    tokens, owner = position.tokens, choice.owner
    if entry.value == "documents":
        tokens = tuple(t for t in tokens if not is_titled(t, wording.title))
    if owner and wording.requirements[entry.id].owner_from_value:
        # Who is bound is the value here, so another owner is another value.
        members = {m.id for m in entry.members}
        tokens = (*(t for t in tokens if t in members or not is_role(t)), owner)
    elif not owner and "role" not in entry.kinds:
        # Where roles are values a guideline's reader takes its subject for one: there only a value becomes the subject.
        owner = find_owner(case.material, entry, position, case.municipality)
    return Rule(tokens, position.modality, position.answer, owner, position.document, position.told)


def _allowed(entry: HarmonisedRequirement) -> str:
    """What may be written as a value, where the requirement has values of its own."""
    named = ", ".join(m.sv for m in entry.members)
    return f"Möjliga värden: {named}." if named else "I valfilen står vilka värden de olika linjerna ger."


def _decide(case: Case, entry: HarmonisedRequirement, choice: Choice) -> tuple[Position | None, str]:
    """The position of a clause and the name of the line it follows; none where it is left out."""
    material, line = case.material, choice.line or "most_common"
    kinds = load_wording(material.codebook.id).requirements[entry.id].by_source
    position: Position | None
    if line == "omit":
        return None, line
    if line == "own":
        position = _own_position(material, entry, case.municipality)
    else:
        position = choose_position(material, entry, line, own=case.municipality)
    if choice.value:
        tokens = read_values(entry, choice.value)
        alike = tuple(c.municipality for c in answering_cells(material, entry.id) if set(tokens) & set(tokens_of(c)))
        position = Position(tokens, position.modality if position else "must", "stated", "", alike)
    if choice.modality:
        position = replace(position or NOBODYS, modality=choice.modality, answer="stated")
    if position is not None and kinds and position.answer == "stated":
        position = tell_kinds(material, entry.id, kinds, position, own=case.municipality)
    return position, "chosen" if choice.value or choice.modality else line


def _own_position(material: Material, entry: HarmonisedRequirement, municipality: str) -> Position | None:
    answers = answering_cells(material, entry.id)
    own = next((c for c in answers if c.municipality == municipality), None)
    if own is None:
        return None
    alike = tuple(c.municipality for c in answers if (c.answer, c.value) == (own.answer, own.value))
    if own.answer == "delegated":
        return Position((), own.modality or "must", own.answer, own.value, alike)
    return Position(tokens_of(own), own.modality or "must", own.answer, "", alike)


def _chapters(material: Material, clauses: Mapping[str, Clause]) -> tuple[Chapter, ...]:
    chapters = []
    for group in material.codebook.groups:
        own = [clauses[e.id] for e in material.codebook.requirements if e.group == group.id and e.id in clauses]
        if own:
            chapters.append(Chapter(group.sv, tuple(sorted(own, key=lambda c: not c.argument.own))))
    return tuple(sorted(chapters, key=lambda c: not any(clause.argument.own for clause in c.clauses)))


def _cover(
    case: Case, entry: HarmonisedRequirement, clause: Clause | None, choices: Choices, said_in: Sequence[str]
) -> Coverage:
    material = case.material
    choice = choices.requirements.get(entry.id, Choice())
    return Coverage(
        requirement=entry.id,
        label=entry.label_sv,
        state="drafted" if clause else "omitted" if choice.line == "omit" else "no_source",
        asking=len(answering_cells(material, entry.id)),
        readable=len(material.readable(entry.id)),
        thin=clause.argument.thin if clause else (),
        law=case.duties(entry.id),
        own=own_sources(material, entry.id, case.municipality),
        said_in=tuple(dict.fromkeys(said_in)),
    )
