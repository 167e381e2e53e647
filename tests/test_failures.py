"""Every message a person can get: in both languages, with what to do, whole after crossing a process."""

from __future__ import annotations

import pickle
import string

import pytest

from pipeline import failures
from pipeline.failures import DOCUMENT_FAILURES, DocumentFailure, RunFailure


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
