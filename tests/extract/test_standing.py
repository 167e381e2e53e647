"""Where a phrase stands beside its verb, and whom headings name."""

from __future__ import annotations

import pytest

from pipeline.extract.headed import Headed, agent_in_heading
from pipeline.extract.mentions import find_mentions
from pipeline.extract.standing import BY, CLEFT, FRONT, OPENED, PASSIVE, TURNED
from pipeline.extract.subjects import Actor
from pipeline.swedish.parsing import parse
from tests.texts import outline_of

WE = Actor("kommunen", "organisation")


@pytest.mark.parametrize(
    ("said", "word", "place"),
    [
        ("Redaktören svarar inom två dagar.", "redaktören", FRONT),
        ("Vid frågor svarar redaktören samma dag.", "redaktören", TURNED),
        ("Finner förvaltningschefen att tillsyn behövs ska det ordnas.", "förvaltningschefen", OPENED),
        ("Inkommande post öppnas dagligen av vaktmästeriet.", "vaktmästeriet", BY + PASSIVE),
        ("När det är barn på bilden är det vårdnadshavarna som ger sitt tillstånd.", "vårdnadshavarna", CLEFT),
        ("Övriga konton delar huvudkontots inlägg.", "övriga konton", FRONT),
        ("När sidan är igång skickar du adressen till informatören.", "du", TURNED),
        ("När sidan är igång mejlar du adressen till informatören.", "du", ""),  # a verb that the parser does not know
    ],
)
def test_who_stands_where(said: str, word: str, place: str) -> None:
    (found,) = (m for m in find_mentions(next(iter(parse([said]))), WE) if m.actor.word == word)
    assert found.place == place


@pytest.mark.parametrize(
    "said", ["På sidan publicerar vi inga bilder utan samtycke.", "Frågor besvaras inom två dagar."]
)
def test_a_thing_is_nobody(said: str) -> None:
    words = {m.actor.word for m in find_mentions(next(iter(parse([said]))), WE) if m.actor.group == "acting"}
    assert not words


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Bevakare", "bevakare"),
        ("3 Kontohållarens åligganden", "kontohållaren"),
        ("Kontoägare (vanligtvis en chef)", "kontoägare"),
        ("Frågor", ""),
        ("Att tänka på", ""),
    ],
)
def test_whom_a_heading_names(title: str, word: str) -> None:
    found = agent_in_heading(title)
    assert (found.word if found is not None else "") == word


def test_a_name_on_a_line_of_its_own_is_over_what_its_bearer_does() -> None:
    outline = outline_of("# Rutin\n\n## Roller\n\nKanalvärd\n\n- Läser kommentarer\n- Svarar på frågor\n")
    items = [unit for unit in outline.units if unit.kind == "list_item"]
    assert [Headed(outline).line_above(unit) for unit in items] == [Actor("kanalvärd", "role")] * 2
