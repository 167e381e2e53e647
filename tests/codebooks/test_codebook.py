"""Codebook files: what ships, and what a person who writes one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.codebooks import list_codebooks, load_codebook
from pipeline.failures import RunFailure
from pipeline.records.requirement import PROHIBITED_CONTENT

IDS = [
    "decision_to_start", "application_before_start", "report_account", "account_register", "responsible_person",
    "number_of_administrators", "deputies", "credentials", "service_account", "closing_account", "governing_body",
    "resources", "primary_channel", "sender_identity", "graphic_profile", "tone", "signature", "information_text",
    "posting_frequency", "monitoring", "response_time", "response_scope", "referral", "criticism", "crisis",
    "follow_up", "prohibited_content", "removal", "saving_before_removal", "blocking_users", "secrecy",
    "personal_data", "copyright", "photo_consent", "advertising", "private_use", "accessibility", "security",
    "terms_of_use", "legal_compliance", "public_records", "registration", "retention", "screenshots",
    "related_documents",
]  # fmt: skip

SMALL = {
    "id": "small",
    "label_sv": "Liten",
    "label_en": "Small",
    "area": {"title": ["e-post*"], "words": "e-post*"},
    "groups": [{"id": "g", "sv": "G", "en": "G"}],
    "requirements": [
        {
            "id": "reply", "label_sv": "Svar", "label_en": "Reply",
            "description_sv": "Svar.", "description_en": "Reply.",
            "group": "g", "value": "set", "stricter": "superset",
            "members": {"mail": {"sv": "post", "en": "mail", "words": "e-post*"}},
            "cues": [["svara*", "!skicka*"]],
        }
    ],
}  # fmt: skip


def write(folder: Path, content: object) -> str:
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return str(path)


def test_ids_stay_fixed_and_in_order() -> None:
    assert [r.id for r in load_codebook("social_media").requirements][: len(IDS)] == IDS


def test_what_ships_is_whole() -> None:
    assert list_codebooks() == ("ai_use", "social_media")
    for name in list_codebooks():
        book = load_codebook(name)
        assert book.id == name
        for entry in book.requirements:
            assert entry.cues
            assert entry.description_sv.endswith(".")
            assert entry.description_en.endswith(".")
            assert entry.stricter != "higher" or entry.value == "count"
            assert entry.value != "set" or entry.members or entry.kinds
            assert len({m.id for m in entry.members}) == len(entry.members)
            # Codes of prohibited content and members share a column: a member must not mean another thing there.
            assert "prohibited_content" not in entry.kinds or not {m.id for m in entry.members} & set(
                PROHIBITED_CONTENT
            )


def test_groups_are_chapters_in_order() -> None:
    for name in list_codebooks():
        book = load_codebook(name)
        seen = list(dict.fromkeys(r.group for r in book.requirements))
        assert seen == [g.id for g in book.groups]
        assert [r.group for r in book.requirements] == sorted((r.group for r in book.requirements), key=seen.index)


def test_own_file_with_short_forms_and_byte_order_mark(tmp_path: Path) -> None:
    path = Path(write(tmp_path, SMALL))
    book = load_codebook(str(path))
    assert book.find("reply").members[0].cues[0].all == ("e-post*",)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_codebook(str(path)).requirements == book.requirements


def test_digest_tells_files_apart(tmp_path: Path) -> None:
    first = load_codebook(write(tmp_path, SMALL)).digest
    assert load_codebook(write(tmp_path, {**SMALL, "label_sv": "Annan"})).digest != first
    assert load_codebook(write(tmp_path, SMALL)).digest == first


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stricter": "harder"}, "requirements.0.stricter"),
        ({"colour": "red"}, "requirements.0.colour"),
        ({"cues": [["!skicka*"]]}, "a cue needs a term that must occur"),
        ({"cues": [["svara||skicka"]]}, "empty alternative"),
        ({"cues": [["sv*ara"]]}, "first or last in a word"),
        ({"cues": [{"all": ["svara*"], "kinds": ["colour"]}]}, "unknown kinds: colour"),
        ({"kinds": ["colour"]}, "unknown kinds: colour"),
        ({"group": "nowhere"}, "unknown group: nowhere"),
        ({"id": "Bad Id"}, "requirements.0.id"),
        ({"members": {"mail": {"sv": "post", "words": "e-post"}}}, "requirements.0.members"),
    ],
)
def test_mistakes_are_told_with_their_place(change: dict[str, object], told: str, tmp_path: Path) -> None:
    wrong = {**SMALL, "requirements": [{**SMALL["requirements"][0], **change}]}
    with pytest.raises(RunFailure) as error:
        load_codebook(write(tmp_path, wrong))
    assert told in error.value.message.sv
    assert error.value.status == 2


def test_same_id_twice(tmp_path: Path) -> None:
    with pytest.raises(RunFailure, match="the same id twice: reply"):
        load_codebook(write(tmp_path, {**SMALL, "requirements": SMALL["requirements"] * 2}))


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "id: [", "just words"])
def test_no_codebook_at_all(content: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(RunFailure):
        load_codebook(str(path))


def test_missing_file_names_those_there_are() -> None:
    with pytest.raises(RunFailure) as error:
        load_codebook("nonsense")
    assert "social_media" in error.value.message.sv
