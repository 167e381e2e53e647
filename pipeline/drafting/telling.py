"""A draft's arguments in Swedish words, for comments and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.drafting.arguing import Argument, Source
from pipeline.drafting.composing import Clause, Draft
from pipeline.swedish.legal_duties import LegalDuty
from pipeline.swedish.section_names import tell_section
from pipeline.wording import BODY_KINDS, count_bodies, join_words

MOST_QUOTES = 12
"""Quotes in one note; how many more there are is said."""

NAMED = 12
"""Municipalities that are named in one list; how many more there are is said."""

THIN, MARK = "Svagt underlag", "◇"


def tell_argument(clause: Clause, draft: Draft) -> list[str]:
    """Why a clause says what it says, one line a reason; the municipality's own words first."""
    argument = clause.argument
    lines = [f"Kommunens eget dokument: {told}" for told in tell_sources(argument.own[:MOST_QUOTES], named=False)]
    lines.append(
        f"Stöd: {len(argument.asking)} av {tell_compared(draft, argument.readable)} har kravet "
        f"({_name(argument.asking)})."
    )
    lines.append(tell_line(argument))
    if argument.dissent:
        told = [f"{name} ({said})" if said else name for name, said in argument.dissent[:NAMED]]
        lines.append(f"Andra svar: {'; '.join(told)}{_more(len(argument.dissent) - NAMED)}.")
    if argument.announcing:
        lines.append(f"Tar upp frågan i ett förslag som inte finns i jämförelsen: {_name(argument.announcing)}.")
    if argument.silent:
        lines.append(f"Säger inget: {_name(argument.silent)}.")
    if argument.unreadable:
        lines.append(f"Kan inte läsas: {_name(argument.unreadable)}.")
    lines += [f"Lagstöd den {draft.on.isoformat()}: {tell_law(duty)}" for duty in argument.law]
    if not argument.owner_found:
        lines.append("Vem som ska göra det är ett förslag eller eget val: materialet pekar inte ut någon.")
    if clause.unsaid:
        lines.append(f"Står i underlaget men inte i utkastet: {', '.join(clause.unsaid)}.")
    lines += tell_echoes(clause, draft)
    if argument.thin:
        lines.append(f"{THIN}: {'; '.join(argument.thin)}.")
    others = [s for s in argument.sources if s not in argument.own]
    lines += [f"Källa: {told}" for told in tell_sources(others[:MOST_QUOTES])]
    if len(others) > MOST_QUOTES:
        lines.append(f"Ytterligare {len(others) - MOST_QUOTES} källor finns i jämförelsen.")
    return lines


def tell_echoes(clause: Clause, draft: Draft) -> list[str]:
    """What else the draft says to the clause's requirement, and where: a reader of the whole will count it in."""
    labels = {c.requirement: c.label for c in draft.clauses}
    told = []
    for echo in clause.echoes:
        where = "i samma mening" if echo.said_in == clause.requirement else f"under ”{labels[echo.said_in]}”"
        told.append(f"Sägs också {where}: {join_words(echo.words)}.")
    return told


def tell_line(argument: Argument) -> str:
    """Which line the clause follows and who says the same."""
    if not argument.following:
        return f"Vald linje: {argument.line}. Ingen kommun i materialet säger så."
    return f"Vald linje: {argument.line}. Följer {_name(argument.following)}."


def tell_sources(sources: Sequence[Source], *, named: bool = True) -> list[str]:
    """Sources with their quotes, those of one page together: "Umeå, riktlinje.pdf, s. 2: ”...”; ”...”"."""
    pages: dict[tuple[str, str, int | None], list[str]] = {}
    for source in sources:
        quotes = pages.setdefault((source.municipality, source.file_name, source.page), [])
        quotes.append(f"”{' '.join(source.quote.split())}”")
    told = []
    for (municipality, file_name, page), quotes in pages.items():
        place = f"{municipality}, {file_name}" if named else file_name
        told.append(f"{place}{f', s. {page}' if page else ''}: {'; '.join(quotes)}")
    return told


def tell_law(duty: LegalDuty) -> str:
    """A duty in an act with its place: "FL (2017:900) 6 §: ..."; what nobody has read in the act is marked."""
    section = tell_section(duty.section)
    return f"{duty.norm} ({duty.act}) {section}: {duty.told_sv}".replace(" :", ":")


def tell_origin(draft: Draft) -> list[str]:
    """What the draft was made of."""
    kinds, names = Counter(draft.compared.values()), _name(tuple(draft.compared))
    counted = [count_bodies(kind, kinds[kind]) for kind in BODY_KINDS if kinds[kind]]
    alone = f"Jämförda kommuner ({len(draft.compared)}): {names}."
    lines = [alone if set(kinds) <= {"municipality"} else f"Jämförda: {join_words(counted)} ({names})."]
    own = ", ".join(draft.own_files)
    lines.append(
        f"Kommunens egna dokument i jämförelsen: {own}." if own else "Kommunen har inget eget dokument i jämförelsen."
    )
    lines.append(f"Lagstödet avser läget {draft.on.isoformat()}.")
    return lines


def tell_compared(draft: Draft, number: int) -> str:
    """So many of those who are compared: "3 kommuner", "27 jämförda" where others than those are among them."""
    alone = set(draft.compared.values()) <= {"municipality"}
    return count_bodies("municipality", number) if alone else f"{number} jämförda"


def _name(municipalities: tuple[str, ...]) -> str:
    shown = list(municipalities[:NAMED])
    more = len(municipalities) - len(shown)
    return f"{', '.join(shown)}{_more(more)}" if more > 0 else join_words(shown)


def _more(count: int) -> str:
    return f" och {count} till" if count > 0 else ""
