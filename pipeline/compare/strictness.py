"""How one answer stands to another: a partial order over times, counts, sets and force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from pipeline.codebooks import HarmonisedRequirement
from pipeline.compare.answers import FORCE
from pipeline.compare.restrictions import restriction
from pipeline.records.comparison import ABOVE, BELOW, Cell
from pipeline.wording import (
    DUTY,
    MAY_ONLY,
    REPEATED,
    asks_by_denying,
    is_exact,
    name_force,
    put_in_words,
    rule_of,
    say,
    split_duration,
)

OPPOSITE = {
    "equal": "equal", "stricter": "laxer", "laxer": "stricter", "broader": "narrower", "narrower": "broader",
    "overlapping": "overlapping", "incomparable": "incomparable",
}  # fmt: skip

_TIMED = ("sooner", "shorter", "more_often", "earlier")
_LONGER_IS_STRICTER = "periods"


@dataclass(frozen=True, slots=True)
class Position:
    """A cell as strictness sees it: what is said, and how hard it binds (-1 where the text says there is no duty)."""

    said: frozenset[str]
    modality: str
    force: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with its reason in Swedish, put in words only where somebody asks: most pairs are not told."""

    relation: str
    reason: str | Callable[[], str]

    @property
    def rationale(self) -> str:
        """The reason."""
        return self.reason if isinstance(self.reason, str) else self.reason()


_SAME_FORCE = Verdict("equal", "samma styrka")


def position_of(entry: HarmonisedRequirement, cell: Cell) -> Position | None:
    """The position of a cell that states something, None for all others: they can't be compared."""
    if cell.answer == "stated_negatively" or (cell.answer == "stated" and _denies(entry, cell)):
        return Position(frozenset(), cell.modality, -1)
    if cell.answer != "stated":
        return None
    said = rule_of(entry, cell) - {DUTY}
    force = name_force(entry, cell.modality, cell.quote)
    if force == MAY_ONLY:  # what is forbidden but on a condition binds as hard as a prohibition
        return Position(said, force, FORCE["must_not"])
    return Position(said, cell.modality, FORCE.get(cell.modality, 0))


def _denies(entry: HarmonisedRequirement, cell: Cell) -> bool:
    """Whether a prohibition comes to no such duty: "inlägg sparas inte", but not "raderas inte utan att sparas"."""
    forbids = entry.prohibition == "denies" and cell.modality in ("must_not", "should_not")
    return forbids and not asks_by_denying(cell.quote) and not restriction(cell.quote)


def compare_positions(entry: HarmonisedRequirement, one: Position, other: Position) -> Verdict:
    """How the first stands to the second, by the requirement's order.

    Where value and force (or time and occasions) point in different directions the two are incomparable: neither is
    stricter as a whole. "no_order" knows only same, overlapping and different.
    """
    if one == other:
        return Verdict("equal", lambda: _both_say(entry, one))
    if -1 in (one.force, other.force) and entry.stricter != "no_order":
        if one.force == other.force:
            return Verdict("equal", "båda säger att det inte krävs")
        stricter = other.force == -1
        return Verdict("stricter" if stricter else "laxer", "den ena kräver det, den andra säger att det inte krävs")
    if entry.stricter == "no_order":
        return _compare_unordered(entry, one, other)
    value = _compare_values(entry, one, other)
    force = _compare_force(entry, one, other)
    return _combine([value, force])


def is_above(relation: str) -> bool:
    """Whether a relation says that the first asks for more than the second."""
    return relation in ABOVE


def _compare_unordered(entry: HarmonisedRequirement, one: Position, other: Position) -> Verdict:
    def sides() -> str:
        return f"{_say(entry, one)} mot {_say(entry, other)}"

    first, second = _identities(entry, one.said), _identities(entry, other.said)
    bare = one.said | other.said <= {DUTY}
    if first == second and not (bare and one.modality != other.modality):
        return Verdict("equal", lambda: _both_say(entry, one))
    if first & second and not bare:  # "ska" and "får" alone have nothing in common: one may remove what another keeps
        return Verdict("overlapping", lambda: f"delvis samma: {sides()}")
    return Verdict("incomparable", lambda: f"olika, utan inbördes ordning: {sides()}")


def _identities(entry: HarmonisedRequirement, said: frozenset[str]) -> frozenset[str]:
    """What the tokens are compared by: a role under an old or another name is the same role."""
    return _role_ids(said) if entry.value == "roles" else said


@lru_cache(maxsize=4096)
def _role_ids(said: frozenset[str]) -> frozenset[str]:
    return frozenset(map(role_id, said))


@cache
def role_id(name: str) -> str:
    """What a role is compared by, whatever the text calls it: kommunikatör and informatör are one."""
    from pipeline.swedish.roles import canonical_role

    return canonical_role(name)[0]


def _compare_values(entry: HarmonisedRequirement, one: Position, other: Position) -> Verdict:
    if entry.stricter == "higher":
        return _compare_counts(one, other)
    if entry.stricter in _TIMED:
        often = entry.stricter in REPEATED
        times = _compare_times(entry, _times(one.said, often=often), _times(other.said, often=often))
        if often and times.relation in (*ABOVE, *BELOW):
            times = Verdict(times.relation, partial(_how_often, entry, one, other))
        rest = _compare_sets(entry, one.said - _tokens_of_time(one.said), other.said - _tokens_of_time(other.said))
        # Occasions alone are no order of time: who closes an account "when resources lack" does not do so earlier.
        if entry.stricter == "earlier" and rest.relation in (*ABOVE, *BELOW):
            rest = Verdict("overlapping", rest.rationale)
        return _combine([times, rest])
    if entry.stricter == _LONGER_IS_STRICTER:
        return _compare_periods(entry, one, other)
    if entry.stricter == "superset":
        return _compare_sets(entry, one.said, other.said)
    return Verdict("equal", "båda ställer kravet")


def _compare_force(entry: HarmonisedRequirement, one: Position, other: Position) -> Verdict:
    if one.force == other.force:
        return _SAME_FORCE

    def sides() -> str:
        said = (f"”{put_in_words(entry, {DUTY}, p.modality)}”" if p.modality else _FACT for p in (one, other))
        return " mot ".join(said)

    return Verdict("stricter" if one.force > other.force else "laxer", sides)


_FACT = "ett konstaterande"
"""What says what is done without any word of force."""


def _how_often(entry: HarmonisedRequirement, one: Position, other: Position) -> str:
    """How often each of two does something, in words: "två gånger i veckan mot varje vecka"."""
    return " mot ".join(
        put_in_words(entry, some, "") if (some := p.said & _tokens_of_time(p.said)) else "ingen tid"
        for p in (one, other)
    )


def _compare_counts(one: Position, other: Position) -> Verdict:
    first, second = (min((int(t) for t in p.said if t.isdigit()), default=None) for p in (one, other))
    if first == second:
        return Verdict("equal", "samma antal" if first is not None else "inget antal anges")
    if first is None or second is None:
        return Verdict("laxer" if first is None else "stricter", "bara den ena anger ett antal")
    return Verdict("stricter" if first > second else "laxer", f"{first} mot {second}")


def _compare_sets(entry: HarmonisedRequirement, one: Iterable[str], other: Iterable[str]) -> Verdict:
    first, second = frozenset(one), frozenset(other)

    def only() -> str:
        return ", ".join(filter(None, (put_in_words(entry, some, "") for some in (first - second, second - first))))

    if first == second:
        return Verdict("equal", "samma innehåll")
    if first > second:
        return Verdict("broader", lambda: f"anger även {only()}")
    if first < second:
        return Verdict("narrower", lambda: f"saknar {only()}")
    if not first.isdisjoint(second):
        return Verdict("overlapping", lambda: f"delvis samma; skiljer: {only()}")
    return Verdict("incomparable", lambda: f"olika innehåll: {only()}")


@lru_cache(maxsize=4096)
def _tokens_of_time(said: frozenset[str]) -> frozenset[str]:
    return frozenset(token for token in said if split_duration(token) is not None)


def _interval(value: str, calendar: str, *, often: bool = False) -> tuple[float, float]:
    """Fewest and most working hours of a time, or hours between two times of what is done again and again."""
    from pipeline.swedish.calendar import between_hours, interval_hours

    return between_hours(value, calendar) if often else interval_hours(value, calendar)


@lru_cache(maxsize=4096)
def _times(said: frozenset[str], *, often: bool = False) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    """The exact times as one interval of working hours (or hours between, where it is about how often), and the vague.

    Where several are the rule, none alone is: the interval reaches from one to the other.
    """
    times = [time for token in sorted(said) if (time := split_duration(token)) is not None]
    exact = [_interval(value, calendar, often=often) for value, calendar in times if is_exact(value)]
    span = (min(low for low, _ in exact), max(high for _, high in exact)) if exact else None
    return span, tuple(v for v, _ in times if not is_exact(v))


def _compare_times(
    entry: HarmonisedRequirement,
    one: tuple[tuple[float, float] | None, tuple[str, ...]],
    other: tuple[tuple[float, float] | None, tuple[str, ...]],
) -> Verdict:
    (first, vague), (second, other_vague) = one, other
    if first is not None and second is not None:
        return _compare_spans(entry, first, second)
    if first is None and second is None and vague == other_vague:
        return Verdict("equal", "samma tid" if vague else "ingen tid anges")
    if not vague and not other_vague:
        return Verdict("stricter" if first is not None else "laxer", "bara den ena anger en tid")
    notes = "; ".join(dict.fromkeys(say("vague", v) for v in (*vague, *other_vague)))
    if first is None and second is None and not (vague and other_vague):
        return Verdict("stricter" if vague else "laxer", f"bara den ena anger en tid ({notes})")
    return Verdict("incomparable", f"går inte att jämföra i tid: {notes}")


def _compare_spans(entry: HarmonisedRequirement, one: tuple[float, float], other: tuple[float, float]) -> Verdict:
    hours = "timmar emellan" if entry.stricter in REPEATED else "arbetstimmar"
    sides = f"{_say_span(one)} mot {_say_span(other)} {hours}"
    if one == other:
        return Verdict("equal", f"samma tid ({_say_span(one)} {hours})")
    if one[0] <= other[0] and one[1] <= other[1]:
        return Verdict("stricter", f"{'oftare' if entry.stricter in REPEATED else 'kortare tid'}: {sides}")
    if one[0] >= other[0] and one[1] >= other[1]:
        return Verdict("laxer", f"{'mer sällan' if entry.stricter in REPEATED else 'längre tid'}: {sides}")
    return Verdict("overlapping", f"tiderna överlappar: {sides}")


def _compare_periods(entry: HarmonisedRequirement, one: Position, other: Position) -> Verdict:
    def sides() -> str:
        return f"{put_in_words(entry, one.said, '')} mot {put_in_words(entry, other.said, '')}"

    spans: list[dict[str, tuple[float, float]]] = []
    for position in (one, other):
        pairs = [token.split(" ", 1) for token in sorted(position.said) if " " in token]
        spans.append({kind: _interval(period, "") for kind, period in pairs if split_duration(period) is not None})
    shared = sorted(set(spans[0]) & set(spans[1]))
    if one.said == other.said:
        return Verdict("equal", "samma regel")
    if len(shared) == 1 and {t.split(" ")[0] for t in one.said} == {t.split(" ")[0] for t in other.said}:
        first, second = spans[0][shared[0]], spans[1][shared[0]]
        relation = "equal" if first == second else "stricter" if first > second else "laxer"
        return Verdict(relation, sides)
    relation = "overlapping" if one.said & other.said else "incomparable"
    return Verdict(relation, lambda: f"olika regler: {sides()}")


def _combine(verdicts: Sequence[Verdict]) -> Verdict:
    """The relation in several respects at once; where they disagree there is none."""
    telling = [v for v in verdicts if v.relation != "equal"] or list(verdicts[:1])
    if len(telling) == 1:
        return telling[0]

    def rationale() -> str:
        return "; ".join(v.rationale for v in telling)

    relations = {v.relation for v in telling}
    for side in (ABOVE, BELOW):
        if relations <= set(side):
            return Verdict(side[0] if side[0] in relations else side[1], rationale)
    if len(relations) == 1:
        return Verdict(relations.pop(), rationale)
    return Verdict("incomparable", rationale)


def _say(entry: HarmonisedRequirement, position: Position) -> str:
    return put_in_words(entry, position.said or {DUTY}, position.modality)


def _both_say(entry: HarmonisedRequirement, position: Position) -> str:
    said = _say(entry, position)
    bare = position.said <= {DUTY} and position.modality and not position.modality.endswith("_not")
    return f"båda säger ”{said}”" if bare else f"båda anger {said}"


def _say_span(span: tuple[float, float]) -> str:
    low, high = (f"{hours:g}".replace(".", ",") for hours in span)
    return low if low == high else f"{low}–{high}"
