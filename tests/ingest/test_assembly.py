"""Every line and word is where its span says; paragraphs and pages are parted by a blank line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.assembly import DraftLine, DraftPage, DraftWord, assemble, written

WORDS = st.lists(st.text("abcåäö.-•", min_size=1, max_size=6), min_size=1, max_size=5)


@st.composite
def drafted(draw: st.DrawFn) -> DraftLine:
    words = draw(WORDS)
    return DraftLine(
        text=draw(st.sampled_from([" ", "\t"])).join(words),
        words=tuple(DraftWord(w, 1, 2, 3, 4) for w in words),
        role=draw(st.sampled_from(["body", "body", "header", "footnote"])),
        level=draw(st.integers(0, 3)),
        marker=draw(st.sampled_from(["", "-", "1."])),
        gap=draw(st.booleans()),
    )


PAGES = st.lists(st.lists(drafted(), max_size=6).map(lambda lines: DraftPage(tuple(lines))), min_size=1, max_size=4)


@given(PAGES)
def test_spans_are_honest(pages: list[DraftPage]) -> None:
    content = assemble(pages, document_id="d1")
    drafts = [line for page in pages for line in page.lines]
    assert [content.text[line.start : line.end] for line in content.lines] == [written(d) for d in drafts]
    assert [line for line in content.text.split("\n") if line] == [written(d) for d in drafts]
    said = [content.text[w.start : w.end] for w in content.words]
    assert said == [w.text for d in drafts for w in d.words]
    assert [page.page for page in content.pages] == list(range(1, len(pages) + 1))
    for page in content.pages:
        inside = [line for line in content.lines if line.page == page.page]
        assert all(page.start <= line.start and line.end <= page.end for line in inside)
        assert inside or page.start == page.end


def test_paragraphs_pages_and_furniture_are_parted_by_a_blank_line() -> None:
    pages = [
        DraftPage(
            (DraftLine("Sidhuvud", role="header"), DraftLine("ett"), DraftLine("två"), DraftLine("tre", gap=True))
        ),
        DraftPage(()),
        DraftPage((DraftLine("fyra"),)),
    ]
    assert assemble(pages, document_id="d1").text == "Sidhuvud\n\nett\ntvå\n\ntre\n\nfyra"


def test_a_list_shows_its_bullets_and_its_depth() -> None:
    items = (
        DraftLine("yttre", style="list_item", level=1, marker="-"),
        DraftLine("inre", style="list_item", level=2, marker="a)"),
    )
    content = assemble([DraftPage(items)], document_id="d1")
    assert content.text == "- yttre\n  a) inre"
    assert [line.marker for line in content.lines] == ["-", "a)"]
