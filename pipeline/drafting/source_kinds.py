"""What the followed answers are about where the codebook has one value for all of them: told by the sources' words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.codebooks.cues import CueIndex
from pipeline.drafting.lines import Position, answering_cells
from pipeline.drafting.material import Material
from pipeline.drafting.templates import SourceKind
from pipeline.drafting.wording import FORBIDDING
from pipeline.records.comparison import Cell


def tell_kinds(
    material: Material, requirement: str, kinds: dict[str, SourceKind], position: Position, *, own: str
) -> Position:
    """The position with the kinds that its sources tell of, made of those who tell of them; itself where none does.

    As of a set: what at least half of those that tell of any kind say, else what most do; of equals the municipality's
    own, then the first in the wording. "Får inte använda kommunens e-postadress" is no ban on private use.
    """
    form = "prohibition" if position.modality in FORBIDDING else "duty"
    cues = {name: CueIndex.of_terms(kind.words) for name, kind in kinds.items() if getattr(kind, form)}
    told: dict[str, list[str]] = {}
    for cell in answering_cells(material, requirement):
        if cell.municipality in position.municipalities:
            quotes = _quotes(material, cell)
            found = [name for name, index in cues.items() if any(index.holds(quote) for quote in quotes)]
            if found:
                told[cell.municipality] = found
    if not told:
        return position
    counts = Counter(name for found in told.values() for name in found)
    chosen = tuple(name for name in cues if counts[name] * 2 >= len(told))
    if not chosen:
        chosen = (min(counts, key=lambda n: (-counts[n], n not in told.get(own, ()), list(cues).index(n))),)
    saying = tuple(m for m, found in told.items() if set(found) & set(chosen))
    return replace(position, told=chosen, municipalities=saying)


def _quotes(material: Material, cell: Cell) -> Sequence[str]:
    """The words of a cell that say what it says: its leading quote, and its duties that bind in the same way."""
    forbids = cell.modality in FORBIDDING
    alike = [r.quote for r in material.supporting(cell) if (r.modality in FORBIDDING) == forbids]
    return [cell.quote, *alike]
