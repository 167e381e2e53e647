"""Unused rings of objects are looked for seldom while rows are made, and as before after it."""

import gc

import pytest

from pipeline.garbage import SELDOM, collected_seldom


def test_what_was_set_comes_back_after_a_failure_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), collected_seldom():
        assert gc.get_threshold() == SELDOM
        raise RuntimeError
    assert gc.get_threshold() == before
