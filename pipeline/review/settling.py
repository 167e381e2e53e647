"""Which decision holds when several are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records.decision import AnchoredDecision, DecisionConflict


def settle(
    anchored: Iterable[AnchoredDecision],
) -> tuple[tuple[AnchoredDecision, ...], tuple[DecisionConflict, ...]]:
    """One decision for each thing that was decided on, and conflicts for those that disagree.

    The latest decision holds. Where people decided differently on the same day nobody can tell which holds: none is
    applied, and each waits for a person. An earlier decision that a later one replaces needs nothing more.
    """
    groups: dict[tuple[str, ...], list[AnchoredDecision]] = {}
    for item in anchored:
        groups.setdefault(_subject(item), []).append(item)
    holding: list[AnchoredDecision] = []
    conflicts: list[DecisionConflict] = []
    for _, group in sorted(groups.items()):
        last = max(a.decision.date for a in group)
        latest = sorted((a for a in group if a.decision.date == last), key=lambda a: a.decision.decision_id)
        if len({(a.decision.verdict, a.decision.new_value) for a in latest}) == 1:
            holding.append(latest[0])
        else:
            conflicts += [_disagreement(item, latest) for item in latest]
    return tuple(holding), tuple(conflicts)


def _subject(item: AnchoredDecision) -> tuple[str, ...]:
    decision = item.decision
    if decision.target == "cell":
        return ("cell", decision.field)
    place = (f"{item.start:012}", f"{item.end:012}") if decision.target != "metadata" else ("", "")
    return (decision.target, decision.field, item.document_id, *place)


def _disagreement(item: AnchoredDecision, group: list[AnchoredDecision]) -> DecisionConflict:
    decision = item.decision
    others = sorted({a.decision.author or "okänd" for a in group} - {decision.author}) or [decision.author or "okänd"]
    reason = f"Ett annat beslut om samma sak togs samma dag av {', '.join(others)}. Bestäm vilket som gäller."
    return DecisionConflict(
        decision.decision_id, decision.target, decision.field, item.document_id, decision.quote, reason, ""
    )
