"""A draft's arguments in Swedish words, for comments and notes."""

from __future__ import annotations

import re

from pipeline.drafting.arguing import Argument, Source
from pipeline.drafting.composing import Clause, Coverage, Draft
from pipeline.drafting.inflection import join_words
from pipeline.swedish.legal_duties import LegalDuty

MOST_QUOTES = 8
"""Quotes in one note; how many more there are is said."""

NAMED = 12
"""Municipalities that are named in one list; how many more there are is said."""

THIN, MARK = "Svagt underlag", "▲"

STATES = {"drafted": "Ja", "omitted": "Nej, bortvalt", "no_source": "Nej, ingen förlaga"}


def tell_argument(clause: Clause, draft: Draft) -> list[str]:
    """Why a clause says what it says, one line a reason; the municipality's own words first."""
    argument = clause.argument
    lines = [f"Kommunens eget dokument: {tell_source(s, named=False)}" for s in argument.own[:MOST_QUOTES]]
    lines.append(
        f"Stöd: {len(argument.asking)} av {_municipalities(argument.readable)} har kravet ({_name(argument.asking)})."
    )
    lines.append(tell_line(argument))
    if argument.dissent:
        told = [f"{name} ({said})" if said else name for name, said in argument.dissent[:NAMED]]
        lines.append(f"Andra svar: {'; '.join(told)}{_more(len(argument.dissent) - NAMED)}.")
    if argument.silent:
        lines.append(f"Säger inget: {_name(argument.silent)}.")
    if argument.unreadable:
        lines.append(f"Kan inte läsas: {_name(argument.unreadable)}.")
    lines += [f"Lagstöd den {draft.on.isoformat()}: {tell_law(duty)}" for duty in argument.law]
    if not argument.owner_found:
        lines.append("Vem som ska göra det är ett förslag eller eget val: materialet pekar inte ut någon.")
    if argument.thin:
        lines.append(f"{THIN}: {'; '.join(argument.thin)}.")
    others = [s for s in argument.sources if s not in argument.own]
    lines += [f"Källa: {tell_source(s)}" for s in others[:MOST_QUOTES]]
    if len(others) > MOST_QUOTES:
        lines.append(f"Ytterligare {len(others) - MOST_QUOTES} källor finns i jämförelsen.")
    return lines


def tell_line(argument: Argument) -> str:
    """Which line the clause follows and who says the same."""
    if not argument.following:
        return f"Vald linje: {argument.line}. Ingen kommun i materialet säger så."
    return f"Vald linje: {argument.line}. Följer {_name(argument.following)}."


def tell_source(source: Source, *, named: bool = True) -> str:
    """A source with its quote: "Umeå, riktlinje.pdf, s. 2: ”...”"."""
    page = f", s. {source.page}" if source.page else ""
    place = f"{source.municipality}, {source.file_name}" if named else source.file_name
    return f"{place}{page}: ”{' '.join(source.quote.split())}”"


def tell_law(duty: LegalDuty) -> str:
    """A duty in an act with its place: "FL (2017:900) 6 §: ..."; what nobody has read in the act is marked."""
    section = tell_section(duty.section)
    return f"{duty.norm} ({duty.act}) {section}: {duty.text_sv}{duty.doubt_sv}".replace(" :", ":")


def tell_section(section: str) -> str:
    """A section's normal form in words: "K2P4S1" gives "2 kap. 4 § 1 st.", "A6P1Lc" "artikel 6.1 c"."""
    return ", ".join(_tell_one(part) for part in section.split("|") if part)


def _tell_one(section: str) -> str:
    european = re.fullmatch(r"A(\w+?)(?:P(\w+?))?(?:L(\w))?", section)
    if european:
        article, paragraph, letter = european.groups()
        return f"artikel {article}{f'.{paragraph}' if paragraph else ''}{f' {letter}' if letter else ''}"
    swedish = re.fullmatch(r"(?:K(\d+\w?))?(?:P(\d+ ?\w?))?(?:S(\d+))?(?:N(\d+))?", section)
    if not swedish:
        return section
    forms = ("{} kap.", "{} §", "{} st.", "{} p.")
    return " ".join(form.format(value) for form, value in zip(forms, swedish.groups(), strict=True) if value)


def tell_coverage(item: Coverage) -> tuple[str, str, str, str]:
    """A row of the checklist: requirement, whether it is drafted, support, and what to look at."""
    law = join_words(list(dict.fromkeys(f"{d.norm} {tell_section(d.section)}".strip() for d in item.law)))
    notes = []
    if item.thin:
        notes.append(f"{THIN}: {'; '.join(item.thin)}")
    if item.state != "drafted" and item.law:
        notes.append(f"Att ta ställning till: {law}")
    elif item.law:
        notes.append(law)
    if item.state != "drafted" and item.own:
        notes.append("nämns i kommunens eget dokument")
    return item.label, STATES[item.state], f"{item.asking} av {item.readable}", ". ".join(notes)


def tell_origin(draft: Draft) -> list[str]:
    """What the draft was made of."""
    lines = [f"Jämförda kommuner ({len(draft.compared)}): {_name(draft.compared)}."]
    own = ", ".join(draft.own_files)
    lines.append(
        f"Kommunens egna dokument i jämförelsen: {own}." if own else "Kommunen har inget eget dokument i jämförelsen."
    )
    lines.append(f"Lagstödet avser den {draft.on.isoformat()}.")
    return lines


def _municipalities(count: int) -> str:
    return f"{count} kommun" if count == 1 else f"{count} kommuner"


def _name(municipalities: tuple[str, ...]) -> str:
    shown = list(municipalities[:NAMED])
    more = len(municipalities) - len(shown)
    return f"{', '.join(shown)}{_more(more)}" if more > 0 else join_words(shown)


def _more(count: int) -> str:
    return f" och {count} till" if count > 0 else ""
