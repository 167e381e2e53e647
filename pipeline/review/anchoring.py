"""Where in this run's texts each decision of a person belongs, or why it can't be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records.decision import AnchoredDecision, Decision, DecisionConflict
from pipeline.review.guards import turns_around
from pipeline.review.places import Place, SearchedText, Wanted, long_words
from pipeline.review.settling import settle

ACCEPTED = 0.78
"""Score from which on a place is taken for the one that was decided on."""

LIKE_WORDS, LIKE_WORDS_IN_CONTEXT = 0.8, 0.6
"""How like the words must be: in general, and where the context is all but the same (one misread short word)."""

MARGIN = 0.03
"""How much better than the next place the best must be; nearer than that nobody can tell them apart."""

CELL, DOCUMENT_TARGETS = "cell", ("page",)


@dataclass(frozen=True, slots=True)
class AnchorTarget:
    """One document of this run to anchor in.

    `text` is the text that the decision's stage works on: the reading text for metadata, requirements, values,
    alignments and cells; the raw text for pages and repairs, because their decisions are needed before there is a
    reading text.
    """

    document_id: str
    sha256: str
    text: str


def anchor(
    decisions: Iterable[Decision], documents: Sequence[AnchorTarget]
) -> tuple[tuple[AnchoredDecision, ...], tuple[DecisionConflict, ...]]:
    """Each decision with its place in this run, and those that have none with the reason in Swedish.

    A document of the same bytes is the one decided on; the place is exact where the same words stand at the same
    offset, else the one best place by words, context and position. Where no document has the same bytes (it was edited
    or scanned anew) all decisions on it go together to the one document that most of them fit. A decision is never
    carried over to words in which a modal, a negation or a number is another. Of several decisions on one thing the
    latest holds; different ones of the same day wait. Every decision is in one of the two lists, or in the first once
    for each copy of its document.
    """
    finder = _Finder(documents)
    anchored: list[AnchoredDecision] = []
    conflicts: list[DecisionConflict] = []
    groups: dict[str, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda d: d.decision_id):
        groups.setdefault(decision.sha256, []).append(decision)
    for sha256, group in sorted(groups.items()):
        targets = [d for d in documents if sha256 and d.sha256 == sha256]
        same_file = bool(targets)
        if not targets and sha256:
            targets = finder.likeliest(group)
        for decision in group:
            found = [finder.place(decision, target, same_file=same_file) for target in targets]
            placed = [f for f in found if isinstance(f, AnchoredDecision)]
            if not sha256 and decision.target == CELL and not decision.quote:
                placed = [AnchoredDecision(decision, "", 0, 0)]
            anchored += placed
            if not placed:
                conflicts.append(next((f for f in found if isinstance(f, DecisionConflict)), finder.lost(decision)))
    settled, disagreeing = settle(anchored)
    return settled, tuple(sorted([*conflicts, *disagreeing], key=lambda c: (c.decision_id, c.document_id)))


class _Finder:
    """The documents of a run, each folded once."""

    def __init__(self, documents: Sequence[AnchorTarget]) -> None:
        self.documents = documents
        by_id = {d.document_id: d.text for d in documents}
        self.text: Callable[[str], SearchedText] = lru_cache(maxsize=256)(lambda i: SearchedText(by_id[i]))

    def place(
        self, decision: Decision, target: AnchorTarget, *, same_file: bool
    ) -> AnchoredDecision | DecisionConflict:
        """The decision's place in one document, or why it has none there."""
        start, quote = decision.start, decision.quote
        exact = start is not None and target.text[start : start + len(quote)] == quote
        if same_file and quote and exact:
            return AnchoredDecision(decision, target.document_id, start or 0, (start or 0) + len(quote))
        if not quote and same_file and (decision.target in DOCUMENT_TARGETS or not decision.prefix + decision.suffix):
            return AnchoredDecision(decision, target.document_id, start or 0, start or 0)
        places = self.text(target.document_id).find(_wanted(decision), same_file=same_file)
        reason = _why_not(decision, places, target.text)
        if reason:
            nearest = target.text[places[0].start : places[0].end] if places else ""
            return conflict(decision, reason, document_id=target.document_id, nearest=nearest)
        return AnchoredDecision(decision, target.document_id, places[0].start, places[0].end)

    def likeliest(self, group: Sequence[Decision]) -> list[AnchorTarget]:
        """The document that most decisions of one unknown file fit; none where two fit as well or none fits."""
        fits: list[tuple[float, AnchorTarget]] = []
        for target in self.documents:
            score = sum(self._fit(decision, target) for decision in group if decision.quote)
            if score:
                fits.append((score, target))
        fits.sort(key=lambda f: (-f[0], f[1].document_id))
        if not fits or (len(fits) > 1 and fits[0][0] - fits[1][0] < MARGIN):
            return []
        return [fits[0][1]]

    def _fit(self, decision: Decision, target: AnchorTarget) -> float:
        text = self.text(target.document_id)
        words = long_words(decision.quote)
        if len(words & text.words) * 2 < len(words):
            return 0.0
        places = text.find(_wanted(decision), same_file=False)
        return 0.0 if _why_not(decision, places, target.text) else places[0].score

    def lost(self, decision: Decision) -> DecisionConflict:
        """The conflict of a decision that no document of the run fits, with the nearest words of all."""
        best: tuple[float, str, str] = (0.0, "", "")
        for target in self.documents:
            text = self.text(target.document_id)
            if decision.quote and long_words(decision.quote) & text.words:
                for place in text.find(_wanted(decision), same_file=False)[:1]:
                    words = target.text[place.start : place.end]
                    best = max(best, (place.score, target.document_id, words), key=lambda b: (b[0], b[1]))
        reason = "Dokumentet som beslutet gäller finns inte i körningen och orden kan inte knytas till ett enda annat."
        return conflict(decision, reason, document_id=best[1], nearest=best[2])


def conflict(decision: Decision, reason: str, *, document_id: str = "", nearest: str = "") -> DecisionConflict:
    """The row that keeps a decision which could not be applied."""
    return DecisionConflict(
        decision.decision_id, decision.target, decision.field, document_id, decision.quote, reason, nearest
    )


def _wanted(decision: Decision) -> Wanted:
    return Wanted(decision.quote, decision.prefix, decision.suffix, decision.start)


def _why_not(decision: Decision, places: Sequence[Place], text: str) -> str:
    """Why the best place can't be taken, in Swedish; empty when it can."""
    if not places:
        return "Orden som beslutet gäller finns inte i dokumentet längre."
    best = places[0]
    like = LIKE_WORDS_IN_CONTEXT if best.context >= 0.9 else LIKE_WORDS
    if best.score < ACCEPTED or (decision.quote and best.words < like):
        return "Orden har ändrats så mycket att beslutet inte säkert gäller dem."
    if decision.quote and turns_around(decision.quote, text[best.start : best.end]):
        return "Ett ord som ändrar innebörden (ska, bör, inte, ett tal) är inte detsamma som när beslutet togs."
    rivals = [p for p in places[1:] if p.start >= best.end or p.end <= best.start]
    if rivals and best.score - rivals[0].score < MARGIN:
        return "Orden finns på flera ställen i dokumentet och det går inte att säga vilket beslutet gäller."
    return ""


def by_document(anchored: Iterable[AnchoredDecision]) -> Mapping[str, tuple[AnchoredDecision, ...]]:
    """The anchored decisions of each document, in the order of place; those of no document under the empty id."""
    groups: dict[str, list[AnchoredDecision]] = {}
    for item in sorted(anchored, key=lambda a: (a.document_id, a.start, a.end, a.decision.decision_id)):
        groups.setdefault(item.document_id, []).append(item)
    return {document_id: tuple(group) for document_id, group in groups.items()}
