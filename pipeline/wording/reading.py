"""What a person writes in a cell of the harmonised table, back in codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.codebooks import HarmonisedRequirement, Member, match_members
from pipeline.records.comparison import ANSWERS, Cell
from pipeline.records.requirement import MODALITIES
from pipeline.swedish.texts import load_texts
from pipeline.wording.asides import without_brackets
from pipeline.wording.change import WITHOUT_VALUE, CellChange
from pipeline.wording.kinds import NAMED, name_plan, read_kind
from pipeline.wording.lists import NotUnderstood, read_list
from pipeline.wording.saying import DUTY, MODALITY_OF, SOONER, not_here, put_in_words, say_force
from pipeline.wording.words import codes, fold, say

_BY_FORM = {
    "count": "count", "roles": "role", "acts": "legal_reference", "documents": "document_reference",
    "channels": "channel", "retention": "retention",
}  # fmt: skip
"""The kind of value that a cell of each form holds first of all; a duration's hangs on its order."""
_ACCORDING = re.compile(r"\s*enligt\s+(?=\S)", re.IGNORECASE)
_BEFORE_DOCUMENT = re.compile(
    r"^\s*(?:gallras |bevaras |arkiveras |sparas )?(?:enligt|efter|se|framgår av|följer)\s+", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:inte|ej|ingen|inget|inga|utan|aldrig)\b")
MOST_WORDS = 4
"""Words within which a member of a set is known by the codebook's cues, not by its own words alone."""
HIDDEN = "•"
"""What stands for a person's name where people are hidden: it can't be read back."""


def force_of(written: str) -> str:
    """The modality that a person wrote ("ska", "Får inte", "must"), empty where it is none."""
    return _all_forces().get(fold(written), "")


@cache
def _all_forces() -> Mapping[str, str]:
    """Modalities by their words, also by those that a force is shown in where it is no modality ("behöver inte")."""
    return {said: MODALITY_OF.get(name, name) for said, name in codes("modality", "modalities").items()}


class CellReader:
    """Reads what is written in the cells of one harmonised requirement.

    Args:
        entry: The requirement, None where its codebook is not at hand: then what is not known is taken as it stands.
        cells: Its cells, whose values are known by the words they are shown in.
    """

    def __init__(self, entry: HarmonisedRequirement | None, cells: Iterable[Cell] = ()) -> None:
        self.entry = entry
        self.values = {fold(word): m.id for m in _members(entry) for word in (m.id, m.en, m.sv)}
        self.documents: dict[str, str] = {}
        for cell in cells:
            if cell.answer == "delegated":
                self.documents |= {fold(token): token for token in cell.value.split("|") if token}
            else:
                self.values = self._words_of(cell) | self.values
        self.values |= {fold(DUTY): DUTY}

    def read(self, written: str, cell: Cell | None = None) -> CellChange:
        """The change that a person wrote, for the cell as it stands.

        Raises:
            NotUnderstood: With the part that says no answer, force or value of the requirement.
        """
        if HIDDEN in written:
            raise NotUnderstood(written)
        written = without_brackets(_mark().sub("", written))
        answer, rest = _split_head(written, codes("answer"))
        named = _ACCORDING.match(rest)
        if named or (answer == "delegated" and rest):
            return CellChange("delegated", value=self._documents(rest[named.end() :] if named else rest))
        if answer in WITHOUT_VALUE and rest:
            raise NotUnderstood(rest)
        forces = self._forces(cell)
        force, rest = _split_head(rest, forces)
        if not rest:
            return CellChange(answer, force)
        own = self._words_of(cell) if cell is not None and cell.answer != "delegated" else {}
        known = dict.fromkeys((*forces, "anges"), DUTY) | self.values | own
        try:
            tokens = read_list(rest, known, self._token)
        except NotUnderstood as unknown:
            if answer or force:
                raise
            return CellChange("delegated", value=self._only_documents(rest, unknown))
        if DUTY in tokens and not force:
            force = next((forces[fold(part)] for part in rest.split(",") if fold(part) in forces), "")
        return CellChange(answer, force, _join(token for token in tokens if token != DUTY or {*tokens} == {DUTY}))

    @property
    def choices(self) -> str:
        """What can be written, in Swedish."""
        kinds = self._kinds()
        said = [say("may_write", kind) for kind in kinds]
        if members := [member.sv for member in _members(self.entry)]:
            said.append(f"något av: {', '.join(members)}")
        if NAMED.intersection(kinds):
            said.append("ett annat namn inom citattecken")
        said.append(f"en styrka ({', '.join(say('modalities', m) for m in MODALITIES)})")
        texts = load_texts("sv")
        said.append(f"ett svar ({', '.join(texts[f'answer.{a}'] for a in ANSWERS)})")
        return f"{'; '.join(said)}; eller ”enligt” och ett dokument"

    def _words_of(self, cell: Cell) -> dict[str, str]:
        """The values of a cell by their words and by themselves."""
        tokens = [token for token in cell.value.split("|") if token and token != DUTY]
        spoken = {fold(put_in_words(self.entry, {t}, "")): t for t in tokens} if self.entry is not None else {}
        return {fold(token): token for token in tokens} | spoken

    def _forces(self, cell: Cell | None) -> Mapping[str, str]:
        """Modalities by their words; first the cell's own by the word it is shown in, which may be that of another."""
        forces = _all_forces()
        if cell is None or not cell.modality or self.entry is None:
            return forces
        return {**forces, fold(say_force(self.entry, cell.modality, cell.quote)): cell.modality}

    def _kinds(self) -> list[str]:
        """The kinds of value that a cell holds."""
        if self.entry is None:
            return []
        first = _BY_FORM.get(self.entry.value, "")
        if self.entry.value == "duration":
            first = "response_time" if self.entry.stricter in SOONER else "frequency"
        return list(dict.fromkeys(filter(None, (first, *self.entry.kinds))))

    def _token(self, part: str) -> str:
        """The normal form of one value, empty where nothing the requirement asks for is written."""
        if self.entry is None:
            return part
        for kind in self._kinds():
            if (token := read_kind(kind, part)) and self._counts(kind, token):
                return token
        said = fold(part)
        if len(said.split()) > MOST_WORDS or _DENIED.search(said):
            return ""
        named = match_members(self.entry, said)
        return named[0] if len(named) == 1 else ""

    def _counts(self, kind: str, token: str) -> bool:
        """Whether the requirement asks for such a value: of ways of keeping some ask for a few only."""
        allowed = self.entry.retention if self.entry is not None and kind == "retention" else ()
        return not allowed or token.partition(" ")[0] in allowed

    def _documents(self, written: str) -> str:
        """The documents that an answer is left to; whatever is written there is a document's name."""
        return _join(read_list(written, self.documents, self._named))

    def _only_documents(self, written: str, unknown: NotUnderstood) -> str:
        """The documents, where nothing else is written; else it stays at what was not understood."""
        try:
            return _join(read_list(_BEFORE_DOCUMENT.sub("", written), self.documents, self._document))
        except NotUnderstood:
            raise unknown from None

    def _named(self, part: str) -> str:
        title = read_kind("document_reference", part) or " ".join(part.split())
        return name_plan(title) if self.entry is not None and self.entry.value == "retention" else title

    def _document(self, part: str) -> str:
        return self._named(part) if read_kind("document_reference", part) else ""


@cache
def _mark() -> re.Pattern[str]:
    """What the sheets show behind a document that the folder lacks, however it is typed back."""
    return re.compile(r"\s+".join(map(re.escape, not_here().split())), re.IGNORECASE)


def _join(tokens: Iterable[str]) -> str:
    return "|".join(sorted(set(tokens)))


def _members(entry: HarmonisedRequirement | None) -> tuple[Member, ...]:
    return entry.members if entry is not None else ()


def _split_head(written: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The code of what stands before a colon, or is all that is written, and the rest; no code where it is another."""
    if fold(written) in names:
        return names[fold(written)], ""
    head, colon, tail = written.partition(":")
    if colon and fold(head) in names:
        return names[fold(head)], tail.strip()
    return "", written.strip()
