"""The trainer's parts: treebanks in, repaired, templates drawn, sentences disturbed; no training is done here."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.swedish.training.disturb import add_bullet, disturb, drop_stop, lay_out, lower_first, misread
from pipeline.swedish.training.sentences import GoldSentence, GoldToken, Grammar
from pipeline.swedish.training.train import compose_training_groups
from pipeline.swedish.training.treebank import read_conllu, read_treebanks
from pipeline.swedish.training.upgrade import (
    make_participle_lemma,
    nest_conjuncts,
    promote_verbs,
    rename_deponent_subjects,
)

CONLLU = """# sent_id = 1
# text = Vi svarar.
1\tVi\tvi\tPRON\tPN\tCase=Nom\t2\tnsubj\t_\t_
2\tsvarar\tsvara\tVERB\tVB|PRS|AKT\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\tMAD\t_\t2\tpunct\t_\t_

# sent_id = 2
1-2\tförs\t_\t_\t_\t_\t_\t_\t_\t_
1\tSyfte\tsyfte\tNOUN\t_\t_\t0\troot\t_\t_
"""


def make_sentence(*rows: tuple[str, str, str, int]) -> tuple[GoldToken, ...]:
    """Tokens of (text, part of speech, relation, head); the text is the lemma."""
    return tuple(GoldToken(text, text, pos, "", "", dep, head) for text, pos, dep, head in rows)


def is_tree(sentence: GoldSentence) -> bool:
    """Whether every token leads up to the one root."""
    roots = [at for at, token in enumerate(sentence.tokens) if token.head == at]
    for start in range(len(sentence.tokens)):
        at = start
        for _ in sentence.tokens:
            at = sentence.tokens[at].head
        if at not in roots:
            return False
    return len(roots) == 1 and sentence.tokens[roots[0]].dep == "root"


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar()


def test_conllu_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    first, second = read_conllu(file)
    assert [(token.text, token.dep, token.head, token.space_after) for token in first.tokens] == [
        ("Vi", "nsubj", 1, True),
        ("svarar", "root", 1, False),
        (".", "punct", 1, True),
    ]
    assert [token.text for token in second.tokens] == ["Syfte"]
    assert second.tokens[0].tag == ""


def test_files_are_told_apart_by_name(tmp_path: Path) -> None:
    for name in ("sv_talbanken-ud-train", "sv_talbanken-ud-dev", "sv_talbanken-ud-test", "sv_pud-ud-test"):
        (tmp_path / f"{name}.conllu").write_text(CONLLU, encoding="utf-8")
    found = read_treebanks(tmp_path)
    assert (len(found.train), len(found.dev), len(found.test)) == (4, 2, 2)


def test_missing_treebank_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="dev"):
        read_treebanks(tmp_path)
    for name in ("dev", "test"):
        (tmp_path / f"sv_talbanken-ud-{name}.conllu").write_text(CONLLU, encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="train"):
        read_treebanks(tmp_path)


def test_drawn_sentences_are_trees_and_the_same_for_a_seed(grammar: Grammar) -> None:
    sentences = grammar.draw(400, seed=3)
    assert len(sentences) == 400
    assert all(is_tree(sentence) for sentence in sentences)
    assert sentences == grammar.draw(400, seed=3)
    assert sentences != grammar.draw(400, seed=4)


def test_each_template_can_be_drawn(grammar: Grammar) -> None:
    templates = [template for rule in grammar.rules.values() for template in rule]
    templates += [template for kind in grammar.kinds.values() for template in kind.templates]
    named = {name for template in templates for item in template for name in item.what}
    assert set(grammar.rules) <= named
    assert named - set(grammar.rules) - set(grammar.words.forms) == {"prep", "prt"}


def test_drawn_words_keep_their_particle(grammar: Grammar) -> None:
    entries = {"ta": {"bort", "fram"}, "följa": {"upp"}, "plocka": {"bort"}, "stänga": {"ned"}}
    seen = Counter[str]()
    for sentence in grammar.draw(600, seed=1):
        for token in sentence.tokens:
            head = sentence.tokens[token.head]
            if token.dep == "compound:prt" and head.lemma in entries:
                assert token.text in entries[head.lemma]
                seen[head.lemma] += 1
    assert set(seen) == set(entries)


def test_flat_conjuncts_are_nested() -> None:
    early = make_sentence(
        ("paket", "NOUN", "nsubj", 3),
        ("och", "CCONJ", "cc", 3),
        ("kort", "NOUN", "nsubj", 3),
        ("ingår", "VERB", "root", 3),
    )
    assert [(token.dep, token.head) for token in nest_conjuncts(early)] == [
        ("nsubj", 3),
        ("cc", 2),
        ("conj", 0),
        ("root", 3),
    ]
    late = make_sentence(
        ("tar", "VERB", "root", 0),
        ("bilder", "NOUN", "obj", 0),
        (",", "PUNCT", "punct", 0),
        ("film", "NOUN", "obj", 0),
        ("och", "CCONJ", "cc", 0),
        ("ljud", "NOUN", "obj", 0),
    )
    assert [(token.dep, token.head) for token in nest_conjuncts(late)] == [
        ("root", 0),
        ("obj", 0),
        ("punct", 3),
        ("conj", 1),
        ("cc", 5),
        ("conj", 1),
    ]


def test_what_is_not_co_ordinated_stays() -> None:
    nested = make_sentence(
        ("paket", "NOUN", "nsubj", 3),
        ("och", "CCONJ", "cc", 2),
        ("kort", "NOUN", "conj", 0),
        ("ingår", "VERB", "root", 3),
        ("här", "ADV", "advmod", 3),
        ("nu", "ADV", "advmod", 3),
    )
    assert nest_conjuncts(nested) == nested


def test_needing_heads_its_complement() -> None:
    tokens = make_sentence(
        ("Inlägg", "NOUN", "nsubj:pass", 3),
        ("behöver", "VERB", "aux", 3),
        ("inte", "PART", "advmod", 3),
        ("sparas", "VERB", "root", 3),
        ("länge", "ADV", "advmod", 3),
        (".", "PUNCT", "punct", 3),
    )
    tokens = (tokens[0], replace(tokens[1], lemma="behöva"), *tokens[2:])
    assert [(token.dep, token.head) for token in promote_verbs(tokens)] == [
        ("nsubj:pass", 1),
        ("root", 1),
        ("advmod", 1),
        ("xcomp", 1),
        ("advmod", 3),
        ("punct", 1),
    ]


def test_verbs_co_ordinated_as_auxiliaries_are_nested() -> None:
    tokens = make_sentence(
        ("som", "PRON", "nsubj", 1),
        ("sparas", "VERB", "aux", 3),
        ("eller", "CCONJ", "cc", 3),
        ("raderas", "VERB", "root", 3),
        ("nu", "ADV", "advmod", 3),
    )
    assert [(token.dep, token.head) for token in promote_verbs(tokens)] == [
        ("nsubj", 1),
        ("root", 1),
        ("cc", 3),
        ("conj", 1),
        ("advmod", 3),
    ]
    modal = make_sentence(("ska", "AUX", "aux", 1), ("raderas", "VERB", "root", 1))
    assert promote_verbs(modal) == modal


def test_deponents_have_active_subjects() -> None:
    tokens = make_sentence(("regler", "NOUN", "nsubj:pass", 1), ("finnas", "VERB", "root", 1))
    assert rename_deponent_subjects(tokens)[0].dep == "nsubj"
    passive = make_sentence(("regler", "NOUN", "nsubj:pass", 1), ("följa", "VERB", "root", 1))
    assert rename_deponent_subjects(passive) == passive


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("utvalda", "PC|PRF|UTR/NEU|PLU|IND/DEF|NOM", "utvald"),
        ("taget", "PC|PRF|NEU|SIN|IND|NOM", "tagen"),
        ("obundna", "PC|PRF|UTR/NEU|PLU|IND/DEF|NOM", "obunden"),
        ("ökat", "PC|PRF|NEU|SIN|IND|NOM", "ökad"),
        ("lämpade", "PC|PRF|UTR/NEU|PLU|IND/DEF|NOM", "lämpad"),
        ("gift", "PC|PRF|UTR|SIN|IND|NOM", "gift"),
    ],
)
def test_participle_lemma(form: str, tag: str, lemma: str) -> None:
    assert make_participle_lemma(form, tag) == lemma


def test_disturbances_keep_trees(grammar: Grammar) -> None:
    sentences = lay_out(grammar.draw(200, seed=2), seed=2)
    chance = random.Random(0)
    for sentence in sentences:
        for changed in (
            drop_stop(sentence),
            lower_first(sentence),
            add_bullet(sentence, "•"),
            misread(sentence, chance),
        ):
            assert is_tree(changed)
    assert disturb(sentences, 0.5, seed=1) == disturb(sentences, 0.5, seed=1)
    assert disturb(sentences, 0.0, seed=1) == []


def test_misread_words_have_no_lemma() -> None:
    sentence = GoldSentence(make_sentence(("Räddningstjänsten", "NOUN", "root", 0)))
    misread_word = misread(sentence, random.Random(1)).tokens[0]
    assert misread_word.text != "Räddningstjänsten"
    assert misread_word.lemma == ""


def test_every_treebank_sentence_is_trained_on_once(grammar: Grammar) -> None:
    treebank = [GoldSentence(make_sentence((f"ord{number}", "NOUN", "root", 0))) for number in range(50)]
    groups = compose_training_groups(treebank, 30, seed=9)
    texts = Counter(token.text for group in groups for sentence in group for token in sentence.tokens)
    assert all(texts[f"ord{number}"] >= 1 for number in range(50))
    assert groups == compose_training_groups(treebank, 30, seed=9)
