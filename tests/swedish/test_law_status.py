"""The status of acts on a day, what to write instead, and the legal duties."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipeline.codebooks import load_codebook
from pipeline.swedish.datafiles import read_rows, read_tree
from pipeline.swedish.law_register import act_dates, starts_on
from pipeline.swedish.law_status import law_status, section_notes
from pipeline.swedish.legal_duties import duties_for, legal_duties


@pytest.mark.parametrize(
    ("identifier", "on", "status"),
    [
        ("1998:204", date(2018, 5, 24), "in_force"),
        ("1998:204", date(2018, 5, 25), "repealed"),
        ("1998:204", date(1998, 1, 1), "not_yet"),
        ("2018:218", date(2018, 5, 24), "not_yet"),
        ("2016/679", date(2020, 1, 1), "in_force"),
        ("1998:112", date(2026, 11, 20), "in_force"),
        ("2025:1506", date(2026, 1, 14), "not_yet"),
        ("2099:1", date(2026, 1, 1), "unknown"),
        ("1990:931", date(1980, 1, 1), "not_yet"),
        ("1990:931", date(2020, 1, 1), "in_force"),
    ],
)
def test_status_on_a_day(identifier: str, on: date, status: str) -> None:
    assert law_status(identifier, on).status == status


def test_what_repealed_an_act_and_what_to_write_instead_are_two_things() -> None:
    found = law_status("1998:204", date(2026, 1, 1))
    assert (found.repealed_on, found.repealed_by, found.use_instead) == ("2018-05-25", "2018:218", "2016/679")
    assert "dataskyddsförordning" in found.note_sv
    assert "GDPR" in found.note_en


def test_an_act_in_force_needs_no_other() -> None:
    found = law_status("1998:204", date(2016, 1, 1))
    assert (found.repealed_by, found.use_instead, found.note_sv) == ("", "", "")


def test_what_is_written_instead_is_in_force_itself() -> None:
    for identifier, note in read_tree("act_notes.yaml").items():
        for instead in str(note.get("use_instead", "")).split("|"):
            if instead in act_dates():
                assert law_status(instead, date(2026, 3, 1)).status == "in_force", (identifier, instead)


def test_repeals_in_both_registers_agree() -> None:
    statutes = {row["identifier"]: row for row in read_rows("sfs_register.csv")}
    for row in read_rows("act_dates.csv"):
        other = statutes.get(row["identifier"])
        if other and row["identifier"] in statutes:
            assert bool(row["repealed_on"]) == (other["status"] == "repealed"), row["identifier"]
            if other["repealed_on"]:
                assert (row["repealed_on"], row["repealed_by"]) == (other["repealed_on"], other["repealed_by"])


def test_moved_sections_are_told_from_the_day_they_moved() -> None:
    assert section_notes("1949:105", "K2P12", date(2018, 12, 31)) == []
    assert len(section_notes("1949:105", "K2P12S1|K2P1", date(2019, 1, 1))) == 1
    assert section_notes("1949:105", "K2P120", date(2020, 1, 1)) == []


def test_a_section_that_was_named_after_it_moved_has_the_new_number() -> None:
    on = date(2026, 1, 1)
    assert section_notes("1949:105", "K2P3", on, written=date(2018, 12, 31))
    assert section_notes("1949:105", "K2P3", on, written=date(2019, 1, 1)) == []
    # What is repealed is so whenever it was named.
    assert [note.change for note in section_notes("2002:562", "P18", on, written=date(2025, 1, 1))] == ["repealed"]


def test_notes_on_sections_say_what_kind_of_change_it_is() -> None:
    changes = {row["change"] for note in read_tree("act_notes.yaml").values() for row in note.get("sections", ())}
    assert changes <= {"moved", "repealed", "changed"}


def test_duties_are_complete_and_name_known_acts() -> None:
    assert len({duty.duty_id for duty in legal_duties()}) == len(legal_duties())
    for duty in legal_duties():
        assert duty.act in act_dates(), duty.duty_id
        assert date.fromisoformat(duty.since) >= starts_on(duty.act), duty.duty_id
        assert re.fullmatch(r"(?:K\d+)?P\d+[a-z]?|A\d+", duty.section), duty.duty_id
        assert duty.requirements
        for codebook, requirements in duty.requirements.items():
            known = {entry.id for entry in load_codebook(codebook).requirements}
            assert requirements, duty.duty_id
            assert set(requirements) <= known, duty.duty_id
        assert duty.text_sv.endswith(".")
        assert duty.text_en.endswith(".")
        assert duty.source


def test_every_act_that_must_have_duties_has_some() -> None:
    norms = {duty.norm for duty in legal_duties()}
    assert {"FL", "OSL", "TF", "arkivlagen", "BBS-lagen", "GDPR", "DOS-lagen", "upphovsrättslagen", "KL", "RF"} <= norms


@pytest.mark.parametrize(
    ("requirement", "duty"),
    [
        ("retention", "arkivlagen_preservation"),
        ("removal", "bbs_removal"),
        ("copyright", "url_exclusive_right"),
        ("secrecy", "osl_no_disclosure"),
        ("referral", "fl_service"),
    ],
)
def test_the_duty_that_is_most_about_a_requirement_is_named_first(requirement: str, duty: str) -> None:
    assert duties_for("social_media", requirement, on=date(2026, 1, 1))[0].duty_id == duty


def test_duties_follow_the_day() -> None:
    ids = [duty.duty_id for duty in duties_for("social_media", "monitoring", on=date(2020, 1, 1))]
    later = [duty.duty_id for duty in duties_for("social_media", "monitoring", on=date(2025, 1, 1))]
    assert "bbs_supervision" in ids
    assert "bbs_supervision" not in later


def test_a_requirement_of_the_same_name_has_the_duties_of_its_own_codebook() -> None:
    """What is asked of secrecy in posts is no legal basis for what may be entered in an AI service, nor the reverse."""
    on = date(2026, 2, 1)
    ours, theirs = ({d.duty_id for d in duties_for(book, "secrecy", on=on)} for book in ("social_media", "ai_use"))
    assert ours == {"osl_no_disclosure"}
    assert theirs == {"osl_ai_no_disclosure"}
    assert not duties_for("ai_use", "monitoring", on=on)
    assert not duties_for("social_media", "training", on=on)


def test_articles_of_the_ai_regulation_apply_from_their_own_days() -> None:
    def asked(requirement: str, on: date) -> set[str]:
        return {d.duty_id for d in duties_for("ai_use", requirement, on=on) if d.act == "2024/1689"}

    assert asked("training", date(2025, 2, 1)) == set()
    assert asked("training", date(2025, 2, 2)) == {"ai_literacy"}
    assert asked("transparency", date(2026, 2, 1)) == set()
    assert asked("transparency", date(2026, 8, 2)) == {"ai_transparency"}
