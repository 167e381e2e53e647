"""Repairs to the first release of Talbanken's training part, whose labels a script brought to today's."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from pipeline.swedish.training.sentences import GoldSentence, GoldToken

_CORRECTIONS = Path(__file__).parent / "lemma_corrections.csv"
_SHORTEST_KNOWN_END = 4  # letters; shorter ends make lemmas up ("ring" in "ansvarsfördelning")

_AUXILIARIES = frozenset(
    {"bli", "bruka", "böra", "få", "ha", "komma", "kunna", "lära", "måste", "skola", "torde", "vara", "vilja"}
)
_NEVER_MEMBERS = frozenset({"", "aux", "case", "cc", "conj", "cop", "mark", "punct"})
_OPENERS = frozenset({"antingen", "både", "dels", "såväl", "varken"})  # they stand before the first member
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})

_PARTICIPLE_ENDINGS = (
    ("ade", "ad"),
    ("dda", "dd"),
    ("da", "d"),
    ("ta", "t"),
    ("na", "en"),
    ("at", "ad"),
    ("et", "en"),
)

_Known = Mapping[tuple[str, str], str]


def upgrade_sentences(sentences: Sequence[GoldSentence]) -> list[GoldSentence]:
    """The sentences with co-ordinations, subjects of deponent verbs and lemmas as today's releases have them."""
    corrections = _read_corrections(_CORRECTIONS)
    known = _collect_lemmas(sentences)
    upgraded = []
    for sentence in sentences:
        tokens = tuple(replace(token, lemma=correct_lemma(token, corrections, known)) for token in sentence.tokens)
        upgraded.append(replace(sentence, tokens=rename_deponent_subjects(nest_conjuncts(promote_verbs(tokens)))))
    return upgraded


def promote_verbs(tokens: tuple[GoldToken, ...]) -> tuple[GoldToken, ...]:
    """The tokens with verbs as heads that hang as auxiliaries from the verb after them.

    The first release has "behöva" as an auxiliary, today it heads an open complement. And some co-ordinated verbs
    ("kompletteras eller balanseras") hang in the same way, the first from the second.
    """
    result = list(tokens)
    for at, token in enumerate(tokens):
        verb = result[at].head
        if token.dep != "aux" or token.pos != "VERB" or verb <= at:
            continue
        linked = any(result[i].dep == "cc" for i in range(at + 1, verb))
        if token.lemma == "behöva" and not linked:
            _promote(result, at, verb, "xcomp")
        elif linked and token.lemma not in _AUXILIARIES:
            _promote(result, at, verb, "conj")
    return tuple(result)


def _promote(tokens: list[GoldToken], at: int, verb: int, relation: str) -> None:
    """Makes the token at `at` take the verb's place, and the verb hang from it by that relation; in place."""
    root = tokens[verb].head == verb
    link = next((i for i in range(at + 1, verb) if tokens[i].dep == "cc"), verb)
    moved = {"advmod", "expl", "nsubj", "nsubj:pass"} if relation == "xcomp" else set()
    for i, child in enumerate(tokens):
        if child.head != verb or i in {at, verb}:
            continue
        own = i < at or (i < verb and (child.dep in moved or (relation == "conj" and i < link)))
        if own or (root and child.dep == "punct" and i > verb):
            tokens[i] = replace(child, head=at)
    tokens[at] = replace(tokens[at], dep=tokens[verb].dep, head=at if root else tokens[verb].head)
    tokens[verb] = replace(tokens[verb], dep=relation, head=at)


def nest_conjuncts(tokens: tuple[GoldToken, ...]) -> tuple[GoldToken, ...]:
    """The tokens with co-ordinations nested that stand flat: "paket och adresskort ska märkas" with two subjects.

    Where members have a common head, the first release may hang all of them from it, and the conjunction too. Today the
    first member heads the others, and each of those its conjunction and comma. Only neighbours of one label that a
    conjunction of the common head joins count as flat, or a comma where they are subjects.
    """
    result = list(tokens)
    children: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.head != at:
            children.setdefault(token.head, []).append(at)
    for head, siblings in children.items():
        members = [at for at in siblings if tokens[at].dep not in _NEVER_MEMBERS]
        for run in _find_flat_runs(tokens, head, members):
            first, *others = run
            for before, member in zip(run, others, strict=False):
                result[member] = replace(result[member], dep="conj", head=first)
                for link in range(before + 1, member):
                    if tokens[link].head == head and (tokens[link].dep == "cc" or tokens[link].text == ","):
                        result[link] = replace(result[link], head=member)
    return tuple(result)


def _find_flat_runs(tokens: Sequence[GoldToken], head: int, members: Sequence[int]) -> Iterator[list[int]]:
    """Runs of neighbours among the members that are co-ordinated: joined by commas, the last two by a conjunction."""
    run: list[int] = []
    joined = False
    for before, member in pairwise(members):
        links = [tokens[at] for at in range(before + 1, member) if tokens[at].head == head]
        same = tokens[before].dep == tokens[member].dep and "som" not in {tokens[before].text, tokens[member].text}
        conjunction = any(link.dep == "cc" and link.text.lower() not in _OPENERS for link in links)
        if same and (conjunction or any(link.text == "," for link in links)):
            run = run or [before]
            run.append(member)
            joined = joined or conjunction or tokens[member].dep in _SUBJECTS
            continue
        if run and joined:
            yield run
        run, joined = [], False
    if run and joined:
        yield run


def rename_deponent_subjects(tokens: tuple[GoldToken, ...]) -> tuple[GoldToken, ...]:
    """The tokens with active subjects for verbs that end in -s without being passive ("det finns regler")."""

    def is_deponent(index: int) -> bool:
        return tokens[index].pos == "VERB" and tokens[index].lemma.endswith("s")

    def rename(token: GoldToken) -> GoldToken:
        return replace(token, dep="nsubj") if token.dep == "nsubj:pass" and is_deponent(token.head) else token

    return tuple(rename(token) for token in tokens)


def correct_lemma(token: GoldToken, corrections: _Known, known: _Known) -> str:
    """The lemma after today's conventions; "" where neither the token nor its known relatives tell."""
    form = token.text.lower()
    fixed = corrections.get((form, token.pos))
    if fixed is not None:
        return fixed
    lemma = token.lemma or _infer_from_compound(form, token, known)
    if token.pos == "PROPN" and not token.lemma:
        lemma = token.text.removesuffix("s") if token.tag == "PM|GEN" else token.text
    elif token.tag.startswith("PC|PRS"):
        lemma = form.removesuffix("s")
    elif token.tag.startswith("PC|PRF"):
        lemma = make_participle_lemma(form, token.tag)
    elif token.tag == "AB|POS" and form.endswith(("igt", "skt", "llt", "ivt", "samt", "alt")):
        lemma = form[:-1]
    elif token.pos == "VERB" and token.lemma.endswith("are"):
        lemma = token.lemma.removesuffix("re")  # the heuristic took "planerar" for a planner
    return lemma


def make_participle_lemma(form: str, tag: str) -> str:
    """The common-gender singular of a past participle: "utvalda" is "utvald", "taget" "tagen", "ökat" "ökad"."""
    if "|UTR|SIN|IND" in tag:
        return form
    for ending, lemma_ending in _PARTICIPLE_ENDINGS:
        if form.endswith(ending):
            return form.removesuffix(ending) + lemma_ending
    if form.endswith(("lt", "nt", "rt", "mt", "gt", "vt", "jt")):
        return form[:-1] + "d"
    return form


def _infer_from_compound(form: str, token: GoldToken, known: _Known) -> str:
    for start in range(len(form) - _SHORTEST_KNOWN_END + 1):
        lemma = known.get((form[start:], token.tag))
        if lemma:
            return form[:start] + lemma
    return form if token.tag.endswith("|SIN|IND|NOM") or token.tag == "VB|INF|AKT" else ""


def _collect_lemmas(sentences: Iterable[GoldSentence]) -> _Known:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for sentence in sentences:
        for token in sentence.tokens:
            if token.lemma:
                counts.setdefault((token.text.lower(), token.tag), Counter())[token.lemma] += 1
    return {key: min(found, key=lambda lemma: (-found[lemma], lemma)) for key, found in counts.items()}


def _read_corrections(path: Path) -> _Known:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["form"], row["pos"]): row["lemma"] for row in rows}
