"""The gold as people write it: one JSON file a document, beside the text it annotates."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.failures import RunFailure, what_is_wrong, why_not


class GoldItem(BaseModel):
    """A span of the gold's text; what else the file says of it is read by the kinds below.

    Offsets are code points into the text file with its newlines as they are, end exclusive. A `borderline` item is
    neutral: finding it is no hit, missing it no miss.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    borderline: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The item's place in the gold's text."""
        return self.start, self.end


class Obligation(GoldItem):
    """A clause that binds somebody."""

    modality: str
    actor: str | None = None
    action: str | None = None
    categories: tuple[str, ...] | None = ()


class Statement(GoldItem):
    """A clause that binds nobody and answers questions all the same."""

    categories: tuple[str, ...] = ()


class ResponseTime(GoldItem):
    """A time within which something is done; only those of an answer are scored as response times."""

    value: str
    calendar: str | None = None
    of: str | None = "answer"


class Retention(GoldItem):
    """What is kept, thrown out, registered or archived."""

    kind: str
    trigger_or_period: str | None = None
    negated: bool | None = False


class Prohibited(GoldItem):
    """A kind of content that may not be there."""

    category: str


class LegalRef(GoldItem):
    """A reference to an act; `sfs` is its number where the text or its date settles it."""

    norm: str
    sfs: str | None = None


class Role(GoldItem):
    """A function, unit or body that the text names."""

    role: str


class GoldCell(BaseModel):
    """What the document answers to one harmonised requirement."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    requirement: str
    answer: str
    value: str | None = None


class GoldDocument(BaseModel):
    """All that a person found in one document."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    slug: str
    sha256: str = ""
    metadata: dict[str, str | None] = {}
    obligations: tuple[Obligation, ...] = ()
    public_duties: tuple[GoldItem, ...] = ()
    response_times: tuple[ResponseTime, ...] = ()
    retention: tuple[Retention, ...] = ()
    prohibited: tuple[Prohibited, ...] = ()
    legal_refs: tuple[LegalRef, ...] = ()
    roles: tuple[Role, ...] = ()
    cells: tuple[GoldCell, ...] = ()
    statements: tuple[Statement, ...] | None = None
    """None where nobody has looked for them: of a sentence that is no obligation it is then unknown what it answers."""
    family: str | None = ""
    split: str | None = ""


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """The gold documents of a folder in the order of their file names.

    Raises:
        RunFailure: When the folder has no gold, or a file is not in the gold format; the message names file and field.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise RunFailure(f"Det finns inget facit (*.json) i {folder}.", f"There is no gold (*.json) in {folder}.")
    return tuple(_read(file) for file in files)


def _read(file: Path) -> GoldDocument:
    try:
        return GoldDocument.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as e:
        wrong = what_is_wrong(e.errors()[:5]) if isinstance(e, ValidationError) else why_not(e)
        raise RunFailure(f"Facit {file} kan inte läsas: {wrong.sv}", f"Gold {file} can't be read: {wrong.en}") from e


def gold_texts(gold: Path, docs: Path | None = None) -> tuple[Path, ...]:
    """The text files that the gold annotates: what has to be run before it can be scored.

    Args:
        gold: Folder of SLUG.json files.
        docs: Folder of the SLUG.txt files, where they do not lie beside the gold.

    Raises:
        RunFailure: When a text is missing.
    """
    texts = tuple((docs or gold) / f"{document.slug}.txt" for document in read_gold(gold))
    for text in texts:
        if not text.is_file():
            raise RunFailure(f"Texten {text} till facit saknas.", f"The gold's text {text} is missing.")
    return texts


def read_text(file: Path) -> str:
    """The text that the gold's offsets refer to; Windows line ends are read as one newline, as the gold was."""
    return file.read_text("utf-8")


def differs(document: GoldDocument, file: Path) -> bool:
    """Whether the gold says that it was written for another text than the one in the file."""
    return bool(document.sha256) and hashlib.sha256(file.read_bytes()).hexdigest() != document.sha256
