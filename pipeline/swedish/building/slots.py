"""Training the model of what kinds of words places want, from text tagged by the parser that ships."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.swedish.building.sources import Paragraph
from pipeline.swedish.lexicon import write_blocks
from pipeline.swedish.ngrams import BOUNDARY, COMMA, NUMBER, SECTION
from pipeline.swedish.parsing import load_model
from pipeline.swedish.slots import LONGEST_ENDING, WEIGHT_STEP, slot_features

# How many words of each genre are tagged, and what a place in it weighs.
_MOST_WORDS = {"statute": 450_000, "manual": 160_000, "prose": 1_000_000, "written": 1_000_000}
_WEIGHTS = {"statute": 0.3, "manual": 0.6, "prose": 3.0, "written": 3.0}
# Of statutes only the paragraphs are tagged that hold a short word not yet met this often.
_MET, _SHORT = 3, 9
_FEWEST_OF_KIND, _FEWEST_OF_FEATURE, _FEWEST_OF_ENDING = 150, 8, 3
# Steps of learning: rounds over all samples, samples in a step, length of a step, pull towards nothing.
_ROUNDS, _BATCH, _STEP, _DECAY = 4, 1000, 0.3, 0.02
_LEAST_WEIGHT = 0.25
_MOST_KINDS = 4
# Features of a word that tell kinds apart; the others say nothing about confusable words.
_TELLING = ("VerbForm", "Tense", "Mood", "Voice", "Number", "Definite", "Gender", "Case", "PronType", "Poss", "Degree")
_IGNORED = frozenset(("Case=Nom", "Mood=Ind", "Voice=Act", "Degree=Pos", "VerbForm=Fin"))
_LETTERS = re.compile(r"[^\W\d_]+")

Tagged = tuple[str, list[tuple[str, str]]]


def tag_paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[Tagged]:
    """The genre and the tagged tokens of each paragraph worth tagging; tokens as the n-gram model has them."""
    chosen = list(_choose(paragraphs))
    language = load_model()
    needed = [name for name in ("tok2vec", "tagger", "morphologizer") if name in language.pipe_names]
    with language.select_pipes(enable=needed):
        docs = language.pipe((paragraph.text for paragraph in chosen), batch_size=256)
        for paragraph, doc in zip(chosen, docs, strict=True):
            yield paragraph.genre, [pair for token in doc for pair in _tokens(token)]


def train_slots(tagged: Iterable[Tagged], path: Path) -> None:
    """Learn the model and write it as `read_slots` reads it."""
    sentences = list(tagged)
    common = Counter(kind for _, tokens in sentences for word, kind in tokens if _is_word(word))
    kinds = sorted(kind for kind, count in common.items() if count >= _FEWEST_OF_KIND)
    numbers = {kind: number for number, kind in enumerate(kinds)}
    words, endings = _count_kinds(sentences, numbers)
    likeliest = {word: kinds[max(own, key=lambda n: (own[n], -n))] for word, own in words.items()}
    samples = list(_collect(sentences, numbers, likeliest))
    weights, columns = _fit(samples, len(kinds))
    total: dict[int, float] = defaultdict(float)
    for _, number, weight in samples:
        total[number] += weight
    import numpy

    logs = [round(float(numpy.log(total[n] / sum(total.values()))), 4) for n in range(len(kinds))]
    kept_words = sorted(word for word, own in words.items() if sum(own.values()) > 0)
    about = {
        "kinds": kinds,
        "shares": logs,
        "words": "\n".join(kept_words),
        "endings": "\n".join(sorted(endings)),
    }
    write_blocks(
        path,
        {
            "about": array("B", json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode("utf-8")),
            "word_kinds": _pack([words[word] for word in kept_words]),
            "ending_kinds": _pack([endings[ending] for ending in sorted(endings)]),
            "features": array("I", columns),
            "weights": array("b", weights.tobytes()),
        },
    )


def _choose(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    seen: set[str] = set()
    taken: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph.split != "train" or paragraph.text in seen or len(paragraph.text) > 2500:
            continue
        seen.add(paragraph.text)
        words = _LETTERS.findall(paragraph.text)
        if taken[paragraph.genre] + len(words) > _MOST_WORDS[paragraph.genre]:
            continue
        short = [word for word in words if len(word) <= _SHORT and word.islower()]
        if paragraph.genre == "statute" and all(met[word] >= _MET for word in short):
            continue
        met.update(set(short))
        taken[paragraph.genre] += len(words)
        yield paragraph


def _tokens(token: Any) -> Iterator[tuple[str, str]]:
    text = token.text
    if text[0].isdigit():
        yield NUMBER, NUMBER
    elif text == ",":
        yield COMMA, COMMA
    elif text[0] == SECTION:
        yield SECTION, SECTION
    elif text[0] in ".;:?!•":
        yield BOUNDARY, BOUNDARY
    else:
        kind = _kind(token.pos_, str(token.morph))
        for word in _LETTERS.findall(text):
            yield word.lower(), kind


def _is_word(word: str) -> bool:
    """Whether a kind is learned for the token: figures are one, for "1" and "i" are taken for one another."""
    return word[0].isalpha() or word == NUMBER


def _kind(pos: str, morph: str) -> str:
    told = [pair for pair in morph.split("|") if pair.partition("=")[0] in _TELLING and pair not in _IGNORED]
    return pos + ("|" + "|".join(told) if told else "")


def _count_kinds(
    sentences: Sequence[Tagged], numbers: Mapping[str, int]
) -> tuple[dict[str, Counter[int]], dict[str, dict[int, float]]]:
    words: dict[str, Counter[int]] = defaultdict(Counter)
    for _, tokens in sentences:
        for word, kind in tokens:
            if _is_word(word) and kind in numbers:
                words[word][numbers[kind]] += 1
    endings: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    types: Counter[str] = Counter()
    for word, own in words.items():
        total = sum(own.values())
        for length in range(min(LONGEST_ENDING, len(word) - 1) + 1 if word[0].isalpha() else 0):
            ending = word[len(word) - length :] if length else ""
            types[ending] += 1
            for number, count in own.items():
                endings[ending][number] += count / total
    return dict(words), {end: own for end, own in endings.items() if types[end] >= _FEWEST_OF_ENDING or not end}


def _collect(
    sentences: Sequence[Tagged], numbers: Mapping[str, int], likeliest: Mapping[str, str]
) -> Iterator[tuple[list[int], int, float]]:
    for genre, tokens in sentences:
        words = [BOUNDARY, BOUNDARY, *(word for word, _ in tokens), BOUNDARY, BOUNDARY]
        kinds = [likeliest.get(word, word) for word in words]
        for place, (word, kind) in enumerate(tokens, 2):
            if not _is_word(word) or kind not in numbers:
                continue
            around = (place - 2, place - 1, place + 1, place + 2)
            features = slot_features([words[n] for n in around], [kinds[n] for n in around])
            yield list(features), numbers[kind], _WEIGHTS[genre]


def _fit(samples: Sequence[tuple[list[int], int, float]], size: int) -> tuple[Any, list[int]]:
    """The rounded weights, a row for each feature that matters, and the features in order."""
    import numpy
    from scipy.sparse import csr_matrix

    met = Counter(feature for features, _, _ in samples for feature in features)
    columns = sorted(feature for feature, count in met.items() if count >= _FEWEST_OF_FEATURE)
    place = {feature: number for number, feature in enumerate(columns)}
    indices, starts = array("i"), array("q", [0])
    for features, _, _ in samples:
        indices.extend(place[feature] for feature in features if feature in place)
        starts.append(len(indices))
    ones = numpy.ones(len(indices), dtype=numpy.float32)
    matrix = csr_matrix(
        (ones, numpy.frombuffer(indices, dtype=numpy.int32), numpy.frombuffer(starts, dtype=numpy.int64)),
        shape=(len(samples), len(columns)),
    )
    wanted = numpy.array([number for _, number, _ in samples])
    weight = numpy.array([weight for _, _, weight in samples], dtype=numpy.float32)
    table = _descend(matrix, wanted, weight, size)
    matters = numpy.abs(table).max(axis=1) >= _LEAST_WEIGHT
    rounded = numpy.clip(numpy.rint(table[matters] / WEIGHT_STEP), -127, 127).astype(numpy.int8)
    return rounded, [feature for feature, keep in zip(columns, matters, strict=True) if keep]


def _descend(matrix: Any, wanted: Any, weight: Any, size: int) -> Any:
    """Multinomial logistic regression by adaptive gradient steps (Duchi and others 2011) in a fixed order."""
    import numpy
    from scipy.sparse import csr_matrix

    table = numpy.zeros((matrix.shape[1], size), dtype=numpy.float32)
    slopes = numpy.full((matrix.shape[1], size), 0.1, dtype=numpy.float32)
    order = numpy.random.default_rng(7).permutation(matrix.shape[0])
    for _ in range(_ROUNDS):
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            rows = matrix[chosen]
            touched, places = numpy.unique(rows.indices, return_inverse=True)
            part = csr_matrix((rows.data, places, rows.indptr), shape=(len(chosen), len(touched)))
            scores = part @ table[touched]
            scores -= scores.max(axis=1, keepdims=True)
            numpy.exp(scores, out=scores)
            scores /= scores.sum(axis=1, keepdims=True)
            scores[numpy.arange(len(chosen)), wanted[chosen]] -= 1.0
            scores *= weight[chosen, None]
            slope = part.T @ scores + _DECAY * table[touched]
            slopes[touched] += slope * slope
            table[touched] -= _STEP * slope / numpy.sqrt(slopes[touched])
    return table


def _pack(rows: Sequence[Mapping[int, float]]) -> array[int]:
    packed = array("B")
    for own in rows:
        total = sum(own.values())
        kept = sorted(own, key=lambda number: (-own[number], number))[:_MOST_KINDS]
        packed.extend((min(255, round(total)), len(kept)))
        for number in kept:
            packed.extend((number, round(255 * own[number] / total)))
    return packed
