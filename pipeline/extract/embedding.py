"""What is co-ordinated inside a question or a purpose, and so is no duty of its own.

"Rutiner för hur frågor tas emot, fördelas och besvaras": the verbs behind the comma go on from the question, which
their form tells, for Swedish verbs that are co-ordinated have one form.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Token

ASKING = frozenset({"hur", "vad", "vem", "vilka", "vilken", "vilket", "när", "varför"})
_SEEING_TO = frozenset({"ansvarar", "ansvarig", "ansvariga", "ansvar", "ansvaret", "svarar", "sörjer"})
"""Words before "för att" that make what follows the duty itself."""
_MEANS = frozenset({"tid", "möjlighet", "möjligheten", "resurser", "kunskap", "kompetens", "förmåga", "utrymme"})
"""Things that one must have to do what follows "att"."""


def goes_on_within(tokens: Sequence[Token], start: int, joint: int, first: int) -> bool:
    """Whether what follows a joint goes on from a clause inside the duty, not from the duty's own verb.

    Args:
        tokens: The sentence.
        start: The duty's first token.
        joint: The token that joins: a comma or coordinator.
        first: The first token behind it.
    """
    opener = _opener(tokens, start, joint)
    behind = next((t for t in tokens[first : first + 3] if t.pos not in ("ADV", "PART")), None)
    if opener < 0 or behind is None:
        return False
    form, own = _form(behind), _own_form(tokens, start, opener)
    inner = next((t for t in reversed(tokens[opener:joint]) if _form(t)), None)
    if inner is None or not own or form != _form(inner):
        return False  # without a verb of its own before it the clause was inside the subject, and is closed
    return own != form or inner.i == joint - 1  # bare verbs: "tid att läsa, besvara och dokumentera"


def _opener(tokens: Sequence[Token], start: int, joint: int) -> int:
    """The word that opens the innermost such clause before a joint, -1 where none is open any more."""
    for i in range(joint - 1, start, -1):
        low = tokens[i].low
        if low == "som":
            return -1  # behind a relative clause the main one goes on as often as not
        if low in ASKING and i > start + 1:
            return i
        before = tokens[i - 1].low
        if low == "att" and ((before == "för" and tokens[i - 2].low not in _SEEING_TO) or before in _MEANS):
            return i
        if low in lexicon().modals and tokens[i - 1].text == ",":
            return -1  # the main clause goes on: "Konton som inte används, ska ..."
    return -1


def _own_form(tokens: Sequence[Token], start: int, end: int) -> str:
    """The form of the duty's own verb: the infinitive behind its modal, else its finite verb."""
    verbs = [t for t in tokens[start:end] if t.pos in ("VERB", "AUX")]
    modal = next((n for n, t in enumerate(verbs) if t.low in lexicon().modals), -1)
    chosen = verbs[modal + 1 : modal + 2] or verbs[:1]
    return _form(chosen[0]) if chosen else ""


def _form(token: Token) -> str:
    """Passive, infinitive or present; empty for what is no verb. A modal counts by what it governs."""
    low = token.low
    if token.pos not in ("VERB", "AUX") or low in lexicon().modals:
        return ""
    if "Voice=Pass" in token.morph or low.endswith("s"):
        return "passive"
    if "VerbForm=Inf" in token.morph or "Mood=Imp" in token.morph:
        return "infinitive"
    return "present" if "VerbForm=Fin" in token.morph else ""
