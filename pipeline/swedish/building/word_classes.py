"""Classes of words that stand in the same surroundings, so that what is learned of one tells about the others.

Each common word is a row of positive pointwise mutual information with the words one and two places to either side,
brought down to few dimensions (Levy and Goldberg 2014) and divided by k-means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pipeline.swedish.building.ngram_counts import GENRE_WEIGHTS
from pipeline.swedish.building.sources import Paragraph, take_training
from pipeline.swedish.contexts import fold_letters
from pipeline.swedish.ngrams import tokenize_words

# Words that get a class, words around that are looked at, dimensions, classes.
_WORDS, _AROUND, _DIMENSIONS, _CLASSES = 20_000, 1_500, 80, 400
_FEWEST = 2.0
_OFFSETS = (-2, -1, 1, 2)
# Common neighbours are smoothed, and weak ties are taken for chance.
_SMOOTHING, _LEAST_TIE = 0.75, 0.3
_SEED = 0


def find_classes(paragraphs: Iterable[Paragraph]) -> dict[str, int]:
    """The class of each common word of the training part, in small letters without diacritics."""
    import numpy

    texts = [
        (GENRE_WEIGHTS[paragraph.genre], [fold_letters(word) for word in tokenize_words(paragraph.text)])
        for paragraph in take_training(paragraphs)
    ]
    counts: dict[str, float] = defaultdict(float)
    for weight, words in texts:
        for word in words:
            counts[word] += weight
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[:_WORDS]
    numbers = {word: number for number, word in enumerate(word for word in ranked if counts[word] >= _FEWEST)}
    places, weights = [], []
    for weight, words in texts:
        places += [numbers.get(word, -1) for word in words] + [-1] * max(_OFFSETS)
        weights += [weight] * (len(words) + max(_OFFSETS))
    ties = _tie_words(numpy.array(places), numpy.array(weights), len(numbers))
    return dict(zip(numbers, _divide(ties), strict=True))


def _tie_words(places: Any, weights: Any, size: int) -> Any:
    """How strongly each word is tied to each common word at each place around it, as a sparse matrix."""
    from scipy.sparse import csr_matrix, hstack

    blocks = []
    for offset in _OFFSETS:
        here, there = (places[:-offset], places[offset:]) if offset > 0 else (places[-offset:], places[:offset])
        met = (here >= 0) & (there >= 0) & (there < _AROUND)
        counted = csr_matrix((weights[: len(here)][met], (here[met], there[met])), shape=(size, _AROUND))
        blocks.append(_measure_ties(counted))
    return hstack(blocks).tocsr()


def _measure_ties(counted: Any) -> Any:
    import numpy
    from scipy.sparse import csr_matrix

    rows = numpy.asarray(counted.sum(1)).ravel() + 1e-9
    columns = (numpy.asarray(counted.sum(0)).ravel() + 1e-9) ** _SMOOTHING
    columns /= columns.sum()
    cells = counted.tocoo()
    ties = numpy.log(cells.data / rows[cells.row] / columns[cells.col]) - _LEAST_TIE
    return csr_matrix((numpy.maximum(ties, 0), (cells.row, cells.col)), shape=counted.shape)


def _divide(ties: Any) -> list[int]:
    import numpy
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.utils.extmath import randomized_svd

    dimensions = min(_DIMENSIONS, *ties.shape)
    left, values, _ = randomized_svd(ties, dimensions, n_iter=4, random_state=_SEED)
    vectors = left * numpy.sqrt(values)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    model: Any = MiniBatchKMeans(
        min(_CLASSES, len(vectors)), batch_size=4096, n_init=2, max_iter=60, random_state=_SEED
    )
    return [int(label) for label in model.fit(vectors).labels_]
