"""Intervals, calibration, listings and faults of the scorecard."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import list_changes
from pipeline.evaluation.baseline import find_requirements, find_values
from pipeline.evaluation.calibration import calibrate
from pipeline.evaluation.counts import DocumentScore, Item, Judged
from pipeline.evaluation.figures import make_figures
from pipeline.evaluation.gold import gold_texts, read_gold
from pipeline.evaluation.listing import format_changes, write_scorecard
from pipeline.evaluation.matching import locate, pair
from pipeline.evaluation.repairs import measure
from pipeline.evaluation.scorecard import Scorecard, metric_name, read_output
from pipeline.failures import RunFailure
from pipeline.spans import cover, fold, iou

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda s: (min(s), max(s)))


def scored(slug, hits, found, gold):
    score = DocumentScore(slug)
    score.add("obligation overlap", hits, found, gold)
    return score


def card(items=(), slugs=("a", "b"), scores=()):
    return Scorecard(slugs, make_figures(list(scores)), (), (), tuple(items), {}, None, ())


def test_an_interval_covers_its_figure_and_is_the_same_every_time():
    scores = [scored(str(n), n % 5, 5, 6) for n in range(20)]
    (one,), (two,) = make_figures(scores), make_figures(scores)
    assert one == two
    assert one.low < one.f1 < one.high
    assert one.high - one.low < 0.5


def test_documents_that_are_all_alike_have_no_spread():
    (figure,) = make_figures([scored(str(n), 3, 4, 5) for n in range(8)])
    assert figure.low == pytest.approx(figure.f1) == figure.high


def test_macro_f1_weighs_rare_modalities_as_much():
    score = DocumentScore("a")
    pairs = [("must", "must")] * 8 + [("may", "must"), ("may", "may")]
    score.add_share("modality (of matched)", [g == f for g, f in pairs])
    score.modalities += pairs
    accuracy, macro = make_figures([score])
    assert accuracy.f1 == pytest.approx(0.9)
    # must: 2*8/(9+8); may: 2*1/(1+2)
    assert macro.f1 == pytest.approx((16 / 17 + 2 / 3) / 2)


def test_shares_count_each_error_once():
    score = DocumentScore("a")
    score.add_share("cell answer", [True, False, False])
    (figure,) = make_figures([score])
    assert figure.share and figure.errors == 2


def test_calibration_of_one_kind():
    judged = [Judged("value", 0.9, True), Judged("value", 0.9, False), Judged("value", 1.0, True)]
    (result,) = calibrate(judged)
    assert [b.count for b in result.bins] == [3]
    assert result.error == pytest.approx(abs(2.8 / 3 - 2 / 3))
    assert result.brier == pytest.approx((0.01 + 0.81 + 0) / 3)


def test_changes_list_what_was_gained_and_lost():
    kept = Item("role", "a", "missed", 1, 4, "chefen")
    old = Item("obligation", "a", "missed", 5, 9, "Kontot ska ha en ägare")
    new = Item("obligation", "b", "false", 2, 7, "En policy ska vara kort", "modal")
    elsewhere = Item("obligation", "gone", "missed", 0, 3, "Borta")
    before = json.loads(json.dumps(card([kept, old, elsewhere], ("a", "b", "gone")).as_dict()))
    changes = list_changes(card([kept, new]), before)
    assert changes.gains == (old,)
    assert changes.losses == (new,)
    assert any("lost" in line and "En policy ska vara kort [modal]" in line for line in format_changes(changes))


def test_a_figure_that_moved_is_listed():
    before = json.loads(json.dumps(card(scores=[scored("a", 1, 4, 4)]).as_dict()))
    changes = list_changes(card(scores=[scored("a", 3, 4, 4)]), before)
    assert changes.figures == (("obligation overlap", 0.25, 0.75),)


def test_files_for_plots(tmp_path):
    write_scorecard(card(scores=[scored("a", 3, 4, 4)]), tmp_path)
    assert (tmp_path / "scorecard.csv").read_text("utf-8").splitlines()[:2] == [
        "measure,precision,recall,f1,low,high,hits,found,gold,errors,baseline_f1",
        "obligation overlap,0.7500,0.7500,0.7500,0.7500,0.7500,3,4,4,2,",
    ]
    metrics = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert metrics["obligation_overlap"]["errors"] == 2
    assert (tmp_path / "calibration.csv").read_text("utf-8").startswith("target,low,high,count")


def test_metric_names_have_no_signs():
    assert metric_name("obligation IoU>.5") == "obligation_iou50"
    assert metric_name("actor or none (matched)") == "actor_or_none_matched"


@given(st.text(alphabet="abå \n\t", max_size=60))
def test_folding_keeps_the_offset_of_every_character(text):
    folded = fold(text)
    assert "  " not in folded.text and len(folded.text) == len(folded.offsets)
    for character, offset in zip(folded.text, folded.offsets, strict=True):
        assert text[offset] == character or (character == " " and text[offset].isspace())


@given(st.text(alphabet="abcå \n", min_size=1, max_size=60), st.data())
def test_what_stands_in_the_text_is_found_where_it_stands(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    place = locate(quote, fold(text), near=start)
    if quote.strip():
        assert " ".join(text[place[0] : place[1]].split()) == " ".join(quote.split())
    else:
        assert place is None


@given(SPANS, SPANS)
def test_overlap_measures_are_symmetric_shares(one, two):
    for share in (iou, cover):
        assert 0 <= share(one, two) <= 1
        assert share(one, two) == share(two, one)
    assert iou(one, two) <= cover(one, two) or iou(one, two) == 0


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_pairs_are_one_to_one(gold, found):
    pairs = pair(gold, found, lambda i, j: cover(gold[i], found[j]) >= 0.5)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Alla konton ska registreras.", "must"),
        ("Inlägg får inte raderas utan beslut.", "must_not"),
        ("Tonen bör vara vänlig.", "should"),
        ("Egna konton får användas.", "may"),
    ],
)
def test_the_baseline_reads_modals(text, modality):
    assert [r.modality for r in find_requirements(text)] == [modality]


def test_the_baseline_finds_words_where_they_stand():
    text = "Svara inom 24 timmar. Tänk på offentlighets- och sekretesslagen."
    assert {(v.value, text[v.start : v.end]) for v in find_values(text)} == {
        ("PT24H", "inom 24 timmar"),
        ("OSL", "offentlighets- och sekretesslagen"),
    }


def test_marks_and_white_space_do_not_count_as_errors():
    rates = measure("”Håll  god ton” – alltid\n- punkt", '"Håll god ton" - alltid\n• punkt')
    assert rates.characters == rates.words == 0


def test_gold_that_is_no_gold_is_named(tmp_path):
    (tmp_path / "x.json").write_text('{"slug": "x", "obligations": [{"start": 1}]}', "utf-8")
    with pytest.raises(RunFailure, match=r"x\.json.*obligations\.0\.end"):
        read_gold(tmp_path)


def test_a_folder_without_gold_is_said(tmp_path):
    with pytest.raises(RunFailure, match="no gold"):
        read_gold(tmp_path)


def test_a_text_that_is_missing_is_named(tmp_path):
    (tmp_path / "x.json").write_text('{"slug": "x"}', "utf-8")
    with pytest.raises(RunFailure, match=r"x\.txt is missing"):
        gold_texts(tmp_path)


def test_an_output_folder_that_is_none_is_said(tmp_path):
    with pytest.raises(RunFailure, match=r"documents\.parquet"):
        read_output(tmp_path)
