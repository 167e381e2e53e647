"""A draft as a Word document: headings, contents, page numbers, and the argument of each clause as a comment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER, WD_UNDERLINE
from docx.shared import Cm, Pt, RGBColor

from pipeline.drafting.checklist import sum_up, tell_checklist
from pipeline.drafting.composing import Clause, Draft
from pipeline.drafting.flow import paragraphs_of
from pipeline.drafting.paging import Block, find_pages
from pipeline.drafting.telling import tell_argument, tell_origin
from pipeline.drafting.wordfile import (
    HEADING_COLOUR,
    SIZES,
    add_bookmark,
    add_field,
    add_page_footer,
    add_table,
    inert,
    start_document,
    to_bytes,
)
from pipeline.wording import capitalise

AUTHOR, INITIALS = "Jämka", "J"
AFTER_LIST = 6.0
"""Space after a list's last item, in points."""

PURPOSE, CHECKLIST = "Syfte", "Checklista"
FIRST_PAGE = 3
"""The page after front and contents, on which the text begins."""

LINE_ROW = {
    "most_common": "Det vanligaste svaret bland de jämförda kommunerna",
    "strictest": "Det strängaste svaret bland de jämförda kommunerna",
    "median": "Svaret i mitten bland de jämförda kommunerna",
}

GREY = RGBColor(0x59, 0x59, 0x59)


def draft_as_docx(draft: Draft) -> bytes:
    """The draft as the bytes of a .docx file; the same draft gives the same bytes."""
    document = start_document(f"{draft.title}, {draft.body}")
    add_page_footer(document, inert(f"{draft.body} – {draft.title} – utkast"))
    _add_front(document, draft)
    blocks = _lay_out(draft)
    headings = [(b.text, 1 if b.size == SIZES["Heading 1"][0] else 2) for b in blocks if b.heading >= 0]
    _add_contents(document, headings, find_pages(blocks, first=FIRST_PAGE))
    marks = iter(range(len(headings)))
    _add_heading(document, PURPOSE, 1, next(marks)).paragraph_format.page_break_before = True
    document.add_paragraph(inert(" ".join(draft.purpose)))
    for chapter in draft.chapters:
        _add_heading(document, chapter.title, 1, next(marks))
        for clause in chapter.clauses:
            _add_heading(document, clause.label, 2, next(marks))
            _add_clause(document, clause, draft)
    return to_bytes(document)


def checklist_as_docx(draft: Draft) -> bytes:
    """The checklist as the bytes of a .docx file of its own, for the draft is to hold nothing but the guideline."""
    document = start_document(f"{CHECKLIST}: {draft.title}, {draft.body}")
    add_page_footer(document, inert(f"{draft.body} – {draft.title} – {CHECKLIST.lower()}"))
    document.add_paragraph(inert(capitalise(draft.body)), style="Subtitle")
    document.add_paragraph(inert(f"{CHECKLIST}: {draft.title[:1].lower()}{draft.title[1:]}"), style="Title")
    for line in [sum_up(draft), *tell_origin(draft)]:
        document.add_paragraph(inert(line))
    for part in tell_checklist(draft):
        document.add_heading(inert(part.title), 1)
        document.add_paragraph(inert(part.lead)).paragraph_format.keep_with_next = True
        add_table(document, [part.header, *part.rows], part.widths)
    return to_bytes(document)


def _lay_out(draft: Draft) -> list[Block]:
    """The draft's paragraphs after the contents, as layout sees them; headings are numbered as in the contents."""
    blocks = [_block(PURPOSE, "Heading 1", heading=0, new_page=True)]
    blocks.append(_block(" ".join(draft.purpose)))
    count = 1
    for chapter in draft.chapters:
        blocks.append(_block(chapter.title, "Heading 1", heading=count))
        for clause in chapter.clauses:
            count += 1
            blocks.append(_block(clause.label, "Heading 2", heading=count))
            for text, listed in paragraphs_of(clause.sentences):
                blocks.append(_block(text, keep_with_next=bool(listed)))
                items = [_block(item, "List Bullet", indent=18, listed=True) for item in listed]
                blocks += [*items[:-1], *(replace(item, after=AFTER_LIST) for item in items[-1:])]
        count += 1
    return blocks


def _block(text: str, style: str = "Normal", **how: Any) -> Block:
    size, line, before, after = SIZES[style]
    heading = style.startswith("Heading")
    return Block(text, size, line, before, after, **({"keep_with_next": heading} | how))


def _add_front(document: Any, draft: Draft) -> None:
    document.add_paragraph(inert(capitalise(draft.body)), style="Subtitle")
    document.add_paragraph(inert(draft.title), style="Title")
    facts = (
        ("Dokumenttyp", draft.title.split()[0]),
        ("Status", "Utkast, inte beslutat"),
        ("Antagen av", ""),
        ("Beslutsdatum", ""),
        ("Diarienummer", ""),
        ("Utkastet följer", LINE_ROW[draft.line]),
    )
    table = add_table(document, facts, (4.0, 11.4), size=10)
    for row in table.rows:
        row.cells[0].paragraphs[0].runs[0].font.bold = True
    for run in table.rows[0].cells[1].paragraphs[0].runs:
        run.font.bold = False
    document.add_paragraph()
    for line in [*tell_origin(draft), "Prickad understrykning betyder svagt underlag; läs kommentaren."]:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(inert(line))
        run.font.size, run.font.color.rgb = Pt(9.5), GREY


def _add_contents(document: Any, headings: list[tuple[str, int]], pages: dict[int, int]) -> None:
    """A contents field that holds its entries already, with the pages we expect until a program updates it."""
    title = document.add_paragraph()
    run = title.add_run("Innehåll")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(15), True, HEADING_COLOUR
    title.paragraph_format.page_break_before, title.paragraph_format.line_spacing = True, Pt(20)
    paragraph = document.add_paragraph()
    _open_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u')
    for number, (text, level) in enumerate(headings):
        if number:
            paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent, form.space_after, form.line_spacing = Cm(0.6 * (level - 1)), Pt(0), Pt(11.5)
        form.space_before = Pt(3 if level == 1 else 0)
        form.tab_stops.add_tab_stop(Cm(15.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run(inert(text)).font.bold = level == 1
        paragraph.add_run("\t")
        add_field(paragraph, f"PAGEREF {_mark(number)} \\h", str(pages[number]))
        for run in paragraph.runs:
            run.font.size = Pt(9.5)
    _close_field(paragraph)


def _open_field(paragraph: Any, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "code", "separate"):
        run = paragraph.add_run()
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _close_field(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), "end")
    paragraph.add_run()._r.append(element)


def _mark(number: int) -> str:
    return f"_Toc{1000 + number}"


def _add_heading(document: Any, text: str, level: int, number: int) -> Any:
    heading = document.add_heading(inert(text), level)
    add_bookmark(heading, number, _mark(number))
    return heading


def _add_clause(document: Any, clause: Clause, draft: Draft) -> None:
    runs = []
    for text, listed in paragraphs_of(clause.sentences):
        paragraph = document.add_paragraph()
        runs.append(paragraph.add_run(inert(text)))
        if listed:
            paragraph.paragraph_format.keep_with_next = True
        items = [document.add_paragraph(inert(item), style="List Bullet") for item in listed]
        for item in items[-1:]:
            item.paragraph_format.space_after = Pt(AFTER_LIST)
        runs += [item.runs[0] for item in items]
    if clause.argument.thin:
        for run in runs:
            # Not a sign in the text: the draft is to be read, by people and programs, as the guideline it will be.
            run.font.underline = WD_UNDERLINE.DOTTED
    told = "\n".join(inert(line) for line in tell_argument(clause, draft))
    document.add_comment(runs=[runs[0], runs[-1]], text=told, author=AUTHOR, initials=INITIALS)
