"""The files of wording: how a guideline of one codebook says each harmonised requirement."""

from __future__ import annotations

from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.drafting.inflection import FOLDER
from pipeline.failures import RunFailure
from pipeline.trees import parse_tree


class Together(BaseModel):
    """One sentence for values that would contradict each other in sentences of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: frozenset[str]
    say: str


class SourceKind(BaseModel):
    """What some of the answers that the codebook calls by one value are about, told by the words of the sources.

    `words` are cues as in a codebook; `duty` and `prohibition` are what is said, empty where that is never said.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str | tuple[str, ...], ...]
    duty: str = ""
    prohibition: str = ""


class RequirementWording(BaseModel):
    """How one harmonised requirement is said; docs/drafting.md says each field in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = ""
    owner: str = ""
    owner_from_value: bool = False
    duty: str
    always_duty: bool = False
    prohibition: str = ""
    permission: str = ""
    exemption: str = ""
    delegated: str = ""
    value: str = ""
    several: str = ""
    list: str = ""
    join: str = "och"
    inline: bool = False
    members: dict[str, str] = {}
    each: dict[str, str] = {}
    together: tuple[Together, ...] = ()
    by_source: dict[str, SourceKind] = {}
    by_kind: str = ""
    time: str = ""
    frequency: bool = False
    role: str = ""
    unit: str = ""
    role_in: str = ""
    role_instead_of: str = ""
    count: str = ""
    count_one: str = ""
    acts: str = ""
    acts_alone: tuple[str, ...] = ()
    keeping: str = ""
    prohibited: bool = False
    documents: bool = False
    by_owner: str = ""
    also: dict[str, dict[str, tuple[str, ...]]] = {}
    as_owner: tuple[str, ...] = ()
    as_document: tuple[str, ...] = ()


class Wording(BaseModel):
    """How a guideline of one codebook is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    slug_words: str
    purpose: tuple[str, ...] = ()
    owner: str
    requirements: dict[str, RequirementWording]


@cache
def load_wording(codebook: str) -> Wording:
    """The wording for a codebook.

    Raises:
        RunFailure: When there is none, or its file is wrong.
    """
    file = FOLDER / f"{codebook}.yaml"
    try:
        return Wording.model_validate(parse_tree(file.read_text("utf-8")))
    except OSError as e:
        raise RunFailure(
            f"Det finns inga formuleringar för området ”{codebook}” ännu, så inget utkast kan skrivas. Vad en sådan "
            f"fil innehåller står i docs/drafting.md; den ska heta {file}.",
            f"There is no wording for the codebook {codebook!r}, so nothing can be drafted. What such a file holds is "
            f"said in docs/drafting.md; it is to be {file}.",
        ) from e
    except (yaml.YAMLError, ValidationError) as e:
        raise RunFailure(f"Fel i formuleringarna {file.name}: {e}", f"Wrong wording in {file.name}: {e}") from e
