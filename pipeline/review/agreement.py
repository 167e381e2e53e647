"""How far two reviewers agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.records.decision import Decision
from pipeline.spans import Span, iou


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two raters over the items that both rated: (observed - expected) / (1 - expected) agreement.

    None where there is nothing to tell chance by: no items, or both raters gave one and the same category throughout.
    Source: Cohen, J. (1960), A coefficient of agreement for nominal scales.
    """
    total = len(pairs)
    if not total:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = sum(one == two for one, two in pairs) / total
    expected = sum(first[c] * second[c] for c in first) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorffs_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 - observed / expected disagreement.

    Args:
        units: For each unit the ratings it was given, by however many raters; units with one rating tell nothing.

    None where no two ratings can be paired, or all are the same. Source: Krippendorff, K. (2011), Computing
    Krippendorff's alpha-reliability: coincidences o_ck of values in units, each pair weighted by 1 / (m_u - 1).
    """
    pairable = [tuple(unit) for unit in units if len(unit) > 1]
    totals: Counter[Hashable] = Counter(value for unit in pairable for value in unit)
    n = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if not expected:
        return None
    observed = 0.0
    for unit in pairable:
        counts = Counter(unit)
        observed += sum(counts[a] * counts[b] for a in counts for b in counts if a != b) / (len(unit) - 1)
    return 1 - (n - 1) * observed / expected


def pairwise_f1(one: Sequence[Span], two: Sequence[Span], *, overlap: float = 0.5) -> float | None:
    """F1 of one annotator's spans against another's, the same whichever is called the gold; None where both have none.

    Spans are the same when intersection over union is more than `overlap`; each is matched once, best first. For spans,
    where what neither marked can't be counted, it is what kappa comes down to (Hripcsak & Rothschild 2005).
    """
    if not one and not two:
        return None
    candidates = sorted((-iou(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(two) if iou(a, b) > overlap)
    taken_one: set[int] = set()
    taken_two: set[int] = set()
    for _, i, j in candidates:
        if i not in taken_one and j not in taken_two:
            taken_one.add(i)
            taken_two.add(j)
    return 2 * len(taken_one) / (len(one) + len(two))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two reviewers agree on one kind of finding; None where it can't be told."""

    target: str
    author: str
    other: str
    items: int
    agreed: int
    kappa: float | None
    alpha: float | None


def measure_agreement(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """The agreement of each two reviewers on the findings that both decided on, by kind of finding.

    Two decisions are about the same finding when target, field, document and words are the same; they agree when
    verdict and new value do. Of several by one person the latest counts.
    """
    said: dict[tuple[str, ...], dict[str, str]] = {}
    for decision in sorted(decisions, key=lambda d: (d.date, d.decision_id)):
        subject = (decision.target, decision.field, decision.sha256, decision.quote, str(decision.start))
        said.setdefault(subject, {})[decision.author] = f"{decision.verdict}:{decision.new_value}"
    pairs: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for (target, *_), by_author in sorted(said.items()):
        for author, other in combinations(sorted(by_author), 2):
            pairs.setdefault((target, author, other), []).append((by_author[author], by_author[other]))
    return tuple(
        Agreement(*key, len(group), sum(a == b for a, b in group), cohens_kappa(group), krippendorffs_alpha(group))
        for key, group in sorted(pairs.items())
    )
