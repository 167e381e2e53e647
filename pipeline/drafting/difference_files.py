"""A difference of two versions as plain text, CSV, HTML or Word."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.drafting.same_words import find_changed
from pipeline.drafting.versions import CHANGES, Change, Difference
from pipeline.drafting.wordfile import inert
from pipeline.failures import RunFailure
from pipeline.records.requirement import Requirement
from pipeline.tables import FORMULA_STARTS, write_whole
from pipeline.wording import capitalise, counted, join_words

NAMES = {
    "stricter": ("strängare", "strängare"), "laxer": ("mildare", "mildare"), "changed": ("ändrat", "ändrade"),
    "new": ("nytt", "nya"), "dropped": ("borttaget", "borttagna"), "reworded": ("omformulerat", "omformulerade"),
    "moved": ("flyttat", "flyttade"), "unchanged": ("oförändrat", "oförändrade"),
}  # fmt: skip
ABOUT, SIDES = ("Gäller", "Skäl"), ("Förut", "Nu")
NONE, NO_TOPIC = "–", "Övrigt"
COLUMNS = (
    "change", "moved", "topics", "reason", "old_modality", "old_page", "old_section", "old_quote", "new_modality",
    "new_page", "new_section", "new_quote",
)  # fmt: skip
COLOURS = {
    "stricter": "#7a1f1f", "laxer": "#1f4f7a", "changed": "#5a3d7a", "new": "#1f6b3a", "dropped": "#8a4b00",
    "reworded": "#555555", "moved": "#555555", "unchanged": "#777777",
}  # fmt: skip


def check_suffix(out: Path | None) -> None:
    """Refuse a file that no difference can be written to, before any work is done.

    Raises:
        RunFailure: When its suffix is not .html, .docx or .csv.
    """
    if out is not None and out.suffix.lower() not in _writers():
        raise RunFailure(
            f"Filen {out} ska sluta på .html, .docx eller .csv.", f"The file {out} must end in .html, .docx or .csv."
        )


def write_difference(difference: Difference, out: Path | None) -> str:
    """Write a difference by the file's suffix (.html, .docx, .csv), and give what standard output should say.

    Without a file that is the whole difference as text, else a summary.

    Raises:
        RunFailure: When the suffix is none of these.
    """
    if out is None:
        return difference_as_text(difference)
    check_suffix(out)
    write_whole(out, _writers()[out.suffix.lower()](difference))
    return f"{summarise(difference)}\n{out}\n"


def _writers() -> dict[str, Any]:
    """What writes a difference, by the file's suffix."""
    return {
        ".html": difference_as_html, ".htm": difference_as_html, ".docx": difference_as_docx, ".csv": difference_as_csv,
        ".txt": difference_as_text,
    }  # fmt: skip


def summarise(difference: Difference) -> str:
    """One line in Swedish: how many requirements each change happened to."""
    counts = [(difference.count(c), NAMES[c]) for c in CHANGES]
    told = [counted(n, *forms) for n, forms in counts if n]
    if not told:
        return "Inga krav hittades i någon av versionerna."
    return f"{difference.old} → {difference.new}: {join_words(told)}."


def difference_as_text(difference: Difference) -> str:
    """The difference as plain text in Swedish, what did not change left out; final newline included."""
    lines = [summarise(difference)]
    for change in _telling(difference):
        about = _topics(change, difference.codebook)
        lines += ["", f"{_name(change).upper()}{f' ({about})' if about else ''}"]
        lines += [f"  Skäl: {change.reason}"] if change.reason else []
        lines += [f"  {mark} {_place(r)}{_quote(r)}" for mark, r in (("-", change.old), ("+", change.new)) if r]
    return "\n".join(lines) + "\n"


def difference_as_csv(difference: Difference) -> str:
    """Every change as a row (RFC 4180), what did not change too; cells are inert in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for change in difference.changes:
        row: list[object] = [change.change, "true" if change.moved else "false", "|".join(change.topics), change.reason]
        for side in (change.old, change.new):
            row += [side.modality, side.page, side.section, side.quote] if side else ["", "", "", ""]
        writer.writerow(_inert(str(cell)) for cell in row)
    return out.getvalue()


def difference_as_html(difference: Difference) -> str:
    """The difference as one page that needs nothing else and runs no script; quotes are text, never markup.

    What changed comes first, in the order a reader wants to know it; what did not is folded away below.
    """
    same = [c for c in difference.changes if c.change == "unchanged"]
    title = html.escape(f"{difference.old} → {difference.new}")
    table = _html_table(same, difference.codebook)
    folded = f"<details>\n<summary>Oförändrade krav ({len(same)})</summary>\n{table}\n</details>\n" if same else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="sv">\n<head>\n<meta charset="utf-8">\n<title>Skillnader: {title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>Skillnader, krav för krav</h1>\n"
        f"<p>{html.escape(summarise(difference))}</p>\n"
        f"{_html_table(_telling(difference), difference.codebook)}\n{folded}</main>\n</body>\n</html>\n"
    )


def _html_table(changes: list[Change], codebook: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Vad", ABOUT[0], *SIDES))
    rows = "\n".join(_html_row(change, codebook) for change in changes)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>" if changes else ""


_STYLE = """body { font: 16px/1.45 system-ui, sans-serif; margin: 0; color: #1a1a1a; background: #fff }
main { max-width: 1100px; margin: 0 auto; padding: 1.5rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #ccc; padding: .5rem .6rem; text-align: left; vertical-align: top }
thead th { position: sticky; top: 0; background: #1f3864; color: #fff }
summary { margin: 1.5rem 0 .5rem; cursor: pointer; font-weight: 600 }
td p { margin: 0 0 .3rem } mark { background: #fff1b8; color: inherit }
.reason { font-size: .9rem } .place { color: #555; font-size: .85rem } .what { font-weight: 600; white-space: nowrap }
tr.unchanged { color: #666 }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } .place, tr.unchanged { color: #aaa }
 th, td { border-color: #444 } mark { background: #5c4a00 } .what { filter: brightness(2.2) } }
@media print { thead th { position: static } tr { break-inside: avoid } }"""


def _html_row(change: Change, codebook: str) -> str:
    sides = "".join(f"<td>{_html_side(r, other)}</td>" for r, other in _sides(change))
    reason = f'<p class="reason">{html.escape(capitalise(change.reason))}.</p>' if change.reason else ""
    what = f'<span class="what" style="color:{COLOURS[change.change]}">{html.escape(_name(change))}</span>'
    about = f"<td><p>{html.escape(_topics(change, codebook)) or NO_TOPIC}</p>{reason}</td>"
    return f'<tr class="{change.change}"><td>{what}</td>{about}{sides}</tr>'


def _html_side(requirement: Requirement | None, other: Requirement | None) -> str:
    if requirement is None:
        return NONE
    place = html.escape(_place(requirement).removesuffix(": "))
    quote = "".join(
        f"<mark>{html.escape(text)}</mark>" if new else html.escape(text) for text, new in _marked(requirement, other)
    )
    return f'<p>{quote}</p><p class="place">{place}</p>'


def _sides(change: Change) -> tuple[tuple[Requirement | None, Requirement | None], ...]:
    """Both sides of a change, each with the one it is compared with: none where there is nothing to show."""
    telling = change.change not in ("unchanged", "moved")
    return (change.old, change.new if telling else None), (change.new, change.old if telling else None)


def _marked(requirement: Requirement, other: Requirement | None) -> tuple[tuple[str, bool], ...]:
    """The quote in pieces, each with whether the other version has other words there."""
    quote = " ".join(requirement.quote.split())
    return find_changed(other.quote, quote) if other is not None else ((quote, False),)


def difference_as_docx(difference: Difference) -> bytes:
    """The difference as a Word document: a heading for each kind of change, a table of before and now."""
    from pipeline.drafting.wordfile import add_page_footer, add_table, start_document, to_bytes

    document = start_document("Skillnader, krav för krav")
    add_page_footer(document, inert(f"{difference.old} → {difference.new}"))
    document.add_paragraph("Skillnader, krav för krav", style="Title")
    document.add_paragraph(inert(summarise(difference)))
    for kind in CHANGES:
        changes = [c for c in difference.changes if c.change == kind]
        if not changes:
            continue
        document.add_heading(f"{NAMES[kind][1].capitalize()} krav" if kind != "unchanged" else "Oförändrade krav", 1)
        reasons = any(c.reason for c in changes)
        rows = [(*ABOUT[: 1 + reasons], *SIDES), *(_docx_row(c, difference.codebook, reasons) for c in changes)]
        table = add_table(document, rows, (2.9, 3.1, 4.7, 4.7) if reasons else (3.6, 5.9, 5.9))
        for row, change in zip(table.rows[1:], changes, strict=True):
            for cell, (requirement, other) in zip(row.cells[-2:], _sides(change), strict=True):
                _mark_words(cell, requirement, other)
    return to_bytes(document)


def _docx_row(change: Change, codebook: str, reasons: bool) -> tuple[str, ...]:
    about = (_topics(change, codebook) or NO_TOPIC, f"{capitalise(change.reason)}." if change.reason else NONE)
    sides = (f"{_quote(r)}\n{_place(r).removesuffix(': ')}" if r else NONE for r in (change.old, change.new))
    return (*about[: 1 + reasons], *sides)


def _mark_words(cell: Any, requirement: Requirement | None, other: Requirement | None) -> None:
    """Put the words of a quote that the other version does not have in bold."""
    if requirement is None or other is None:
        return
    paragraph = cell.paragraphs[0]
    size = paragraph.runs[0].font.size
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    pieces = [("”", False), *_marked(requirement, other), (f"”\n{_place(requirement).removesuffix(': ')}", False)]
    for text, new in pieces:
        run = paragraph.add_run(inert(text))
        run.font.size, run.font.bold = size, new


def _telling(difference: Difference) -> list[Change]:
    """The changes that say something, in the order a reader wants to know them."""
    changed = [c for c in difference.changes if c.change != "unchanged"]
    return sorted(changed, key=lambda c: CHANGES.index(c.change))


def _name(change: Change) -> str:
    return NAMES[change.change][0] + (", flyttat" if change.moved and change.change != "moved" else "")


def _topics(change: Change, codebook: str) -> str:
    """The harmonised requirements in the codebook's words."""
    labels = _labels(codebook)
    return ", ".join(labels.get(t, t) for t in change.topics)


@cache
def _labels(codebook: str) -> Mapping[str, str]:
    from pipeline.codebooks import load_codebook

    return {r.id: r.label_sv for r in load_codebook(codebook).requirements} if codebook else {}


def _place(requirement: Requirement) -> str:
    section = requirement.section.rpartition(" > ")[2]
    return f"s. {requirement.page}{f', {section}' if section else ''}: "


def _quote(requirement: Requirement) -> str:
    return f"”{' '.join(requirement.quote.split())}”"


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
