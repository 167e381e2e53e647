"""Sentences of a draft: right Swedish, one duty each, and understood by the codebook they come from."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import ClauseText, load_codebook, match_members, match_topics
from pipeline.codebooks.cues import CueIndex
from pipeline.drafting.flow import paragraphs_of
from pipeline.drafting.inflection import definite, indefinite, say_deadline, say_frequency, say_length
from pipeline.drafting.naming import is_titled, name_act, name_document
from pipeline.drafting.templates import load_wording
from pipeline.drafting.wording import Rule, owner_of, word_rule
from pipeline.failures import RunFailure
from pipeline.records.requirement import PROHIBITED_CONTENT
from pipeline.swedish.durations import find_durations
from pipeline.swedish.section_names import tell_section
from pipeline.wording import join_words

ON = date(2026, 2, 1)
PAIRS = yaml.safe_load(Path(__file__).with_name("inflection.yaml").read_text("utf-8"))
BOOKS = {name: (load_codebook(name), load_wording(name)) for name in ("social_media", "ai_use")}
CODEBOOK, WORDING = BOOKS["social_media"]
SAY = {
    "definite": definite, "indefinite": indefinite, "deadline": say_deadline, "frequency": say_frequency,
    "document": name_document, "act": lambda t: name_act(t, ON), "section": tell_section,
}  # fmt: skip
MODALS = re.compile(r"\b(ska|bör|får|behöver)\b")


@pytest.mark.parametrize(("kind", "given", "said"), [(k, g, s) for k, pairs in PAIRS.items() for g, s in pairs.items()])
def test_pairs(kind, given, said):
    assert SAY[kind](given) == said


@pytest.mark.parametrize("token", [t for t in PAIRS["deadline"] if t.startswith("P")])
def test_deadlines_are_read_back(token):
    value, _, calendar = token.partition(" ")
    found = find_durations(f"Verksamheten ska svara {say_deadline(token)}.")
    assert [(d.value, d.calendar) for d in found] == [(value, calendar)]


def tokens_of(said):
    """Every value that the wording has words for, and some of each open kind."""
    tokens = [*said.members, *said.each]
    if said.time:
        tokens += ["P1W", "regelbundet"] if said.frequency else ["PT24H weekdays", "skyndsamt"]
    tokens += ["2", "3"] if said.count else []
    tokens += ["2016/679"] if said.acts else []
    tokens += ["hate_speech", "other"] if said.prohibited else []
    tokens += ["gallras P2Y", "bevaras"] if said.keeping else []
    tokens += ["registrator"] if said.owner_from_value or said.role or said.role_in else []
    return tokens


def every_sentence():
    for name, (codebook, wording) in BOOKS.items():
        for entry in codebook.requirements:
            for modality in ("must", "should", "may", "must_not"):
                yield entry, Rule((), modality), name
            for token in tokens_of(wording.requirements[entry.id]):
                yield entry, Rule((token,), "must"), name


CASES = list(every_sentence())


def named(case):
    return f"{case[2]}-{case[0].id}-{case[1].modality}-{'-'.join(case[1].tokens)}"


@pytest.mark.parametrize("name", BOOKS)
def test_every_requirement_and_every_member_has_words(name):
    codebook, wording = BOOKS[name]
    assert set(wording.requirements) == {e.id for e in codebook.requirements}
    for entry in codebook.requirements:
        said = wording.requirements[entry.id]
        assert {m.id for m in entry.members} == {*said.members, *said.each}, entry.id


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_sentence_is_one_duty_with_an_owner(case):
    entry, rule, name = case
    wording = BOOKS[name][1]
    owner, _ = owner_of(entry, rule, wording)
    sentences = word_rule(entry, rule, wording, on=ON)
    assert {t for s in sentences for t in s.tokens} == set(rule.tokens)
    for sentence in sentences:
        text = sentence.text
        assert text[0].isupper() and text[-1] == (":" if sentence.items else ".")
        assert len(MODALS.findall(text)) == 1
        assert not re.search(r"[{}\[\]]|  ", text)
        assert len(text.split()) <= 25
        # Who has one more duty is named in the sentence before.
        people = (
            "Besökare och medarbetare",
            "Kritik",
            "Medarbetare",
            *(("Den ", "De ") if sentence.text != sentences[0].text else ()),
        )
        assert owner.lower() in text.lower() or text.startswith(people) or "till registratorn" in text


# Who decides is told by the parser's roles, which cues alone don't know.
TOLD_BY_CUES = [
    (entry, rule, name)
    for entry, rule, name in CASES
    if rule.modality == "must" and rule.tokens != ("registrator",) and (entry.id, rule.tokens) != ("governing_body", ())
]


@pytest.mark.parametrize("case", TOLD_BY_CUES, ids=named)
def test_the_codebook_understands_what_the_draft_says(case):
    entry, rule, name = case
    codebook, wording = BOOKS[name]
    for sentence in word_rule(entry, rule, wording, on=ON):
        text = " ".join((sentence.text, *sentence.items)).rstrip(".")
        modality = "must_not" if re.search(r"\bfår inte\b", text) else "must"
        kinds = frozenset(entry.kinds) if rule.tokens and not match_members(entry, text) else frozenset()
        clause = ClauseText(text, entry.label_sv, "", "verksamheten", modality, kinds)
        found = {t.requirement for t in match_topics(codebook, clause) if t.score >= 0.5}
        assert entry.id in found, text
        members = {m.id for m in entry.members}
        assert set(sentence.tokens) & members <= set(match_members(entry, text)) | {"keep", "fast"}, text


def test_the_modality_is_kept():
    entry = next(e for e in CODEBOOK.requirements if e.id == "response_time")
    said = [word_rule(entry, Rule(("PT24H",), m), WORDING, on=ON)[0].text for m in ("must", "should", "may")]
    assert [MODALS.search(s)[1] for s in said] == ["ska", "bör", "får"]


def test_a_prohibition_stays_one():
    entry = next(e for e in CODEBOOK.requirements if e.id == "secrecy")
    (sentence,) = word_rule(entry, Rule((), "must_not"), WORDING, on=ON)
    assert "får inte" in sentence.text


def test_an_exemption_is_said_as_one():
    entry = next(e for e in CODEBOOK.requirements if e.id == "registration")
    (sentence,) = word_rule(entry, Rule((), "may", "stated_negatively"), WORDING, on=ON)
    assert sentence.text == "Verksamheten behöver inte diarieföra inlägg."


def test_an_owner_that_the_material_names_is_the_subject():
    entry = next(e for e in CODEBOOK.requirements if e.id == "response_time")
    (sentence,) = word_rule(entry, Rule(("PT24H",), "must", owner="informatör"), WORDING, on=ON)
    assert sentence.text.startswith("Kommunikatören ska")


def test_many_things_become_a_list():
    entry = next(e for e in CODEBOOK.requirements if e.id == "sender_identity")
    rule = Rule(("contact", "logo", "name", "unit"), "must")
    (sentence,) = word_rule(entry, rule, WORDING, on=ON)
    assert sentence.text.endswith("genom att visa:")
    assert sentence.items == ("kommunens namn", "kommunens logotyp", "ansvarig verksamhet", "kontaktuppgifter")


def test_what_is_joined_already_is_one_of_a_list():
    entry = CODEBOOK.find("registration")
    (sentence,) = word_rule(entry, Rule(("case_handling", "complaints"), "must"), WORDING, on=ON)
    assert sentence.text.endswith("inlägg som leder till handläggning samt klagomål och synpunkter.")
    (sentence,) = word_rule(entry, Rule(("case_handling", "questions"), "must"), WORDING, on=ON)
    assert sentence.text.endswith("inlägg som leder till handläggning och frågor.")


def test_a_codebook_without_wording_is_told():
    with pytest.raises(RunFailure, match="no wording"):
        load_wording("nothing")


@given(st.lists(st.text("abcåäö", min_size=1, max_size=5), max_size=5))
def test_lists_name_everything(words):
    said = join_words(words)
    assert all(w in said for w in words)
    assert said.count(" och ") == (1 if len(words) > 1 else 0)


@given(st.sampled_from("YMWD"), st.integers(1, 30))
def test_lengths_have_a_number(unit, number):
    said = say_length(f"P{number}{unit}")
    assert said.split()[0] in {str(number), "ett", "en"} or number <= 12


def test_one_more_duty_of_the_same_owner_goes_on_in_the_text():
    entry = next(e for e in CODEBOOK.requirements if e.id == "closing_account")
    tokens = ("inactive", "lack_of_resources", "no_longer_needed")
    told = paragraphs_of(word_rule(entry, Rule(tokens, "must"), WORDING, on=ON))
    assert told == (
        ("Verksamheten ska avsluta oanvända konton. Om resurser saknas ska verksamheten avsluta kontot. "
         "När kontot inte längre behövs ska verksamheten avsluta det.", ()),
    )  # fmt: skip
    entry = next(e for e in CODEBOOK.requirements if e.id == "public_records")
    told = paragraphs_of(word_rule(entry, Rule(("available", "information", "disclosure"), "should"), WORDING, on=ON))
    assert [re.findall(r"(?:^|\. )(\w+ bör \w+)", text) for text, _ in told] == [
        ["Verksamheten bör hålla", "Den bör också", "Den bör även"]
    ]


def test_a_person_is_named_again_and_so_is_who_begins_a_paragraph():
    entry = next(e for e in CODEBOOK.requirements if e.id == "tone")
    person = Rule(("no_irony", "no_jargon"), "must", owner="kommunikationschef")
    assert [s.text.split(" ska ")[0] for s in word_rule(entry, person, WORDING, on=ON)] == ["Kommunikationschefen"] * 2
    listed = word_rule(entry, Rule(("careful", "simple", "clear", "open", "no_irony"), "must"), WORDING, on=ON)
    assert [s.text.split(" ska ")[0] for s in listed] == ["Verksamheten", "Verksamheten"]
    assert len(paragraphs_of(listed)) == 2


def test_each_of_two_owners_has_a_sentence():
    entry = next(e for e in CODEBOOK.requirements if e.id == "decision_to_start")
    told = word_rule(entry, Rule(("registrator", "kommunstyrelsen"), "must"), WORDING, on=ON)
    assert [s.text.split(" ska ")[0] for s in told] == ["Registratorn", "Kommunstyrelsen"]


@pytest.mark.parametrize("name", BOOKS)
def test_what_a_sentence_says_too_is_known_to_the_codebook(name):
    codebook, wording = BOOKS[name]
    for requirement, said in wording.requirements.items():
        forms = {"duty", "prohibition", "permission", *said.members, *said.each}
        for key, also in said.also.items():
            assert key in forms, (requirement, key)
            for other, values in also.items():
                entry = codebook.find(other)
                assert entry is not None, (requirement, other)
                known = {m.id for m in entry.members} | set(PROHIBITED_CONTENT)
                assert set(values) <= known or entry.value == "documents", (requirement, other)


@pytest.mark.parametrize(
    ("title", "own"),
    [("Riktlinjer för sociala medier", True), ("Riktlinje för sociala medier i Ydre kommun", True),
     ("Handbok för sociala medier", False), ("Riktlinje för informationssäkerhet", False)],
)  # fmt: skip
def test_a_guideline_does_not_follow_itself(title, own):
    assert is_titled(title, WORDING.title) is own


KINDS = [
    (name, entry, kind, form)
    for name, (codebook, wording) in BOOKS.items()
    for entry in codebook.requirements
    for kind, said in wording.requirements[entry.id].by_source.items()
    for form in ("duty", "prohibition")
    if getattr(said, form)
]


@pytest.mark.parametrize(("name", "entry", "kind", "form"), KINDS, ids=lambda part: str(getattr(part, "id", part)))
def test_what_the_sources_tell_of_is_understood_and_told_again(name, entry, kind, form):
    """The sentence of a kind answers its requirement, and by the kind's own words is of that kind."""
    codebook, wording = BOOKS[name]
    modality = "must_not" if form == "prohibition" else "must"
    [sentence] = word_rule(entry, Rule((), modality, told=(kind,)), wording, on=ON)
    assert entry.id in {m.requirement for m in match_topics(codebook, ClauseText(sentence.text, modality=modality))}
    assert CueIndex.of_terms(wording.requirements[entry.id].by_source[kind].words).holds(sentence.text)


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (("grafisk profil",), "Verksamheten ska följa det som står i kommunens grafiska profil."),
        (("kommunikationspolicy",), "Verksamheten ska följa det som står i kommunens kommunikationspolicy."),
        (("grafisk profil", "Så syns vi"), "Verksamheten ska följa styrdokumenten grafisk profil samt Så syns vi."),
    ],
)
def test_a_document_of_a_kind_is_named_as_the_municipality_s_own(titles, said):
    words = word_rule(CODEBOOK.find("related_documents"), Rule(titles, "must"), WORDING, on=ON)
    assert [sentence.text for sentence in words] == [said]


def test_no_plan_for_crises_is_made_up():
    (told,) = word_rule(CODEBOOK.find("crisis"), Rule(("duty",), "must"), WORDING, on=ON)
    assert "plan" not in told.text
