"""The report's lists as parts: documents, findings, law status, lineage, pairs for the graph, method and figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.network import HUNDREDTHS, count_together, find_communities, hundredths, measure_centrality
from pipeline.records.comparison import SAYING, Finding, LegalReference
from pipeline.report.contents import Contents
from pipeline.report.headings import heading_of
from pipeline.report.law_words import act_called, instead_of, note_of
from pipeline.report.measured import measured_unseen
from pipeline.report.parts import part_name
from pipeline.swedish.section_names import tell_section
from pipeline.swedish.texts import LANGUAGES, alphabetical
from pipeline.tables import as_row
from pipeline.wording import is_read, name_body

NEIGHBOURS = 12
"""Pairs shown of each municipality: with 290 of them all 42,000 pairs would say nothing."""

REVIEWS = 50
"""Documents named for review: who has read so many runs the comparison again first."""

STRONGEST = 3
"""Ties shown of each requirement."""

_DOCUMENT_FIELDS = (
    "document_id", "file_name", "duplicate_of", "media_type", "pages", "text_source", "municipality", "title",
    "document_type", "document_date", "adopted_by", "adopted_date", "revised_date", "valid_until", "diary_number",
    "responsible", "applies_to", "supersedes", "policy_area", "damage_score", "completeness", "status", "message",
    "message_en",
)  # fmt: skip


def documents_part(contents: Contents) -> list[dict[str, Any]]:
    """Every file of the run with its metadata, people masked."""
    result = []
    staleness = contents.comparison.measure_staleness()
    areas = {book.id for book in contents.codebooks}
    for document in contents.documents_by_name:
        words = contents.mask(document.document_id).words
        row = {name: getattr(document, name) for name in _DOCUMENT_FIELDS}
        shown = {name: words(value) if isinstance(value, str) else value for name, value in row.items()}
        found = contents.findings.get(document.document_id)
        shown["requirements"] = len(found.extraction.requirements) if found and found.extraction else 0
        shown["body"] = name_body(document.municipality, document.file_name)
        # What is read but about nothing that is asked here has no column: that must not be taken for silence.
        shown["outside"] = is_read(document) and document.policy_area not in areas
        shown["part"] = part_name(document.document_id)
        shown["damage_score"] = round(document.damage_score, 4)
        shown["staleness"] = staleness.get(document.document_id, 0.0)
        result.append(shown)
    return result


PAGE_ROWS = 5_000
"""Rows of a part of a long list: a page loads the first, and each further one when somebody asks for it."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A list that may be too long for one part: what its page says of all rows, and the rows one after the other."""

    about: Mapping[str, Any]
    total: int
    rows: Iterator[dict[str, Any]]

    def parts(self, name: str) -> Iterator[tuple[str, Any]]:
        """The list as parts: NAME with the first rows, NAME/2 and on with the rows alone."""
        count = max(1, -(-self.total // PAGE_ROWS))
        first = list(islice(self.rows, PAGE_ROWS))
        yield name, {**self.about, "rows": first, "total": self.total, "parts": count}
        for number in range(2, count + 1):
            yield f"{name}/{number}", list(islice(self.rows, PAGE_ROWS))


AROUND = frozenset({"stale_name", "missing_attachment"})
"""Kinds of findings whose other quote is no other words to compare with but the text around the first."""


def findings_list(contents: Contents) -> LongList:
    """All findings, the weightiest first, each with the place its words stand at; how many there are of each kind."""
    found = contents.findings_by_weight
    kinds = dict(sorted(Counter(map(heading_of, found)).items()))
    return LongList({"kinds": kinds}, len(found), (finding_shown(contents, finding) for finding in found))


def finding_shown(contents: Contents, finding: Finding) -> dict[str, Any]:
    """A finding as the report says it, people masked."""
    words = contents.mask(finding.document_id).words
    page, start, end = _place(contents, finding)
    return {
        "kind": heading_of(finding),
        "municipality": finding.municipality,
        "document": finding.document_id,
        "requirement": finding.requirement,
        "quote": words(finding.quote),
        "other_quote": words(finding.other_quote),
        "other_of": other_of(contents, finding)[0],
        "around": finding.kind in AROUND,
        "sv": words(finding.message_sv),
        "en": words(finding.message_en),
        "weight": round(finding.weight, 3),
        "page": page,
        "start": start,
        "end": end,
    }


def other_of(contents: Contents, finding: Finding) -> tuple[str, str]:
    """Whose words the other quote of a finding are, and its document's file name; empty where it is of its own."""
    other = contents.found.get(finding.other_requirement_id)
    document = other.document_id if other else contents.document_of(finding.requirement, finding.other_quote)
    if not finding.other_quote or not document or document == finding.document_id:
        return "", ""
    return contents.municipality(document), contents.file_name(document)


def _place(contents: Contents, finding: Finding) -> tuple[int | None, int | None, int | None]:
    """Page and span of a finding: its requirement's or value's, else its quote's where the text has it just once."""
    place = contents.found.get(finding.requirement_id) or contents.values.get(finding.value_id)
    if place:
        return place.page, place.start, place.end
    found = contents.findings.get(finding.document_id)
    outline = found.outline if found else None
    if outline is None or not finding.quote or outline.text.count(finding.quote) != 1:
        return None, None, None
    start = outline.text.index(finding.quote)
    return outline.page_of(start), start, start + len(finding.quote)


def laws_list(contents: Contents) -> LongList:
    """Every citation of an act with what has become of the act, and each act once."""
    rows = contents.comparison.legal_references
    acts: dict[str, dict[str, Any]] = {}
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in sorted(rows, key=law_order):
        key = row.identifier or row.norm
        act = acts.setdefault(
            key,
            {"norm": act_called(row.norm, row.identifier), "identifier": row.identifier,
             "status": row.status_on_date, "use": instead_of(row),
             "places": 0},
        )  # fmt: skip
        act["places"] += 1
        names[key].add(name_body(row.municipality, contents.file_name(row.document_id)))
    listed = [{**act, "municipalities": sorted(names[key])} for key, act in acts.items()]
    statuses = sorted({row.status_on_date for row in rows})
    return LongList({"acts": listed, "statuses": statuses}, len(rows), iter(laws_shown(contents, rows)))


WORST = ("repealed", "not_yet", "unknown", "in_force")
"""What has become of an act, what must be mended first."""


def law_order(row: LegalReference) -> tuple[int, tuple[str, str], tuple[str, str], str, int]:
    """What no longer holds first, then by the act's name as shown, by who cites it, and as the text has it."""
    act = alphabetical(act_called(row.norm, row.identifier))
    return WORST.index(row.status_on_date), act, alphabetical(row.municipality), row.document_id, row.start


def laws_shown(contents: Contents, rows: Iterable[LegalReference]) -> Iterator[dict[str, Any]]:
    """Citations of acts as the report says them, people masked."""
    for row in sorted(rows, key=law_order):
        yield {
            **as_row(row),
            "norm": act_called(row.norm, row.identifier),
            "use_instead": instead_of(row),
            "quote": contents.quote(row.document_id, row.start, row.end, said=row.quote),
            **{f"section_{language}": tell_section(row.section, language) for language in LANGUAGES},
            **{f"note_{language}": note_of(row, language) for language in LANGUAGES},
        }


def lineage_list(contents: Contents) -> LongList:
    """Shared passages, the longest first; how many pairs of sentences were not looked at, where that is so."""
    left_out = contents.comparison.lineage_left_out
    rows = (
        {
            **as_row(row),
            "quote": contents.quote(row.document_id, row.start, row.end, said=row.quote),
            "other_quote": contents.quote(row.other_document_id, row.other_start, row.other_end, said=row.other_quote),
            "similarity": round(row.similarity, 3),
            "municipality": contents.municipality(row.document_id),
            "other_municipality": contents.municipality(row.other_document_id),
        }
        for row in contents.lineage_by_length
    )
    return LongList({"left_out": left_out} if left_out else {}, len(contents.comparison.lineage), rows)


def graph_part(contents: Contents) -> dict[str, Any]:
    """Pairs of municipalities that answer alike or share text, the groups that they form, and the central requirements.

    Pairs are the nearest neighbours of each. Groups are communities of greedy modularity (Clauset, Newman and Moore
    2004) over the pairs that are alike, the largest first, in each the best connected first: with hundreds of
    municipalities the picture begins with them.
    """
    counts = _pair_counts(contents)
    kept: list[tuple[int, int]] = []
    degree: Counter[int] = Counter()
    for pair in sorted(counts, key=lambda p: (-counts[p]["shared"], -_alike(counts[p]), p)):
        if min(degree[pair[0]], degree[pair[1]]) < NEIGHBOURS:
            kept.append(pair)
            degree.update(pair)
    return {
        "pairs": [{"one": a, "other": b, **dict(sorted(counts[a, b].items()))} for a, b in sorted(kept)],
        "groups": _groups(len(contents.municipalities), {pair: counts[pair] for pair in kept}),
        "central": _central(contents),
    }


def _groups(size: int, counts: Mapping[tuple[int, int], Counter[str]]) -> list[list[int]]:
    """Every municipality in one group, those that answer alike or share text together."""
    weights = {
        (f"{one:06}", f"{other:06}"): hundredths(_alike(count)) + HUNDREDTHS * min(count["shared"], 1)
        for (one, other), count in counts.items()
    }
    found = find_communities([f"{place:06}" for place in range(size)], weights)
    return [[int(name) for name in group] for group in found]


def _central(contents: Contents) -> list[dict[str, Any]]:
    """How each harmonised requirement lies in the net of those that share clauses, the most central first.

    `ties` are those it shares most clauses with, by place and number.
    """
    places = {requirement.id: place for place, (_, requirement) in enumerate(contents.requirements)}
    clauses = [[t for t in r.topics.split("|") if t in places] for r in contents.found.values()]
    together, own = count_together(clauses), Counter(topic for clause in clauses for topic in set(clause))
    ties: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in together.items():
        ties[one].append((-count, other))
        ties[other].append((-count, one))
    answered = Counter(c.requirement for c in contents.comparison.cells if c.answer in SAYING)
    rows = [
        {
            "requirement": places[name],
            "clauses": own[name],
            "answered": answered[name],
            "strength": central.strength,
            "betweenness": central.betweenness,
            "ties": [[places[other], -count] for count, other in sorted(ties[name])[:STRONGEST]],
        }
        for name, central in measure_centrality(places, together).items()
    ]
    return sorted(rows, key=lambda row: (-row["betweenness"], -row["strength"], -row["answered"], row["requirement"]))


def _pair_counts(contents: Contents) -> dict[tuple[int, int], Counter[str]]:
    """For each pair of columns, how often each relation holds and how many passages they share."""
    place = {name: i for i, name in enumerate(contents.municipalities)}
    counts: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for relation in contents.comparison.relations:
        one, other = place.get(relation.municipality), place.get(relation.other_municipality)
        if one is not None and other is not None and one < other:
            counts[one, other][relation.relation] += 1
    for row in contents.comparison.lineage:
        one = place.get(contents.municipality(row.document_id))
        other = place.get(contents.municipality(row.other_document_id))
        if one is not None and other is not None and one != other:
            counts[min(one, other), max(one, other)]["shared"] += 1
    return dict(counts)


def _alike(count: Counter[str]) -> float:
    """Share of the compared answers that are equal."""
    compared = sum(n for kind, n in count.items() if kind != "shared")
    return count["equal"] / compared if compared else 0.0


def method_part(contents: Contents) -> dict[str, Any]:
    """Figures of quality and of the municipalities with their uncertainty, and decisions that found no place."""
    return {
        "scorecard": contents.material.scorecard,
        "unseen": dict(measured_unseen()),
        "statistics": [as_row(row) for row in contents.comparison.statistics],
        "review_next": [as_row(row) for row in contents.comparison.review_next[:REVIEWS]],
        "conflicts": [as_row(row) for row in contents.material.conflicts],
        "proposed": [
            {
                "proposal": row.proposal,
                "label": contents.mask(row.document_id).words(row.label),
                "municipality": row.municipality,
                "document": row.document_id,
                "start": row.start,
                "end": row.end,
                "quote": contents.quote(row.document_id, row.start, row.end, said=row.quote),
            }
            for row in contents.comparison.proposed
        ],
    }
