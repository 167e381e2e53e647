"""The words of the project's own training sentences: each form with its lemma, tag and features."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.trees import parse_tree

GENDERS = {"u": ("UTR", "Com"), "n": ("NEU", "Neut")}
_NUMBERS = {"sg": ("SIN", "Sing"), "pl": ("PLU", "Plur")}
_DEFINITE = {"ind": ("IND", "Ind"), "def": ("DEF", "Def")}


@dataclass(frozen=True, slots=True)
class Form:
    """A word form with its gold analysis; `partner` is the preposition or particle it takes."""

    text: str
    lemma: str
    pos: str
    tag: str
    morph: str
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Forms by what a template calls them ("thing-u.sg.def", "vt.inf", "att/PART"), in the order of the file."""

    forms: Mapping[str, tuple[Form, ...]]

    def find(self, name: str) -> tuple[Form, ...]:
        """All forms of that name.

        Raises:
            KeyError: words.yaml has none; the message says which name.
        """
        if name not in self.forms:
            raise KeyError(f"no word {name!r} in words.yaml")
        return self.forms[name]


def read_words(path: Path) -> Words:
    """The inflected words of a file in the layout of words.yaml."""
    table = parse_tree(path.read_text(encoding="utf-8"))
    forms: dict[str, list[Form]] = {}
    for name, form in _inflect_all(table):
        forms.setdefault(name, []).append(form)
    return Words({name: tuple(found) for name, found in forms.items()})


def _inflect_all(table: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    adjectives = {"adj": table["adjectives"], "pred": table["predicates"]}
    for group, nouns in table["nouns"].items():
        for lemma, cells in nouns.items():
            for name, form in _inflect_noun(lemma, cells):
                yield f"{group}-{cells[0]}.{name}", form
                yield from _name_form(group, lemma, name, form)
    for groups, inflect in ((table["verbs"], inflect_verb), (adjectives, _inflect_adjective)):
        for group, entries in groups.items():
            for entry, cells in entries.items():
                for name, form in inflect(entry, cells):
                    yield from _name_form(group, entry, name, form)
    yield from _read_forms(table["forms"])


def _name_form(group: str, entry: str, name: str, form: Form) -> Iterator[tuple[str, Form]]:
    yield f"{group}.{name}", form
    yield f"{group}:{entry}.{name}", form


def _read_forms(table: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, Form]]:
    for text, readings in table.items():
        for pos, (lemma, tag, morph) in readings.items():
            form = Form(text, lemma, pos, tag, morph)
            yield f"{text}/{pos}", form
            if pos == next(iter(readings)):
                yield text, form


def _inflect_noun(lemma: str, cells: Sequence[str]) -> Iterator[tuple[str, Form]]:
    gender_tag, gender = GENDERS[cells[0]]
    texts = (lemma, *cells[1:])
    slots = (("sg", "ind"), ("sg", "def"), ("pl", "ind"), ("pl", "def"))
    for text, (number, definite) in zip(texts, slots, strict=True):
        if text == "-":
            continue
        number_tag, number_feat = _NUMBERS[number]
        definite_tag, definite_feat = _DEFINITE[definite]
        for case, suffix, case_name in (("NOM", "", ""), ("GEN", "s", ".gen")):
            tag = f"NN|{gender_tag}|{number_tag}|{definite_tag}|{case}"
            morph = f"Case={case.capitalize()}|Definite={definite_feat}|Gender={gender}|Number={number_feat}"
            form = text if suffix and text.endswith("s") else text + suffix
            yield f"{number}.{definite}{case_name}", Form(form, lemma, "NOUN", tag, morph)


def _inflect_adjective(lemma: str, cells: Sequence[str]) -> Iterator[tuple[str, Form]]:
    neuter, plural = cells
    start = "Case=Nom|Definite={}|Degree=Pos"
    indefinite = start.format("Ind")
    yield "u", Form(lemma, lemma, "ADJ", "JJ|POS|UTR|SIN|IND|NOM", f"{indefinite}|Gender=Com|Number=Sing")
    yield "n", Form(neuter, lemma, "ADJ", "JJ|POS|NEU|SIN|IND|NOM", f"{indefinite}|Gender=Neut|Number=Sing")
    yield "pl", Form(plural, lemma, "ADJ", "JJ|POS|UTR/NEU|PLU|IND/DEF|NOM", f"{indefinite}|Number=Plur")
    yield "pl_def", Form(plural, lemma, "ADJ", "JJ|POS|UTR/NEU|PLU|IND/DEF|NOM", start.format("Def"))
    yield "def", Form(plural, lemma, "ADJ", "JJ|POS|UTR/NEU|SIN|DEF|NOM", start.format("Def"))


def inflect_verb(entry: str, cells: Sequence[str]) -> Iterator[tuple[str, Form]]:
    """Each form's name and the form, the s-passives made from the active ones.

    Args:
        entry: the infinitive, with the preposition or particle it takes after a space.
        cells: present, past, supine and imperative.
    """
    lemma, _, partner = entry.partition(" ")
    present, past, supine, imperative = cells
    finite = "Mood=Ind|Tense={}|VerbForm=Fin|Voice={}"
    rows = (
        ("inf", lemma, lemma + "s", "INF", "VerbForm=Inf|Voice={1}"),
        ("pres", present, _make_present_passive(present), "PRS", finite.replace("{}", "Pres", 1).replace("{}", "{1}")),
        ("past", past, past + "s", "PRT", finite.replace("{}", "Past", 1).replace("{}", "{1}")),
        ("sup", supine, supine + "s", "SUP", "VerbForm=Sup|Voice={1}"),
    )
    for name, active, passive, tag, morph in rows:
        yield name, Form(active, lemma, "VERB", f"VB|{tag}|AKT", morph.replace("{1}", "Act"), partner)
        yield f"{name}_s", Form(passive, lemma, "VERB", f"VB|{tag}|SFO", morph.replace("{1}", "Pass"), partner)
    yield "imp", Form(imperative, lemma, "VERB", "VB|IMP|AKT", "Mood=Imp|VerbForm=Fin|Voice=Act", partner)


def _make_present_passive(present: str) -> str:
    """The s-form of a present: "raderas" for "raderar", "följs" for "följer", "läses" for "läser", "diarieförs"."""
    if present.endswith("er"):
        stem = present[:-2]
        return f"{stem}es" if stem.endswith("s") else f"{stem}s"
    if present.endswith(("ör", "äl")):
        return present + "s"
    return present[:-1] + "s"
