"""Linear models over texts: what is counted, what is scored, and that a file gives back the model that was written."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text_models import BITS, Field, TextModel, load_text_model, vectorise

LETTERS = Field("clause", 1.0, 3, 5, pairs=True)
TOKENS = Field("grammar", 0.5)
EVERY = np.ones(1 << BITS, dtype=np.float32)


def model(*, seed: int = 3) -> TextModel:
    """A model with weights for every feature of two sentences, and for no other."""
    rarity = np.zeros(1 << BITS, dtype=np.float32)
    texts = ({"clause": "Svara inom två dagar", "grammar": "a b"}, {"clause": "Spara bilden", "grammar": "a"})
    for text in texts:
        numbers, _, _ = vectorise((LETTERS, TOKENS), [text], EVERY)
        rarity[numbers] = 2.5
    known = np.flatnonzero(rarity)
    rows = np.full(1 << BITS, len(known), dtype=np.int64)
    rows[known] = np.arange(len(known))
    drawn = np.random.default_rng(seed).integers(-127, 128, size=(len(known) + 1, 5), dtype=np.int8)
    drawn[-1] = 0
    sizes, bends = np.array([0.01, 0.02, 0.01, 0.02, 0.03], dtype=np.float32), np.full((3, 2), 0.01, np.float32)
    offset = np.array([0.1, 0.3], dtype=np.float32)
    labels, fields, curve = ("answer", "keep"), (LETTERS, TOKENS), (4.0, -2.0, 1.5)
    return TextModel(labels, fields, rarity, rows, drawn, sizes, bends, offset, *curve)


def test_a_written_model_scores_the_same_when_it_is_read_back(tmp_path: Path) -> None:
    made = model()
    made.save(tmp_path / "m.npz.zst")
    read = load_text_model(tmp_path / "m.npz.zst")
    for text in ("Svara inom två dagar", "Spara bilden på servern", "", "Åäö"):
        fields = {"clause": text, "grammar": "b"}
        assert read.weigh(fields, {"keep": 0.5}) == made.weigh(fields, {"keep": 0.5})
    assert (read.labels, read.fields) == (made.labels, made.fields)


def test_the_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        model().save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_a_rule_says_speaks_for_a_label_and_for_no_other() -> None:
    fields = {"clause": "Svara inom två dagar"}
    alone, said = model().weigh(fields, {}), model().weigh(fields, {"answer": 1.0})
    assert said["answer"] > alone["answer"]
    assert said["keep"] == alone["keep"]


def test_words_the_model_has_never_seen_leave_the_label_as_common_as_it_is() -> None:
    assert model().score([{"clause": "qqq www"}])[0].tolist() == pytest.approx([0.1, 0.3])


def test_forms_of_a_word_share_features_and_other_words_do_not() -> None:
    def features(text: str) -> set[int]:
        return set(vectorise((LETTERS,), [{"clause": text}], EVERY)[0].tolist())

    one, other, else_ = features("kommentaren"), features("kommentarerna"), features("budget")
    assert len(one & other) > len(one) / 2
    assert len(one & else_) <= 1


def test_a_field_keeps_its_features_apart_from_those_of_other_fields() -> None:
    here = vectorise((Field("a", 1.0, 3, 4),), [{"a": "kommun"}], EVERY)[0]
    there = vectorise((Field("b", 1.0, 3, 4),), [{"b": "kommun"}], EVERY)[0]
    assert not set(here.tolist()) & set(there.tolist())


@given(st.text(max_size=200))
def test_any_text_gets_a_finite_score_and_no_field_is_longer_than_its_weight(text: str) -> None:
    made = model()
    assert np.isfinite(made.score([{"clause": text, "grammar": text}])[0]).all()
    assert all(0 <= value <= 1 for value in made.weigh({"clause": text}, {}).values())
    _, values, _ = vectorise((LETTERS,), [{"clause": text}], EVERY)
    assert float(np.sqrt(values @ values)) <= LETTERS.weight + 1e-5


@given(st.lists(st.text(max_size=60), min_size=1, max_size=20))
def test_what_a_text_scores_hangs_on_no_other_text_scored_with_it(said: list[str]) -> None:
    texts = [{"clause": one, "grammar": one[::2]} for one in [*said, "Svara inom två dagar", "Spara bilden"]]
    alone = [model().score([text])[0].tolist() for text in texts]
    assert [scores.tolist() for scores in model().score(texts)] == alone


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no archive", b"PK\x03\x04 half an archive",
        pa.Codec("zstd").compress(b"packed, and no archive", asbytes=True),
        pa.Codec("zstd").compress(bytes(range(256)) * 99, asbytes=True)[:-9],
    ],
)  # fmt: skip
def test_a_file_that_is_no_model_is_told_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.npz.zst").write_bytes(content)
    with pytest.raises(ValueError, match=r"m\.npz\.zst is no text model"):
        load_text_model(tmp_path / "m.npz.zst")


def test_an_archive_with_something_else_in_it_is_told_so(tmp_path: Path) -> None:
    held = io.BytesIO()
    np.savez(held, other=np.zeros(3))
    (tmp_path / "m.npz.zst").write_bytes(pa.Codec("zstd").compress(held.getvalue(), asbytes=True))
    with pytest.raises(ValueError, match=r"m\.npz\.zst is no text model"):
        load_text_model(tmp_path / "m.npz.zst")
