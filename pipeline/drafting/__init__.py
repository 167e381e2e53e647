"""Drafts of a renewed guideline in which each clause argues for itself, and differences of two versions."""

from pipeline.drafting.choices import Choice, Choices, read_choices, write_choices
from pipeline.drafting.composing import Draft, compose_draft, offer_lines
from pipeline.drafting.difference_files import check_suffix, write_difference
from pipeline.drafting.files import draft_to_files
from pipeline.drafting.material import Material, find_municipality, read_material
from pipeline.drafting.versions import Difference, Version, compare_versions

__all__ = [
    "Choice",
    "Choices",
    "Difference",
    "Draft",
    "Material",
    "Version",
    "check_suffix",
    "compare_versions",
    "compose_draft",
    "draft_to_files",
    "find_municipality",
    "offer_lines",
    "read_choices",
    "read_material",
    "write_choices",
    "write_difference",
]
