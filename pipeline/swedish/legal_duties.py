"""What acts ask of a municipality, by codebook, for comparison with what guidelines say and for drafting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.swedish.datafiles import read_tree


@dataclass(frozen=True, slots=True)
class LegalDuty:
    """A duty that stands in an act.

    Attributes:
        duty_id: Its own fixed name.
        act: The act's identifier ("2017:900", "2016/679").
        norm: The act's short name in use.
        section: Sections in normal form.
        since: The day from which it stands there (ISO).
        ends: The day it stopped applying to accounts on others' platforms, or empty.
        text_sv: What it asks, in one sentence of our own.
        text_en: The same in English.
        requirements: Ids of the harmonised requirements it bears on, by codebook.
        source: Where it can be read.
        checked: text where the statute was read, cited where another official text tells what the section is about,
            memory where section and wording remain to be checked.
        read_in: The text that cites it, where it is known by citation.
    """

    duty_id: str
    act: str
    norm: str
    section: str
    since: str
    ends: str
    text_sv: str
    text_en: str
    requirements: Mapping[str, tuple[str, ...]]
    source: str
    checked: str
    read_in: str

    @property
    def doubt_sv(self) -> str:
        """What must be said beside a duty nobody has read in its act: a bracket with a blank before it, else empty."""
        return " (kontrollera lydelsen mot författningen)" if self.checked == "memory" else ""

    @property
    def doubt_en(self) -> str:
        """The same in English."""
        return " (check the wording against the act)" if self.checked == "memory" else ""

    @property
    def check_sv(self) -> str:
        """The doubt as a sentence of its own behind the act's words, with a blank before it; else empty."""
        return " (Kontrollera lydelsen mot författningen.)" if self.doubt_sv else ""

    @property
    def told_sv(self) -> str:
        """What the act says, and in brackets behind it where nobody has read that in the act."""
        return f"{self.text_sv}{self.check_sv}"

    @property
    def told_en(self) -> str:
        """The same in English."""
        return f"{self.text_en} (Check the wording against the act.)" if self.doubt_en else self.text_en


@cache
def legal_duties() -> tuple[LegalDuty, ...]:
    """Every duty, in the order of the data file."""
    return tuple(
        LegalDuty(
            str(row["id"]),
            str(row["act"]),
            str(row["norm"]),
            str(row["section"]),
            str(row["since"]),
            str(row.get("ends", "")),
            str(row["sv"]),
            str(row["en"]),
            {codebook: tuple(ids) for codebook, ids in row["requirements"].items()},
            str(row["source"]),
            str(row["checked"]),
            str(row.get("read_in", "")),
        )
        for row in read_tree("legal_duties.yaml")
    )


def duties_for(codebook: str, requirement: str, *, on: date) -> tuple[LegalDuty, ...]:
    """The duties that bear on a codebook's harmonised requirement and are in force on a day, the most apposite first.

    A duty names first what it is most about; duties for which that is equally so stand in the order of the data file.
    """
    day = on.isoformat()
    bearing = (
        duty
        for duty in legal_duties()
        if requirement in duty.requirements.get(codebook, ())
        and duty.since <= day
        and not (duty.ends and duty.ends <= day)
    )
    return tuple(sorted(bearing, key=lambda duty: duty.requirements[codebook].index(requirement)))
