"""Character and word error rates of repaired texts, and how many of the edits were right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.failures import RunFailure

GUARDED = re.compile(r"(?i)^\W*(inte|ej|aldrig|ska|skall|får|bör|måste|kan|behöver|icke)\W*$|\d|§")
"""Words that turn a rule around when they are wrong: modals, negations, numbers."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Edit distances between a text and its gold: characters and words, with the gold's lengths."""

    characters: int = 0
    of_characters: int = 0
    words: int = 0
    of_words: int = 0

    def __add__(self, other: Rates) -> Rates:
        """Both texts together."""
        return Rates(
            self.characters + other.characters, self.of_characters + other.of_characters,
            self.words + other.words, self.of_words + other.of_words,
        )  # fmt: skip

    @property
    def cer(self) -> float:
        """Character error rate: edits a gold character."""
        return self.characters / self.of_characters if self.of_characters else 0.0

    @property
    def wer(self) -> float:
        """Word error rate: edits a gold word."""
        return self.words / self.of_words if self.of_words else 0.0


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits made by a repair: how many, how many right, right words broken, guarded words broken or invented."""

    made: int = 0
    right: int = 0
    broken: int = 0
    guarded: int = 0

    def __add__(self, other: Edits) -> Edits:
        """Both texts together."""
        return Edits(
            self.made + other.made, self.right + other.right, self.broken + other.broken, self.guarded + other.guarded
        )

    @property
    def precision(self) -> float:
        """Share of edits that are right; 0 where none was made."""
        return self.right / max(self.made, 1)


@dataclass(frozen=True, slots=True)
class RepairedText:
    """One text before and after repair."""

    name: str
    damaged: Rates
    repaired: Rates
    edits: Edits


@dataclass(frozen=True, slots=True)
class RepairScore:
    """All texts of a repair gold, one by one and together."""

    texts: tuple[RepairedText, ...]

    @property
    def damaged(self) -> Rates:
        """Error rates before repair."""
        return sum((t.damaged for t in self.texts), Rates())

    @property
    def repaired(self) -> Rates:
        """Error rates after repair."""
        return sum((t.repaired for t in self.texts), Rates())

    @property
    def edits(self) -> Edits:
        """All edits."""
        return sum((t.edits for t in self.texts), Edits())

    @property
    def wer_reduction(self) -> float:
        """How much of the word errors is gone, 0 to 1; negative where repair did harm."""
        return 1 - self.repaired.words / max(self.damaged.words, 1)

    @property
    def cer_reduction(self) -> float:
        """The same for character errors."""
        return 1 - self.repaired.characters / max(self.damaged.characters, 1)


def score_repairs(folder: Path, repair: Callable[[str], str]) -> RepairScore:
    """The score of a repair function on folder/gold/*.txt and the damaged texts of the same names in folder/damaged.

    Args:
        folder: Has the sub-folders gold and damaged.
        repair: Gives the reading text of a damaged text.

    Raises:
        RunFailure: When a damaged text is missing.
    """
    texts: list[RepairedText] = []
    for file in sorted((folder / "gold").glob("*.txt")):
        damaged_file = folder / "damaged" / file.name
        if not damaged_file.is_file():
            raise RunFailure(f"Den skadade texten {damaged_file} saknas.", f"{damaged_file} is missing.")
        gold, damaged = file.read_text("utf-8"), damaged_file.read_text("utf-8")
        repaired = repair(damaged)
        texts.append(
            RepairedText(file.stem, measure(gold, damaged), measure(gold, repaired), edits(gold, damaged, repaired))
        )
    return RepairScore(tuple(texts))


def fold_marks(text: str) -> str:
    """The text without what does not count: white space, kinds of quotation mark, dash and bullet."""
    text = re.sub('[“”„»«"](?=\\S)|(?<=\\S)[“”„»«"]', '"', text)
    text = re.sub("[–—]", "-", text)
    text = re.sub(r"(?m)^\s*[•»\-*·]\s+", "• ", text)
    return re.sub(r"\s+", " ", text).strip()


def measure(gold: str, text: str) -> Rates:
    """The edit distances between a text and its gold after folding."""
    g, h = fold_marks(gold), fold_marks(text)
    gold_words, words = g.split(), h.split()
    return Rates(Levenshtein.distance(g, h), len(g), Levenshtein.distance(gold_words, words), len(gold_words))


def edits(gold: str, damaged: str, repaired: str) -> Edits:
    """The edits between the damaged and the repaired text, judged by the gold.

    An edit is right when every word it leaves is the gold's at its place, or when it only takes away wrong words.
    """
    gold_words, before, after = (fold_marks(t).split() for t in (gold, damaged, repaired))
    before_right, after_right = _right(gold_words, before), _right(gold_words, after)
    total = Edits()
    for op in Levenshtein.opcodes(before, after):
        if op.tag == "equal":
            continue
        source, result = range(op.src_start, op.src_end), range(op.dest_start, op.dest_end)
        made = max(len(source), len(result))
        good = all(after_right[j] for j in result) if result else not any(before_right[i] for i in source)
        if good:
            total += Edits(made, made)
            continue
        guarded = sum(bool(GUARDED.search(after[j])) and not after_right[j] for j in result)
        guarded += sum(bool(GUARDED.search(before[i])) and before_right[i] for i in source)
        broken = sum(before_right[i] for i in source)
        total += Edits(made, sum(after_right[j] for j in result), broken, guarded)
    return total


def _right(gold: list[str], words: list[str]) -> list[bool]:
    """For each word, whether it stands in the gold at its place."""
    right = [False] * len(words)
    for op in Levenshtein.opcodes(gold, words):
        if op.tag == "equal":
            right[op.dest_start : op.dest_end] = [True] * (op.dest_end - op.dest_start)
    return right
