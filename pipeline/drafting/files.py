"""A draft from an output folder to files on disk."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.drafting.choices import Choices, read_choices, write_choices
from pipeline.drafting.composing import compose_draft, offer_lines
from pipeline.drafting.draft_docx import checklist_as_docx, draft_as_docx
from pipeline.drafting.draft_markdown import draft_as_markdown
from pipeline.drafting.keeping import write_kept
from pipeline.drafting.lines import Line
from pipeline.drafting.material import find_municipality, read_material
from pipeline.params import CompareSettings

DRAFTS = Path("drafts")


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a draft, and where edited older ones were kept."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]


def draft_to_files(
    municipality: str,
    source: Path,
    *,
    line: Line | None = None,
    choices: Path | None = None,
    out: Path | None = None,
    codebook: str | None = None,
    on: date | None = None,
) -> Written:
    """Write a draft as Word and Markdown, its checklist, and its choices as YAML.

    What somebody edited of an older draft is kept under another name beside it.

    Args:
        municipality: Its name, as in the comparison or the register.
        source: Output folder of a run.
        line: Which line to follow where the choices say nothing of a requirement; by default the one that the choices
            name, else the most common one.
        choices: A file of choices, edited or not; without it one is written beside the draft, unless one is there.
        out: The .docx file; drafts/NAME.docx by default. The others stand beside it.
        codebook: A codebook's name, where the comparison has several.
        on: The day on which the law must be in force; that of the settings by default.

    Raises:
        RunFailure: When the folder, the municipality or the choices are wrong.
    """
    material = read_material(source, codebook=codebook or "")
    name = find_municipality(municipality, material)
    chosen = Choices() if choices is None else read_choices(choices, material.codebook)
    chosen = chosen.model_copy(update={"municipality": name, "line": line or chosen.line})
    day = on or CompareSettings().date
    draft = compose_draft(material, name, chosen, on=day)
    target = out or DRAFTS / f"{slug(name)}.docx"
    contents = {
        target: draft_as_docx(draft),
        target.with_suffix(".md"): draft_as_markdown(draft).encode("utf-8"),
        target.with_name(f"{target.stem}-checklista.docx"): checklist_as_docx(draft),
    }
    kept = write_kept(contents)
    written = list(contents)
    beside = target.with_suffix(".yaml")
    if choices is None and not beside.exists():
        write_choices(chosen, offer_lines(material, name, on=day), beside)
        written.append(beside)
    return Written(tuple(written), kept)


def slug(name: str) -> str:
    """A name as a file name: small ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "utkast"
