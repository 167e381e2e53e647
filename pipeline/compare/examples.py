"""What others say to a question: the most telling passage to show beside its lack."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.compare.cells import BodyDocuments
from pipeline.compare.certainty import surely_says
from pipeline.compare.passages import Passages
from pipeline.failures import Message
from pipeline.records.comparison import Cell, DocumentFindings
from pipeline.wording import file_of_unknown

LEAST_WORDS, LONGEST = 5, 300
"""Words that a clause has at least to say something by itself; characters of a sentence that is still a quote."""

OF_VALUE, OF_REPEATED = 0.2, 0.1
"""What a value ("inom 24 timmar") adds to how telling a passage is, and what it loses for each earlier quote of the
same municipality: of passages that tell about as much, another's is shown."""

_HANGING = re.compile(
    r"(?:som|att|vilke[tn]|vilka|där|då|dock|och|eller|men|samt|därför|därefter|däremot|de|dem|dessa|denn[ae]|detta|"
    r"dess|deras|hon|han|den (?:ska|skall|får|bör|kan|måste|är|har))\b"
)
"""How a clause begins that needs the words before it: "som inte följer den", "De får inte använda ..."."""

_BREAKS_OFF = re.compile(r"\b(?:som|att|och|eller|följande|för|med|på|till|av):?$")
"""How one ends that needs the list below it: "kan du mäta följande"."""


class Examples:
    """Shows passages of the municipalities' documents, of each no more than need be."""

    def __init__(self, bodies: Iterable[BodyDocuments], *, on: datetime.date) -> None:
        documents = [document for body in bodies for document in body.answering]
        self._passages: Mapping[str, Passages] = {d.item.source.document_id: d.passages for d in documents}
        self._repealed = {d.item.source.document_id: _repealed_in(d.item, on) for d in documents}
        self._shown: Counter[str] = Counter()

    def most_telling(self, cells: Sequence[Cell]) -> tuple[str, Message]:
        """The passage that says most among some answers to one question, and whose it is; empty where none answers.

        Whole clauses before those that hang on other words, rules before references to other documents, then by
        confidence, what holds a value first; of equals the first by name. What rests on a doubtful answer or names
        an act that is repealed is no model for anybody.
        """
        saying = [
            (cell, self._sentence(cell))
            for cell in cells
            if surely_says(cell) and cell.quote and not self._is_outdated(cell)
        ]
        if not saying:
            return "", Message("", "")
        cell, quote = min(saying, key=lambda pair: self._rank(*pair))
        self._shown[cell.municipality] += 1
        file = file_of_unknown(cell.municipality)
        sv, en = (
            (f"{file}, vars kommun är okänd", f"{file}, of nobody knows whom") if file else (cell.municipality,) * 2
        )
        return quote, Message(f" Exemplet är från {sv}.", f" The example is from {en}.")

    def _rank(self, cell: Cell, quote: str) -> tuple[bool, bool, float, str]:
        telling = cell.confidence + OF_VALUE * (cell.value not in ("", "duty"))
        worn = telling - OF_REPEATED * self._shown[cell.municipality]
        return not is_whole(quote), cell.answer != "stated", -round(worn, 4), cell.municipality

    def _is_outdated(self, cell: Cell) -> bool:
        """Whether the sentence that an answer stands in names an act that is repealed on the run's date."""
        passages = self._passages.get(cell.document_id)
        unit = passages.unit_at(cell.start) if passages is not None and cell.start is not None else None
        start, end = (cell.start or 0, cell.end or 0) if unit is None else (unit.start, unit.end)
        return any(start <= place < end for place in self._repealed.get(cell.document_id, ()))

    def _sentence(self, cell: Cell) -> str:
        """The sentence that an answer stands in, where it is one and short enough to show; else its clause."""
        passages = self._passages.get(cell.document_id)
        unit = passages.unit_at(cell.start) if passages is not None and cell.start is not None else None
        if passages is None or unit is None or unit.kind != "sentence" or unit.end - unit.start > LONGEST:
            return cell.quote
        return passages.read(unit)


def _repealed_in(item: DocumentFindings, on: datetime.date) -> tuple[int, ...]:
    """Where a document names an act that is repealed on a day."""
    from pipeline.swedish.law_status import law_status

    values = item.extraction.values if item.extraction is not None else ()
    cited = (v for v in values if v.kind == "legal_reference" and v.identifier)
    return tuple(v.start for v in cited if law_status(v.identifier, on).status == "repealed")


def is_whole(quote: str) -> bool:
    """Whether a passage can be read alone: it begins with a capital, is long enough, and needs nothing around it."""
    said = quote.lower().strip()
    whole = not _HANGING.match(said) and not _BREAKS_OFF.search(said)
    return whole and quote[:1].isupper() and len(quote.split()) >= LEAST_WORDS
