"""Unused rings of objects are looked for seldom, or not at all, while a thing is done; then as before."""

import gc

import pytest

from pipeline.garbage import SELDOM, collected_seldom, leave_garbage


def test_what_was_set_comes_back_after_a_failure_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), collected_seldom():
        assert gc.get_threshold() == SELDOM
        raise RuntimeError
    assert gc.get_threshold() == before


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_is_put_off_and_goes_on_as_it_was_whatever_happens(searching: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if searching else gc.disable)()
        with pytest.raises(ValueError, match="broken"), leave_garbage():
            assert not gc.isenabled()
            raise ValueError("broken")
        assert gc.isenabled() is searching
    finally:
        (gc.enable if before else gc.disable)()
