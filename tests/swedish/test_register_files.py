"""The data files of the registers hold what their readers look for, and nothing that they would overlook."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.swedish.datafiles import read_lines, read_rows, read_tree
from pipeline.swedish.legal_duties import legal_duties

KEYS = {
    ("acts.yaml", ""): {
        "norm", "names", "titles", "phrases", "abbreviations", "in_context", "after_cue", "acts", "compounds",
        "successor_norm",
    },
    ("roles.yaml", "heads"): {"word", "group", "declension", "plural", "alone", "compound", "only", "never"},
    ("roles.yaml", "vocabulary"): {"id", "canonical", "group", "forms", "titles", "patterns"},
    ("documents.yaml", "heads"): {"word", "endings", "never", "only", "alone"},
    ("durations.yaml", "fixed"): {
        "form", "value", "kind", "calendar", "vague", "confidence", "not_before", "not_after", "only_before",
    },
    ("platforms.yaml", ""): {"id", "name", "forms", "exact", "listed", "closed", "became"},
    ("legal_duties.yaml", ""): {
        "id", "act", "norm", "section", "since", "ends", "sv", "en", "requirements", "source", "checked", "read_in",
    },
}  # fmt: skip


@pytest.mark.parametrize(("place", "allowed"), KEYS.items(), ids=[" ".join(place) for place in KEYS])
def test_rows_have_only_keys_that_are_read(place: tuple[str, str], allowed: set[str]) -> None:
    name, section = place
    rows: list[dict[str, Any]] = read_tree(name)[section] if section else read_tree(name)
    for row in rows:
        # A bare "no" or "on" would come out as a truth value here.
        assert set(row) <= allowed, row


def test_ids_are_unique() -> None:
    for name, section in (("roles.yaml", "vocabulary"), ("platforms.yaml", ""), ("legal_duties.yaml", "")):
        rows = read_tree(name)[section] if section else read_tree(name)
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids)), name


def test_lists_are_lists_of_words() -> None:
    for row in read_tree("roles.yaml")["heads"]:
        assert all(isinstance(word, str) for word in [*row.get("only", []), *row.get("never", [])]), row
    for row in read_tree("acts.yaml"):
        assert all(isinstance(act, str) for act in row["acts"]), row


def test_identifiers_have_one_form() -> None:
    for name in ("sfs_register.csv", "act_dates.csv", "statute_names.csv"):
        for row in read_rows(name):
            assert re.fullmatch(r"\d{4}:\d+|\d{4}/\d+|(?:RA-FS|AFS) \d{4}:\d+", row["identifier"]), row


def test_every_act_has_dates_or_a_row_in_the_register_of_statutes() -> None:
    known = {row["identifier"] for name in ("sfs_register.csv", "act_dates.csv") for row in read_rows(name)}
    for row in read_tree("acts.yaml"):
        unknown = set(row["acts"]) - known
        assert not unknown, (row["norm"], unknown)


def test_no_name_of_a_statute_is_the_rest_of_one_that_a_hyphen_cut() -> None:
    rows = read_rows("statute_names.csv")
    for row in rows:
        longer = [one for one in rows if one["identifier"] == row["identifier"] and one["name"] != row["name"]]
        cut = [one for one in longer if one["name"].endswith(row["name"])]
        assert all(int(one["citations"]) <= int(row["citations"]) for one in cut), (row, cut)
        assert not row["identifier"].endswith(":000"), row


def test_comments_are_left_out() -> None:
    assert all(not line.startswith("#") for line in read_lines("not_acts.txt"))


def test_a_duty_known_by_citation_names_the_text_and_one_from_memory_says_that_it_is_unread() -> None:
    for duty in legal_duties():
        assert duty.checked in ("text", "cited", "memory"), duty
        assert bool(duty.read_in) == (duty.checked == "cited"), duty
        assert bool(duty.doubt_sv) == bool(duty.doubt_en) == (duty.checked == "memory"), duty
