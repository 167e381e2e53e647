"""Gold-analysed training sentences in the language of policies, drawn from the templates with a fixed seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.swedish.training.words import Form, Words, read_words
from pipeline.trees import parse_tree

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GoldToken:
    """A word with its gold analysis; `head` is an index into the sentence, the root's own index for the root."""

    text: str
    lemma: str
    pos: str
    tag: str
    morph: str
    dep: str
    head: int
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with its gold analysis; `layout` is what it would be in a document: sentence, item or heading."""

    tokens: tuple[GoldToken, ...]
    layout: str = "sentence"


@dataclass(frozen=True, slots=True)
class _Item:
    what: tuple[str, ...]
    dep: str  # "" for the head
    anchor: int  # place in the template of the item it hangs from, -1 for the head
    optional: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    weight: int
    layout: str
    templates: tuple[tuple[_Item, ...], ...]


class Grammar:
    """Templates and words, ready to draw sentences from."""

    def __init__(self, templates: Path = _FOLDER / "templates.yaml", words: Path = _FOLDER / "words.yaml") -> None:
        """Reads both files; a template that does not make sense is named in the ValueError."""
        table = parse_tree(templates.read_text(encoding="utf-8"))
        self.words: Words = read_words(words)
        self.rules: Mapping[str, tuple[tuple[_Item, ...], ...]] = {
            name: tuple(_read_template(line) for line in lines)
            for part in ("rules", "parts")
            for name, lines in table[part].items()
        }
        self.kinds: Mapping[str, _Kind] = {
            name: _Kind(kind["weight"], kind["layout"], tuple(_read_template(line) for line in kind["templates"]))
            for name, kind in table["kinds"].items()
        }

    def draw(self, count: int, *, seed: int) -> list[GoldSentence]:
        """That many different sentences; the kinds in proportion to their weights, the same for the same seed."""
        chance = random.Random(seed)  # noqa: S311 (draws training data, guards nothing)
        names = list(self.kinds)
        weights = [self.kinds[name].weight for name in names]
        seen: set[tuple[str, ...]] = set()
        sentences: list[GoldSentence] = []
        for _ in range(20 * count):
            kind = self.kinds[chance.choices(names, weights)[0]]
            tokens = _Drawing(self, chance).draw_template(chance.choice(kind.templates))
            key = tuple(token.text for token in tokens)
            if key not in seen and len(tokens) <= 40:
                seen.add(key)
                sentences.append(GoldSentence(tuple(tokens), kind.layout))
            if len(sentences) == count:
                break
        return sentences


class _Drawing:
    """One sentence being drawn; remembers the last verb's preposition or particle for the items `prep` and `prt`."""

    def __init__(self, grammar: Grammar, chance: random.Random) -> None:
        self.grammar = grammar
        self.chance = chance
        self.partner = ""

    def draw_template(self, template: Sequence[_Item]) -> list[GoldToken]:
        """The template's tokens; their heads count from the first of them."""
        parts: list[list[GoldToken]] = []
        roots: list[int] = []
        start = 0
        for item in template:
            tokens = [] if item.optional and self.chance.random() < 0.5 else self._draw_item(item)
            parts.append([replace(token, head=token.head + start) for token in tokens])
            roots.append(next((start + at for at, token in enumerate(tokens) if token.head == at), -1))
            start += len(tokens)
        head = next(root for item, root in zip(template, roots, strict=True) if not item.dep)
        flat = [token for part in parts for token in part]
        for item, root in zip(template, roots, strict=True):
            if root < 0 or not item.dep:
                continue
            anchor = roots[item.anchor] if item.anchor >= 0 and roots[item.anchor] >= 0 else head
            flat[root] = replace(flat[root], dep=item.dep, head=anchor)
        return flat

    def _draw_item(self, item: _Item) -> list[GoldToken]:
        what = self.chance.choice(item.what)
        if what in self.grammar.rules:
            return self.draw_template(self.chance.choice(self.grammar.rules[what]))
        if what == "prep":
            form = self.grammar.words.find(f"{self.partner}/ADP")[0]
        elif what == "prt":
            form = self._find_particle()
        else:
            form = self.chance.choice(self.grammar.words.find(what))
        self.partner = form.partner or self.partner
        return [GoldToken(form.text, form.lemma, form.pos, form.tag, form.morph, "root", 0)]

    def _find_particle(self) -> Form:
        words = self.grammar.words
        form = words.find(self.partner)[0]
        return replace(form, tag="PL") if form.pos in {"ADP", "ADV"} else form


def _read_template(line: str) -> tuple[_Item, ...]:
    items = tuple(_read_item(part) for part in line.split())
    if sum(not item.dep for item in items) != 1 or any(item.anchor >= len(items) for item in items):
        raise ValueError(f"template {line!r}: it needs one head, marked *, and anchors that exist")
    return items


def _read_item(part: str) -> _Item:
    optional = part.startswith("?")
    part = part.removeprefix("?")
    if part.startswith("*"):
        return _Item(_read_choice(part[1:]), "", -1, optional)
    relation, _, what = part.partition("=")
    dep, _, anchor = relation.partition("@")
    return _Item(_read_choice(what), dep, int(anchor) - 1 if anchor else -1, optional)


def _read_choice(what: str) -> tuple[str, ...]:
    return tuple(what.split("|"))
