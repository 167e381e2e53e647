"""What in a text is out of date or another's: repealed acts, old names, another municipality's name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.compare.documents import body_of
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding, LegalReference

if TYPE_CHECKING:
    from pipeline.swedish.renames import OldName, Rename

OLD_NAME_WEIGHT = {"platform": 0.4, "body": 0.5, "role": 0.3}

CONTEXT = 60
"""Characters on either side of a name that are shown with it."""

LEAST_RESIDUE = 0.7
"""A name less sure than this may be a place, a person or a word."""

_BECAME = {
    "renamed": Message("heter numera {new}", "is now called {new}"),
    "merged": Message("har gått upp i {new}", "has become part of {new}"),
    "replaced": Message("har ersatts av {new}", "has been replaced by {new}"),
    "closed": Message("har lagts ned; se {new}", "has been closed; see {new}"),
    "gradual": Message("kallas numera oftast {new}", "is now mostly called {new}"),
}
"""By how the name changed."""

_COMPARED = re.compile(
    r"(?i)\b(till exempel|exempelvis|samverkan|tillsammans|inspirer\w*|jämför\w*|källa|efter förebild|liksom)\b"
)


def find_stale_laws(references: Iterable[LegalReference]) -> Iterator[Finding]:
    """Citations of acts that are repealed on the run's date, with what to write instead."""
    from pipeline.swedish.act_names import write_acts

    for row in references:
        if row.status_on_date != "repealed":
            continue
        known = row.status_when_adopted == "repealed"
        instead = write_acts(row.use_instead)
        instead_sv = f" Skriv i stället {instead}." if instead else ""
        instead_en = f" Write {instead} instead." if instead else ""
        on = row.repealed_on
        ended_sv = "var upphävd redan när dokumentet antogs" if known else f"upphävdes {on}" if on else "är upphävd"
        ended_en = "was repealed" + (" before the document was adopted" if known else f" on {on}" if on else "")
        yield notice(
            "stale_law",
            row.municipality,
            document_id=row.document_id,
            requirement="legal_compliance",
            value_id=row.value_id,
            quote=row.quote,
            said=Message(
                f"{row.norm} ({row.identifier}) {ended_sv}.{instead_sv} {row.note}".strip(),
                f"{row.norm} ({row.identifier}) {ended_en}.{instead_en}".strip(),
            ),
            weight=0.9 if known else 0.8,
        )


def find_stale_names(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """Bodies, roles and platforms that go by another name on the run's date; each name once a document."""
    from pipeline.swedish.renames import find_old_names

    if item.outline is None:
        return
    seen: set[str] = set()
    for name in find_old_names(item.outline.text, on=on):
        rename = name.rename
        weight = OLD_NAME_WEIGHT.get(rename.kind, 0.2) * (0.5 if rename.change == "gradual" else 1.0)
        if rename.old[0] in seen:
            continue
        seen.add(rename.old[0])
        now_sv, now_en = _what_became(rename)
        yield _point_at(
            item,
            "stale_name",
            (name.start, name.end),
            Message(
                f"”{_as_named(name)}” {now_sv} (sedan {rename.since}).",
                f"“{_as_named(name)}” {now_en} (since {rename.since}).",
            ),
            weight,
        )


def _what_became(rename: Rename) -> tuple[str, str]:
    """What became of what a name stood for, in Swedish and English, to stand behind the name."""
    if not rename.new:
        return "finns inte längre", "no longer exists"
    now = _BECAME.get(rename.change, _BECAME["renamed"])
    return now.sv.format(new=rename.new), now.en.format(new=rename.new.replace(" och ", " and "))


def _as_named(name: OldName) -> str:
    """The name as the register has it, where the text has another form of it ("E-delegationens")."""
    own = name.quote.lower()
    return next(
        (old for old in sorted(name.rename.old, key=len, reverse=True) if own.startswith(old.lower())), name.quote
    )


def find_copy_residue(item: DocumentFindings) -> Iterator[Finding]:
    """Other municipalities' names in a text, as copied texts keep them; each once a document.

    A name beside words of comparison or co-operation is meant, not left over.
    """
    from pipeline.swedish.municipalities import find_municipalities

    outline = item.outline
    if outline is None or not outline.document.municipality_code:
        return
    seen: set[str] = set()
    for mention in find_municipalities(outline.text):
        foreign = mention.kind == "municipality" and mention.code != outline.document.municipality_code
        around = outline.text[max(0, mention.start - CONTEXT) : mention.end + CONTEXT]
        if not foreign or mention.confidence < LEAST_RESIDUE or mention.code in seen or _COMPARED.search(around):
            continue
        seen.add(mention.code)
        own = outline.document.municipality
        yield _point_at(
            item,
            "copy_residue",
            (mention.start, mention.end),
            Message(
                f"Texten nämner {mention.name} i ett dokument från {own}. Kontrollera om det är kvar från en förlaga.",
                f"The text names {mention.name} in a document from {own}. Check whether it was left from a model text.",
            ),
            0.6,
        )


def _point_at(item: DocumentFindings, kind: str, span: tuple[int, int], said: Message, weight: float) -> Finding:
    """A finding about some characters of a document, with the words around them."""
    text, (start, end) = item.outline.text if item.outline else "", span
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    # Whole words: what is cut by the length of the context is left out.
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    around = text[first:last]
    about = {"document_id": item.source.document_id, "quote": text[start:end], "other_quote": " ".join(around.split())}
    return notice(kind, body_of(item), said=said, weight=weight, **about)
