"""The builder: the dictionary written out, confusions counted from parallel pages, models written and read back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.swedish.automaton import build_automaton
from pipeline.swedish.building.confusable import find_groups, train_contexts
from pipeline.swedish.building.confusions import count_confusions, write_confusions
from pipeline.swedish.building.counting import Counts, compile_lexicon, count_paragraphs, to_byte, write_lexicon
from pipeline.swedish.building.dictionary import Form, expand_dictionary
from pipeline.swedish.building.ngram_counts import compile_ngrams
from pipeline.swedish.building.sources import Paragraph, choose_split, is_swedish, read_sources, take_training
from pipeline.swedish.building.word_classes import find_classes
from pipeline.swedish.channel import read_channel
from pipeline.swedish.contexts import read_contexts
from pipeline.swedish.lexicon import NEVER, read_lexicon
from pipeline.swedish.ngrams import read_ngrams

AFFIXES = """SFX A Y 1
SFX A 0 s .
SFX D Y 3
SFX D 0 en [^a]
SFX D 0 ens [^a]
SFX D 0 nde a
SFX v N 2
SFX v a s/WXZ a
SFX v 0 s/WXZ [^a]
"""


def test_the_dictionary_is_written_out(tmp_path: Path) -> None:
    affixes, words = tmp_path / "sv.aff", tmp_path / "sv.dic"
    affixes.write_text(AFFIXES, "utf-8")
    words.write_text("4\npolicy/ADY\nnäring/v\nsöka/D\nfel%ord/%\n", "utf-8")
    forms = {form.text: form for form in expand_dictionary(affixes, words)}
    assert set(forms) == {"policy", "policys", "policyen", "policyens", "näring", "närings", "söka", "sökande"}
    assert forms["närings"] == Form("närings", alone=False, begins=True, ends=False)
    assert forms["policyens"].alone and forms["policyens"].ends


def test_confusions_are_counted_by_place_in_the_word() -> None:
    filler = "kommunens verksamheter svarar alltid skyndsamt "
    gold = f"{filler}över på för då " * 5 + "Åtgärder"
    read = f"{filler}6ver pa fér da " * 5 + "Atgarder"
    counted = count_confusions([(gold, read)])
    assert counted["^ö", "6"] == (5, 5)
    assert counted["ö", "é"] == (5, 5)
    assert counted["å", "a"] == (10, 10)
    assert ("^å", "a") not in counted, "seen once only"


def test_lost_and_added_letters_are_told_with_their_neighbour() -> None:
    gold = "Frågor ställs till kommunen och svaret kommer till alla snabbt. " * 3
    read = "Frågor ställs tll kommunen och svaret komimer till alla snabbt. " * 3
    counted = count_confusions([(gold, read)])
    assert counted["il", "l"] == (3, 6)
    assert counted["m", "mi"][0] == 3
    doubled = count_confusions([("Ärendena gäller tillsyn i vattnet. " * 3, "Ärendena gäler tilsyn i vatnet. " * 3)])
    assert doubled["ll", "l"] == (6, 6)
    assert doubled["tt", "t"] == (3, 3)


def test_pages_that_were_guessed_teach_nothing() -> None:
    assert count_confusions([("för och på " * 10, "xyz qqq ww " * 10)]) == {}


def test_confusions_come_back_as_a_channel(tmp_path: Path) -> None:
    write_confusions({("ö", "é"): (30, 100), ("ö", "o"): (70, 100), ("a", "a"): (99, 100)}, tmp_path / "confusions.csv")
    channel = read_channel(tmp_path / "confusions.csv")
    assert abs(channel.shares["ö", "é"] - 0.3) < 0.01
    assert [true for true, _ in channel.inner["é"]] == ["ö"]
    assert "é" in channel.initial, "what is seen inside words lends to their beginnings"


def test_small_models_round_trip(tmp_path: Path) -> None:
    texts = ["vi svarar på frågor varje dag", "vi svarar på kommentarer varje vecka", "vi svarar på frågor."] * 3
    paragraphs = [Paragraph("a", "prose", "train", f"{text} {number}") for number, text in enumerate(texts)]
    counts = count_paragraphs([*paragraphs, Paragraph("b", "prose", "test", "hemligt prov")])
    assert "hemligt" not in counts.words["prose"]
    forms = [Form(word, True, False, False) for word in ("vi", "svarar", "på", "frågor", "varje", "dag", "vecka")]
    forms += [
        Form("kommentars", False, True, False),
        Form("regler", True, False, True),
        Form("fält", True, False, True),
    ]
    lexicon = compile_lexicon(forms, counts, general={"vi": 0.01, "aven": 0.01}, english=["the"], names=["Västerås"])
    write_lexicon(lexicon, tmp_path / "lexicon.zst")
    again = read_lexicon(tmp_path / "lexicon.zst")
    assert again == lexicon
    assert again.is_word("kommentarsregler") and again.is_word("Västerås") and not again.is_word("kommentars")
    compile_ngrams(lexicon, counts, tmp_path / "ngrams.zst", analogies={})
    first = (tmp_path / "ngrams.zst").read_bytes()
    compile_ngrams(lexicon, counts, tmp_path / "ngrams.zst", analogies={})
    assert (tmp_path / "ngrams.zst").read_bytes() == first
    ngrams = read_ngrams(tmp_path / "ngrams.zst")
    vi, svarar, on, questions = (lexicon.index(word) for word in ("vi", "svarar", "på", "frågor"))
    assert ngrams.log_probability(svarar, on, questions, -9.0) > ngrams.log_probability(svarar, on, vi, -9.0)


def test_unaccented_web_spellings_are_not_believed() -> None:
    counts = Counts({"prose": Counter({"och": 1})}, Counter(), {}, {})
    lexicon = compile_lexicon(
        [Form("även", True, False, False)], counts, general={"aven": 1e-5, "blogg": 1e-5}, english=[], names=[]
    )
    assert lexicon.is_word("blogg") and lexicon.is_word("även") and not lexicon.is_word("aven")


def test_costs_are_eighths_of_a_bit() -> None:
    assert [to_byte(share) for share in (1.0, 0.5, 2**-10, 0.0)] == [0, 8, 80, NEVER]


def test_sources_are_split_by_document(tmp_path: Path) -> None:
    page = tmp_path / "html" / "handbok" / "a.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "<p>Det är en text som du kan läsa i manualen.</p><p>This is the text that you can read.</p>", "utf-8"
    )
    (tmp_path / "ud").mkdir()
    rows = "# text = Jag läser.\n1\tJag\n2\tläser\n3\t.\n\n"
    (tmp_path / "ud" / "sv-ud-test.conllu").write_text(rows, "utf-8")
    found = list(read_sources(tmp_path))
    assert [(one.genre, one.text) for one in found] == [
        ("prose", "Jag läser."),
        ("manual", "Det är en text som du kan läsa i manualen."),
    ]
    assert found[0].split == "test"
    assert found[1].split == choose_split("handbok-a.html")


def test_measured_families_are_never_counted(tmp_path: Path) -> None:
    (tmp_path / "written").mkdir()
    for family in ("f06", "f99"):
        (tmp_path / "written" / f"{family}.json").write_text(f'{{"family": "{family}", "split": "train"}}', "utf-8")
        (tmp_path / "written" / f"{family}.txt").write_text("Så här gör vi när någon frågar på nätet.", "utf-8")
    page = tmp_path / "counted" / "prose" / "bok" / "a.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>Det är en bok som du kan läsa när du vill.</p>", "utf-8")
    found = {one.document: one for one in read_sources(tmp_path)}
    assert found["f06_f06"].split == "test"
    assert found["f99_f99"].split != "test"
    assert (found["bok-a.html"].genre, found["bok-a.html"].split) == ("prose", "train")


def test_plain_passages_are_counted_once_each(tmp_path: Path) -> None:
    passages = tmp_path / "counted" / "written" / "passages"
    passages.mkdir(parents=True)
    (passages / "tone.txt").write_text("Ton\n\nDen som svarar är saklig och vänlig.\n\nRubrik\n", "utf-8")
    (passages / "also.txt").write_text("Den som svarar är saklig och vänlig.\n", "utf-8")
    (passages / "tone.json").write_text("{}", "utf-8")
    found = list(read_sources(tmp_path))
    assert [(one.genre, one.split, one.text) for one in found] == [
        ("written", "train", "Den som svarar är saklig och vänlig.")
    ]
    assert [*take_training([*found, *found, Paragraph("t", "prose", "test", "Annat.")])] == found


def test_words_of_the_same_surroundings_share_a_class_and_tell_confusable_words_apart(tmp_path: Path) -> None:
    people, things = ("chefen", "läraren", "rektorn", "elev"), ("stolen", "dörren", "lampan", "bok")
    pairs = list(zip(people, things, strict=True))
    texts = [f"då kan {one} läsa ett svar om {n} ting" for n in range(3) for one, _ in pairs]
    texts += [f"sedan ska alla låsa den röda {two} nummer {n} igen" for n in range(3) for _, two in pairs]
    paragraphs = [Paragraph(str(n), "prose", "train", text) for n, text in enumerate(texts)]
    classes = find_classes(paragraphs)
    assert classes == find_classes(paragraphs), "the same text gives the same classes"
    assert classes["chefen"] != classes["stolen"]
    counts = count_paragraphs(paragraphs)
    forms = [Form(word, alone=True, begins=False, ends=False) for word in counts.words["prose"]]
    lexicon = compile_lexicon(forms, counts, general={}, english=(), names=())
    groups = find_groups(counts, lexicon)
    assert groups == {"lasa": ("läsa", "låsa")}
    train_contexts(paragraphs, groups, tmp_path / "contexts.zst", analogies={})
    contexts = read_contexts(tmp_path / "contexts.zst")
    read = contexts.weigh("lasa", ("<s>", "<s>", "chefen", "lasa", "ett", "<s>", "<s>"), 3)
    locked = contexts.weigh("lasa", ("<s>", "<s>", "alla", "lasa", "den", "dorren", "<s>", "<s>"), 3)
    assert read["läsa"] > 0.8
    assert locked["låsa"] > 0.8


def test_a_word_that_borrows_surroundings_need_not_be_met() -> None:
    counts = Counts({"prose": Counter({"saga": 3})}, Counter(), {}, {})
    forms = [Form(word, alone=True, begins=False, ends=False) for word in ("saga", "säga")]
    lexicon = compile_lexicon(forms, counts, general={}, english=(), names=())
    assert find_groups(counts, lexicon) == {}
    assert find_groups(counts, lexicon, {"säga"}) == {"saga": ("saga", "säga")}


def test_swedish_is_told_from_english() -> None:
    assert is_swedish("Det är en text som du kan läsa.")
    assert not is_swedish("You can read this text as it is.")


def test_empty_automaton_accepts_nothing() -> None:
    assert build_automaton([]).find(b"a") == -1
