"""What decisions do to findings."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import load_codebook
from pipeline.records.decision import AnchoredDecision
from pipeline.review import (
    add_requirement,
    anchor,
    apply_to_cells,
    apply_to_metadata,
    apply_to_repairs,
    apply_to_requirements,
    apply_to_values,
    read_changes,
)
from pipeline.wording import CellChange


@pytest.fixture
def rows(findings):
    return {name: rows for name, (_, rows) in findings.items()}


@pytest.fixture
def anchored(decide, target):
    def make(*args, **given):
        items, conflicts = anchor([decide(*args, **given)], [given.pop("target_text", target)])
        assert conflicts == ()
        return items

    return make


def test_an_accepted_requirement_is_sure(rows, anchored):
    done = apply_to_requirements(
        rows["requirements"], anchored("requirement", "accept", quote="Chefen ska svara inom 24 timmar")
    )
    assert [r.confidence for r in done.rows] == [1.0, 0.9]
    assert len(done.used) == 1 and done.conflicts == ()


def test_a_changed_modality_is_put_in(rows, anchored):
    items = anchored(
        "requirement", "change", quote="Chefen ska svara inom 24 timmar", field="modality", new_value="should"
    )
    done = apply_to_requirements(rows["requirements"], items)
    assert done.rows[0].modality == "should"
    assert done.rows[1] == rows["requirements"][1]


def test_a_rejected_requirement_goes_and_is_kept_as_rejected(rows, anchored):
    done = apply_to_requirements(
        rows["requirements"], anchored("requirement", "reject", quote="Inlägg med hot tas bort")
    )
    assert [r.requirement_id for r in done.rows] == ["r1"]
    assert [r.requirement_id for r in done.rejected] == ["r2"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("modality", "maybe", "ska vara något av must"),
        ("quote", "x", "kan inte ändras"),
        ("hittepå", "x", "kan inte ändras"),
        ("", "x", "inte vilket fält"),
        ("step", "två", "skriv ett heltal"),
        ("actor_explicit", "kanske", "skriv ja eller nej"),
    ],
)
def test_a_change_that_cannot_be_is_a_conflict(rows, anchored, field, value, said):
    items = anchored("requirement", "change", quote="Chefen ska svara inom 24 timmar", field=field, new_value=value)
    done = apply_to_requirements(rows["requirements"], items)
    assert said in done.conflicts[0].reason
    assert done.rows == tuple(rows["requirements"]) and done.used == ()


def test_a_finding_that_is_gone_is_a_conflict_with_what_is_nearest(rows, anchored):
    done = apply_to_requirements(rows["requirements"][1:], anchored("requirement", "accept", quote="inom 24 timmar"))
    assert "hittas inte längre" in done.conflicts[0].reason
    assert done.conflicts[0].nearest == "Inlägg med hot tas bort"


def test_a_requirement_that_was_missed_is_put_in(rows, anchored):
    items = anchored("requirement", "change", quote="Skärmdump sparas", field="added", new_value="must")

    def added(item):
        return dataclasses.replace(rows["requirements"][0], start=item.start, end=item.end, modality="must")

    assert len(apply_to_requirements(rows["requirements"], items, added=added).rows) == 3
    assert len(apply_to_requirements(rows["requirements"], items).conflicts) == 1


def test_an_added_requirement_has_words_page_headings_and_topics(anchored, target):
    from pipeline.codebooks import load_codebook
    from pipeline.records.outline import DocumentOutline, Outline, Section

    (item,) = anchored(
        "requirement", "change", quote="Chefen ska svara inom 24 timmar", field="added", new_value="must"
    )
    document = DocumentOutline("doc1", "Ydre", "0512", "social_media", 1.0, "complete", "", "", -1, False, 0.0)
    sections = (
        Section("doc1", 0, -1, 1, "Regler", 0, 60, "body"),
        Section("doc1", 1, 0, 2, "Svar", 7, 60, "body"),
    )
    outline = Outline(document, target.text, sections, (), (), (0,))
    row = add_requirement(item, outline, load_codebook("social_media"))
    assert (row.quote, row.page, row.section) == ("Chefen ska svara inom 24 timmar", 1, "Regler > Svar")
    assert (row.municipality, row.modality, row.confidence) == ("Ydre", "must", 1.0)
    assert "response_time" in row.topics.split("|")


@pytest.mark.parametrize(
    ("verdict", "field", "new_value", "topics"),
    [
        ("accept", "referral", "", "referral|response_time"),
        ("reject", "response_time", "", ""),
        ("change", "topics", "tone|criticism", "criticism|tone"),
    ],
)
def test_alignments(rows, anchored, verdict, field, new_value, topics):
    items = anchored("alignment", verdict, quote="Chefen ska svara inom 24 timmar", field=field, new_value=new_value)
    assert apply_to_requirements(rows["requirements"], items).rows[0].topics == topics


def test_values_are_told_apart_by_kind(rows, anchored):
    twin = dataclasses.replace(rows["values"][0], kind="removal_time", value_id="v3")
    items = anchored("value", "change", quote="inom 24 timmar", field="removal_time.value", new_value="P1D")
    done = apply_to_values([*rows["values"], twin], items)
    assert [v.value for v in done.rows] == ["PT24H", "skärmdump", "P1D"]


def test_a_negated_value(rows, anchored):
    items = anchored("value", "change", quote="Skärmdump", field="retention.negated", new_value="ja")
    assert apply_to_values(rows["values"], items).rows[1].negated is True


def test_metadata_are_changed_and_put_in(rows, anchored):
    items = (
        *anchored("metadata", "change", quote="Regler", field="title", new_value="Regler för webben"),
        *anchored("metadata", "change", quote="Viktigt", field="responsible", new_value="Kansliet"),
    )
    done = apply_to_metadata(rows["metadata"], items, outlines={})
    assert {(m.field, m.value, m.confidence) for m in done.rows} == {
        ("title", "Regler för webben", 1.0),
        ("responsible", "Kansliet", 1.0),
    }


def test_an_unknown_metadata_field_is_a_conflict(rows, anchored):
    items = anchored("metadata", "accept", quote="Regler", field="colour")
    assert len(apply_to_metadata(rows["metadata"], items, outlines={}).conflicts) == 1


def test_repairs_are_taken_or_not(rows):
    def decided(verdict, new_value=""):
        start = rows["repairs"][0].raw_start
        items = [AnchoredDecision(d, "doc1", start, start + 3) for d in [make(verdict, new_value)]]
        return apply_to_repairs(rows["repairs"], items)

    from pipeline.records.decision import Decision

    def make(verdict, new_value):
        return Decision("d", "repair", "", "", "hct", "", "", 0, verdict, new_value, "Anna", "2026-03-01", "")

    rejected = decided("reject")
    assert [(r.before, r.status) for r in rejected.rows] == [("\n", "applied")]
    assert [(r.before, r.status) for r in rejected.rejected] == [("hct", "rejected")]
    accepted = decided("accept").rows[0]
    assert (accepted.status, accepted.confidence) == ("applied", 1.0)
    assert decided("change", "hjort").rows[0].after == "hjort"


def cell_decision(decide, verdict, field, **given):
    decision = decide("cell", verdict, field=field, **given)
    return [AnchoredDecision(decision, given.get("document_id", "doc1"), 0, 0)]


def test_cells(rows, decide):
    cells = rows["harmonised_requirements"]
    words = "Chefen ska svara inom 24 timmar"
    accepted = apply_to_cells(cells, cell_decision(decide, "accept", "response_time|Ydre", quote=words)).rows[0]
    assert (accepted.review, accepted.confidence, accepted.value) == ("accepted", 1.0, "PT24H")
    changed = apply_to_cells(
        cells, cell_decision(decide, "change", "response_time|Ydre", quote=words, new_value="PT48H weekdays")
    ).rows[0]
    assert (changed.review, changed.answer, changed.value) == ("changed", "stated", "PT48H weekdays")
    rejected = apply_to_cells(cells, cell_decision(decide, "reject", "response_time|Ydre", quote=words))
    assert (rejected.rows[0].answer, rejected.rows[0].quote, rejected.rows[0].review) == ("silent", "", "rejected")
    assert rejected.rejected == (cells[0],)


def test_a_silent_cell_that_was_accepted_waits_once_it_speaks(rows, decide):
    cells = rows["harmonised_requirements"]
    items = cell_decision(decide, "accept", "crisis|Ydre")
    assert apply_to_cells(cells, items).rows[1].review == "accepted"
    speaking = [cells[0], dataclasses.replace(cells[1], answer="stated", quote="Vid kris gäller", document_id="doc1")]
    done = apply_to_cells(speaking, items)
    assert done.rows[1].review == "unreviewed"
    assert done.conflicts[0].nearest == "Vid kris gäller"


def test_a_cell_that_is_no_more_is_a_conflict(rows, decide):
    done = apply_to_cells(rows["harmonised_requirements"], cell_decision(decide, "accept", "crisis|Lund"))
    assert "finns inte" in done.conflicts[0].reason


@pytest.mark.parametrize(
    ("new_value", "before", "after"),
    [
        ("silent", ("stated", "must", "PT24H"), ("silent", "", "")),
        ("PT24H", ("silent", "", ""), ("stated", "", "PT24H")),
        ("b | a", ("stated", "must", "c"), ("stated", "must", "a|b")),
        ("delegated: dokumenthanteringsplan", ("silent", "", ""), ("delegated", "", "dokumenthanteringsplan")),
        ("P6M", ("delegated", "", "arkivplan"), ("stated", "", "P6M")),
        ("must", ("stated", "may", "P1Y"), ("stated", "must", "P1Y")),
        ("must", ("silent", "", ""), ("stated", "must", "duty")),
        ("must: P6M", ("stated", "may", "P1Y"), ("stated", "must", "P6M")),
        ("stated", ("delegated", "must", "arkivplan"), ("stated", "must", "duty")),
        ("stated", ("conflicting", "must", "a|b"), ("stated", "must", "a|b")),
        ("stated_negatively", ("stated", "must", "a"), ("stated_negatively", "must", "")),
        ("delegated", ("delegated", "", "arkivplan"), ("delegated", "", "arkivplan")),
    ],
)
def test_what_a_decision_on_a_cell_makes_of_it(rows, new_value, before, after):
    answer, modality, value = before
    cell = dataclasses.replace(rows["harmonised_requirements"][0], answer=answer, modality=modality, value=value)
    changed = CellChange.parse(new_value).apply(cell)
    assert (changed.answer, changed.modality, changed.value) == after


@given(st.lists(st.sampled_from(["accept", "reject", "change"]), max_size=4), st.randoms())
def test_every_decision_is_used_or_a_conflict(verdicts, random):
    from pipeline.records.decision import Decision
    from pipeline.records.requirement import Value

    value = Value("v", "", "doc", "role", 1, 5, 9, "chef", "chef", "", "", "", "", "", "", False, 0.5)
    items = [
        AnchoredDecision(
            Decision(f"d{n}", "value", "role", "", "chef", "", "", 5, verdict, "x", "A", "2026-01-01", ""), "doc", 5, 9
        )
        for n, verdict in enumerate(verdicts)
    ]
    random.shuffle(items)
    done = apply_to_values([value], items)
    assert sorted([*done.used, *(c.decision_id for c in done.conflicts)]) == [f"d{n}" for n in range(len(verdicts))]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("inom 48 timmar på vardagar", "PT48H weekdays"),
        ("should: inom 24 timmar", "should: PT24H"),
        ("PT24H weekdays|skyndsamt", "PT24H weekdays|skyndsamt"),
        ("conflicting: must: P5D weekdays|PT24H", "conflicting: must: P5D weekdays|PT24H"),
        ("silent", "silent"),
        ("delegated: arkivplan", "delegated: arkivplan"),
    ],
)
def test_a_time_written_into_a_cell_by_hand_is_read(decide, written, code):
    items = cell_decision(decide, "change", "response_time|Ydre", new_value=written)
    (read,), conflicts = read_changes(items, load_codebook("social_media"))
    assert (read.decision.new_value, conflicts) == (code, [])
    assert read.decision.decision_id == items[0].decision.decision_id


def test_what_is_no_time_cannot_stand_in_the_cell_of_one(decide):
    book = load_codebook("social_media")
    read, conflicts = read_changes(cell_decision(decide, "change", "response_time|Ydre", new_value="struntprat"), book)
    assert read == []
    assert "struntprat" in conflicts[0].reason and "Skriv" in conflicts[0].reason
    other = cell_decision(decide, "change", "responsible_person|Ydre", new_value="kommunikatör i beredskap")
    assert read_changes(other, book) == (other, [])


@pytest.mark.parametrize(
    ("quote", "field", "written", "columns"),
    [
        ("inom 24 timmar", "response_time", "inom 48 timmar på vardagar", {"value": "PT48H", "calendar": "weekdays"}),
        ("inom 24 timmar", "response_time", "PT12H", {"value": "PT12H"}),
        ("Skärmdump", "retention", "sparas P1Y", {"value": "sparas", "period": "P1Y"}),
    ],
)
def test_a_value_written_by_hand_is_read(rows, anchored, quote, field, written, columns):
    done = apply_to_values(rows["values"], anchored("value", "change", quote=quote, field=field, new_value=written))
    (changed,) = (v for v in done.rows if v.quote == quote)
    assert {name: getattr(changed, name) for name in columns} == columns
    assert changed.confidence == 1.0


def test_what_is_no_value_of_a_kind_cannot_stand_there(rows, anchored):
    items = anchored("value", "change", quote="inom 24 timmar", field="response_time", new_value="snart nog")
    done = apply_to_values(rows["values"], items)
    assert done.rows == tuple(rows["values"]) and "snart nog" in done.conflicts[0].reason


def test_a_date_of_a_document_is_read_or_waits(rows, anchored):
    def with_date(written):
        items = anchored("metadata", "change", quote="Regler", field="adopted_date", new_value=written)
        return apply_to_metadata(rows["metadata"], items, outlines={})

    assert [m.value for m in with_date("3 mars 2021").rows if m.field == "adopted_date"] == ["2021-03-03"]
    assert [m.value for m in with_date("2021-03").rows if m.field == "adopted_date"] == ["2021-03"]
    assert "inget datum" in with_date("i fjol").conflicts[0].reason


def test_a_clause_is_aligned_with_nothing_that_the_codebook_lacks(rows, anchored):
    quote = "Chefen ska svara inom 24 timmar"
    known = {"response_time", "tone"}
    for verdict, asked in (("accept", {"field": "tonn"}), ("change", {"field": "topics", "new_value": "tone|tonn"})):
        done = apply_to_requirements(
            rows["requirements"], anchored("alignment", verdict, quote=quote, **asked), topics=known
        )
        assert done.rows == tuple(rows["requirements"])
        assert "”tonn”" in done.conflicts[0].reason
    done = apply_to_requirements(
        rows["requirements"], anchored("alignment", "accept", quote=quote, field="tone"), topics=known
    )
    assert done.rows[0].topics == "response_time|tone" and done.conflicts == ()
