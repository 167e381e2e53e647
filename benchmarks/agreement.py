"""How far two readings of the same texts agree, kind by kind, in totals alone.

    python -m benchmarks.agreement data/gold/heldout/readings/first data/gold/heldout/readings/second

Each folder holds one file a document in the gold format. An item counts as the same where at least half of the shorter
span is shared (one to one, best overlap first) and what it says is the same; items that one reading calls borderline
are left out of both. The totals tell what can be asked of a program: it cannot agree with the first reading more than
the second does. Nothing of the texts is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.gold import GoldDocument, GoldItem
from pipeline.evaluation.matching import pair
from pipeline.spans import cover

SAME = 0.5
"""Share of the shorter span from which on two items are about the same words."""


@dataclass(slots=True)
class Count:
    """Items in both readings, in the first and in the second."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f1(self) -> float:
        """How far the readings agree, 0 to 1; it is the same whichever is taken for the truth."""
        return 2 * self.both / max(1, self.first + self.second)


KINDS: dict[str, tuple[str, Callable[[GoldItem], object]]] = {
    "obligations": ("obligations", lambda _: ""),
    "response times": ("response_times", lambda item: (getattr(item, "value", ""), getattr(item, "of", ""))),
    "retention": ("retention", lambda item: (getattr(item, "kind", ""), bool(getattr(item, "negated", False)))),
    "forbidden content": ("prohibited", lambda item: getattr(item, "category", "")),
    "legal references": ("legal_refs", lambda item: getattr(item, "sfs", None) or getattr(item, "norm", "")),
    "roles": ("roles", lambda item: str(getattr(item, "role", "")).casefold()),
}
"""Each kind of item: where the gold has it, and what must be the same beside its place."""


def main(arguments: list[str] | None = None) -> int:
    """Print the agreement of two folders."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement", description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    chosen = parser.parse_args(arguments)
    names = [path.name for path in sorted(chosen.second.glob("*.json"))]
    sys.stdout.write("\n".join(report([(_read(chosen.first / n), _read(chosen.second / n)) for n in names])) + "\n")
    return 0


def _read(file: Path) -> GoldDocument:
    return GoldDocument.model_validate_json(file.read_text("utf-8"))


def report(pairs: Sequence[tuple[GoldDocument, GoldDocument]]) -> list[str]:
    """A line a measure."""
    lines = [f"{len(pairs)} documents"]
    matched: list[tuple[GoldItem, GoldItem]] = []
    for name, (field, said) in KINDS.items():
        count = Count()
        for one, other in pairs:
            first, second = _firm(getattr(one, field), getattr(other, field))
            same = _same(first, second, said)
            count.both, count.first, count.second = (
                count.both + len(same), count.first + len(first), count.second + len(second),
            )  # fmt: skip
            matched += same if name == "obligations" else []
        lines.append(f"{name:20} F1 {count.f1:.3f} ({count.both} in both, {count.first} and {count.second})")
    for name, field in (("modality", "modality"), ("actor or none", "actor")):
        same_said = sum(_word(getattr(a, field)) == _word(getattr(b, field)) for a, b in matched)
        lines.append(f"{name:20} {same_said / max(1, len(matched)):.3f} ({same_said} of {len(matched)})")
    cells = [(_answers(one), _answers(other)) for one, other in pairs]
    told = [(a[key], b.get(key)) for a, b in cells for key in a]
    equal = sum(a == b for a, b in told)
    lines.append(f"{'cells':20} {equal / max(1, len(told)):.3f} ({equal} of {len(told)})")
    silent = [a for a, b in told if b == "silent"]
    wrong = sum(a != "silent" for a in silent)
    lines.append(f"{'silent otherwise':20} {wrong / max(1, len(silent)):.3f} ({wrong} of {len(silent)})")
    fields = [(_word(v), _word(other.metadata.get(k))) for one, other in pairs for k, v in one.metadata.items()]
    right = sum(a == b for a, b in fields)
    lines.append(f"{'metadata':20} {right / max(1, len(fields)):.3f} ({right} of {len(fields)})")
    return lines


def _firm(one: Sequence[GoldItem], other: Sequence[GoldItem]) -> tuple[list[GoldItem], list[GoldItem]]:
    """The items of two readings without what either calls borderline."""
    doubted = [item.span for item in (*one, *other) if item.borderline]
    first, second = (
        [i for i in items if not i.borderline and not any(cover(i.span, span) >= SAME for span in doubted)]
        for items in (one, other)
    )
    return first, second


def _same(
    first: Sequence[GoldItem], second: Sequence[GoldItem], said: Callable[[GoldItem], object]
) -> list[tuple[GoldItem, GoldItem]]:  # fmt: skip
    def fits(i: int, j: int) -> bool:
        """Whether two items are about the same words and say the same."""
        return cover(first[i].span, second[j].span) >= SAME and said(first[i]) == said(second[j])

    found = pair([i.span for i in first], [i.span for i in second], fits)
    return [(first[i], second[j]) for i, j in found]


def _answers(document: GoldDocument) -> dict[str, str]:
    return {cell.requirement: cell.answer for cell in document.cells}


def _word(said: str | None) -> str:
    return " ".join((said or "").casefold().split()).strip(" .")


if __name__ == "__main__":
    sys.exit(main())
