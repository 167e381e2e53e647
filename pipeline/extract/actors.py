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

from pipeline.extract import clues
from pipeline.extract.found import Duty
from pipeline.extract.headed import Headed, agent_in_heading
from pipeline.extract.mentions import DOER, SUBJECTS, Mention, base_of, find_mentions, name_again
from pipeline.extract.parsed import ParsedUnits
from pipeline.extract.subjects import Actor
from pipeline.extract.surroundings import addressed_reader, group_in_document, heading_actor, speaking_body
from pipeline.linear import add_facts, load_facts
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.parsing import Parse, Token

MODEL = Path(__file__).parent / "models" / "actors.json"
NOBODY = ""
POINTING = frozenset({"det", "detta", "dessa", "de", "den", "där", "dit", "då", "detsamma"})
"""Words that take up what was just told."""
PERSONAL = frozenset({"denne", "denna", "hen", "han", "hon", "vederbörande", "funktionen", "rollen", "uppdraget"})
"""Words that take up a person or a role named before; they may stand anywhere in a clause."""
SENTENCES_BACK = 2
"""Sentences of the same paragraph whose actors may still be meant."""
NEARBY = 6
"""Units to each side among which those of the same paragraph are looked for."""
SPOKEN = 2
"""How often a document must say "vi" for the organisation to be who speaks."""
NEIGHBOURS = ("second-before", "just-before")
"""The duties before one, in their order, whose owners tell something of its own."""
GROUPS = frozenset({"role", "unit", "staff", "organisation", "public"})
_RELATIVE = re.compile(r"som\s")
_GAP = 4
"""Commas and blanks before a relative word, at most."""
_WE = re.compile(r"(?i)\bvi\b")
_SINGULAR = re.compile(r"(?i)\b(?:du|dig|din|ditt|dina)\b")
_PLURAL = re.compile(r"(?i)\b(?:ni|er|ert|era)\b")
QUARTERS = 4
"""Into how many parts the share is told in which a document says "du" rather than "ni"."""


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
        same = word == (duty.actor.word.lower() if duty.actor is not None else NOBODY)
        if same or _is_antecedent(outline, duty) or _stands_in_row(parsed, duty):
            result.append(duty)
            continue
        if actor is not None:
            known = actor if actor.group in GROUPS else replace(actor, group=DOER)
            actor = replace(
                actor, group=group_in_document(known, to_public=duty.unit.section in parsed.public_sections)
            )
        result.append(replace(duty, actor=actor, actor_explicit=word in choice.named))
    return result


def _is_antecedent(outline: Outline, duty: Duty) -> bool:
    """Whether a relative clause stands right behind who it says does something: "meddela redaktören, som tar bort"."""
    if duty.actor is None or not _RELATIVE.match(outline.text, duty.start):
        return False
    word = duty.actor.word.casefold()
    ahead = outline.text[max(0, duty.start - len(word) - _GAP) : duty.start]
    return ahead.rstrip(" ,\n").casefold().endswith(word)


def _stands_in_row(parsed: ParsedUnits, duty: Duty) -> bool:
    """Whether a cell of the duty's row names its actor, which nothing around the table overrules."""
    row = parsed.rows.get(duty.unit.unit)
    return row is not None and row.actor is not None and duty.actor is not None and row.actor.word == duty.actor.word


def choices(outline: Outline, parsed: ParsedUnits, duties: Sequence[Duty]) -> Iterator[Choice]:
    """For each duty in text order, who could be bound by it."""
    reading = _Reading(outline, parsed, duties)
    before: list[Duty | None] = [None] * len(NEIGHBOURS)
    for duty in duties:
        yield reading.choice(duty, before)
        before = [*before[1:], duty]


class _Reading:
    """A document read for who is named where; each unit is read once."""

    def __init__(self, outline: Outline, parsed: ParsedUnits, duties: Sequence[Duty]) -> None:
        self.outline = outline
        self.doers = frozenset(base_of(d.actor.word) for d in duties if d.actor is not None and d.actor_explicit)
        """Who does something anywhere in the document, whatever word it has for them ("sidvärden")."""
        self.named: dict[int, tuple[Mention, ...]] = {}
        self.headed = Headed(outline)
        self.parsed = parsed
        self.readers: dict[int, tuple[Actor | None, str]] = {}
        self.we = speaking_body(outline.text)
        self.says_we = len(_WE.findall(outline.text))
        self.says = {"du": len(_SINGULAR.findall(outline.text)), "ni": len(_PLURAL.findall(outline.text))}
        self.type = outline.value_of("document_type")
        self.owners: Counter[str] = Counter()
        self.last: dict[int, Actor] = {}
        """Who was last named by a duty of each section."""

    def choice(self, duty: Duty, earlier: Sequence[Duty | None]) -> Choice:
        """Who could be bound by a duty, given those before it, the last one last."""
        choice, before = Choice(), earlier[-1]
        parse = self.parsed.parses[duty.unit.unit]
        at = self.outline.units[duty.unit.unit].start
        inside = [t for t in parse.tokens if at + t.start >= duty.start and at + t.end <= duty.end]
        voice = "passive" if any("Voice=Pass" in t.morph for t in inside) else "active"
        rule = duty.rule
        if duty.actor is not None:
            choice.add(duty.actor, f"ruled:{'own' if duty.actor_explicit else 'given'}", f"ruled:{rule}")
            if duty.actor_explicit:
                choice.named.add(duty.actor.word.lower())
        points = "points" if inside and inside[0].low in POINTING else "new"
        if any(t.low in PERSONAL and t.dep in SUBJECTS for t in inside):
            points = "person"
        self._in_sentence(choice, duty, inside, voice)
        self._around(choice, duty, before, f"{voice}:{points}")
        self._further(choice, duty)
        lemma = next((t.lemma for t in inside if t.pos == "VERB"), "")
        choice.facts[NOBODY] |= {
            "none", f"none:{rule}", f"none:{voice}:{duty.unit.kind}", f"none:{duty.modality}", f"none:{lemma}",
            f"none:public:{self._to_public(duty)}", f"none:ruled:{duty.actor is not None}", f"none:type:{self.type}",
            f"none:before:{before is not None and before.actor is not None}", f"none:led:{duty.unit.lead_in >= 0}",
            f"none:opens:{inside[0].pos if inside else ''}",
        }  # fmt: skip
        choice.facts[NOBODY].update(clues.of_words(inside))
        for name, other in zip(NEIGHBOURS, earlier, strict=True):
            self._beside(choice, duty, name, other, voice)
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
        tops = {t.i for t in inside if t.head == t.i or not low <= t.head < high}
        tokens = self.parsed.parses[duty.unit.unit].tokens
        for m in self._mentions(duty.unit.unit):
            where = "in" if low <= m.start < high else ("ahead" if m.start < low else "after")
            side = "" if where != "in" else ("left" if m.head < verb else "right")
            if where == "in":
                choice.named.add(m.actor.word.lower())
            level = "main" if tokens[m.head].head in tops or m.head in tops else "below"
            place = "first" if m.start == low else ""
            if inside and m.head == inside[-1].i and m.start > low and inside[m.start - low].text[:1].isupper():
                place = "cell"  # "Godkänna nya sidor Förvaltningschef": a row of a table that lost its lines
            choice.add(
                m.actor, f"{where}:{side}:{m.relation}", f"{where}:{side}:{m.preposition}:{voice}",
                f"{where}:{place}:{m.actor.group}", f"{where}:", f"{where}:{m.relation}:{voice}:{m.definite}",
                f"{where}:{m.relation}:{m.actor.group}:{voice}", f"{where}:{m.preposition}:{m.actor.group}",
                f"{where}:{place}:{m.relation}:{duty.rule}", f"{where}:{level}:{m.relation}:{voice}",
                f"{where}:{level}:{m.relation}:{m.actor.group}", f"{where}:{level}:{m.preposition}:{voice}",
                *clues.of_place(tokens, inside, m, where, duty, voice),
            )  # fmt: skip

    def _around(self, choice: Choice, duty: Duty, before: Duty | None, voice: str) -> None:
        """Those whom lead-in, heading, earlier sentences and the manner of speaking offer."""
        rule, unit = duty.rule, duty.unit
        for m in self._mentions(unit.lead_in) if unit.lead_in >= 0 else ():
            choice.add(m.actor, "lead:", f"lead:{m.preposition}:{m.relation}", f"lead:{m.actor.group}")
        for back, earlier in self._earlier(self.outline.units[unit.lead_in]) if unit.lead_in >= 0 else ():
            for m in self._mentions(earlier.unit):
                choice.add(
                    m.actor, f"leadback{back}:{m.relation}", f"leadback{back}:{m.actor.group}", f"leadback{back}:"
                )
        choice.add(self.headed.label(unit), "label:", f"label:{rule}", f"label:{unit.kind}", f"label:{voice}")
        choice.add(self.headed.charged(duty.section), "charged:", f"charged:{rule}", f"charged:{voice}")
        title = duty.section.title
        choice.add(heading_actor(title), "heading:", f"heading:{rule}", f"heading:{unit.kind}")
        if heading_actor(title) is None:
            choice.add(agent_in_heading(title), "title:", f"title:{rule}", f"title:{unit.kind}", f"title:{voice}")
        choice.add(self.headed.line_above(unit), "line:", f"line:{rule}", f"line:{unit.kind}", f"line:{voice}")
        for back, earlier in self._earlier(unit):
            for m in self._mentions(earlier.unit):
                opens = "opens" if m.start == 0 else ""
                choice.add(
                    m.actor, f"back{back}:{m.relation}:{opens}", f"back{back}:{m.actor.group}", f"back{back}:{rule}",
                    f"back{back}:{m.relation}:{opens}:{voice}", f"back{back}:{m.definite}:{m.actor.group}",
                )  # fmt: skip
        if before is not None and before.section.section == duty.section.section:
            same = clues.nearness(duty, before)
            choice.add(
                before.actor, f"before-{same}:", f"before-{same}:{rule}", f"before-{same}:{before.rule}",
                f"before-{same}:{voice}:{before.actor_explicit}", f"before-{same}:{unit.kind}:{voice}",
            )  # fmt: skip
        reader, where = self._reader(duty)
        choice.add(
            reader, "reader:", f"reader:{rule}", f"reader:{duty.modality}", f"reader:{self._to_public(duty)}",
            f"reader:{where}", f"reader:{where}:{rule}", f"reader:{where}:{unit.kind}",
        )  # fmt: skip
        choice.facts[NOBODY] |= {f"none:reader:{where}", f"none:reader:{where}:{rule}"}
        if reader is not None:
            self._other_reader(choice, reader, where, rule)
        if self.says_we >= SPOKEN:
            often = "often" if self.says_we > 4 * SPOKEN else "sometimes"
            choice.add(self.we, "we:", f"we:{rule}", f"we:{often}", f"we:{self._to_public(duty)}")

    def _other_reader(self, choice: Choice, reader: Actor, where: str, rule: str) -> None:
        """The reader as the other of "du" and "ni", which many a document says in turns."""
        word = "du" if reader.word == "ni" else "ni"
        often = QUARTERS * self.says[word] // max(1, sum(self.says.values()))
        said = str(often) if self.says[word] else "never"
        choice.add(
            replace(reader, word=word), f"other-reader:{word}", f"other-reader:{rule}", f"other-reader:{said}",
            f"other-reader:{where}:{word}:{said}",
        )  # fmt: skip

    def _beside(self, choice: Choice, duty: Duty, name: str, other: Duty | None, voice: str) -> None:
        """What the rules see in a duty nearby, for there being nobody and for whom they name there."""
        nobody, same = clues.of_neighbour(name, duty, other, voice)
        choice.facts[NOBODY].update(nobody)
        word = other.actor.word.lower() if other is not None and other.actor is not None else NOBODY
        if word and word in choice.facts:
            choice.facts[word].update(same)

    def _to_public(self, duty: Duty) -> bool:
        return duty.unit.section in self.parsed.public_sections

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

    def _reader(self, duty: Duty) -> tuple[Actor | None, str]:
        """The reader whom a duty's sentence, paragraph, section or document speaks to, and which of them it is."""
        text, own, section = self.outline.text, self.outline.units[duty.unit.unit], duty.section
        paragraph = [u for u in self.outline.units[max(0, own.unit - NEARBY) : own.unit + NEARBY + 1]
                     if u.paragraph == own.paragraph]  # fmt: skip
        for where, start, end in (
            ("sentence", own.start, own.end), ("paragraph", paragraph[0].start, paragraph[-1].end),
        ):  # fmt: skip
            reader = addressed_reader(["", text[start:end]])
            if reader is not None:
                return reader, where
        if section.section not in self.readers:  # a document has many duties and few sections
            spoken_to = addressed_reader(["", text[section.start : section.end]])
            self.readers[section.section] = (
                (spoken_to, "section") if spoken_to else (addressed_reader([text]), "document")
            )
        return self.readers[section.section]

    def _earlier(self, unit: Unit) -> Iterator[tuple[int, Unit]]:
        """The sentences right before a unit in its paragraph, with their distance."""
        for back in range(1, SENTENCES_BACK + 1):
            at = unit.unit - back
            if at < 0 or self.outline.units[at].paragraph != unit.paragraph:
                return
            yield back, self.outline.units[at]

    def _mentions(self, unit: int) -> tuple[Mention, ...]:
        parse = self.parsed.parses.get(unit)
        if parse is None:
            return ()
        if unit not in self.named:
            found = find_mentions(parse, self.we)
            named = (*found, *name_again(parse, self.doers, found))
            self.named[unit] = tuple(m for m in named if not self._crosses_cells(unit, parse, m))
        return self.named[unit]

    def _crosses_cells(self, unit: int, parse: Parse, mention: Mention) -> bool:
        """Whether a name is put together of two cells of a row: "person eller egendom | Dölj"."""
        at = self.outline.units[unit]
        start = at.start + parse.tokens[mention.start].start
        words = self.outline.text[start : start + len(mention.actor.word)]
        return at.kind == "table_row" and ("|" in words or "\t" in words)
