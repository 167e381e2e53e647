"""The choices behind a draft as a file to edit: a line, a value, a modality or an owner for each requirement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.drafting.lines import Line
from pipeline.failures import RunFailure, what_is_wrong
from pipeline.tables import write_whole
from pipeline.trees import parse_tree

NOBODY, ADD = "ingen kommun anger kravet", "skriv {modality: must} för att ta med det som eget val"


class Choice(BaseModel):
    """What a drafter decided on one requirement; empty fields leave it to the line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: Literal["most_common", "strictest", "median", "own", "omit"] | None = None
    value: str = ""
    modality: Literal["", "must", "must_not", "should", "should_not", "may"] = ""
    owner: str = ""


class Choices(BaseModel):
    """All choices of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    municipality: str = ""
    line: Line = "most_common"
    requirements: Mapping[str, Choice] = {}


@dataclass(frozen=True, slots=True)
class Offer:
    """What each line would say to one requirement, for the file's comments."""

    requirement: str
    label: str
    lines: tuple[tuple[str, str], ...]


def read_choices(file: Path, codebook: Codebook) -> Choices:
    """The choices of a YAML file.

    Raises:
        RunFailure: When the file can't be read, or names something unknown; the message says what.
    """
    try:
        content = parse_tree(file.read_text("utf-8")) or {}
        # An entry that is left empty in the file is a choice of nothing.
        if isinstance(content, dict) and isinstance(content.get("requirements"), dict):
            content["requirements"] = {k: v or {} for k, v in content["requirements"].items()}
        choices = Choices.model_validate(content)
    except OSError as e:
        raise RunFailure(f"Valfilen {file} kan inte läsas.", f"The choices {file} can't be read.") from e
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise RunFailure(f"{file} är inte giltig YAML: {e}", f"{file} is not valid YAML: {e}") from e
    except ValidationError as e:
        wrong = what_is_wrong(e.errors()[:5])
        raise RunFailure(f"Fel i {file}: {wrong.sv}", f"Wrong choices in {file}: {wrong.en}") from e
    unknown = sorted(set(choices.requirements) - {r.id for r in codebook.requirements})
    if unknown:
        raise RunFailure(
            f"{file} nämner krav som inte finns i kodboken: {', '.join(unknown)}.",
            f"{file} names requirements that the codebook does not have: {', '.join(unknown)}.",
        )
    return choices


def read_values(entry: HarmonisedRequirement, said: str) -> tuple[str, ...]:
    """The values that a drafter wrote, in the normal form of cells.

    A member may be written by its id or its Swedish name, a time as in a guideline ("48 timmar på vardagar") or in
    ISO 8601; what is none of these stays as it is written.
    """
    from pipeline.swedish.durations import find_durations

    names = {name.casefold(): m.id for m in entry.members for name in (m.id, m.sv)}
    values = []
    for part in filter(None, (p.strip() for p in said.split("|"))):
        found = [] if entry.value != "duration" or part.startswith("P") else find_durations(f"inom {part}")
        time = f"{found[0].value} {found[0].calendar}".strip() if found else part
        values.append(names.get(part.casefold(), time))
    return tuple(sorted(set(values)))


def write_choices(choices: Choices, offers: Sequence[Offer], file: Path) -> None:
    """Write the choices with every requirement, and beside each what the lines would say, for editing."""
    lines = [
        "# Val bakom utkastet. Ändra mellan klamrarna och kör jamka draft igen med --choices.",
        "# Under varje krav står vad linjerna ger och, inom hakparentes, modality, value och vilka som har det så.",
        "# line: most_common (vanligast), strictest (strängast) eller median (mitten); för ett enskilt krav även",
        "#   own (kommunens eget dokument) och omit (ta inte med). Exempel: {line: strictest}",
        "# value: ett annat värde; flera skiljs åt med |. Exempel: {value: 48 timmar på vardagar}",
        "# modality: must (ska), should (bör), may (får), must_not (får inte) eller should_not (bör inte).",
        "# owner: vem som ska göra det. Exempel: {owner: kommunikationschef}",
        f"municipality: {_quoted(choices.municipality)}",
        f"line: {choices.line}",
        "requirements:",
    ]
    for offer in offers:
        choice = choices.requirements.get(offer.requirement, Choice())
        lines += [f"  # {_comment(offer.label)}"]
        lines += [f"  #   {name}: {_comment(said)}" for name, said in offer.lines or ((NOBODY, ADD),)]
        fields = {k: v for k, v in choice.model_dump().items() if v}
        said = ", ".join(f"{k}: {_quoted(str(v))}" for k, v in fields.items())
        lines.append(f"  {offer.requirement}: {{{said}}}")
    write_whole(file, "\n".join(lines) + "\n")


def _comment(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """The text as a YAML string that means itself."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
