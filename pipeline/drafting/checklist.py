"""The checklist of a draft in Swedish words: what it lacks, what rests on little, what is done, and the gap card."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.drafting.composing import Coverage, Draft
from pipeline.drafting.gap_card import Gap
from pipeline.drafting.telling import tell_compared, tell_law
from pipeline.swedish.section_names import tell_section
from pipeline.wording import capitalise, join_words

WHY = {"omitted": "Bortvalt.", "no_source": "Ingen kommun i materialet anger kravet."}
KINDS = {"lacks": "Saknas", "laxer": "Mildare än de flesta", "outdated": "Inaktuellt", "flaw": "Brist i texten"}

BASIS = "Stödet räknas av alla med ett gällande dokument som går att läsa, den egna medräknad."

LONGEST_QUOTE = 160
"""Characters of a quote in the gap card; the draft's comments have it whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the checklist with its heading and lead; `widths` in centimetres."""

    title: str
    lead: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def tell_checklist(draft: Draft) -> tuple[Part, ...]:
    """The parts of the checklist that have anything in them: first what is to be done, last what is done."""
    lacking = sorted((c for c in draft.coverage if c.state != "drafted"), key=lambda c: not c.law)
    thin = [c for c in draft.coverage if c.state == "drafted" and c.thin]
    firm = [c for c in draft.coverage if c.state == "drafted" and not c.thin]
    parts = (
        Part(
            "Saknas i utkastet",
            "Ta ställning till dessa först. Där en lag har regler om frågan står det vad den säger.",
            ("Krav", "Varför", "Vad lagen säger"),
            tuple((c.label, _why(c, draft), "\n".join(tell_law(duty) for duty in c.law) or "–") for c in lacking),
            (3.6, 3.6, 8.2),
        ),
        Part(
            "Vilar på svagt underlag",
            f"Står i utkastet. Kontrollera att ni vill ha det så. {BASIS}",
            ("Krav", "Stöd", "Skäl", "Lagrum"),
            tuple((c.label, _support(c), f"{capitalise('; '.join(c.thin))}.", _law(c)) for c in thin),
            (3.6, 1.6, 5.4, 4.8),
        ),
        Part(
            "Finns i utkastet",
            f"Står i utkastet och har stöd i materialet. {BASIS}",
            ("Krav", "Stöd", "Lagrum"),
            tuple((c.label, _support(c), _law(c)) for c in firm),
            (5.4, 2.0, 8.0),
        ),
        Part(
            "Bristkort för kommunens nuvarande dokument",
            f"Gäller {join_words(list(draft.own_files))}. Det viktigaste står först.",
            ("Vad", "Gäller", "Varför"),
            tuple((KINDS[g.kind], g.label or "Dokumentet", _tell_gap(g)) for g in draft.gap_card),
            (3.0, 4.0, 8.4),
        ),
    )
    return tuple(part for part in parts if part.rows)


def sum_up(draft: Draft) -> str:
    """One line: how much of the codebook the draft covers."""
    drafted = [c for c in draft.coverage if c.state == "drafted"]
    thin = sum(bool(c.thin) for c in drafted)
    bound = [c for c in draft.coverage if c.law]
    covered = sum(c.state == "drafted" for c in bound)
    told = (
        f"Utkastet tar upp {len(drafted)} av {len(draft.coverage)} krav i kodboken; {thin} av dem har svagt underlag."
    )
    if not bound:
        return told
    if covered == len(bound):
        return f"{told} Det tar upp alla krav som lagar har regler om ({covered})."
    return f"{told} Av kraven som lagar har regler om tar det upp {covered} av {len(bound)}."


def _why(item: Coverage, draft: Draft) -> str:
    own = " Nämns i kommunens eget dokument." if item.own else ""
    if item.said_in:
        own += f" Utkastet tar ändå upp frågan under {join_words([f'”{label}”' for label in item.said_in])}."
    if item.state == "no_source" and item.asking:
        compared = tell_compared(draft, item.readable)
        return f"{item.asking} av {compared} anger kravet, men inte på den valda linjen.{own}"
    return f"{WHY[item.state]}{own}"


def _support(item: Coverage) -> str:
    return f"{item.asking} av {item.readable}"


def _law(item: Coverage) -> str:
    """The sections that bear on a requirement, those of one act together."""
    acts: dict[str, list[str]] = {}
    for duty in item.law:
        acts.setdefault(duty.norm, []).append(tell_section(duty.section))
    return (
        "; ".join(f"{norm} {join_words(sorted(set(where), key=_place))}".strip() for norm, where in acts.items()) or "–"
    )


def _place(section: str) -> tuple[list[int], str]:
    """Where a section stands in its act: by chapter, section and article."""
    return [int(number) for number in re.findall(r"\d+", section)], section


def _tell_gap(gap: Gap) -> str:
    quote = " ".join(gap.quote.split())
    short = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    return f"{gap.why}\n”{short}”" if short and short not in gap.why else gap.why
