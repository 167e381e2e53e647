"""What kinds of words places want tells words apart that no model of their own was learned for."""

from __future__ import annotations

import pytest

from pipeline.swedish.slots import load_slots


@pytest.mark.parametrize(
    ("right", "wrong", "around"),
    [
        ("stärka", "starka", ("för", "att", "kommunens", "varumärke")),
        ("starka", "stärka", ("med", "de", "argumenten", "som")),
        ("våra", "vara", ("svarar", "på", "frågor", "om")),
        ("vara", "våra", ("ska", "alltid", "vänlig", "och")),
        ("i", "1", ("används", "tjänsten", "sociala", "medier")),
    ],
)
def test_the_kind_that_fits_is_lifted(right: str, wrong: str, around: tuple[str, ...]) -> None:
    fits, does_not = load_slots().weigh([right, wrong if wrong != "1" else "<n>"], around)
    assert fits > does_not


def test_shares_of_kinds_add_up() -> None:
    slots = load_slots()
    for word in ("kommun", "aldrigsettord", "å", "<n>"):
        assert float(slots.kinds_of(word).sum()) == pytest.approx(1.0)
