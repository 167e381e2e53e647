"""Both languages say everything, and everything that the report asks for is said."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest

from pipeline.codebooks.codebook import Order, ValueType
from pipeline.records.comparison import ANSWERS, FINDING_KINDS, LAW_STATUSES, RELATIONS, REVIEWS, TO_STRICTEST
from pipeline.records.outline import METADATA_FIELDS
from pipeline.records.repair import REPAIR_STATUSES
from pipeline.records.requirement import MODALITIES, PROHIBITED_CONTENT, RETENTION, VALUE_KINDS
from pipeline.report.workbook_sheet import layouts
from pipeline.swedish.texts import LANGUAGES, alphabetical, load_texts

REPORT = Path(__file__).parents[2] / "pipeline" / "report"
CLOSED = {
    "answer": ANSWERS, "answer_short": ANSWERS, "answer_long": ANSWERS, "answer_about": ANSWERS,
    "strictness": TO_STRICTEST,
    "review": REVIEWS, "relation": RELATIONS, "finding": FINDING_KINDS, "finding_about": FINDING_KINDS,
    "law_status": LAW_STATUSES, "metadata": METADATA_FIELDS, "repair_status": REPAIR_STATUSES, "modality": MODALITIES,
    "term": (*PROHIBITED_CONTENT, *RETENTION), "value_kind": VALUE_KINDS, "value_type": typing.get_args(ValueType),
    "order": typing.get_args(Order),
}  # fmt: skip


def test_both_languages_have_the_same_names_and_fields() -> None:
    swedish, english = (load_texts(language).words for language in LANGUAGES)
    assert list(swedish) == list(english)
    for name in swedish:
        assert set(re.findall(r"\{\w+\}", swedish[name])) == set(re.findall(r"\{\w+\}", english[name])), name
        assert swedish[name].strip() and english[name].strip(), name


@pytest.mark.parametrize("prefix", sorted(CLOSED))
def test_every_value_of_a_closed_set_has_words(prefix: str) -> None:
    words = load_texts("sv").words
    assert [value for value in CLOSED[prefix] if f"{prefix}.{value}" not in words] == []


def test_every_name_that_the_page_asks_for_has_words() -> None:
    words = load_texts("sv").words
    asked = {
        name
        for file in sorted((REPORT / "assets" / "js").glob("*.js"))
        for name in re.findall(r'\bt\("([a-z_]+\.[a-z_0-9.]*[a-z0-9])"', file.read_text("utf-8"))
    }
    assert len(asked) > 150
    assert sorted(asked - set(words)) == []


def test_every_column_of_the_workbook_has_a_heading() -> None:
    words = load_texts("sv").words
    headings = {f"column.{column.heading}" for layout in layouts().values() for column in layout.columns}
    assert sorted(headings - set(words)) == []


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="'fi'"):
        load_texts("fi")


def test_swedish_letters_come_last() -> None:
    names = ["Örebro", "Ale", "Åre", "Älvsbyn", "Zorn", "åmål"]
    assert sorted(names, key=alphabetical) == ["Ale", "Zorn", "åmål", "Åre", "Älvsbyn", "Örebro"]


PLURAL = {
    "sv": r"dokument lästa|rader|kommuner|organ|passager|ställen|filer|sidor|grupper|lästa|granskade|angivna",
    "en": r"rows|municipalities|bodies|documents|requirements|pairs|characters|places|files|pages|cells",
}
"""Nouns that no figure 1 agrees with."""

NEVER_ONE = {
    "cell.sources": "an answer is put together from two documents or more",
    "matrix.several_documents": "the same",
    "table.unread": "a list in parts has thousands of rows",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_agrees_with_its_number(language: str) -> None:
    words = load_texts(language).words
    counting = re.compile(rf"(?i)\{{\w+\}} (?:more )?(?:{PLURAL[language]})\b")
    wrong = [name for name, said in words.items() if counting.search(said) and not name.endswith(".many")]
    assert sorted(set(wrong) - set(NEVER_ONE)) == []


def test_every_name_that_is_counted_has_words_for_one_and_for_many() -> None:
    words = load_texts("sv").words
    asked = {
        name
        for pattern, pieces in (("js", r'\bcounted\("([a-z_.]+[a-z])"'), ("py", r'\bsay_count\(\w+, "([a-z_.]+)"'))
        for file in sorted(REPORT.parent.rglob(f"*.{pattern}"))
        for name in re.findall(pieces, file.read_text("utf-8"))
    }
    assert len(asked) > 12
    assert sorted(f"{name}.{form}" for name in asked for form in ("one", "many") if f"{name}.{form}" not in words) == []
