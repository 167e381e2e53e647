"""Documents that say nearly the same are found, others are not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import ALIKE, compare_texts, shingles, sign
from pipeline.ingest.shingles import shingles_of
from pipeline.records.reading import NearDuplicate

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "data/raw").glob("*.txt"))}


def near_duplicates(texts: dict[str, str], *, least: float = ALIKE) -> list[NearDuplicate]:
    return [pair for pair in compare_texts(texts, least=least) if pair.similarity >= least]


def misread(text: str, share: float) -> str:
    """A text with so many of its letters read wrongly, as OCR does."""
    chance = random.Random(1)
    return "".join(chance.choice("aeioulrnm") if c.isalpha() and chance.random() < share else c for c in text)


def test_different_documents_are_no_pair() -> None:
    assert len(TEXTS) >= 5
    assert not near_duplicates(TEXTS)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.03])
def test_a_scan_of_a_document_is_found(share: float) -> None:
    copies = {f"{name}-scan": misread(text.upper().replace("\n", "  "), share) for name, text in TEXTS.items()}
    found = near_duplicates({**TEXTS, **copies})
    assert {(p.document_id, p.other_document_id) for p in found} == {(name, f"{name}-scan") for name in TEXTS}
    assert all(p.similarity > 0.5 for p in found)
    assert share or all(p.similarity == 1 for p in found)


def test_what_is_held_in_memory_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = TEXTS | {f"{name}-scan": misread(text, 0.01) for name, text in TEXTS.items()}
    wanted = near_duplicates(copies)
    monkeypatch.setattr(shingles, "AT_ONCE", 97)
    monkeypatch.setattr(shingles, "MAX_KEPT", 1)
    assert near_duplicates(copies) == wanted


def test_short_texts_are_never_a_pair() -> None:
    assert not near_duplicates({"a": "Hej!", "b": "Hej!", "c": "", "d": ""})


def test_many_copies_of_one_letter_are_all_found() -> None:
    text = next(iter(TEXTS.values()))
    found = near_duplicates({f"{n:03}": text for n in range(250)})
    assert {key for pair in found for key in (pair.document_id, pair.other_document_id)} == {
        f"{n:03}" for n in range(250)
    }
    assert len(found) == 249


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text(max_size=400), max_size=6))
def test_pairs_are_ordered_and_the_same_in_any_order(texts: dict[str, str]) -> None:
    found = near_duplicates(texts, least=0.0)
    assert found == near_duplicates(dict(reversed(texts.items())), least=0.0)
    assert all(pair.document_id < pair.other_document_id for pair in found)
    assert all(len(shingles_of(texts[pair.document_id])) for pair in found)


def test_what_was_compared_before_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = TEXTS | {f"{name}-scan": misread(text, 0.01) for name, text in TEXTS.items()}
    added = copies | {"new": misread(next(iter(TEXTS.values())), 0.02)}
    before = {(p.document_id, p.other_document_id): p.similarity for p in compare_texts(copies)}
    signatures = {name: sign(text) for name, text in added.items()}
    wanted, read = compare_texts(added), list[str]()
    monkeypatch.setattr(shingles, "shingles_of", lambda text: read.append(text) or shingles_of(text))
    assert compare_texts(added, signatures=signatures, known=before) == wanted
    assert set(read) == {added[name] for pair in wanted if "new" in (pair.document_id, pair.other_document_id)
                         for name in (pair.document_id, pair.other_document_id)}  # fmt: skip
