"""While words are read nobody looks for garbage in rings; afterwards it is as it was."""

from __future__ import annotations

import gc

import pytest

from pipeline.repair.garbage import leave_garbage


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
