"""Training the models that tell confusable words apart, one small log-linear model for each group."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.swedish.building.counting import Counts
from pipeline.swedish.building.sources import Paragraph, take_training
from pipeline.swedish.building.word_classes import find_classes
from pipeline.swedish.contexts import WEIGHT_STEP, context_features, fold_letters
from pipeline.swedish.lexicon import ALONE, Lexicon, write_blocks
from pipeline.swedish.ngrams import BOUNDARY, tokenize_words

_FEWEST = 3
_MOST_PER_WORD = {"statute": 3000, "manual": 5000, "prose": 100_000, "written": 100_000}
_GENRE_WEIGHTS = {"statute": 0.5, "manual": 1.0, "prose": 5.0, "written": 5.0}
_LEAST_WEIGHT = 0.06


def find_groups(counts: Counts, lexicon: Lexicon, borrowers: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Groups of words that are the same without diacritics, each met often enough to learn from.

    Args:
        counts: What was counted.
        lexicon: Tells which words stand alone.
        borrowers: Words that borrow the surroundings of others, and so need not be met.
    """
    total: Counter[str] = Counter()
    for genre in counts.words.values():
        total.update(genre)
    for word in borrowers:
        total[word] += _FEWEST
    groups: dict[str, list[str]] = defaultdict(list)
    for word, count in total.items():
        if count >= _FEWEST and word.isalpha() and lexicon.flags_of(word) & ALONE:
            groups[fold_letters(word)].append(word)
    return {folded: tuple(sorted(words)) for folded, words in sorted(groups.items()) if len(words) > 1}


def train_contexts(
    paragraphs: Iterable[Paragraph],
    groups: dict[str, tuple[str, ...]],
    path: Path,
    *,
    analogies: Mapping[str, Mapping[str, float]],
) -> None:
    """Learn from the training part of the sources and write the model as `read_contexts` reads it."""
    paragraphs = list(paragraphs)
    classes = find_classes(paragraphs)
    samples = _collect(paragraphs, groups, analogies, classes)
    table: list[tuple[str, Sequence[str], int]] = []
    features, weights = array("I"), array("b")
    for folded, members in groups.items():
        rows = _fit(members, samples[folded])
        table.append((folded, members, len(rows)))
        for feature, row in sorted(rows.items()):
            features.append(feature)
            weights.extend(row)
    groups_text = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    write_blocks(
        path,
        {
            "groups": array("B", groups_text),
            "features": features,
            "weights": weights,
            "class_words": array("B", "\n".join(classes).encode("utf-8")),
            "classes": array("H", classes.values()),
        },
    )


_Sample = tuple[tuple[int, ...], str, float]


def _collect(
    paragraphs: Iterable[Paragraph],
    groups: Mapping[str, tuple[str, ...]],
    analogies: Mapping[str, Mapping[str, float]],
    classes: Mapping[str, int],
) -> dict[str, list[_Sample]]:
    samples: dict[str, list[_Sample]] = defaultdict(list)
    taken: Counter[tuple[str, str]] = Counter()
    for paragraph in take_training(paragraphs):
        for sentence in _cut_sentences(tokenize_words(paragraph.text)):
            folded = [BOUNDARY, BOUNDARY, *map(fold_letters, sentence), BOUNDARY, BOUNDARY]
            for place, token in enumerate(sentence, start=2):
                for word, part in {token: 1.0, **analogies.get(token, {})}.items():
                    group = fold_letters(word)
                    kind = paragraph.genre, word
                    if word not in groups.get(group, ()) or taken[kind] >= _MOST_PER_WORD[paragraph.genre]:
                        continue
                    taken[kind] += 1
                    weight = part * _GENRE_WEIGHTS[paragraph.genre]
                    samples[group].append((tuple(context_features(folded, place, classes)), word, weight))
    return samples


def _cut_sentences(tokens: Iterable[str]) -> Iterator[list[str]]:
    """The words between the ends of clauses, as repair looks at them: nothing tells across a full stop."""
    sentence: list[str] = []
    for token in tokens:
        if token != BOUNDARY:
            sentence.append(token)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _fit(members: Sequence[str], samples: Sequence[_Sample]) -> dict[int, tuple[int, ...]]:
    """The rounded weights of each feature that matters, one a member."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    met = Counter(feature for features, _, _ in samples for feature in features)
    columns = {feature: number for number, feature in enumerate(sorted(f for f, count in met.items() if count >= 2))}
    if not columns or len({word for _, word, _ in samples}) < 2:
        return {}
    rows, places = [], []
    for number, (features, _, _) in enumerate(samples):
        for feature in features:
            if feature in columns:
                rows.append(number)
                places.append(columns[feature])
    matrix = csr_matrix((numpy.ones(len(rows)), (rows, places)), shape=(len(samples), len(columns)))
    model: Any = LogisticRegression(C=1.0, max_iter=200, fit_intercept=False)
    model.fit(matrix, [word for _, word, _ in samples], sample_weight=[weight for _, _, weight in samples])
    coefficients = model.coef_ if len(model.classes_) > 2 else numpy.vstack([-model.coef_[0] / 2, model.coef_[0] / 2])
    known = {word: number for number, word in enumerate(model.classes_)}
    kept: dict[int, tuple[int, ...]] = {}
    for feature, column in columns.items():
        values = [
            float(coefficients[known[word], column]) if word in known else -8.0 * (column == 0) for word in members
        ]
        if max(map(abs, values)) >= _LEAST_WEIGHT:
            kept[feature] = tuple(max(-127, min(127, round(value / WEIGHT_STEP))) for value in values)
    return kept
