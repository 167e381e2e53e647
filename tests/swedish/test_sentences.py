"""Sentence ends in administrative prose: cases, and what holds for every text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.swedish.sentences import abbreviations, split_sentences

CASES = Path(__file__).with_name("sentences_cases.yaml")


def read_cases() -> list[tuple[str, list[str]]]:
    rows: list[Any] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [(" ".join(row), row) if isinstance(row, list) else (row["text"], row["expect"]) for row in rows]


@pytest.mark.parametrize(("text", "sentences"), read_cases(), ids=[text[:50] for text, _ in read_cases()])
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    "short", ["t.ex.", "bl.a.", "m.m.", "kap.", "dnr.", "s.k.", "f.d.", "resp.", "enl.", "fr.o.m.", "dvs."]
)
def test_no_abbreviation_ends_a_sentence_before_a_small_letter(short: str) -> None:
    assert short in abbreviations()
    text = f"Det gäller {short} kanaler. Nästa mening."
    assert [text[a:b] for a, b in split_sentences(text)] == [f"Det gäller {short} kanaler.", "Nästa mening."]


WORDS = st.sampled_from(
    [
        "Inlägg",
        "tas",
        "bort.",
        "t.ex.",
        "kap.",
        "§",
        "4.",
        "2019.",
        "(se",
        "nedan).",
        "!",
        "\n",
        "Vem?",
        "m.m.",
        "é.",
        "-",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=120))
def test_sentences_cover_the_text_in_order_but_for_white_space(text: str) -> None:
    spans = split_sentences(text)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    edges = [0, *(place for span in spans for place in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True))


@given(st.lists(WORDS, max_size=15).map(" ".join), st.sampled_from(["Före. ", "\n\n", "😀 "]))
def test_a_paragraph_is_split_alike_wherever_it_stands(text: str, before: str) -> None:
    alone = [(a + len(before), b + len(before)) for a, b in split_sentences(text)]
    assert split_sentences(before + text, len(before)) == alone
