"""A REFI-QDA project as it comes back: what a coder changed of our codings, as decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.exchange.coded import FORCES, force_code, make_guid
from pipeline.exchange.decision_files import with_id
from pipeline.exchange.refi_reading import ReadProject, ReadSource, letters, read_project, spans_in_letters
from pipeline.exchange.review_answers import ImportReport, RowProblem, keep_new
from pipeline.records.comparison import Cell, Document
from pipeline.records.decision import Decision
from pipeline.records.requirement import (
    PROHIBITED_CONTENT,
    RETENTION,
    VALUE_KINDS,
    Requirement,
    Value,
)
from pipeline.spans import Span
from pipeline.swedish.texts import LANGUAGES, load_texts
from pipeline.tables import read_table
from pipeline.wording import MODALITY_OF, is_read, say

CONTEXT = 40


@dataclass
class _Finding:
    """What stands at one span of a document: our findings and the codes that they were given."""

    requirements: list[Requirement] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)


@dataclass
class _Coded:
    """What a project has at one span: its codes by our keys, who and when."""

    codes: set[str] = field(default_factory=set)
    user: str = ""
    date: str = ""


def import_project(file: Path, out: Path, decisions_folder: Path) -> ImportReport:
    """The decisions in a .qdpx that a coder worked on, written to a new file of the decisions folder.

    It is compared with what the run found. A coding that was taken away rejects the finding; another modality changes
    its force; a harmonised requirement more or less is an alignment; a modality on new words is a requirement that was
    missed. Codes of the coder's own are left alone and told. Documents are known by id, name or words, and positions
    are understood however the program counts. Importing twice does nothing.

    Args:
        file: The project, saved by whatever program.
        out: The output folder whose coded_documents.qdpx it began as.
        decisions_folder: Where the decisions go.

    Raises:
        RunFailure: When the file is no project, or the folder no output folder.
    """
    project = read_project(file)
    documents = [d for d in read_table(Document, out / "documents.parquet") if is_read(d)]
    topics = sorted({c.requirement for c in read_table(Cell, out / "harmonised_requirements.parquet")})
    keys = _keys(project, topics, out)
    found = _findings(out, set(topics))
    decisions: list[Decision] = []
    problems: list[RowProblem] = []
    for document, text, source in _pairs(project, documents, out, problems):
        work = _Comparison(project, document, text, source, found.get(document.document_id, {}), keys)
        decisions += work.decisions()
        problems += work.problems
    own = sorted({project.codes.get(g, "") for s in project.sources for m in s.marks for g in m.codes if g not in keys})
    remarks = tuple(
        RowProblem(file.name, 0, f"Koden ”{name}” finns inte i Jämkas kodbok och lästes inte in.")
        for name in own
        if name
    )
    return keep_new(decisions, file, decisions_folder, problems=problems, remarks=remarks, unit="tecken")


def _keys(project: ReadProject, topics: Sequence[str], out: Path) -> Mapping[str, tuple[str, ...]]:
    """Our key of each code of the project: by its guid, else by its name where a program gave it another guid.

    A name may be that of several codes ("Svarstid" is a requirement and a kind of value); which one is meant is told by
    what stood at the place, else it is the first.
    """
    every = [
        *(f"topic/{t}" for t in ("", *topics)),
        *(f"modality/{m}" for m in FORCES),
        *(f"kind/{k}" for k in VALUE_KINDS),
        *(f"term/prohibited_content/{t}" for t in PROHIBITED_CONTENT),
        *(f"term/retention/{t}" for t in RETENTION),
    ]
    by_guid = {make_guid("code", key): key for key in every}
    names: defaultdict[str, set[str]] = defaultdict(set)
    labels = {
        c.requirement: (c.label_sv, c.label_en) for c in read_table(Cell, out / "harmonised_requirements.parquet")
    }
    for language in LANGUAGES:
        texts = load_texts(language)
        for key in every:
            kind, _, rest = key.partition("/")
            name = {
                "modality": f"modality.{rest}",
                "kind": f"value_kind.{rest}",
                "term": f"term.{rest.partition('/')[2]}",
            }
            label = labels[rest][language == "en"] if rest in labels else texts["qda.no_topic"]
            names[label if kind == "topic" else texts[name[kind]]].add(key)
    found: dict[str, tuple[str, ...]] = {}
    for guid, called in project.codes.items():
        if guid in by_guid:
            found[guid] = (by_guid[guid],)
        elif called in names:
            found[guid] = tuple(sorted(names[called], key=every.index))
    return found


def _findings(out: Path, topics: set[str]) -> Mapping[str, Mapping[Span, _Finding]]:
    """Our findings by document and span, with the codes that the export gives them."""
    found: defaultdict[str, defaultdict[Span, _Finding]] = defaultdict(lambda: defaultdict(_Finding))
    for requirement in read_table(Requirement, out / "requirements.parquet"):
        at = found[requirement.document_id][requirement.start, requirement.end]
        at.requirements.append(requirement)
        at.codes |= {f"topic/{t}" for t in requirement.topics.split("|") if t in topics} or {"topic/"}
        at.codes.add(force_code(requirement))
    for value in read_table(Value, out / "values.parquet"):
        at = found[value.document_id][value.start, value.end]
        at.values.append(value)
        at.codes.add(_value_code(value))
    return found


def _value_code(value: Value) -> str:
    closed = {"prohibited_content": PROHIBITED_CONTENT, "retention": RETENTION}.get(value.kind, ())
    return f"term/{value.kind}/{value.value}" if value.value in closed else f"kind/{value.kind}"


def _pairs(
    project: ReadProject, documents: Sequence[Document], out: Path, problems: list[RowProblem]
) -> Iterator[tuple[Document, str, ReadSource]]:
    """Each source of the project with the document it is; a source that is none is told."""
    texts = {d.document_id: (out / "texts" / f"{d.document_id}.txt").read_bytes().decode("utf-8") for d in documents}
    sizes: defaultdict[int, list[Document]] = defaultdict(list)
    for document in documents:
        sizes[letters(texts[document.document_id])[-1]].append(document)
    by_guid = {make_guid("source", d.document_id): d for d in documents}
    for source in project.sources:
        size = letters(source.text)[-1]
        alike = sizes.get(size, [])
        named = by_guid.get(source.guid) or (alike[0] if len(alike) == 1 else None)
        if named is None:
            problems.append(RowProblem(source.name, 0, "Texten är inte något av körningens dokument."))
        elif size != letters(texts[named.document_id])[-1]:
            problems.append(RowProblem(source.name, 0, "Texten har ändrats, så inga kodningar kan knytas till den."))
        else:
            yield named, texts[named.document_id], source


def _forces_in(codes: Iterable[str]) -> set[str]:
    """The names of the forces among codes."""
    return {code.removeprefix("modality/") for code in codes if code.startswith("modality/")}


def _meant(candidates: Sequence[str], there: set[str]) -> str:
    return next((key for key in candidates if key in there), candidates[0])


class _Comparison:
    """One source beside the document it was made of."""

    def __init__(
        self, project: ReadProject, document: Document, text: str, source: ReadSource,
        found: Mapping[Span, _Finding], keys: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.project, self.document, self.text, self.source = project, document, text, source
        self.problems: list[RowProblem] = []
        before = letters(text)
        # A code that the project doesn't have at all was lost by a program, not taken away by a coder.
        present = {key for candidates in keys.values() for key in candidates}
        self.found: dict[Span, tuple[int, int, _Finding]] = {}
        for (start, end), finding in found.items():
            if kept := finding.codes & present:
                self.found[before[start], before[end]] = start, end, replace(finding, codes=kept)
        self.places = [i for i, c in enumerate(text) if not c.isspace() and c != "\ufeff"]
        self.coded: defaultdict[Span, _Coded] = defaultdict(_Coded)
        spans = spans_in_letters(source, set(self.found))
        for mark, span in zip(source.marks, spans, strict=True):
            there = self.found[span][2].codes if span in self.found else set()
            codes = {_meant(keys[code], there) for code in mark.codes if code in keys}
            if codes and span[0] < span[1]:
                at = self.coded[span]
                at.codes |= codes
                at.user, at.date = mark.user or at.user, mark.date or at.date

    def decisions(self) -> Iterator[Decision]:
        """What the coder decided, in the order of the text."""
        kept = [span for span in self.found if span in self.coded]
        if self.found and not kept:
            self._tell(0, "Ingen av Jämkas kodningar finns kvar i dokumentet. Inget avvisades.")
        for span, (start, end, finding) in sorted(self.found.items(), key=lambda item: item[1][:2]):
            if kept:
                yield from self._changed(start, end, finding, self.coded.get(span, _Coded()))
        for span, coded in sorted(self.coded.items()):
            if span not in self.found:
                yield from self._new(self.places[span[0]], self.places[span[1] - 1] + 1, coded)

    def _changed(self, start: int, end: int, finding: _Finding, coded: _Coded) -> Iterator[Decision]:
        if coded.codes == finding.codes:
            return
        place = start, end
        if finding.requirements and any(c.startswith(("topic/", "modality/")) for c in finding.codes):
            if not any(c.startswith(("topic/", "modality/")) for c in coded.codes):
                yield self._decision("requirement", "", place, "reject", "", coded)
            else:
                yield from self._changed_requirement(finding, place, coded)
        for value in finding.values:
            if _value_code(value) in finding.codes - coded.codes:
                yield self._decision("value", value.kind, place, "reject", "", coded)
        new = {c for c in coded.codes - finding.codes if c.startswith(("kind/", "term/"))}
        if new:
            self._tell(start, "Nya värden kan inte läsas in härifrån. Ange dem i granskningens arbetsbok.")

    def _changed_requirement(self, finding: _Finding, place: Span, coded: _Coded) -> Iterator[Decision]:
        forces, then_forces = (_forces_in(codes) for codes in (coded.codes, finding.codes))
        before = {r.force for r in finding.requirements}
        new = {MODALITY_OF.get(name, name) for name in forces} - before
        if len(new) == 1 and len(forces) == 1:
            yield self._decision("requirement", "force", place, "change", min(new), coded)
        elif len(forces) == 1 and then_forces and not forces <= then_forces:
            self._tell(place[0], "Skillnaden mellan Får och Behöver inte står i orden. Ändra kravet i arbetsboken.")
        elif new:
            words = ", ".join(say("modalities", m) for m in sorted(forces))
            self._tell(place[0], f"Stället har flera styrkor ({words}). Behåll en av dem.")
        now = {c.removeprefix("topic/") for c in coded.codes if c.startswith("topic/")} - {""}
        then = {c.removeprefix("topic/") for c in finding.codes if c.startswith("topic/")} - {""}
        for topic in sorted(now - then):
            yield self._decision("alignment", topic, place, "accept", "", coded)
        for topic in sorted(then - now):
            yield self._decision("alignment", topic, place, "reject", "", coded)

    def _new(self, start: int, end: int, coded: _Coded) -> Iterator[Decision]:
        forces = sorted(_forces_in(coded.codes))
        if len(forces) == 1:
            force = MODALITY_OF.get(forces[0], forces[0])
            yield self._decision("requirement", "added", (start, end), "change", force, coded)
            for code in sorted(coded.codes):
                if code.startswith("topic/") and code != "topic/":
                    topic = code.removeprefix("topic/")
                    yield self._decision("alignment", topic, (start, end), "accept", "", coded)
        elif any(c.startswith("topic/") for c in coded.codes) or forces:
            self._tell(
                start, "Ett nytt krav behöver också en styrka, och bara en: ska, ska inte, bör, bör inte eller får."
            )
        else:
            self._tell(start, "Nya värden kan inte läsas in härifrån. Ange dem i granskningens arbetsbok.")

    def _decision(self, target: str, name: str, place: Span, verdict: str, value: str, coded: _Coded) -> Decision:
        start, end = place
        prefix, suffix = self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]
        author, date = coded.user or self.project.user, coded.date or self.project.date
        sha256, quote = self.document.sha256, self.text[start:end]
        return with_id(
            Decision("", target, name, sha256, quote, prefix, suffix, start, verdict, value, author, date, "")
        )

    def _tell(self, place: int, message: str) -> None:
        self.problems.append(RowProblem(self.source.name, place, message))
