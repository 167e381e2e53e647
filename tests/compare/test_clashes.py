"""Two duties of a municipality that exclude each other are found as comparing every pair would find them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.codebooks import HarmonisedRequirement, load_codebook
from pipeline.compare.answers import _exclude_each_other, _find_clash, _things_in
from pipeline.compare.support import Support
from pipeline.compare.values import Tokens

BOOK = load_codebook("social_media")
QUOTES = ("Frågor besvaras inom två dagar.", "Svara på frågor om bygglov.", "Ansökningar handläggs skyndsamt.")
DUTY = st.fixed_dictionaries(
    {
        "quote": st.sampled_from(QUOTES),
        "condition": st.sampled_from(["", "vid hot", "Vid hot"]),
        "exception": st.sampled_from(["", "", "", "på helger"]),
        "group": st.sampled_from(["role", "unit"]),
        "said": st.frozensets(st.sampled_from(["P1D", "PT4H weekdays", "skyndsamt", "2", "5"]), max_size=2),
        "force": st.sampled_from(["must", "must_not", "should"]),
        "document": st.sampled_from("ab"),
        "delegates": st.sampled_from([False, False, False, True]),
    }
)


def in_pairs(entry: HarmonisedRequirement, duties: list[Support]) -> tuple[Support, Support] | None:
    """The definition: the first of all pairs that is about the same case and excludes each other."""
    for one, other in combinations([s for s in duties if s.requirement and not s.delegates], 2):
        first, second = one.requirement, other.requirement
        assert first is not None and second is not None
        same = first.condition.casefold() == second.condition.casefold() and first.actor_group == second.actor_group
        free = not first.exception and not second.exception
        things = not _things_in(one.quote).isdisjoint(_things_in(other.quote))
        if same and free and things and _exclude_each_other(entry, one, other):
            return one, other
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BOOK.requirements), st.lists(DUTY, max_size=8))
def test_the_clash_is_the_first_of_all_pairs(
    build_all: Any, entry: HarmonisedRequirement, given: list[dict[str, Any]]
) -> None:  # fmt: skip
    (document,) = build_all([{"municipality": "Ekby", "clauses": [{"text": "Svara.", "duty": True}]}])
    (pattern,) = document.extraction.requirements
    duties = [
        Support(
            one["document"], 1, n, n + 1, one["quote"], 0.9, 0.9, Tokens(one["said"]),
            replace(
                pattern, condition=one["condition"], exception=one["exception"], actor_group=one["group"],
            ),
            force=one["force"], delegates=one["delegates"],
        )
        for n, one in enumerate(given)
    ]  # fmt: skip
    assert _find_clash(entry, duties) == in_pairs(entry, duties)
