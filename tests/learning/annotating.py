"""A text as people annotate it, for tests of what is learned from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import GoldDocument
from pipeline.learning.examples import Annotated, read_annotated


def span(text: str, words: str) -> dict[str, int]:
    """Where the words stand in the text."""
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def annotated(folder: Path, text: str, **gold: Any) -> Annotated:
    """The text with its annotations, written to a folder and read back."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    document = GoldDocument.model_validate({"slug": "a", **gold})
    (folder / "a.json").write_text(document.model_dump_json(), encoding="utf-8")
    return next(iter(read_annotated(folder)))
