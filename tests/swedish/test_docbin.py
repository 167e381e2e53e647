"""DocBins put together are what spaCy itself makes of their texts."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.swedish.docbin import Labelled, doc_bin, join_bins

TEXTS: list[tuple[str, dict[str, list[Labelled]], dict[str, str]]] = [
    ("Kommunen ska svara inom 24 timmar.", {"values": [(19, 33, "response_time")], "topics": []}, {"slug": "a"}),
    ("", {}, {}),
    ("Å, ä och ö.", {"values": [(0, 1, "role"), (0, 5, "count")]}, {"slug": "b", "owner": "Örebro"}),
]


@pytest.mark.parametrize("count", range(len(TEXTS) + 1))
def test_joined_bins_are_the_bin_of_all(count: int) -> None:
    assert join_bins(doc_bin([text]) for text in TEXTS[:count]) == doc_bin(TEXTS[:count])


def test_joined_bins_are_read_by_spacy() -> None:
    docs = list(DocBin().from_bytes(join_bins(doc_bin([text]) for text in TEXTS)).get_docs(spacy.blank("sv").vocab))
    assert [doc.text for doc in docs] == [text for text, _, _ in TEXTS]
    assert [(s.text, s.label_) for s in docs[0].spans["values"]] == [("inom 24 timmar", "response_time")]


def test_joining_does_not_wait_for_spacy() -> None:
    said = "import sys; from pipeline.swedish.docbin import join_bins as j; j([sys.stdin.buffer.read()])"
    done = subprocess.run(
        [sys.executable, "-c", f"{said}; print('spacy' in sys.modules)"],
        input=doc_bin(TEXTS), capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == b"False"
