"""Codebook files: what an analyst may write in them, read and checked."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.failures import RunFailure, what_is_wrong
from pipeline.records.requirement import ACTOR_GROUPS, MODALITIES, PROHIBITED_CONTENT, VALUE_KINDS
from pipeline.trees import parse_tree

ValueType = Literal["duty", "roles", "set", "duration", "count", "acts", "documents", "channels", "retention"]
"""What a stated cell holds: the duty as such, canonical roles, members of a set, an ISO 8601 duration with its
calendar, a number, numbers of acts, titles of documents, web addresses and channels, or a rule of keeping."""

Order = Literal[
    "sooner", "shorter", "more_often", "earlier", "higher", "superset", "stated_over_silent",
    "must_not_over_should_not", "periods", "no_order",
]  # fmt: skip
"""How two answers compare; docs/codebook.md says each in words."""

FOLDER = Path(__file__).parent


class Entry(BaseModel):
    """What all parts of a codebook file share: unknown names are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cue(Entry):
    """Signs that together say that a clause is about a harmonised requirement.

    `all` are terms, each of alternatives joined by "|"; an alternative is a word with an optional * at either end, or
    several words that follow each other; a term that begins with "!" must not occur. `kinds` are kinds of value of
    which one stands in the clause, `modality` and `actor_group` what the clause must have, where they are given.
    """

    all: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    actor_group: tuple[str, ...] = ()
    score: float | None = Field(None, gt=0, lt=1)

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_list(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"all": [given]}
        return {"all": given} if isinstance(given, (list, tuple)) else given

    @field_validator("all")
    @classmethod
    def _check_terms(cls, terms: tuple[str, ...]) -> tuple[str, ...]:
        for term in terms:
            alternatives = term.removeprefix("!").split("|")
            if any(not piece.strip(" *") for piece in alternatives):
                raise ValueError(f"a term with an empty alternative: {term!r}")
            if any("*" in word.strip("*") for piece in alternatives for word in piece.split()):
                raise ValueError(f"a * may stand only first or last in a word: {term!r}")
        return terms

    @model_validator(mode="after")
    def _check_conditions(self) -> Cue:
        for name, known in (("kinds", VALUE_KINDS), ("modality", MODALITIES), ("actor_group", ACTOR_GROUPS)):
            unknown = [value for value in getattr(self, name) if value not in known]
            if unknown:
                raise ValueError(f"unknown {name}: {', '.join(unknown)}")
        if not self.kinds and all(term.startswith("!") for term in self.all):
            raise ValueError("a cue needs a term that must occur, or a kind of value")
        return self


class Member(Entry):
    """One thing that a set may hold, with the words that say it.

    `around` are cues for the passage together with what stands around it: of a screenshot it is told there, and not in
    its own sentence, that it is taken before something is removed.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    sv: str
    en: str
    cues: tuple[Cue, ...] = Field(min_length=1)
    around: tuple[Cue, ...] = ()


class HarmonisedRequirement(Entry):
    """One question that is put to every municipality's documents."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label_sv: str
    label_en: str
    description_sv: str
    description_en: str
    group: str
    value: ValueType
    stricter: Order
    kinds: tuple[str, ...] = ()
    """Kinds of value in its clauses that the cell holds."""
    of: tuple[str, ...] = ()
    """What a frequency must be of to count; empty for any."""
    retention: tuple[str, ...] = ()
    """Which retention values count; empty for any."""
    prohibits: tuple[str, ...] = ()
    """Kinds of prohibited content whose prohibition answers this requirement too."""
    actor_decides: bool = False
    """Whether the one who is bound is part of the value (who decides, who answers for the account)."""
    acts: tuple[str, ...] = ()
    """Numbers of acts that answer the requirement where the text says that they apply."""
    free_values: bool = False
    """Whether values of its kinds count outside a duty too ("Tryckfrihetsförordningen gäller")."""
    delegation: Literal["named", "referred", "never"] = "named"
    """When another document is the answer: where the text says that the rule stands there (named), already where it
    says "enligt" it (referred), or never, because following the document is itself the duty."""
    prohibition: Literal["demands", "denies"] = "demands"
    """What a prohibition says: the duty in other words (demands), or that there is no such duty (denies)."""
    members: tuple[Member, ...] = ()
    cues: tuple[Cue, ...] = ()
    context: tuple[Cue, ...] = ()
    """Cues that look at heading and lead-in too; the first term must stand in the clause itself."""
    statements: tuple[Cue, ...] = ()
    """Cues for sentences that answer the question though they bind nobody ("Inlägg är allmänna handlingar")."""
    unless: tuple[Cue, ...] = ()
    """Cues of clauses that are about something else, whatever other cues or a model say ("den registrerade")."""

    near: tuple[Cue, ...] = ()
    """Cues one of which must hold for a passage with its heading and two sentences to either side, or it answers
    something else: what is printed and filed is saved before removal only where something is removed."""
    permits: tuple[Cue, ...] = ()
    """Cues of clauses whose duty is not to do it but to decide on it, or to do it in no other way: it is a power.
    "Beslut om blockering fattas av kommunikationschefen" asks nobody to block."""

    def __hash__(self) -> int:
        return hash(self.id)

    @field_validator("members", mode="before")
    @classmethod
    def _name_members(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return tuple({"id": name, **_spell_out(member)} for name, member in given.items())

    @model_validator(mode="after")
    def _check_names(self) -> HarmonisedRequirement:
        for name, known in (("kinds", VALUE_KINDS), ("prohibits", PROHIBITED_CONTENT)):
            unknown = [value for value in getattr(self, name) if value not in known]
            if unknown:
                raise ValueError(f"unknown {name}: {', '.join(unknown)}")
        return self


class Group(Entry):
    """A chapter of the codebook as the report shows it."""

    id: str
    sv: str
    en: str


class Area(Entry):
    """What tells that a document belongs to the codebook."""

    title: tuple[Cue, ...] = Field(min_length=1)
    words: str
    """Terms whose share of the text tells how much it is about the area."""


class Elsewhere(Entry):
    """What tells that a clause is about another matter of the same authors: e-mail, the press, the web site."""

    words: str
    """Terms for such matters."""
    own: str
    """Terms for the codebook's own matter: a clause with one of them is about that."""
    answers: tuple[str, ...] = ()
    """The requirements that clauses about other matters can answer all the same."""


class Apart(Entry):
    """Sections, told by their headings, that are about something beside: what staff do as private persons."""

    headings: tuple[Cue, ...] = Field(min_length=1)
    own: str
    """Terms by which a clause there is about the codebook's matter all the same."""
    answers: tuple[str, ...] = ()
    """The requirements that clauses there can answer."""


class Codebook(Entry):
    """The harmonised requirements of one policy area, in the order of the file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label_sv: str
    label_en: str
    area: Area
    elsewhere: Elsewhere | None = None
    apart: tuple[Apart, ...] = ()
    groups: tuple[Group, ...]
    requirements: tuple[HarmonisedRequirement, ...] = Field(min_length=1)
    digest: str = ""
    """SHA-256 of the file, for keys of what was made with it."""

    def __hash__(self) -> int:
        return hash((self.id, self.digest))

    @model_validator(mode="after")
    def _check_ids(self) -> Codebook:
        ids = [r.id for r in self.requirements]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"the same id twice: {', '.join(twice)}")
        told = {name for beside in self.apart for name in beside.answers}
        strangers = sorted((told | set(self.elsewhere.answers if self.elsewhere else ())) - set(ids))
        if strangers:
            raise ValueError(f"unknown requirement: {', '.join(strangers)}")
        unknown = sorted({r.group for r in self.requirements} - {g.id for g in self.groups})
        if unknown:
            raise ValueError(f"unknown group: {', '.join(unknown)}")
        return self

    def find(self, requirement: str) -> HarmonisedRequirement | None:
        """The harmonised requirement of that id, None where the codebook has none."""
        return next((r for r in self.requirements if r.id == requirement), None)


@lru_cache(maxsize=1)
def list_codebooks() -> tuple[str, ...]:
    """The names of the codebooks that come with the program, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load_codebook(name_or_path: str) -> Codebook:
    """The codebook of that name, or the one in that file.

    Raises:
        RunFailure: When there is none, or the file is wrong; the message names the place in the file.
    """
    shipped = name_or_path in list_codebooks()
    path = FOLDER / f"{name_or_path}.yaml" if shipped else Path(name_or_path)
    try:
        return _parse_codebook(_read_shipped(path) if shipped else path.read_bytes())
    except OSError as e:
        known = ", ".join(list_codebooks())
        raise RunFailure(
            f"Kodboken {name_or_path} finns inte. Välj bland {known} eller ange sökvägen till en YAML-fil.",
            f"There is no codebook {name_or_path}. Choose among {known} or give the path of a YAML file.",
        ) from e
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise RunFailure(f"{path} är inte giltig YAML: {e}", f"{path} is not valid YAML: {e}") from e
    except ValidationError as e:
        wrong = what_is_wrong(e.errors())
        raise RunFailure(f"Fel i kodboken {path}: {wrong.sv}", f"Wrong codebook {path}: {wrong.en}") from e


@cache
def _read_shipped(path: Path) -> bytes:
    """What a codebook of our own holds: every document that is weighed asks for it."""
    return path.read_bytes()


@lru_cache(maxsize=8)
def _parse_codebook(content: bytes) -> Codebook:
    # Members and cues may be written in short, so what the file holds is checked as it stands.
    given = parse_tree(content.decode("utf-8-sig"))
    if not isinstance(given, dict):
        given = {}
    return Codebook.model_validate({**given, "digest": hashlib.sha256(content).hexdigest()})


def _spell_out(member: dict[str, Any]) -> dict[str, Any]:
    """A member in full from one in short, where `words`, and `around`, may be a single term."""
    words, around = ([told] if isinstance(told := member.get(key, ()), str) else told for key in ("words", "around"))
    return {**{k: v for k, v in member.items() if k != "words"}, "cues": words, "around": around}
