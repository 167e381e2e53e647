"""A draft as Markdown, with the argument of each clause as a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.drafting.checklist import sum_up, tell_checklist
from pipeline.drafting.composing import LINE_NAMES, Draft
from pipeline.drafting.flow import paragraphs_of
from pipeline.drafting.telling import MARK, tell_argument, tell_origin


def draft_as_markdown(draft: Draft) -> str:
    """The draft as Markdown, final newline included; what comes from documents is escaped."""
    lines = [f"# {draft.title}", "", f"{draft.body}. Utkast, inte beslutat. Linje: {LINE_NAMES[draft.line]}.", ""]
    for line in [*tell_origin(draft), f"{MARK} betyder svagt underlag; läs noten."]:
        lines += [_plain(line), ""]
    lines += ["## Syfte", "", " ".join(draft.purpose), ""]
    for chapter in draft.chapters:
        lines += [f"## {chapter.title}", ""]
        for clause in chapter.clauses:
            lines += [f"### {clause.label}", ""]
            end = f"{f' {MARK}' if clause.argument.thin else ''}[^{clause.requirement}]"
            paragraphs = paragraphs_of(clause.sentences)
            for number, (text, listed) in enumerate(paragraphs, start=1):
                lines += [_plain(text) + (end if number == len(paragraphs) else ""), ""]
                if listed:
                    lines += [*(f"- {_plain(item)}" for item in listed), ""]
    lines += ["## Checklista", "", sum_up(draft), ""]
    for part in tell_checklist(draft):
        lines += [f"### {part.title}", "", _plain(part.lead), ""]
        lines += [_row(part.header), _row(["---"] * len(part.header)), *map(_row, part.rows), ""]
    for clause in draft.clauses:
        first, *rest = [_plain(line) for line in tell_argument(clause, draft)]
        lines += [f"[^{clause.requirement}]: {first}", *(f"    {line}" for line in rest), ""]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    """A row of a table; lines within a cell are kept apart."""
    return f"| {' | '.join('<br>'.join(map(_plain, cell.splitlines())) for cell in cells)} |"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: no links, tags, emphasis or table cells from a document."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
