"""A difference of two versions as plain text, CSV, HTML or Word."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import Any

from pipeline.drafting.inflection import join_words
from pipeline.drafting.versions import CHANGES, Change, Difference
from pipeline.failures import RunFailure
from pipeline.records.requirement import Requirement
from pipeline.tables import FORMULA_STARTS, write_whole

NAMES = {
    "stricter": ("strängare", "strängare"), "laxer": ("mildare", "mildare"), "changed": ("ändrat", "ändrade"),
    "new": ("nytt", "nya"), "dropped": ("borttaget", "borttagna"), "reworded": ("omformulerat", "omformulerade"),
    "moved": ("flyttat", "flyttade"), "unchanged": ("oförändrat", "oförändrade"),
}  # fmt: skip
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
    told = [f"{n} {forms[n != 1]}" for n, forms in counts if n]
    if not told:
        return "Inga krav hittades i någon av versionerna."
    return f"{difference.old} → {difference.new}: {join_words(told)}."


def difference_as_text(difference: Difference) -> str:
    """The difference as plain text in Swedish, what did not change left out; final newline included."""
    lines = [summarise(difference)]
    for change in _telling(difference):
        lines += ["", f"{_name(change).upper()}{f' ({_topics(change)})' if change.topics else ''}"]
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
    folded = (
        f"<details>\n<summary>Oförändrade krav ({len(same)})</summary>\n{_html_table(same)}\n</details>\n"
        if same
        else ""
    )
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="sv">\n<head>\n<meta charset="utf-8">\n<title>Skillnader: {title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>Skillnader, krav för krav</h1>\n"
        f"<p>{html.escape(summarise(difference))}</p>\n"
        f"{_html_table(_telling(difference))}\n{folded}</main>\n</body>\n</html>\n"
    )


def _html_table(changes: list[Change]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Vad", "Gäller", "Förut", "Nu"))
    rows = "\n".join(_html_row(change) for change in changes)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>" if changes else ""


_STYLE = """body { font: 16px/1.45 system-ui, sans-serif; margin: 0; color: #1a1a1a; background: #fff }
main { max-width: 1100px; margin: 0 auto; padding: 1.5rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #ccc; padding: .5rem .6rem; text-align: left; vertical-align: top }
thead th { position: sticky; top: 0; background: #1f3864; color: #fff }
summary { margin: 1.5rem 0 .5rem; cursor: pointer; font-weight: 600 }
td p { margin: 0 0 .3rem } .place { color: #555; font-size: .85rem } .what { font-weight: 600; white-space: nowrap }
tr.unchanged { color: #666 }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } .place, tr.unchanged { color: #aaa }
 th, td { border-color: #444 } .what { filter: brightness(2.2) } }
@media print { thead th { position: static } tr { break-inside: avoid } }"""


def _html_row(change: Change) -> str:
    sides = "".join(f"<td>{_html_side(r)}</td>" for r in (change.old, change.new))
    reason = f"<p>{html.escape(change.reason)}</p>" if change.reason else ""
    what = f'<span class="what" style="color:{COLOURS[change.change]}">{html.escape(_name(change))}</span>'
    about = f"<td>{html.escape(_topics(change))}{reason}</td>"
    return f'<tr class="{change.change}"><td>{what}</td>{about}{sides}</tr>'


def _html_side(requirement: Requirement | None) -> str:
    if requirement is None:
        return ""
    place = html.escape(_place(requirement).removesuffix(": "))
    return f'<p>{html.escape(" ".join(requirement.quote.split()))}</p><p class="place">{place}</p>'


def difference_as_docx(difference: Difference) -> bytes:
    """The difference as a Word document: a heading for each kind of change, a table of before and now."""
    from docx.shared import Pt

    from pipeline.drafting.wordfile import add_page_footer, add_table, inert, start_document, to_bytes

    document = start_document("Skillnader, krav för krav")
    add_page_footer(document, inert(f"{difference.old} → {difference.new}"))
    document.add_paragraph("Skillnader, krav för krav", style="Title")
    document.add_paragraph(inert(summarise(difference)))
    for kind in CHANGES:
        changes = [c for c in difference.changes if c.change == kind]
        if not changes:
            continue
        document.add_heading(f"{NAMES[kind][1].capitalize()} krav" if kind != "unchanged" else "Oförändrade krav", 1)
        rows = [("Gäller", "Förut", "Nu"), *(_docx_row(c) for c in changes)]
        add_table(document, rows, (3.6, 5.9, 5.9)).rows[0].height = Pt(14)
    return to_bytes(document)


def _docx_row(change: Change) -> tuple[str, str, str]:
    about = "\n".join(filter(None, (_topics(change), change.reason)))
    old, new = (f"{_quote(r)}\n{_place(r).removesuffix(': ')}" if r else "" for r in (change.old, change.new))
    return about, old, new


def _telling(difference: Difference) -> list[Change]:
    """The changes that say something, in the order a reader wants to know them."""
    changed = [c for c in difference.changes if c.change != "unchanged"]
    return sorted(changed, key=lambda c: CHANGES.index(c.change))


def _name(change: Change) -> str:
    return NAMES[change.change][0] + (", flyttat" if change.moved and change.change != "moved" else "")


def _topics(change: Change) -> str:
    """The harmonised requirements in the words of the codebooks."""
    return ", ".join(_labels().get(t, t) for t in change.topics)


def _labels() -> dict[str, str]:
    from pipeline.codebooks import list_codebooks, load_codebook

    return {r.id: r.label_sv for name in reversed(list_codebooks()) for r in load_codebook(name).requirements}


def _place(requirement: Requirement) -> str:
    section = requirement.section.rpartition(" > ")[2]
    return f"s. {requirement.page}{f', {section}' if section else ''}: "


def _quote(requirement: Requirement) -> str:
    return f"”{' '.join(requirement.quote.split())}”"


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
