"""The choices behind a draft as a file to edit: a line, a value, a modality or an owner for each requirement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.codebooks import Codebook
from pipeline.drafting.lines import LINES, Line
from pipeline.failures import RunFailure
from pipeline.tables import write_whole


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
        content = yaml.safe_load(file.read_text("utf-8")) or {}
        # An entry that is left empty in the file is a choice of nothing.
        if isinstance(content, dict) and isinstance(content.get("requirements"), dict):
            content["requirements"] = {k: v or {} for k, v in content["requirements"].items()}
        choices = Choices.model_validate(content)
    except OSError as e:
        raise RunFailure(f"Valfilen {file} kan inte läsas.", f"The choices {file} can't be read.") from e
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise RunFailure(f"{file} är inte giltig YAML: {e}", f"{file} is not valid YAML: {e}") from e
    except ValidationError as e:
        wrong = "; ".join(f"{'.'.join(map(str, x['loc']))}: {x['msg']}" for x in e.errors()[:5])
        raise RunFailure(f"Fel i {file}: {wrong}", f"Wrong choices in {file}: {wrong}") from e
    unknown = sorted(set(choices.requirements) - {r.id for r in codebook.requirements})
    if unknown:
        raise RunFailure(
            f"{file} nämner krav som inte finns i kodboken: {', '.join(unknown)}.",
            f"{file} names requirements that the codebook does not have: {', '.join(unknown)}.",
        )
    return choices


def write_choices(choices: Choices, offers: Sequence[Offer], file: Path) -> None:
    """Write the choices with every requirement, and beside each what the lines would say, for editing."""
    lines = [
        "# Val bakom utkastet. Ändra och kör jamka draft igen med --choices.",
        f"# line: {', '.join(LINES)}; för ett enskilt krav även own (kommunens eget dokument) och omit (ta inte med).",
        "# value: skriv ett värde i stället, till exempel PT48H weekdays.",
        "# modality: must, should, may, must_not eller should_not.",
        "# owner: vem som ska göra det, till exempel kommunikationschef.",
        f"municipality: {_quoted(choices.municipality)}",
        f"line: {choices.line}",
        "requirements:",
    ]
    for offer in offers:
        choice = choices.requirements.get(offer.requirement, Choice())
        lines += [f"  # {_comment(offer.label)}"]
        lines += [f"  #   {name}: {_comment(said)}" for name, said in offer.lines]
        fields = {k: v for k, v in choice.model_dump().items() if v}
        said = ", ".join(f"{k}: {_quoted(str(v))}" for k, v in fields.items())
        lines.append(f"  {offer.requirement}: {{{said}}}")
    write_whole(file, "\n".join(lines) + "\n")


def _comment(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """The text as a YAML string that means itself."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
