"""What words mean: forms, compounds and particle verbs find their synonyms, and the shipped file keeps its notice."""

from __future__ import annotations

import pytest

from pipeline.codebooks.thesaurus import FILE, tell_meanings
from pipeline.learning.synonyms import NOTICE, pack_synonyms
from pipeline.packed import read_packed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kommentaren raderas", {"kommentar", "radera", "utplåna", "ta_bort"}),
        ("Vi plockar bort det", {"plocka", "noppa"}),
        ("tar bort inlägget", {"ta_bort", "inlägg"}),
        ("vänligare", {"vänlig", "trevlig"}),
        ("specialgranskade", {"granska", "kontrollera"}),
        ("Följerskapet xqz", {"xqz"}),
    ],
)
def test_words_are_told_with_their_synonyms(text: str, told: set[str]) -> None:
    assert told <= set(tell_meanings(text).split())


def test_words_without_a_subject_are_left_out() -> None:
    assert tell_meanings("och att det som är") == ""
    assert tell_meanings("") == ""


def test_a_thesaurus_is_packed_with_its_notice() -> None:
    held = "ISO-8859-1\nÖppna|1\n|starta|öppna|inleda\nensam|1\n|\nflera|2\nadj|många\n|åtskilliga\n".encode("latin-1")
    assert pack_synonyms(held) == NOTICE + "flera|många|åtskilliga\nöppna|inleda|starta\n"
    assert read_packed(FILE).decode("utf-8").startswith(NOTICE)
