"""Grammatical analyses of Swedish sentences; the one door through which all other code uses spaCy."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from pipeline.kept import Kept
from pipeline.swedish.homographs import hidden_verbs, homographs, with_stand_ins
from pipeline.swedish.misread import corrected

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHIPPED_MODEL = Path(__file__).parent / "models" / "parser"
BATCH_SIZE = 256
Args = ParamSpec("Args")
Found = TypeVar("Found")

KEPT = 12_000
"""Parses that a process keeps, the last ones asked for. Municipalities take sentences from each other and from the same
models, and a sentence's parse does not depend on what is parsed beside it, to the last bit (`tests/swedish`)."""

# The parser's memory grows with the text; no sentence is this long, but a page that lost its full stops can be.
LONGEST_PIECE = 10_000

# spaCy makes tokens of line breaks and double spaces, which no treebank has and which throw the parser off.
_ODD_SPACE = re.compile(r"\s\s|[^\S ]|^\s|\s$")
_ANY_SPACE = re.compile(r"\s")

NO_FEATURES = "_"
"""What spaCy keeps for a token without morphological features."""

_CHUNK_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
_CHUNK_LEFT = frozenset({"det", "amod", "nummod", "nmod:poss", "compound", "advmod"})
_CHUNK_PARTS = frozenset({"compound", "det", "fixed", "flat:name", "nmod:poss"})
_CHUNK_RIGHT = frozenset({"flat", "flat:name"})


class MissingModelError(LookupError):
    """The settings name a spaCy package that is not installed here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a parsed text.

    `i` is its index within its Parse. `start` and `end` are code point offsets into the parsed text, end exclusive.
    `pos` is a universal part of speech (UPOS), `morph` the UD features ("Case=Nom|Number=Sing", "" for none), `dep`
    the UD relation to the token with index `head`; the one token with `dep` "root" is its own head. `low` is the text
    in small letters, which rules ask for at every turn.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    low: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", self.text.lower())


@dataclass(frozen=True, slots=True)
class Parse:
    """A text with its tokens as one dependency tree; white space belongs to no token.

    The tree has one root, but for an empty or blank text, which has no token. `kept` is no part of it: what
    `once_a_parse` has worked out from it.
    """

    text: str
    tokens: tuple[Token, ...]
    kept: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def root(self) -> Token | None:
        """The token that all others hang from; None where the text is blank."""
        return next((token for token in self.tokens if token.head == token.i), None)

    def children(self, i: int) -> tuple[Token, ...]:
        """The tokens that hang from token `i`, in text order."""
        return tuple(token for token in self.tokens if token.head == i and token.i != i)

    def subtree(self, i: int) -> tuple[Token, ...]:
        """Token `i` and all tokens below it, in text order (they need not be adjacent)."""
        below: dict[int, list[int]] = {}
        for token in self.tokens:
            if token.head != token.i:
                below.setdefault(token.head, []).append(token.i)
        found = [i]
        for index in found:
            found.extend(below.get(index, ()))
        return tuple(self.tokens[index] for index in sorted(found))

    def conjuncts(self, i: int) -> tuple[Token, ...]:
        """The further members of a co-ordination that token `i` begins, in text order.

        "polisanmäla" and "ta" for "spara" in "spara, polisanmäla och ta bort".
        """
        found = [i]
        for index in found:
            found.extend(token.i for token in self.children(index) if token.dep == "conj")
        return tuple(self.tokens[index] for index in sorted(found) if index != i)


_kept_parses: dict[str, Kept[str, Parse]] = {}
"""The parses that this process keeps, by model and text."""


def once_a_parse(
    function: Callable[Concatenate[Parse, Args], Found],
) -> Callable[Concatenate[Parse, Args], Found]:  # fmt: skip
    """The function, its answers kept with the parse they are about.

    For functions that look at nothing but the parse and hashable arguments; the answer must be one that
    nobody changes.
    """

    @wraps(function)
    def ask(parse: Parse, /, *args: Args.args, **kwargs: Args.kwargs) -> Found:
        key = (function, args, tuple(kwargs.items()))
        if key not in parse.kept:
            parse.kept[key] = function(parse, *args, **kwargs)
        found: Found = parse.kept[key]
        return found

    return ask


def register_components() -> None:
    """Makes the project's own spaCy component known; needed before its models are loaded or trained."""
    from spacy.language import Language

    if not Language.has_factory("lower_case_lemmas"):
        Language.component("lower_case_lemmas", func=lower_case_lemmas)


def lower_case_lemmas(doc: "Doc") -> "Doc":
    """The same Doc, lemmas without a capital but for names: "regel" for "Regler", "Facebook" as it is."""
    for token in doc:
        lemma = token.lemma_
        if token.pos_ != "PROPN" and lemma[1:].islower() and lemma[0].isupper():
            token.lemma_ = lemma.lower()
    return doc


@lru_cache(maxsize=4)
def load_model(model: str = "") -> "Language":
    """The spaCy pipeline, loaded once per process; a worker may call this before it forks.

    Args:
        model: "" for the model shipped with the project, else the name of an installed spaCy package such as
            "sv_core_news_sm".

    Raises:
        MissingModelError: there is no such package.
    """
    import spacy

    if model and not spacy.util.is_package(model):
        raise MissingModelError(f"The language model {model!r} is not installed; leave it empty for the one shipped.")
    register_components()
    pipeline = spacy.load(model or SHIPPED_MODEL, exclude=["ner", "senter"])
    pipeline.max_length = 10 * LONGEST_PIECE
    return pipeline


def parse(texts: Iterable[str], *, model: str = "") -> Iterator[Parse]:
    """One Parse per text, in order.

    Each text is taken as one sentence, heading or list item: no sentence is split here. Texts are worked on in batches,
    so hand over many at once. Equal texts have the same Parse, kept from call to call.

    Args:
        texts: what to parse; line breaks within count as spaces.
        model: as in `load_model`.

    Raises:
        MissingModelError: there is no such model.
    """
    known = _kept_parses.setdefault(model, Kept(KEPT))
    rest = iter(texts)
    while batch := list(islice(rest, BATCH_SIZE)):
        yield from known.answers(batch, lambda new: _parse_anew(new, load_model(model)))


def _parse_anew(texts: Sequence[str], language: "Language") -> list[Parse]:
    parses = list(_analyse(texts, language))
    hidden = {n: verbs for n, parse in enumerate(parses) if (verbs := hidden_verbs(parse.tokens))}
    stand_ins = [with_stand_ins(texts[n], verbs) for n, verbs in hidden.items()]
    for (n, verbs), read in zip(hidden.items(), _analyse(stand_ins, language), strict=True):
        parses[n] = _with_own_words(texts[n], read, {v.start: homographs()[v.text.lower()].lemma for v in verbs})
    return parses


def _analyse(texts: Sequence[str], language: "Language") -> Iterator[Parse]:
    pieces = (doc for text in texts for doc in _make_pieces(text, language))
    analysed = language.pipe(pieces, batch_size=BATCH_SIZE)
    for text in texts:
        yield _read_parse(text, analysed)


def _with_own_words(text: str, read: Parse, lemmas: Mapping[int, str]) -> Parse:
    """The parse of a text in which other words stood in for verbs, with the text's own; lemmas by where verbs start."""
    own = (
        replace(t, text=text[t.start : t.end], lemma=lemmas[t.start]) if t.start in lemmas else t for t in read.tokens
    )
    return Parse(text, tuple(own))


def noun_chunks(parse: Parse) -> Iterator[tuple[Token, ...]]:
    """The base noun phrases of a parse, in text order, each as its tokens.

    A phrase is a noun, name or pronoun with what stands before it (article, numeral, adjectives, possessor) and the
    further parts of a name: "den ansvariga chefen", "kommunens policy", not the preposition before or a clause after.
    """
    covered = -1
    for head in parse.tokens:
        if head.pos not in _CHUNK_HEADS or head.i <= covered or head.dep in _CHUNK_PARTS:
            continue
        first = last = head.i
        for child in parse.children(head.i):
            if child.i < head.i and child.dep in _CHUNK_LEFT:
                first = min(first, *(token.i for token in parse.subtree(child.i)))
            elif child.i == last + 1 and child.dep in _CHUNK_RIGHT:
                last = child.i
        first = max(first, covered + 1)
        covered = last
        yield parse.tokens[first : last + 1]


def _make_pieces(text: str, language: "Language") -> "Iterator[Doc]":
    """Unparsed Docs that cover the text; more than one only where it is longer than any sentence."""
    for start in range(0, len(text) or 1, LONGEST_PIECE):
        yield _make_doc(text[start : start + LONGEST_PIECE], language)


def _make_doc(text: str, language: "Language") -> "Doc":
    """A Doc without white-space tokens that the parser may not split into sentences.

    A text all in capitals is read as one in small letters, as no treebank shouts.
    """
    from spacy.tokens import Doc

    plain = _ANY_SPACE.sub(" ", text) if _ODD_SPACE.search(text) else text
    doc = language.make_doc(lowered if plain.isupper() and len(lowered := plain.lower()) == len(plain) else plain)
    words = [token for token in doc if not token.is_space]
    starts = [token.idx for token in words]
    if len(words) < len(doc):
        doc = Doc(
            language.vocab,
            words=[token.text for token in words],
            spaces=[bool(token.whitespace_) for token in words],
        )
    # Set here, not by the constructor, which takes a tenth of the whole parse for it.
    for token in doc:
        token.is_sent_start = token.i == 0
    doc.user_data["starts"] = starts
    return doc


def _read_parse(text: str, analysed: "Iterator[Doc]") -> Parse:
    tokens: list[Token] = []
    for start in range(0, len(text) or 1, LONGEST_PIECE):
        _append_tokens(text, next(analysed), start, tokens)
    return Parse(text, _with_one_root(corrected(tokens)))


def _append_tokens(text: str, doc: "Doc", offset: int, tokens: list[Token]) -> None:
    base = len(tokens)
    strings = doc.vocab.strings
    # All columns at once: asking each token for each of them takes five times as long.
    columns: Any = doc.to_array(["LENGTH", "LEMMA", "POS", "MORPH", "DEP", "HEAD"]).reshape(len(doc), 6)
    heads = columns[:, 5].astype("int64").tolist()
    rows = zip(doc.user_data["starts"], columns.tolist(), heads, strict=True)
    for n, (at, (length, lemma, pos, morph, dep, _), head) in enumerate(rows):
        start = offset + at
        said = text[start : start + length]
        features = strings[morph] if morph else ""
        tokens.append(
            Token(
                base + n,
                start,
                start + length,
                said,
                strings[lemma] or said,
                strings[pos],
                "" if features == NO_FEATURES else features,
                strings[dep] if head else "root",
                base + n + head,
            )
        )


def _with_one_root(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens as one tree: further roots hang from the first finite one.

    A parser that may not split can still leave two trees ("Syfte Policyn gäller alla."); rules walk one.
    """
    roots = [token for token in tokens if token.head == token.i]
    if len(roots) < 2:
        return tuple(tokens)
    top = next((token for token in roots if "VerbForm=Fin" in token.morph), roots[0])
    others = {token.i for token in roots} - {top.i}
    return tuple(_hang(token, top.i) if token.i in others else token for token in tokens)


def _hang(token: Token, head: int) -> Token:
    dep = "punct" if token.pos == "PUNCT" else "parataxis"
    return Token(token.i, token.start, token.end, token.text, token.lemma, token.pos, token.morph, dep, head)
