"""Which found requirement answers to which gold obligation, and what of it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.counts import DocumentScore, Item, Judged, excerpt
from pipeline.evaluation.gold import GoldDocument, Obligation
from pipeline.evaluation.matching import locate, pair
from pipeline.evaluation.values import same_name
from pipeline.records.requirement import Requirement
from pipeline.spans import FoldedText, Span, cover, iou


@dataclass(frozen=True, slots=True)
class Matches:
    """The requirements of one document beside its gold."""

    placed: tuple[tuple[Requirement, Span], ...]
    hits: tuple[tuple[int, int], ...]
    dropped: frozenset[int]
    lost: tuple[Requirement, ...]


def match_requirements(gold: GoldDocument, folded: FoldedText, found: Sequence[Requirement]) -> Matches:
    """Pairs of gold and found index that overlap, and the found ones that are neutral.

    Neutral are those that answer to borderline gold or lie on a duty of the public, and proposals that meet no gold.
    A requirement whose words can't be found again in the text is `lost`: a false finding.
    """
    places = [(r, locate(r.quote, folded, near=r.start)) for r in found]
    placed = tuple((r, span) for r, span in places if span is not None)
    spans, found_spans = [o.span for o in gold.obligations], [span for _, span in placed]
    pairs = pair(spans, found_spans, lambda i, j: cover(spans[i], found_spans[j]) >= 0.5)
    matched = {j for _, j in pairs}
    dropped = {j for i, j in pairs if gold.obligations[i].borderline}
    for j, (requirement, span) in enumerate(placed):
        if j not in matched and (
            requirement.status == "proposed" or any(cover(n.span, span) >= 0.5 for n in gold.public_duties)
        ):
            dropped.add(j)
    hits = tuple((i, j) for i, j in pairs if not gold.obligations[i].borderline)
    return Matches(placed, hits, frozenset(dropped), tuple(r for r, span in places if span is None))


def score_requirements(
    score: DocumentScore, gold: GoldDocument, text: str, folded: FoldedText, found: Sequence[Requirement]
) -> None:
    """Count detection, spans, modality and actor of one document."""
    matches = match_requirements(gold, folded, found)
    wanted = sum(not o.borderline for o in gold.obligations)
    counted = len(matches.placed) + len(matches.lost) - len(matches.dropped)
    pairs = [(gold.obligations[i], *matches.placed[j]) for i, j in matches.hits]
    score.add("obligation overlap", len(pairs), counted, wanted)
    score.add("obligation IoU>.5", sum(iou(o.span, span) > 0.5 for o, _, span in pairs), counted, wanted)
    score.add("obligation exact", sum(o.span == span for o, _, span in pairs), counted, wanted)
    score.add_share("modality (of matched)", (o.modality == r.modality for o, r, _ in pairs))
    score.modalities += [(o.modality, r.modality) for o, r, _ in pairs]
    score.add_share("actor (of matched)", (_same_actor(o, r) for o, r, _ in pairs if o.actor))
    score.add_share("actor or none (matched)", (_same_actor(o, r) for o, r, _ in pairs))
    _score_topics(score, pairs)
    _list_errors(score, gold, matches, pairs, text=text)


def _same_actor(gold: Obligation, found: Requirement) -> bool:
    """Whether the same one is bound; where the gold names nobody, nobody may be named."""
    return same_name(gold.actor, found.actor) if gold.actor else not found.actor


def _score_topics(score: DocumentScore, pairs: Sequence[tuple[Obligation, Requirement, Span]]) -> None:
    """Count the harmonised requirements that matched clauses were put under, where the gold says which."""
    for obligation, requirement, _ in pairs:
        if obligation.categories:
            wanted, given = set(obligation.categories), {t for t in requirement.topics.split("|") if t}
            score.add("topics (of matched)", len(wanted & given), len(given), len(wanted))


def _list_errors(
    score: DocumentScore,
    gold: GoldDocument,
    matches: Matches,
    pairs: Sequence[tuple[Obligation, Requirement, Span]],
    *,
    text: str,
) -> None:
    hit_gold, hit_found = {i for i, _ in matches.hits}, {j for _, j in matches.hits}
    for i, obligation in enumerate(gold.obligations):
        if i not in hit_gold and not obligation.borderline:
            span = obligation.span
            score.items.append(Item("obligation", score.slug, "missed", *span, excerpt(text, *span)))
    score.judged += [Judged("requirement", requirement.confidence, False) for requirement in matches.lost]
    for j, (requirement, span) in enumerate(matches.placed):
        if j in matches.dropped:
            continue
        score.judged.append(Judged("requirement", requirement.confidence, j in hit_found))
        if j not in hit_found:
            found = Item("obligation", score.slug, "false", *span, excerpt(text, *span), requirement.rule)
            score.items.append(found)
    for obligation, requirement, _ in pairs:
        for measure, right, said in (
            ("modality", obligation.modality == requirement.modality, requirement.modality),
            ("actor", _same_actor(obligation, requirement), requirement.actor),
        ):
            if not right:
                span = obligation.span
                score.items.append(Item(measure, score.slug, "wrong", *span, excerpt(text, *span), said))
