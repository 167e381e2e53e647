"""Words of worn print: the likeliest of a lattice, Swedish where the picture allows it; names and figures kept."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.ingest.ocr_lattice import FLOOR, Step, is_plain, log_share, strings_of
from pipeline.ingest.ocr_words import SURE_AT_MOST, choose_words, with_marks
from pipeline.ingest.stamps import lift_stamps
from pipeline.ingest.tesseract import Manner, SeenWord, recognise

SENTENCE = "Riktlinjerna ska följas av alla som har ett konto i sociala medier."


def seen(text: str, *, top: int = 0, steps: tuple[Step, ...] = ()) -> list[SeenWord]:
    """The words of a text as a page's, a hundred pixels apart, all with the same steps."""
    return [SeenWord(1, 1, 1, 100 * n, top, 90, 30, 0.9, word, steps) for n, word in enumerate(text.split())]


def said(words: Sequence[SeenWord]) -> str:
    return " ".join(word.text for word in words)


STEPS = st.lists(
    st.dictionaries(st.sampled_from(["", "a", "ä"]), st.floats(0.05, 1.0), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


@given(STEPS, st.sampled_from(["a", "ä", "aa", "aä", ""]))
def test_the_share_of_a_string_is_that_of_all_its_ways(steps: list[dict[str, float]], text: str) -> None:
    total = 0.0
    for way in itertools.product(["", "a", "ä"], repeat=len(steps)):
        if "".join(letter for letter, _ in itertools.groupby(way)) == text:
            total += math.prod(max(step.get(letter, 0.0), FLOOR) for step, letter in zip(steps, way, strict=True))
    found = log_share(text, steps)
    assert found == pytest.approx(math.log(total)) if total else found < -1e6


def test_strings_come_with_their_shares() -> None:
    steps = [{"f": 0.99}, {"": 0.9}, {"o": 0.7, "ö": 0.3}, {"": 0.9}, {"r": 0.99}]
    found = strings_of(steps)
    assert sorted(found, key=lambda s: -found[s])[:2] == ["for", "för"]
    assert found["för"] == pytest.approx(log_share("för", steps), abs=0.01)
    assert not is_plain(steps)
    assert is_plain([{"f": 0.99, "t": 0.01}, {"": 1.0}])


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("Riktlinjerna galler for kommunens narvaro och ska darfor foljas.",
         "Riktlinjerna gäller för kommunens närvaro och ska därför följas."),
        ("Kultur- och fritidsnamnden ska svara I de konton som finns.",
         "Kultur- och fritidsnämnden ska svara i de konton som finns."),
    ],
)  # fmt: skip
def test_words_that_swedish_has_not_are_read_as_those_it_has(read: str, wanted: str) -> None:
    words, changed = choose_words(seen(read))
    assert said(words) == wanted
    assert changed == sum(a != b for a, b in zip(read.split(), wanted.split(), strict=True))
    assert all(
        word.confidence <= SURE_AT_MOST for word, old in zip(words, seen(read), strict=True) if word.text != old.text
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE} Niklas Ehnfors och Åsa Zetterqvist beslutade den 12 maj 2021, § 14, dnr KS 2020:14.",
        f"{SENTENCE} Kommunen finns på LinkedIn, TikTok och Viva Engage; skriv till info@kommun.se.",
        "The policy is to be used for all accounts in the municipality and shall be read by all.",
        "Tämä ohje koskee kaikkia kunnan tilejä ja sitä on noudatettava.",
    ],
)
def test_names_figures_and_other_languages_stay(text: str) -> None:
    assert choose_words(seen(text)) == (seen(text), 0)


def test_another_picture_of_the_word_counts() -> None:
    unsure: tuple[Step, ...] = ({"h": 1.0}, {"a": 0.9, "ä": 0.1}, {"": 1.0}, {"r": 1.0})
    clear: tuple[Step, ...] = ({"h": 1.0}, {"ä": 0.99}, {"": 1.0}, {"r": 1.0})
    page = seen(f"{SENTENCE} Det har")
    page = [*page[:-1], SeenWord(1, 1, 1, page[-1].left, 0, 90, 30, 0.9, "har", unsure)]
    other = [SeenWord(1, 1, 1, page[-1].left + 2, 3, 88, 28, 0.9, "här", clear)]
    assert said(choose_words(page)[0]).endswith("Det har")
    assert said(choose_words(page, [other])[0]).endswith("Det här")


def test_marks_that_the_swedish_model_lacks_come_from_all_models() -> None:
    assert said(with_marks(seen("enligt 5 14 i 95 9"), seen("enligt § 14 i 95 %"))) == "enligt § 14 i 95 %"
    assert said(with_marks(seen("enligt 5 14"), seen("enligt § 14", top=500))) == "enligt 5 14"


@pytest.mark.tesseract
def test_tesseract_gives_each_word_its_steps(make_page: Any) -> None:
    page = make_page((SENTENCE,))
    plain = recognise(page, Manner("swe", 200), seconds=60)
    words = recognise(page, Manner("swe", 200, lattices=True), seconds=60)
    assert said(words) == said(plain) == SENTENCE
    assert [(w.left, w.top, w.block, w.paragraph, w.line) for w in words] == [
        (w.left, w.top, w.block, w.paragraph, w.line) for w in plain
    ]
    for word, same in zip(words, plain, strict=True):
        assert word.confidence == pytest.approx(same.confidence, abs=0.01)
        likeliest = strings_of(word.steps)
        assert max(likeliest, key=lambda s: likeliest[s]) == word.text


def pale_in_patches(page: Image.Image) -> Image.Image:
    """Print whose ink came off in patches, in greys."""
    chance = np.random.default_rng(5)
    soft = cv2.GaussianBlur(np.asarray(page.convert("L")), (0, 0), 2.0).astype(float)
    rough = cv2.GaussianBlur(chance.normal(0, 60, soft.shape), (0, 0), 1.6) * 1.5
    return Image.fromarray(np.clip(255 / (1 + np.exp(-(soft + rough - 150) / 25)), 0, 255).astype(np.uint8))


def test_print_that_is_pale_in_patches_is_no_stamp(make_page: Any) -> None:
    page = make_page((SENTENCE,) * 12, height=1300)
    assert lift_stamps(pale_in_patches(page), resolution=200)[1] == []


@pytest.mark.parametrize("word", ["hör", "ned", "kanaler", "dem", "rutiner"])
def test_a_swedish_word_gives_way_to_lost_dots_only(word: str) -> None:
    text = f"{SENTENCE} Det gäller {word} som finns."
    assert said(choose_words(seen(text))[0]) == text
