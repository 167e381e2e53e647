"""Who a duty binds, weighed: everybody whom the clause and its surroundings name, and nobody, against each other.

Rules (`subjects.py`, `duties.py`) name one actor from grammar and place. Whether a deadline under "Kontoansvarig läser
kommentarerna" binds the same one is no question of grammar alone, so each person, unit or body that could be meant is
described by facts (where it stands, in what role, under which rule), and a conditional logit model (McFadden 1974)
learned from annotated documents chooses among them and nobody. Facts and weights can be read in models/actors.json.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.extract.found import Duty
from pipeline.extract.parsed import ParsedUnits
from pipeline.extract.subjects import NOMINAL, Actor, Phrase, actor_of, phrase_at, pronoun_at, words_at
from pipeline.extract.surroundings import addressed_reader, group_in_document, heading_actor, speaking_body
from pipeline.linear import add_facts, load_facts
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.parsing import Parse, Token, once_a_parse
from pipeline.swedish.roles import find_roles

MODEL = Path(__file__).parent / "models" / "actors.json"
NOBODY = ""
POINTING = frozenset({"det", "detta", "dessa", "de", "den", "där", "dit", "då", "detsamma"})
"""Words that take up what was just told."""
READERS = frozenset({"du", "ni", "vi"})
SENTENCES_BACK = 2
"""Sentences of the same paragraph whose actors may still be meant."""
SPOKEN = 2
"""How often a document must say "vi" for the organisation to be who speaks."""
GROUPS = frozenset({"role", "unit", "staff", "organisation", "public"})
DOER = "staff"
"""The group of somebody whom only what is done makes an actor: "På helger tar receptionen över"."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_WE = re.compile(r"(?i)\bvi\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a unit: first token, head, and how it hangs on the rest (relation, preposition)."""

    actor: Actor
    start: int
    head: int
    relation: str
    preposition: str
    definite: bool


@dataclass(slots=True)
class Choice:
    """Who could be bound by a duty: by word in lower case, the actor and what speaks of it; "" is nobody."""

    actors: dict[str, Actor | None] = field(default_factory=lambda: {NOBODY: None})
    facts: dict[str, set[str]] = field(default_factory=lambda: {NOBODY: set()})
    named: set[str] = field(default_factory=set)
    """Words that stand in the duty's own clause."""

    def add(self, actor: Actor | None, *facts: str) -> None:
        """Let somebody be a candidate, by these facts among others."""
        if actor is not None and actor.word and not actor.points_back:
            word = actor.word.lower()
            self.actors.setdefault(word, actor)
            self.facts.setdefault(word, set()).update(facts)

    def likeliest(self, weights: Mapping[str, float]) -> str:
        """The word that the facts speak for most, by the weight of each fact."""
        return max(self.facts, key=lambda word: (add_facts(weights, self.facts[word]), word))


def load_weights() -> Mapping[str, float]:
    """The weight of each fact, loaded once a process."""
    return load_facts(MODEL)


def with_actors(outline: Outline, parsed: ParsedUnits, duties: Sequence[Duty]) -> list[Duty]:
    """The duties, each with the actor that its candidates' facts speak for most."""
    weights = load_weights()
    result = []
    for duty, choice in zip(duties, choices(outline, parsed, duties), strict=True):
        word = choice.likeliest(weights)
        actor = choice.actors[word]
        if word == (duty.actor.word.lower() if duty.actor is not None else NOBODY):
            result.append(duty)
            continue
        if actor is not None:
            known = actor if actor.group in GROUPS else replace(actor, group=DOER)
            actor = replace(actor, group=group_in_document(known, to_public=parsed.to_public))
        result.append(replace(duty, actor=actor, actor_explicit=word in choice.named))
    return result


def choices(outline: Outline, parsed: ParsedUnits, duties: Sequence[Duty]) -> Iterator[Choice]:
    """For each duty in text order, who could be bound by it."""
    reading = _Reading(outline, parsed)
    before: Duty | None = None
    for duty in duties:
        yield reading.choice(duty, before)
        before = duty


class _Reading:
    """A document read for who is named where; each unit is read once."""

    def __init__(self, outline: Outline, parsed: ParsedUnits) -> None:
        self.outline = outline
        self.parsed = parsed
        self.readers: dict[int, Actor | None] = {}
        self.we = speaking_body(outline.text)
        self.says_we = len(_WE.findall(outline.text))
        self.type = outline.value_of("document_type")
        self.owners: Counter[str] = Counter()
        self.last: dict[int, Actor] = {}
        """Who was last named by a duty of each section."""

    def choice(self, duty: Duty, before: Duty | None) -> Choice:
        """Who could be bound by a duty, given the one before it."""
        choice = Choice()
        parse = self.parsed.parses[duty.unit.unit]
        at = self.outline.units[duty.unit.unit].start
        inside = [t for t in parse.tokens if at + t.start >= duty.start and at + t.end <= duty.end]
        voice = "passive" if any("Voice=Pass" in t.morph for t in inside) else "active"
        rule = duty.rule
        if duty.actor is not None:
            choice.add(duty.actor, f"ruled:{'own' if duty.actor_explicit else 'given'}", f"ruled:{rule}")
            if duty.actor_explicit:
                choice.named.add(duty.actor.word.lower())
        points = "points" if inside and inside[0].text.lower() in POINTING else "new"
        self._in_sentence(choice, duty, inside, voice)
        self._around(choice, duty, before, f"{voice}:{points}")
        self._further(choice, duty)
        lemma = next((t.lemma for t in inside if t.pos == "VERB"), "")
        choice.facts[NOBODY] |= {
            "none", f"none:{rule}", f"none:{voice}:{duty.unit.kind}", f"none:{duty.modality}", f"none:{lemma}",
            f"none:public:{self.parsed.to_public}", f"none:ruled:{duty.actor is not None}", f"none:type:{self.type}",
            f"none:before:{before is not None and before.actor is not None}", f"none:led:{duty.unit.lead_in >= 0}",
            f"none:opens:{inside[0].pos if inside else ''}",
        }  # fmt: skip
        for word, actor in choice.actors.items():
            if actor is not None:
                sources = "+".join(sorted({f.split(":")[0] for f in choice.facts[word]}))
                group = actor.group
                choice.facts[word] |= {
                    group, f"{group}:{rule}", f"{group}:{voice}", f"{group}:{lemma}",
                    sources, f"{sources}:{rule}", f"{sources}:{voice}",
                }  # fmt: skip
        return choice

    def _in_sentence(self, choice: Choice, duty: Duty, inside: Sequence[Token], voice: str) -> None:
        """Those whom the duty's own sentence names, in its clause (the tokens inside) or beside it."""
        whole = len(self.parsed.parses[duty.unit.unit].tokens)
        low, high = (inside[0].i, inside[-1].i + 1) if inside else (0, whole)
        verb = next((t.i for t in inside if "VerbForm=Fin" in t.morph), -1)
        for m in self._mentions(duty.unit.unit):
            where = "in" if low <= m.start < high else ("ahead" if m.start < low else "after")
            side = "" if where != "in" else ("left" if m.head < verb else "right")
            if where == "in":
                choice.named.add(m.actor.word.lower())
            place = "first" if m.start == low else ""
            choice.add(
                m.actor, f"{where}:{side}:{m.relation}", f"{where}:{side}:{m.preposition}:{voice}",
                f"{where}:{place}:{m.actor.group}", f"{where}:", f"{where}:{m.relation}:{voice}:{m.definite}",
                f"{where}:{m.relation}:{m.actor.group}:{voice}", f"{where}:{m.preposition}:{m.actor.group}",
                f"{where}:{place}:{m.relation}:{duty.rule}",
            )  # fmt: skip

    def _around(self, choice: Choice, duty: Duty, before: Duty | None, voice: str) -> None:
        """Those whom lead-in, heading, earlier sentences and the manner of speaking offer."""
        rule, unit = duty.rule, duty.unit
        for m in self._mentions(unit.lead_in) if unit.lead_in >= 0 else ():
            choice.add(m.actor, "lead:", f"lead:{m.preposition}:{m.relation}", f"lead:{m.actor.group}")
        choice.add(heading_actor(duty.section.title), "heading:", f"heading:{rule}", f"heading:{unit.kind}")
        for back, earlier in self._earlier(unit):
            for m in self._mentions(earlier.unit):
                opens = "opens" if m.start == 0 else ""
                choice.add(
                    m.actor, f"back{back}:{m.relation}:{opens}", f"back{back}:{m.actor.group}", f"back{back}:{rule}",
                    f"back{back}:{m.relation}:{opens}:{voice}", f"back{back}:{m.definite}:{m.actor.group}",
                )  # fmt: skip
        if before is not None and before.section.section == duty.section.section:
            same = "section"
            if before.unit.paragraph == unit.paragraph:
                same = "sentence" if before.unit.unit == unit.unit else "paragraph"
            choice.add(
                before.actor, f"before-{same}:", f"before-{same}:{rule}", f"before-{same}:{before.rule}",
                f"before-{same}:{voice}:{before.actor_explicit}", f"before-{same}:{unit.kind}:{voice}",
            )  # fmt: skip
        choice.add(
            self._reader(duty),
            "reader:",
            f"reader:{rule}",
            f"reader:{duty.modality}",
            f"reader:{self.parsed.to_public}",
        )
        if self.says_we >= SPOKEN:
            often = "often" if self.says_we > 4 * SPOKEN else "sometimes"
            choice.add(self.we, "we:", f"we:{rule}", f"we:{often}", f"we:{self.parsed.to_public}")

    def _further(self, choice: Choice, duty: Duty) -> None:
        """Those whom the section named last and the document names most, which the duty then adds to."""
        choice.add(self.last.get(duty.section.section), "last:", f"last:{duty.rule}", f"last:{duty.unit.kind}")
        if self.owners:
            word, times = max(self.owners.items(), key=lambda item: (item[1], item[0]))
            share = times * 4 // self.owners.total()
            if word in choice.actors and times >= SPOKEN:
                choice.add(choice.actors[word], "main:", f"main:{share}")
        if duty.actor is not None and duty.actor_explicit:
            self.owners[duty.actor.word.lower()] += 1
            self.last[duty.section.section] = duty.actor

    def _reader(self, duty: Duty) -> Actor | None:
        """The reader whom the duty's sentence, else its section, else the document speaks to."""
        text, own, section = self.outline.text, self.outline.units[duty.unit.unit], duty.section
        if section.section not in self.readers:  # a document has many duties and few sections
            self.readers[section.section] = addressed_reader([text, text[section.start : section.end]])
        return addressed_reader(["", text[own.start : own.end]]) or self.readers[section.section]

    def _earlier(self, unit: Unit) -> Iterator[tuple[int, Unit]]:
        """The sentences right before a unit in its paragraph, with their distance."""
        for back in range(1, SENTENCES_BACK + 1):
            at = unit.unit - back
            if at < 0 or self.outline.units[at].paragraph != unit.paragraph:
                return
            yield back, self.outline.units[at]

    def _mentions(self, unit: int) -> tuple[Mention, ...]:
        parse = self.parsed.parses.get(unit)
        return find_mentions(parse, self.we) if parse is not None else ()


@once_a_parse
def find_mentions(parse: Parse, we: Actor) -> tuple[Mention, ...]:
    """Everybody whom a sentence names, in text order; a role inside a longer phrase too.

    Args:
        parse: The sentence.
        we: The organisation that "vi" is.
    """
    return tuple(_name_mentions(parse, we))


def _name_mentions(parse: Parse, we: Actor) -> Iterator[Mention]:
    covered: set[int] = set()
    for phrase in _phrases(parse):
        actor = actor_of(parse, phrase)
        head = parse.tokens[phrase.head]
        if actor is None and head.dep in SUBJECTS and head.pos in ("NOUN", "PROPN"):
            actor = Actor(words_at(parse, phrase), f"other_{head.text[-3:].lower()}")
        if actor is None or actor.points_back:
            continue
        if head.text.lower() in ("vi", "oss"):
            actor = we
        covered.update(range(phrase.start, phrase.head + 1))
        yield _mention(parse, actor, phrase)
    for role in find_roles(parse.text):
        own = [t.i for t in parse.tokens if t.start >= role.start and t.end <= role.end]
        if own and not covered & set(own):
            group = "unit" if role.group in ("unit", "body") else "role"
            word = role.quote if role.quote.isupper() else role.quote[:1].lower() + role.quote[1:]
            if "Case=Gen" in parse.tokens[own[-1]].morph:
                word = word.removesuffix("s")
            yield _mention(parse, Actor(word, group), Phrase(own[0], own[-1] + 1, own[-1]))


def _phrases(parse: Parse) -> Iterator[Phrase]:
    """The noun phrases of a sentence from left to right."""
    tokens, at = parse.tokens, 0
    while at < len(tokens):
        phrase = None
        if tokens[at].text.lower() in READERS:
            phrase = pronoun_at(parse, at)
        elif tokens[at].pos in NOMINAL:
            phrase = phrase_at(parse, at, len(tokens))
        if phrase is not None:
            yield phrase
        at = max(at, phrase.head if phrase is not None else at) + 1


def _mention(parse: Parse, actor: Actor, phrase: Phrase) -> Mention:
    head, first = parse.tokens[phrase.head], parse.tokens[phrase.start]
    ahead = parse.tokens[phrase.start - 1] if phrase.start else None
    preposition = ahead.text.lower() if ahead is not None and ahead.pos == "ADP" else ""
    if "Case=Gen" in head.morph:
        preposition = "genitive"
    return Mention(actor, first.i, phrase.head, head.dep, preposition, "Definite=Def" in head.morph)
