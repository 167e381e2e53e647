"""What all exchange formats share: ids made of content."""

from __future__ import annotations

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from pipeline.exchange.coded import make_guid


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_ids_are_those_of_uuid5(parts: list[str]) -> None:
    ground = UUID("5b3b7a52-4b38-5f0c-9a3c-6a6d6b610001")
    assert make_guid("coding", *parts) == str(uuid5(ground, "\x1f".join(["coding", *parts])))
