"""Shares over the municipalities with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.measured_error import Accuracy, accuracy_of, measured_cells, misreadings
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Statistic

Z = 1.959964
"""The normal quantile of a 95 % interval."""

FEW = 20
"""Below so many municipalities the interval is so wide that the share says little of others."""

MOST_ROUNDS, SETTLED = 10_000, 1e-9
"""Rounds of expectation maximisation at most, and the change of a share below which it has settled."""

MEASURES = {
    "stated": ("stated", "conflicting"),
    "stated_negatively": ("stated_negatively",),
    "delegated": ("delegated",),
    "silent": ("silent",),
}


def count_answers(codebook: Codebook, cells: Sequence[Cell], *, unruled: int = 0) -> list[Statistic]:
    """For each requirement and for the whole: how many municipalities state, delegate or are silent.

    Each share stands with Wilson's interval, which takes the cells as they are, and corrected for the errors that were
    measured against gold (measured_error.yaml), all answers to a question together: they lie between 0 and 1 and make
    up the whole. The denominator is the municipalities with a document in force whose
    text could be read so far that silence means something; a conflicting answer is counted as stated.

    Args:
        codebook: The questions.
        cells: The answers of those who have a document in force.
        unruled: How many have none and are not counted.
    """
    rows = [
        row
        for entry in codebook.requirements
        for row in _count(codebook, entry.id, [c for c in cells if c.requirement == entry.id], unruled)
    ]
    return [*rows, *_count(codebook, "", cells, unruled)]


def interval(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method (1927); (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    share, z2 = count / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    # At 0 and at all the interval ends there exactly; rounding would leave a rest.
    return (0.0 if count == 0 else max(0.0, middle - half)), (1.0 if count == total else min(1.0, middle + half))


def corrected(count: int, total: int, accuracy: Accuracy) -> tuple[float, float, float]:
    """One share as it would be without errors of reading, with its 95 % interval, whatever the others are.

    Where the errors are such that it may be anything, the share stays as it was counted, between 0 and 1.

    The share is Rogan and Gladen's (1978). The interval is Lang and Reiczigel's (2014, Preventive Veterinary Medicine
    113): it counts the uncertainty of the municipalities and that of the measured errors. Reading that is no better
    than chance tells nothing.

    Args:
        count: Municipalities of which the program says it.
        total: Municipalities that could be read.
        accuracy: How well the program was measured to tell it.
    """
    untold = (count / total if total else 0.0), 0.0, 1.0
    if not (total and accuracy.with_it and accuracy.without):
        return untold
    se, sp = accuracy.found / accuracy.with_it, accuracy.spared / accuracy.without
    if se + sp <= 1:
        return untold
    share = (count / total + sp - 1) / (se + sp - 1)
    z2, n, n_se, n_sp = Z * Z, total + Z * Z, accuracy.with_it + 2, accuracy.without + 2
    p, se, sp = (count + z2 / 2) / n, (accuracy.found + 1) / n_se, (accuracy.spared + 1) / n_sp
    youden = se + sp - 1
    if youden <= 0:
        return untold
    middle = (p + sp - 1) / youden
    of_se, of_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    shift = 2 * z2 * (middle * of_se - (1 - middle) * of_sp)
    spread = Z / youden * math.sqrt(p * (1 - p) / n + middle**2 * of_se + (1 - middle) ** 2 * of_sp)
    low, high = (min(1.0, max(0.0, end)) for end in (middle + shift - spread, middle + shift + spread))
    if (low, high) == (0.0, 1.0):
        return untold
    # The shrunken middle may leave the plain estimate outside at the ends; the interval holds it all the same.
    best = min(1.0, max(0.0, share))
    return best, min(low, best), max(high, best)


def correct_together(counts: Sequence[int], read_as: Sequence[Sequence[float]]) -> list[float]:
    """The shares of some answers as they most likely are, given how often each is read as each; they sum to 1.

    The counts are a mixture of the rows of the matrix of misreadings. Solving for its parts (the matrix method, Barron
    1977, Biometrics 33: 414-418) may give parts below 0 and above 1; the most likely ones that are shares are found by
    expectation maximisation (Dempster, Laird and Rubin 1977; Vardi and Lee 1993 for this problem). Of two answers they
    are Rogan and Gladen's share, cut at 0 and 1.

    Args:
        counts: How often the program gives each answer, not all 0.
        read_as: For each true answer the chance that the program gives each answer; each row sums to 1.
    """
    total, answers = sum(counts), range(len(counts))
    shares = [1 / len(counts)] * len(counts)
    for _ in range(MOST_ROUNDS):
        seen = [sum(shares[i] * read_as[i][j] for i in answers) for j in answers]
        new = [
            shares[i] * sum(counts[j] / total * read_as[i][j] / seen[j] for j in answers if counts[j] and seen[j])
            for i in answers
        ]
        settled = max(abs(one - other) for one, other in zip(new, shares, strict=True)) < SETTLED
        shares = new
        if settled:
            break
    whole = sum(shares)
    return [share / whole for share in shares]


def _correct(counts: Mapping[str, int], total: int) -> dict[str, tuple[float, float, float]]:
    """The corrected share of each measure of a question with its interval.

    A measure that the program misses more often than not (delegation: 5 of 24 found) tells too little of how many
    there are: its share stays as counted, its interval is everything, and the others are corrected among themselves.
    """
    accuracies = {name: accuracy_of(answers, measured_cells()) for name, answers in MEASURES.items()}
    plain = {name: (count / total if total else 0.0, 0.0, 1.0) for name, count in counts.items()}
    told = [name for name, seen in accuracies.items() if seen.found > seen.with_it / 2]
    ends = {name: corrected(counts[name], total, accuracies[name])[1:] for name in told}
    among = sum(counts[name] for name in told)
    if not among or any(high - low >= 1 for low, high in ends.values()):
        return plain
    chances = misreadings([MEASURES[name] for name in told], measured_cells())
    shares = correct_together([counts[name] for name in told], chances)
    for name, share in zip(told, shares, strict=True):
        best, (low, high) = share * among / total, ends[name]
        plain[name] = (best, min(low, best), max(high, best))
    return plain


def _count(codebook: Codebook, requirement: str, cells: Sequence[Cell], unruled: int) -> Iterator[Statistic]:
    total = sum(cell.answer != "unreadable" for cell in cells)
    counts = {name: sum(cell.answer in answers for cell in cells) for name, answers in MEASURES.items()}
    rightly = _correct(counts, total)
    for measure, count in counts.items():
        low, high = interval(count, total)
        best, least, most = rightly[measure]
        note = _note(count, total, (len(cells) - total, unruled), whole=not requirement, told=most - least < 1)
        yield Statistic(
            codebook=codebook.id,
            requirement=requirement,
            measure=measure,
            count=count,
            total=total,
            share=round(count / total, 4) if total else 0.0,
            low=round(low, 4),
            high=round(high, 4),
            corrected_share=round(best, 4),
            corrected_low=round(least, 4),
            corrected_high=round(most, 4),
            note_sv=note.sv,
            note_en=note.en,
        )


def _note(count: int, total: int, left_out: tuple[int, int], *, whole: bool, told: bool) -> Message:
    """How to read a share; among those who are compared are regions too, so they are not called municipalities."""
    unreadable, unruled = left_out
    said = [(f"{count} av {total} {'frågor' if whole else 'jämförda'}",
             f"{count} of {total} {'questions' if whole else 'compared'}")]  # fmt: skip
    if unreadable:
        said.append((f"; {unreadable} kunde inte bedömas", f"; {unreadable} could not be judged"))
    if unruled and not whole:
        said.append((
            f"; {unruled} som bara har ett förslag räknas inte", f"; {unruled} with only a proposal not counted",
        ))  # fmt: skip
    if not whole and total < FEW:
        said.append((
            ". Så få säger mycket lite om andra, med läsfel inräknade ännu mindre",
            ". So few tell very little of others, and less still with errors of reading counted in",
        ))  # fmt: skip
    elif whole:
        said.append((
            ". Svar ur samma dokument hänger ihop, så intervallet är för smalt",
            ". Answers from one document go together, so the interval is too narrow",
        ))  # fmt: skip
    if total and count and not told:
        said.append((
            ". Läsfelen är så stora att andelen inte kan rättas för dem",
            ". The errors of reading are too large for the share to be corrected for them",
        ))  # fmt: skip
    swedish, english = ("".join(parts) + "." for parts in zip(*said, strict=True))
    return Message(swedish, english)
