"""Which found value answers to which gold value, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from pipeline.evaluation.counts import DocumentScore, Item, Judged, excerpt
from pipeline.evaluation.gold import GoldDocument, GoldItem
from pipeline.evaluation.matching import locate, pair
from pipeline.records.requirement import Value
from pipeline.spans import FoldedText, Span, cover

ROLE_LIKENESS = 80.0
"""Token set ratio (0 to 100) from which on two names of a role or an actor are the same."""


@dataclass(frozen=True, slots=True)
class ScoredKind:
    """One kind of value: where the gold keeps it and when a found one is the same."""

    kind: str
    gold: Callable[[GoldDocument], Sequence[Any]]
    same: Callable[[Any, Value], bool]
    neutral: Callable[[GoldDocument], Sequence[GoldItem]] = lambda _: ()


def same_name(one: str, two: str) -> bool:
    """Whether two names of roles, units or actors are the same in the eyes of the measure."""
    return fuzz.token_set_ratio(one.lower(), two.lower()) >= ROLE_LIKENESS


def _same_act(gold: Any, found: Value) -> bool:
    by_number = bool(gold.sfs) and gold.sfs == found.identifier
    return by_number or gold.norm.lower() in (found.value.lower(), found.identifier.lower())


KINDS: tuple[ScoredKind, ...] = (
    ScoredKind(
        "response_time",
        lambda g: [x for x in g.response_times if x.of == "answer"],
        lambda g, v: g.value == v.value,
        lambda g: [x for x in g.response_times if x.of != "answer"],
    ),
    # A found retention that gives no normal form is right by its place alone.
    ScoredKind("retention", lambda g: g.retention, lambda g, v: not v.value or g.kind == v.value),
    ScoredKind("prohibited_content", lambda g: g.prohibited, lambda g, v: g.category == v.value),
    ScoredKind("legal_reference", lambda g: g.legal_refs, _same_act),
    ScoredKind("role", lambda g: g.roles, lambda g, v: same_name(g.role, v.value)),
)


@dataclass(frozen=True, slots=True)
class KindMatches:
    """The values of one kind of one document beside its gold; `hits` are pairs of gold and found index."""

    wanted: tuple[Any, ...]
    placed: tuple[tuple[Value, Span], ...]
    hits: tuple[tuple[int, int], ...]
    dropped: frozenset[int]


def score_values(
    score: DocumentScore, gold: GoldDocument, text: str, folded: FoldedText, found: Sequence[Value]
) -> None:
    """Count every kind of value of one document.

    A found value is a hit when it shares at least half of the shorter span with a gold value of its kind and says the
    same. Borderline gold, and times of other things than an answer, are neutral.
    """
    for kind in KINDS:
        matches = _match(kind, gold, folded, found)
        wanted = sum(not w.borderline for w in matches.wanted)
        score.add(kind.kind, len(matches.hits), len(matches.placed) - len(matches.dropped), wanted)
        pairs = [(matches.wanted[i], matches.placed[j][0]) for i, j in matches.hits]
        if kind.kind == "response_time":
            score.add_share("response_time calendar", (_same_calendar(g, v) for g, v in pairs))
        if kind.kind == "retention":
            score.add_share("retention negated", (bool(g.negated) == v.negated for g, v in pairs))
        _list_errors(score, kind.kind, matches, text)


def _match(kind: ScoredKind, gold: GoldDocument, folded: FoldedText, found: Sequence[Value]) -> KindMatches:
    wanted = tuple(kind.gold(gold))
    placed = tuple(
        (value, span)
        for value in found
        if value.kind == kind.kind and (span := locate(value.quote, folded, near=value.start)) is not None
    )
    spans = [span for _, span in placed]
    pairs = pair(
        [w.span for w in wanted],
        spans,
        lambda i, j: cover(wanted[i].span, spans[j]) >= 0.5 and kind.same(wanted[i], placed[j][0]),
    )
    matched = {j for _, j in pairs}
    neutral = [n.span for n in kind.neutral(gold)] + [w.span for w in wanted if w.borderline]
    dropped = {j for i, j in pairs if wanted[i].borderline}
    dropped |= {j for j, s in enumerate(spans) if j not in matched and any(cover(n, s) >= 0.5 for n in neutral)}
    return KindMatches(wanted, placed, tuple((i, j) for i, j in pairs if not wanted[i].borderline), frozenset(dropped))


def _same_calendar(gold: Any, found: Value) -> bool:
    """Whether the same days count; a gold that does not say leaves every reading right."""
    return gold.calendar is None or gold.calendar == found.calendar


def _list_errors(score: DocumentScore, kind: str, matches: KindMatches, text: str) -> None:
    hit_gold, hit_found = {i for i, _ in matches.hits}, {j for _, j in matches.hits}
    for i, item in enumerate(matches.wanted):
        if i not in hit_gold and not item.borderline:
            start, end = item.span
            score.items.append(Item(kind, score.slug, "missed", start, end, excerpt(text, start, end)))
    for j, (value, (start, end)) in enumerate(matches.placed):
        if j in matches.dropped:
            continue
        score.judged.append(Judged("value", value.confidence, j in hit_found))
        if j not in hit_found:
            score.items.append(Item(kind, score.slug, "false", start, end, excerpt(text, start, end), value.value))
