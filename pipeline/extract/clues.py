"""Facts for and against whoever could be bound by a duty: its words, where somebody stands in it, what is near.

Each fact is a short name with what it is about behind colons; models/actors.json has a weight for those that were met
often enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.found import Duty
from pipeline.extract.mentions import Mention
from pipeline.swedish.parsing import Token

TELLING = frozenset({"NOUN", "VERB", "ADJ", "PRON", "AUX", "ADV", "PROPN", "ADP", "SCONJ"})
"""Parts of speech of words that may tell whether a clause has an owner."""
OPENING = frozenset({
    "innan", "om", "när", "som", "att", "sedan", "förrän", "där", "då", "utan", "efter", "vilket", "vars", "ifall",
    "eftersom", "medan", "så", "tills", "för",
})  # fmt: skip
"""Words behind which somebody is seldom who is bound: "innan chefen har godkänt", "utan lov av fotografen"."""
_HAVING = frozenset({"ha", "har", "hade"})
_NEAR_VERB = 6
"""Words behind a name among which a perfect tense is looked for: "Den som syns på bilden ska ha sagt ja"."""
_BEFORE = 8
"""Words before a name beside the clause that tell how it hangs on the sentence."""
_MANY = 3


def of_words(inside: Sequence[Token]) -> Iterator[str]:
    """What a clause's words say of whether it binds anybody by name: "Man", "minst två", "samtycke"."""
    yield from (f"word:{t.lemma}" for t in inside if t.pos in TELLING)
    yield from (f"begins:{' '.join(t.low for t in inside[:n])}" for n in (1, 2))


def of_place(
    tokens: Sequence[Token], inside: Sequence[Token], mention: Mention, where: str, duty: Duty, voice: str
) -> Iterator[str]:  # fmt: skip
    """What speaks for and against somebody by the words around the name.

    Args:
        tokens: Those of the sentence.
        inside: Those of the duty.
        mention: Where the sentence names somebody.
        where: Whether that is in the duty's clause, ahead of it or after it.
        duty: Whose actor is looked for.
        voice: Whether its verb is active or passive.
    """
    place, relation = mention.place, mention.relation
    verb = next((t.lemma for t in inside if t.pos == "VERB"), "")
    finite = next((t.lemma for t in inside if "VerbForm=Fin" in t.morph), "")
    ahead = tokens[inside[0].i if inside and where == "in" else max(0, mention.start - _BEFORE) : mention.start]
    behind = tokens[mention.head + 1].low if mention.head + 1 < len(tokens) else "$"
    opened = next((t.low for t in reversed(ahead) if t.low in OPENING), "-")
    verbs = min(_MANY, sum("VerbForm=Fin" in t.morph for t in ahead))
    done = "done" if any(t.low in _HAVING for t in tokens[mention.head + 1 : mention.head + _NEAR_VERB]) else ""
    counted = "counted" if any(t.pos == "NUM" for t in tokens[max(0, mention.start - 1) : mention.head]) else ""
    for told in (
        f"place:{place}", f"place:{place}:{mention.actor.group}", f"name:{tokens[mention.head].low}",
        f"{relation}:{duty.modality}", f"behind:{behind}",
        f"{relation}:{verb}", f"{mention.preposition}:does:{verb}", f"{mention.preposition}:is:{finite}",
        f"opened:{opened}:{voice}", f"opened:{opened}:{place}", f"verbs:{verbs}:{place}:{voice}",
        f"manner:{done}:{counted}:{place}", f"manner:{counted}:{verb}", f"manner:{done}:{verb}:{place}",
    ):  # fmt: skip
        yield f"{where}:{told}"


def of_neighbour(name: str, duty: Duty, other: Duty | None, voice: str) -> tuple[list[str], list[str]]:
    """What a duty nearby says of there being nobody, and of whom the rules see bound by it."""
    if other is None or other.section.section != duty.section.section:
        return [f"{name}:edge:{voice}"], []
    where = nearness(duty, other)
    named = "nobody" if other.actor is None else ("own" if other.actor_explicit else "given")
    told = f"{name}:{where}:{named}"
    return (
        [f"{told}:{voice}", f"{told}:by:{other.rule}", f"{told}:{duty.rule}:{duty.unit.kind}"],
        [f"{told}:same", f"{told}:same:{voice}", f"{told}:same:by:{other.rule}"],
    )


def nearness(duty: Duty, other: Duty) -> str:
    """Whether two duties of a section share their sentence, their paragraph or the section alone."""
    if duty.unit.paragraph != other.unit.paragraph:
        return "section"
    return "sentence" if duty.unit.unit == other.unit.unit else "paragraph"
