"""Drafts through the pipeline and back: which harmonised requirements come back with the answer and values they had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import stages
from pipeline.codebooks import Codebook, HarmonisedRequirement, load_codebook, match_members
from pipeline.compare.values import tidy_tokens
from pipeline.drafting.composing import Clause, Draft
from pipeline.drafting.draft_docx import draft_as_docx
from pipeline.drafting.naming import current_act, current_role, is_act, is_role, name_title, name_titles
from pipeline.drafting.templates import load_wording
from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.records.comparison import Cell
from pipeline.tables import read_table

PLAIN = "duty"
FORMS = tuple(
    (re.compile(rf"\b{form}\b"), name)
    for form, name in (
        ("får inte", "must_not"),
        ("bör inte", "should_not"),
        ("ska", "must"),
        ("bör", "should"),
        ("får", "may"),
    )
)
"""Modals as a draft's sentences have them."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One clause and what the pipeline reads in it: answer, modality and values, before and after."""

    municipality: str
    requirement: str
    sentences: tuple[str, ...]
    before: tuple[str, str, frozenset[str]]
    after: tuple[str, str, frozenset[str]]
    quote: str

    @property
    def same(self) -> bool:
        """Whether everything came back as it was."""
        (answer, modality, values), (answer_after, modality_after, values_after) = self.before, self.after
        return answer == answer_after and values == values_after and modality_after in modality.split("|")


def send(drafts: Iterable[Draft], folder: Path, *, codebook: str, on: date, workers: int = 2) -> list[Trip]:
    """Write drafts as Word files, run the pipeline over them, and set each clause beside the cell it gives.

    Args:
        drafts: Drafts for different municipalities.
        folder: An empty folder to work in.
        codebook: The codebook of the drafts.
        on: The day of the law.
        workers: Processes.
    """
    drafts = list(drafts)
    texts = folder / "drafts"
    texts.mkdir(parents=True)
    for number, draft in enumerate(drafts):
        (texts / f"{number}.docx").write_bytes(draft_as_docx(draft))
    params = Params()
    params = params.model_copy(
        update={
            "extract": params.extract.model_copy(update={"codebook": codebook}),
            "compare": params.compare.model_copy(update={"date": on}),
        }
    )
    out = folder / "out"
    with open_executor("local", workers=workers) as executor:
        stages.run_stages(stages.Work((texts,), out, folder / "parts", params, executor))
    cells = {(c.municipality, c.requirement): c for c in read_table(Cell, out / "harmonised_requirements.parquet")}
    book = load_codebook(codebook)
    return [
        _trip(book, d, clause, cells.get((d.municipality, clause.requirement))) for d in drafts for clause in d.clauses
    ]


def _trip(codebook: Codebook, draft: Draft, clause: Clause, cell: Cell | None) -> Trip:
    entry = codebook.find(clause.requirement)
    if entry is None:
        raise ValueError(f"{codebook.id} has no {clause.requirement}")
    after = ("missing", "", frozenset[str]())
    if cell is not None:
        after = (cell.answer, cell.modality, frozenset(cell.value.split("|")) - {"", PLAIN})
    before = (clause.rule.answer, _modality(clause), _expected(codebook.id, entry, clause, draft.on))
    said = tuple(" ".join((s.text, *s.items)) for s in clause.sentences)
    return Trip(draft.municipality, clause.requirement, said, before, after, cell.quote if cell else "")


def _expected(codebook: str, entry: HarmonisedRequirement, clause: Clause, on: date) -> frozenset[str]:
    """The values as the draft says them, here and in other clauses: roles and acts by what replaces them now.

    A value that says another one too brings it along: who signs with the first name signs with a name.
    """
    if clause.rule.answer == "delegated":
        return frozenset((*name_titles(clause.rule.document), *_echoed(clause)))
    if clause.rule.answer == "stated_negatively":
        return frozenset()
    wording = load_wording(codebook).requirements[entry.id]
    if entry.value == "documents":
        return tidy_tokens(entry, frozenset(name_title(t) for t in _tokens(clause)))
    said = {_now(t, on) for t in _tokens(clause)}
    for token in _tokens(clause):
        said.update(match_members(entry, wording.members.get(token, "")))
        if wording.role_instead_of and is_role(token) and token not in {m.id for m in entry.members}:
            said.add(wording.role_instead_of)
    return tidy_tokens(entry, frozenset(said))


def _tokens(clause: Clause) -> tuple[str, ...]:
    return (*clause.rule.tokens, *_echoed(clause))


def _echoed(clause: Clause) -> tuple[str, ...]:
    return tuple(value for echo in clause.echoes for value in echo.values)


def _now(token: str, on: date) -> str:
    if is_act(token):
        return current_act(token, on)
    return current_role(token) if is_role(token) else token


def _modality(clause: Clause) -> str:
    """The modalities that the clause's sentences have; several where it holds duties and prohibitions."""
    if clause.rule.answer == "stated_negatively":
        return "may"
    found = (next(name for form, name in FORMS if form.search(s.text)) for s in clause.sentences)
    return "|".join(dict.fromkeys(found))


def tell(trips: Sequence[Trip]) -> str:
    """How many came back the same, by requirement, and each that did not."""
    lines = []
    for requirement in dict.fromkeys(t.requirement for t in trips):
        own = [t for t in trips if t.requirement == requirement]
        same = sum(t.same for t in own)
        lines.append(f"{requirement:28} {same:4} of {len(own)}")
        for trip in (t for t in own if not t.same):
            lines += [f"    {' '.join(trip.sentences)}"]
            lines += [f"        was {_show(trip.before)}, came back {_show(trip.after)} from {trip.quote!r}"]
    same = sum(t.same for t in trips)
    return "\n".join([*lines, f"{same} of {len(trips)} clauses came back the same ({same / max(1, len(trips)):.3f})"])


def _show(said: tuple[str, str, frozenset[str]]) -> str:
    return f"{said[0]} {said[1]} {'|'.join(sorted(said[2])) or '-'}"
