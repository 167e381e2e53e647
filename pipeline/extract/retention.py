"""What is kept, registered, archived or weeded out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.found import Duty, Found, duty_around
from pipeline.extract.patterns import patterns
from pipeline.records.outline import Outline, Unit
from pipeline.records.requirement import EXEMPTION
from pipeline.swedish.durations import find_bare_periods, find_durations, find_periods
from pipeline.swedish.tables import stands_over

_OTHER_USE = re.compile(r"(?i)registrer|rensa|spara|skriv")
"""Verbs that keep or weed out only where what they are done to is a record."""

_NOT_ENTERED = re.compile(r"(?i)\bregistreras\s+(?:\w+\s+)?(?:inte|ej|aldrig)\b|\b(?:inte|ej)\s+registreras\b")
_ENTERED = re.compile(r"(?i)\b(?:konto|sid[ao]|profil|kanal|domän)\w*")
"""What needs no registration is a record, whatever it is called ("Tack registreras inte"), but for accounts."""

_NO_RECORD = re.compile(r"(?i)\b(?:lösenord|inloggning|förtroende|anonymitet)\w*\b[^,.;]{0,30}$")
"""What is kept without being a record: "Lösenord bevaras inlåsta"."""

_ASKED = re.compile(r"(?:Ska|Skall|Måste|Bör) [^,.?]{0,60}?(?:as|s)\b(?= [\wåäö]+(?:s|r)\b)")
"""A condition without "om" in front: "Skall handlingen diarieföras överlämnas den"."""

_PLAN = re.compile(r"(?i)(?:gallrings|bevarande|arkiverings)(?:plan|beslut|råd|regl|bestäm|föreskrift)")
"""Names of documents on keeping: "Enligt gallringsplanen gallras inlägg efter två år"."""

_GIVEN = re.compile(r"(?i)skärm\w+?(?:en|et|na)\Z")
_LAID = re.compile(r"(?i)\b(?:spara|lägg)\w*")
"""What is done with a screenshot that has been taken, where that keeps it; who gets it keeps it by another rule."""

_BEHIND_TRIGGER = re.compile(r"\b(?:genom att|för att|samt|och därefter)\b")

_HEAD = re.compile(r"(?i)\b(?:bevar|gallr)\w*\s?/\s?(?:bevar|gallr)\w*")
_KEEPING_HEADS = frozenset({"registreras", "diarieförs", "arkiveras", "bevaras", "gallras", "sparas", "sekretess"})
"""What stands over the columns of a table of keeping beside the words over tables of any kind."""
_DENIED_OF_THINGS = re.compile(
    r"\bsom\s+(?:\w+\s+){0,2}?(?:inte|ej|aldrig)\s+"
    r"(?:(?!(?:ska|skall|får|kan|bör|måste|behöver|behövs)\b)\w+\s+){0,3}?"
    r"(?!ska|skall|får|kan|bör|måste|behöver|behövs|inte\b|ej\b|aldrig\b)\w+\s+\Z"
)
"""A denial of what things are, right before what is done with them: "bilder som inte används gallras"."""
_NEGATION = re.compile(r"\b(?:inte|ej|aldrig)\b(?! längre)")
_WITHOUT = re.compile(r"\butan att (?:\w+ ){0,2}$")
"""What is left out: "tas bort utan att sparas" keeps nothing, "tas inte bort utan att först sparas" does."""
_DENIED_BEHIND = re.compile(
    r"(?i)\s(?:eller \w+s )?(?:(?!(?:när|då|som|om|eftersom|tills|förrän|innan|och) )\w+ ){0,2}?"
    r"(?:inte|ej|aldrig)\b(?! längre)"
)
"""A denial behind the verb, or behind a second one: "registreras eller diarieförs normalt inte"."""
_SUBORDINATE = re.compile(r"\b(?:när|då|som|om|eftersom|så länge|tills|förrän|innan)\b")
_CONDITION = re.compile(r"\b(?:när|då|om|så länge|tills|förrän|innan)\b")
"""What is denied behind these is not that something is kept: "gallras när de inte behövs"."""


def find_retention(outline: Outline, unit: Unit, duties: Sequence[Duty]) -> Iterable[Found]:
    """What is kept, registered or weeded out, one value a kind and clause."""
    text = outline.text[unit.start : unit.end].replace("\n", " ")
    if heads_kinds(outline, unit):
        return
    text = _HEAD.sub(lambda head: " " * len(head[0]), text)  # in the words of a table read line by line
    listed = _kept_by_lead(outline, unit, text)
    if listed is not None:
        yield listed
        return
    spans = [(d.start - unit.start, d.end - unit.start) for d in duties] or [(0, len(text))]
    covered = {i for a, b in spans for i in range(a, b)}
    if len(covered) < len(text) * 0.7:
        spans.append((0, len(text)))
    seen: set[tuple[str, int]] = set()
    for low, high in spans:
        clause = text[low:high]
        kinds = {kind: found for kind, pattern in patterns().retention if (found := _said_first(pattern, clause))}
        shot = kinds.get("skärmdump")
        if shot is not None and _GIVEN.search(shot.group(0)) and not _LAID.search(clause):
            kinds.pop("skärmdump")  # "Skärmdumpen lämnas till registratorn": that one is taken was said before
        elif shot is not None:
            kinds.pop("sparas", None)
        for kind in ("sparas", "diarieförs", "gallras"):
            found = kinds.get(kind)
            if found is not None and (_is_other_use(clause, found) or _is_laid_up(text, low, found)):
                kinds.pop(kind)
        asked = _ASKED.match(clause)
        for kind, found in kinds.items():
            if _keeps_no_record(clause, found) or (asked and found.start() < asked.end()):
                continue
            start = low + found.start()
            if (kind, start) in seen:
                continue
            seen.add((kind, start))
            confidence = 0.85 if duties else 0.6
            value = retained(clause, kind, found.span(), unit.start + low, confidence=confidence)
            duty = duty_around(value, duties)
            if duty is not None and duty.rule == EXEMPTION:
                value = replace(value, negated=True, trigger="")
            elif not value.trigger and not value.negated and duty is not None and duty.condition:
                value = replace(value, trigger=" ".join(duty.condition.split()))
            yield value


def _said_first(pattern: re.Pattern[str], clause: str) -> re.Match[str] | None:
    """Where a clause first says what is done; the name of a plan is not where, if a verb says it too."""
    found = list(pattern.finditer(clause))
    return next((f for f in found if not _PLAN.match(clause, f.start())), found[0] if found else None)


def _is_other_use(clause: str, found: re.Match[str]) -> bool:
    """Whether a verb that keeps records and does other things has no record in its clause."""
    if _OTHER_USE.match(found.group(0)) is None or patterns().saved_things.search(clause) is not None:
        return False
    return _ENTERED.search(clause) is not None or not _NOT_ENTERED.search(clause)


def _is_laid_up(text: str, at: int, found: re.Match[str]) -> bool:
    """Whether something is only put somewhere: "Lösenord förvaras i kassaskåp"; prints are kept so."""
    behind = text[at + found.end() :]
    timed = find_periods(behind) or find_durations(behind) or find_bare_periods(behind)
    if timed or not found.group(0).lower().startswith("förvara"):
        return False
    return patterns().kept_papers.search(text[: at + found.start()]) is None


def keeps_no_record(clause: str) -> bool:
    """Whether what a clause keeps is no record: "Lösenordet bevaras inlåst"."""
    return any(
        (found := pattern.search(clause)) and _keeps_no_record(clause, found) for _, pattern in patterns().retention
    )


def _keeps_no_record(clause: str, found: re.Match[str]) -> bool:
    return _NO_RECORD.search(clause[: found.start()]) is not None


def heads_kinds(outline: Outline, unit: Unit) -> bool:
    """Whether a row or line heads a table that says of each thing what becomes of it.

    It says "Bevaras/gallras", or is one of several lines that are nothing but heads: a row that was read cell by cell.
    """
    text = outline.text[unit.start : unit.end]
    found = _HEAD.search(text)
    if found is not None and (unit.kind == "table_row" or found.span() == (0, len(text.strip()))):
        return True
    bare = _bare(text)
    if unit.kind != "sentence" or not (_is_head(bare) or bare in _KEEPING_HEADS):
        return False
    beside = outline.units[max(0, unit.unit - 1)], outline.units[min(unit.unit + 1, len(outline.units) - 1)]
    return any(u.unit != unit.unit and _is_head(_bare(outline.text[u.start : u.end])) for u in beside)


def _bare(text: str) -> str:
    return text.strip(" .:").lower()


def _is_head(bare: str) -> bool:
    """Whether words are nothing but what stands over a table's column."""
    return _HEAD.fullmatch(bare) is not None or stands_over(bare, ("table_heads", "doer_heads"))


def _kept_by_lead(outline: Outline, unit: Unit, text: str) -> Found | None:
    """A list item that is one of the things its lead-in keeps ("Vi diarieför följande:"), None where it is not."""
    if unit.lead_in < 0 or unit.kind != "list_item" or any(p.search(text) for _, p in patterns().retention):
        return None
    above = outline.units[unit.lead_in]
    lead = outline.text[above.start : above.end].replace("\n", " ")
    kind = next((k for k, p in patterns().retention if p.search(lead) and k != "sparas"), "")
    if not kind:
        return None
    end = len(text.rstrip(" .,;"))
    negated = _NEGATION.search(lead.lower()) is not None
    return Found("retention", unit.start, unit.start + end, kind, 0.75, negated=negated, by_lead=True)


def retained(clause: str, kind: str, span: tuple[int, int], at: int, *, confidence: float) -> Found:
    """One retention value with its period, trigger and the document it delegates to.

    Args:
        clause: The words around it.
        kind: What is done with the record.
        span: Where in the clause that is said.
        at: The clause's offset in the reading text.
        confidence: How sure the finding is.
    """
    spans = [*find_periods(clause), *find_durations(clause)] or find_bare_periods(clause)
    periods = [d for d in sorted(spans, key=lambda d: d.start) if d.value.startswith("P") and d.kind != "repeat"]
    delegated = patterns().delegating.search(clause)
    governed = patterns().governing_rules.search(clause)
    trigger = patterns().retention_triggers.search(clause)
    start, end = span
    around = clause[max(0, start - 14) : end].lower() + _SUBORDINATE.split(clause[end : end + 12].lower())[0]
    if end - start == len(clause):
        around = _CONDITION.split(around)[0]
    if _DENIED_OF_THINGS.search(clause[:start].lower()):
        around = around[around.find(clause[start:end].lower()) :]
    negated = _NEGATION.search(around) is not None or _DENIED_BEHIND.match(clause[end:]) is not None
    left_out = _WITHOUT.search(clause[:start].lower())
    if left_out:
        negated = _NEGATION.search(clause[: left_out.start()].lower()) is None
    refers = delegated.group(1) if delegated else governed.group(1) if governed else ""
    # When something is not kept is no trigger of its keeping.
    until = _BEHIND_TRIGGER.split(trigger.group(0))[0].strip() if trigger and not negated else ""
    if periods and until.partition(" ")[2] and periods[0].quote.endswith(until.partition(" ")[2]):
        until = ""  # "efter två år" is the period, and nothing that has to happen
    return Found(
        "retention", at + start, at + end, kind, confidence,
        period=periods[0].value if periods and kind in ("gallras", "bevaras", "sparas", "arkiveras") else "",
        trigger=until, refers_to=refers, negated=negated,
    )  # fmt: skip
