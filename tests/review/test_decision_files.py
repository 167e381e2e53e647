"""Decision files as people and spreadsheets write them."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exchange.decision_files import decision_id, with_id
from pipeline.records.decision import TARGETS, VERDICTS, Decision
from pipeline.review import read_decisions, write_decisions

HEADER = "decision_id,target,field,sha256,quote,prefix,suffix,start,verdict,new_value,author,date,reason\r\n"
TEXTS = st.text(alphabet="abå=+-@'\" \t\r\n,;|§", max_size=12)
DECISIONS = st.builds(
    Decision,
    decision_id=st.just(""), target=st.sampled_from(TARGETS), field=st.just("modality"), sha256=st.just("ab"),
    quote=TEXTS, prefix=TEXTS, suffix=TEXTS, start=st.none() | st.integers(0, 999),
    verdict=st.sampled_from([v for v in VERDICTS if v != "change"]), new_value=st.just(""), author=st.just("Anna"),
    date=st.just("2026-01-01"), reason=TEXTS,
).map(with_id)  # fmt: skip


@given(st.lists(DECISIONS, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory, decisions):
    folder = tmp_path_factory.mktemp("decisions")
    write_decisions(decisions, folder / "a.csv")
    read, conflicts = read_decisions(folder)
    assert set(read) == set(decisions)
    assert conflicts == ()
    before = (folder / "a.csv").read_bytes()
    write_decisions(reversed(decisions), folder / "a.csv")
    assert (folder / "a.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("d1,sida,,,x,,,1,accept,,A,2026-01-01,", "target är ”sida”"),
        ("d1,value,,,x,,,1,kanske,,A,2026-01-01,", "verdict är ”kanske”"),
        ("d1,value,,,x,,,ett,accept,,A,2026-01-01,", "start är ”ett”"),
        ("d1,value,,,x,,,1,accept,,A,1 januari,", "ÅÅÅÅ-MM-DD"),
        ("d1,value,,,x,,,1,change,,A,2026-01-01,", "new_value är tomt"),
        (",value,,,x,,,1,,,A,2026-01-01,", "verdict är tom"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_kept(tmp_path, row, said):
    (tmp_path / "beslut.csv").write_text(HEADER + "\r\n" + row + "\r\n", "utf-8")
    decisions, (conflict,) = read_decisions(tmp_path)
    assert decisions == ()
    assert said in conflict.reason and "beslut.csv" in conflict.reason
    assert conflict.quote == "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_make_of_a_file(tmp_path, encoding, delimiter):
    lines = ["verdict,target,quote,start,author,extra", "accept,value,Åtgärd,12,Örjan,x"]
    (tmp_path / "a.csv").write_bytes("\n".join(lines).replace(",", delimiter).encode(encoding))
    (decision,), conflicts = read_decisions(tmp_path)
    assert conflicts == ()
    assert (decision.quote, decision.start, decision.author) == ("Åtgärd", 12, "Örjan")
    assert decision.decision_id == decision_id(dataclasses.replace(decision, decision_id=""))


def test_one_id_for_two_decisions_is_told(tmp_path):
    rows = "d1,value,,,x,,,1,accept,,A,2026-01-01,\r\nd1,value,,,y,,,1,reject,,A,2026-01-01,\r\n"
    (tmp_path / "a.csv").write_text(HEADER + rows, "utf-8")
    decisions, conflicts = read_decisions(tmp_path)
    assert len(decisions) == 1 and "decision_id" in conflicts[0].reason


def test_no_folder_has_no_decisions(tmp_path):
    assert read_decisions(tmp_path / "none") == ((), ())
