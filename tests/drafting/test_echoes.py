"""What a clause says beside what it was written for, and that the draft says so itself."""

from benchmarks.drafting.round_trip import send, tell
from pipeline.drafting import Choice
from pipeline.drafting.checklist import tell_checklist
from pipeline.drafting.telling import tell_argument
from tests.drafting.conftest import ON, clause, draft

OMIT = Choice(line="omit")
ADVERTISING = {
    "advertising": Choice(modality="must_not"),
    "prohibited_content": Choice(value="hate_speech|threats", modality="must_not"),
}
RECORDS = {
    "public_records": Choice(value="information"),
    "information_text": Choice(value="purpose|rules"),
}
ACTS = {"personal_data": Choice(value="1998:204"), "legal_compliance": Choice(value="2009:400|2017:900")}


def echoes(made, requirement):
    return [(e.values, e.said_in) for e in clause(made, requirement).echoes]


def test_a_ban_is_among_what_is_forbidden(material):
    made = draft(material, **ADVERTISING)
    assert echoes(made, "prohibited_content") == [(("advertising",), "advertising")]
    told = tell_argument(clause(made, "prohibited_content"), made)
    assert "Sägs också under ”Reklam och politiska budskap”: reklam." in told


def test_what_is_said_anyway_is_no_echo(material):
    both = Choice(value="advertising|threats", modality="must_not")
    made = draft(material, **ADVERTISING | {"prohibited_content": both})
    assert echoes(made, "prohibited_content") == []


def test_an_act_is_counted_by_what_holds_now(material):
    made = draft(material, **ACTS)
    assert echoes(made, "legal_compliance") == [(("2016/679",), "personal_data")]
    assert echoes(draft(material, **ACTS | {"legal_compliance": Choice(value="2016/679")}), "legal_compliance") == []


def test_who_is_bound_elsewhere_is_one_more_responsible_person(material):
    manager = {"responsible_person": Choice(value="ansvarig chef")}
    made = draft(material, screenshots=Choice(owner="ansvarig för kontot", modality="must"), **manager)
    assert echoes(made, "responsible_person") == [(("ansvarig för kontot",), "screenshots")]
    assert (
        echoes(
            draft(material, screenshots=Choice(owner="kommunikatör", modality="must"), **manager), "responsible_person"
        )
        == []
    )


def test_words_that_say_two_values_are_told_in_the_same_clause(material):
    made = draft(material, **RECORDS)
    assert (("is_public_record",), "public_records") in echoes(made, "public_records")
    assert "Sägs också i samma mening: är allmän handling." in tell_argument(clause(made, "public_records"), made)
    assert echoes(made, "information_text") == [(("public_records",), "public_records")]


def test_the_checklist_says_where_what_is_left_out_is_taken_up_all_the_same(material):
    made = draft(material, **RECORDS | {"information_text": OMIT})
    (lacking,) = (p for p in tell_checklist(made) if p.title == "Saknas i utkastet")
    row = next(r for r in lacking.rows if r[0] == "Information till besökare")
    assert row[1] == "Bortvalt. Utkastet tar ändå upp frågan under ”Allmänna handlingar”."


def test_a_draft_that_says_things_twice_comes_back_as_it_is_planned(material, tmp_path):
    made = draft(material, **ADVERTISING, **RECORDS, **ACTS)
    trips = send([made], tmp_path, codebook="social_media", on=ON)
    wrong = [t for t in trips if not t.same]
    assert not wrong, tell(wrong)
