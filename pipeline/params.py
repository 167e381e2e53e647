"""params.yaml as typed, validated settings: one frozen model a stage."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.failures import RunFailure, what_is_wrong
from pipeline.trees import parse_tree


class Settings(BaseModel):
    """What all settings share: unknown names are errors, values can't be changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitSettings(Settings):
    """What one document may cost before it is quarantined."""

    bytes: int = Field(100_000_000, gt=0, description="Size of a file")
    pages: int = Field(2_000, gt=0, description="Pages of a document")
    pixels: int = Field(60_000_000, gt=0, description="Pixels of one page image")
    seconds: float = Field(
        900, gt=0, description="Wall-clock seconds for one document in one stage, its pages' own time apart"
    )
    megabytes: int = Field(3_000, gt=0, description="Memory of the process that works on a document, in MB")
    seconds_per_page: float = Field(
        120, gt=0, description="Seconds for one page in Tesseract, all readings of it together"
    )


class IngestSettings(Settings):
    """How files are read."""

    languages: str = Field("Latin+swe", description="Tesseract's models")
    resolution: int = Field(300, ge=100, le=600, description="Dots an inch at which PDF pages are rendered for OCR")
    image_resolution: int = Field(110, ge=50, le=300, description="Dots an inch of the page images of the report")
    min_plausibility: float = Field(0.85, ge=0, le=1, description="A text layer below this is read again by OCR")
    page_processes: int = Field(
        0, ge=0, description="Pages of one document read at once; 0 for the cores its worker has"
    )
    limits: LimitSettings = LimitSettings()


class RepairSettings(Settings):
    """How damaged text is restored."""

    damage_threshold: float = Field(
        0.04, ge=0, le=1, description="Share of damaged words from which on words are repaired"
    )
    apply_above: float = Field(
        0.90,
        ge=0,
        le=1,
        description="Confidence from which on an edit is applied; less will do where what is printed is no word",
    )
    apply_guarded_above: float = Field(0.96, ge=0, le=1, description="The same for modals, negations, numbers, names")
    suggest_above: float = Field(0.30, ge=0, le=1, description="Confidence from which on an edit is suggested")
    run_lexicon_documents: int = Field(
        200, ge=0, description="Undamaged documents whose words help the damaged ones: a sample where there are more"
    )


class OutlineSettings(Settings):
    """How the document's structure is found."""

    min_policy_area_score: float = Field(0.2, ge=0, le=1, description="Below this a document belongs to no codebook")


class ExtractSettings(Settings):
    """How requirements are found."""

    codebook: str = Field("social_media", description="Codebook: a name in pipeline/codebooks or a path to a YAML file")
    model: str = Field("", description="spaCy pipeline; empty for the one shipped with the project")
    trained: bool = Field(
        default=True, description="Whether trained models weigh what the rules find and add what they miss"
    )
    min_confidence: float = Field(0.3, ge=0, le=1, description="Requirements below this are left out")


class CompareSettings(Settings):
    """How the documents are compared."""

    date: datetime.date = Field(datetime.date(2026, 2, 1), description="The date on which the law's status is given")
    min_topic_score: float = Field(
        0.5, ge=0, le=1, description="Fit to a harmonised requirement from which on it counts"
    )
    nearest: int = Field(3, ge=1, description="Passages shown for a silent cell")
    min_shared_words: int = Field(7, ge=3, description="Words a shared passage has at least")
    min_similarity: float = Field(0.72, ge=0, le=1, description="Character similarity of a shared passage at least")


class ReportSettings(Settings):
    """What people open."""

    language: Literal["sv", "en"] = Field("sv", description="Language the report opens in")
    mask_people: bool = Field(True, description="Mask names and direct numbers of officials in report and exports")


class RunSettings(Settings):
    """How the work is spread."""

    workers: int = Field(0, ge=0, description="Worker processes; 0 for one a core")
    buckets: int = Field(256, ge=1, description="Parts the per-document tables are spread over")


class Params(Settings):
    """All settings, one group a stage."""

    ingest: IngestSettings = IngestSettings()
    repair: RepairSettings = RepairSettings()
    outline: OutlineSettings = OutlineSettings()
    extract: ExtractSettings = ExtractSettings()
    compare: CompareSettings = CompareSettings()
    report: ReportSettings = ReportSettings()
    run: RunSettings = RunSettings()


def load_params(path: Path | None) -> Params:
    """The settings of a file; what it leaves out has its default.

    Raises:
        RunFailure: When the file is missing, is no YAML, or names or values are wrong; the message names them.
    """
    if path is None:
        return Params()
    try:
        content = parse_tree(path.read_text("utf-8")) or {}
        return Params.model_validate(content)
    except OSError as e:
        raise RunFailure(f"Inställningsfilen {path} kan inte läsas.", f"The settings file {path} can't be read.") from e
    except yaml.YAMLError as e:
        raise RunFailure(f"{path} är inte giltig YAML: {e}", f"{path} is not valid YAML: {e}") from e
    except ValidationError as e:
        wrong = what_is_wrong(e.errors())
        raise RunFailure(f"Fel i {path}: {wrong.sv}", f"Wrong settings in {path}: {wrong.en}") from e
    except ValueError as e:  # bytes that are no UTF-8, or a date that no calendar has
        raise RunFailure(f"Fel i {path}: {e}", f"Wrong settings in {path}: {e}") from e
