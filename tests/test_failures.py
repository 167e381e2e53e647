"""Every message a person can get: in both languages, with what to do, whole after crossing a process."""

from __future__ import annotations

import errno
import os
import pickle
import string
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline import failures
from pipeline.failures import (
    DOCUMENT_FAILURES,
    DocumentFailure,
    Message,
    RunFailure,
    not_written,
    what_is_wrong,
    why_not,
)
from pipeline.params import Params


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(DOCUMENT_FAILURES))
def test_both_languages_say_something_whole(code: str) -> None:
    said = DOCUMENT_FAILURES[code]
    assert said.sv != said.en
    assert said.sv.endswith(".")
    assert said.en.endswith(".")
    # The Swedish words may name more than the English ones (a limit), never less.
    assert fields_of(said.en) <= fields_of(said.sv)


@pytest.mark.parametrize("code", sorted(DOCUMENT_FAILURES))
def test_details_are_filled_in_and_survive_another_process(code: str) -> None:
    details = {name: f"<{name}>" for name in fields_of(DOCUMENT_FAILURES[code].sv)}
    failure = DocumentFailure(code, **details)
    again = pickle.loads(pickle.dumps(failure))
    assert again.message == failure.message
    assert again.code == code
    for name in details:
        assert f"<{name}>" in failure.message.sv
    assert "{" not in failure.message.sv + failure.message.en


def test_a_missing_detail_is_a_question_mark_and_no_crash() -> None:
    assert "?" in DocumentFailure("too_large", size=5).message.sv


def test_details_are_never_formatted_themselves() -> None:
    said = DocumentFailure("internal", error="{0.__class__} {kind} %s").message
    assert "{0.__class__} {kind} %s" in said.sv


def test_an_unknown_code_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        _ = DocumentFailure("no_such_code").message


def test_run_failures_survive_another_process() -> None:
    failure = pickle.loads(pickle.dumps(RunFailure("svenska", "english", status=3)))
    assert (failure.message.sv, failure.message.en, failure.status) == ("svenska", "english", 3)
    assert RunFailure("a", "b").status == failures.WRONG_USAGE


def test_who_waits_for_a_program_is_told_by_the_message() -> None:
    for code in DOCUMENT_FAILURES:
        details = {name: f"x ({name})" for name in fields_of(DOCUMENT_FAILURES[code].sv)}
        said = DocumentFailure(code, **details).message.sv
        assert failures.awaits_program(said) is (code in ("program_missing", "program_broken", "model_missing")), code


def test_exit_statuses() -> None:
    assert (
        failures.DONE, failures.SOME_FAILED, failures.WRONG_USAGE, failures.MISSING_PROGRAM, failures.OUR_ERROR,
    ) == (0, 1, 2, 3, 4)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "sv"),
    [
        (errno.EACCES, "behörighet saknas"),
        (errno.EROFS, "disken kan bara läsas"),
        (errno.EISDIR, "det är en mapp, ingen fil"),
        (errno.ENOENT, "den finns inte"),
    ],
)
def test_what_the_system_says_is_in_both_languages(number: int, sv: str) -> None:
    said = why_not(OSError(number, "whatever"))
    assert said.sv == sv
    assert said.en == os.strerror(number)
    assert sv in not_written(Path("x.txt"), OSError(number, "whatever")).message.sv


def test_what_nobody_has_words_for_is_told_as_the_system_says_it() -> None:
    assert why_not(OSError(errno.EXDEV, "")).sv == os.strerror(errno.EXDEV)
    assert why_not(OSError("odd")) == Message("odd", "odd")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"compare": {"date": "igår"}}, "compare.date: ska vara ett datum, ÅÅÅÅ-MM-DD"),
        ({"compare": {"datum": "2026-01-01"}}, "compare.datum: finns inte"),
        ({"repair": {"apply_above": 7}}, "repair.apply_above: ska vara högst 1"),
        ({"repair": {"apply_above": "hög"}}, "repair.apply_above: ska vara ett tal"),
        ({"run": {"workers": -1}}, "run.workers: ska vara minst 0"),
        ({"run": {"workers": "två"}}, "run.workers: ska vara ett heltal"),
        ({"report": {"language": "no"}}, "report.language: ska vara något av "),
        ({"extract": "ja"}, "extract: ska ha namn med värden"),
        ({"extract": {"trained": "kanske"}}, "extract.trained: ska vara true eller false"),
    ],
)
def test_wrong_settings_are_told_in_both_languages(settings: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Params.model_validate(settings)
    said = what_is_wrong(caught.value.errors())
    assert told in said.sv
    assert said.en.startswith(told.partition(":")[0]) and said.en != said.sv
    assert "{" not in said.sv
