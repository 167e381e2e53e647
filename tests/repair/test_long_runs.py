"""Runs of signs without a blank are left alone and said, and take no longer than they are."""

from __future__ import annotations

import random
import time

import pytest

from pipeline.params import RepairSettings
from pipeline.repair import repair_text
from pipeline.repair.long_runs import LongRuns

SETTINGS = RepairSettings()
DAMAGED = "Kommunen skall folja lagen, och det ar viktigt att alla forstar vem som ansvarar for fragor i kommunen. " * 3
REPAIRED = DAMAGED.replace("folja", "följa").replace(" ar ", " är ").replace("forstar", "förstår")
REPAIRED = REPAIRED.replace("for fragor", "för frågor")


def garbage(signs: str, length: int) -> str:
    choose = random.Random(1).choice
    return "".join(choose(signs) for _ in range(length))


@pytest.mark.parametrize("signs", ["abcdefghijklmnoprstuvxyz", "a@", "a-", "1lO", "Ãa", "å\ufffd?", "a¨", "a."])
def test_a_run_of_400_000_signs_takes_no_time(signs: str) -> None:
    run = garbage(signs, 400_000)
    started = time.process_time()
    repaired = repair_text(f"{DAMAGED}{run} {DAMAGED}", settings=SETTINGS)
    assert time.process_time() - started < 20
    assert repaired.text == f"{REPAIRED}{run} {REPAIRED}"


def test_a_run_of_letters_is_flagged_where_it_begins() -> None:
    run = "x" * 300
    repaired = repair_text(f"{DAMAGED}{run} {DAMAGED}", settings=SETTINGS)
    flags = [edit for edit in repaired.edits if edit.rule == "unread_word"]
    assert [(edit.raw_start, edit.raw_end, edit.status) for edit in flags] == [
        (len(DAMAGED), len(DAMAGED) + 200, "suggested")
    ]


def test_addresses_and_lines_of_dots_are_left_alone_without_a_flag() -> None:
    for run in ("https://www.kommun.se/" + "a1/" * 100, "Inledning" + "." * 250 + "3"):
        repaired = repair_text(f"{DAMAGED}{run} {DAMAGED}", settings=SETTINGS)
        assert run in repaired.text
        assert not [edit for edit in repaired.edits if edit.rule == "unread_word"]


def test_edits_stand_where_they_do_in_the_raw_text() -> None:
    raw = f"{'y' * 250} {DAMAGED}{'z1' * 150}\n{DAMAGED}"
    repaired = repair_text(raw, settings=SETTINGS)
    assert all(raw[edit.raw_start : edit.raw_end] == edit.before for edit in repaired.edits)
    assert repaired.text == f"{'y' * 250} {REPAIRED}{'z1' * 150}\n{REPAIRED}"


def test_furniture_is_cut_out_with_the_run_that_it_holds() -> None:
    raw = f"{DAMAGED}\nSida {'x' * 300}\n{DAMAGED}"
    start = len(DAMAGED) + 1
    repaired = repair_text(raw, settings=SETTINGS, furniture=[(start, start + 305)])
    assert repaired.text == f"{REPAIRED}\n{REPAIRED}"
    assert not [edit for edit in repaired.edits if edit.rule == "unread_word"]


def test_places_come_back_to_where_they_were() -> None:
    raw = f"ett {'x' * 200} två {'y' * 500}\ntre"
    runs = LongRuns(raw)
    assert len(runs.short) == len("ett _ två _\ntre")
    for place in range(len(runs.short) + 1):
        assert runs.to_short(runs.to_raw(place)) == place
    assert raw[runs.to_raw(runs.short.index("två")) :].startswith("två")
