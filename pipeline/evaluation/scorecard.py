"""A run's output beside the gold, as one scorecard: figures, baseline, calibration, errors, repair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.baseline import score_baseline
from pipeline.evaluation.calibration import Calibration, calibrate
from pipeline.evaluation.cells import merge_gold_cells, score_cells
from pipeline.evaluation.counts import DocumentScore, Item
from pipeline.evaluation.figures import Figure, make_figures
from pipeline.evaluation.gold import GoldDocument, differs, gold_texts, read_gold, read_text
from pipeline.evaluation.metadata import score_metadata
from pipeline.evaluation.repairs import RepairScore, score_repairs
from pipeline.evaluation.requirements import score_requirements
from pipeline.evaluation.values import score_values
from pipeline.failures import RunFailure
from pipeline.records.comparison import Cell, Document
from pipeline.records.requirement import Requirement, Value
from pipeline.spans import fold
from pipeline.tables import read_table

REPAIR_FOLDER = "repair"
"""Sub-folder of a gold folder with gold/ and damaged/ texts."""


@dataclass(frozen=True, slots=True)
class Output:
    """The tables of an output folder that are scored."""

    documents: tuple[Document, ...]
    requirements: tuple[Requirement, ...]
    values: tuple[Value, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How good a run's output is."""

    slugs: tuple[str, ...]
    figures: tuple[Figure, ...]
    baseline: tuple[Figure, ...]
    calibration: tuple[Calibration, ...]
    items: tuple[Item, ...]
    splits: Mapping[str, tuple[Figure, ...]]
    repair: RepairScore | None
    notes: tuple[str, ...]

    @property
    def documents(self) -> int:
        """How many gold documents it is over."""
        return len(self.slugs)

    def figure(self, measure: str) -> Figure | None:
        """The figure of a measure, None where the gold has nothing to measure it on."""
        return next((f for f in self.figures if f.measure == measure), None)

    def as_dict(self) -> dict[str, Any]:
        """All of it, ready for JSON; `list_changes` takes it as the earlier scorecard."""
        plain = asdict(self)
        if self.repair is not None:
            plain["repair"]["all"] = repair_figures(self.repair)
        return plain

    def as_metrics(self) -> dict[str, Any]:
        """The figures alone, by measure: small enough to keep in version control and to compare over time."""
        metrics: dict[str, Any] = {"documents": self.documents}
        for figure in self.figures:
            name = metric_name(figure.measure)
            metrics[name] = (
                {"share": round(figure.f1, 4), "errors": figure.errors}
                if figure.share
                else {
                    "precision": round(figure.precision, 4),
                    "recall": round(figure.recall, 4),
                    "f1": round(figure.f1, 4),
                    "errors": figure.errors,
                }
            )
        silent = self.figure("cell silent")
        if silent is not None:
            metrics["silent_error_rate"] = round(1 - silent.f1, 4) if silent.gold else 0.0
        for calibration in self.calibration:
            metrics[f"calibration_{calibration.target}"] = {
                "expected_error": round(calibration.error, 4),
                "brier": round(calibration.brier, 4),
            }
        if self.repair is not None and self.repair.texts:
            metrics["repair"] = repair_figures(self.repair)
        return metrics


def metric_name(measure: str) -> str:
    """A measure's name as a key without blanks, brackets or signs."""
    words = measure.replace("IoU>.5", "iou50").replace("(", "").replace(")", "").split()
    return "_".join(words).lower()


def repair_figures(score: RepairScore) -> dict[str, float]:
    """The figures of repair over all texts."""
    return {
        "wer_damaged": round(score.damaged.wer, 4),
        "wer_repaired": round(score.repaired.wer, 4),
        "wer_reduction": round(score.wer_reduction, 4),
        "cer_damaged": round(score.damaged.cer, 4),
        "cer_repaired": round(score.repaired.cer, 4),
        "cer_reduction": round(score.cer_reduction, 4),
        "edit_precision": round(score.edits.precision, 4),
        "right_words_broken": score.edits.broken,
        "guarded_words_broken": score.edits.guarded,
    }


def read_output(out: Path) -> Output:
    """The scored tables of an output folder.

    Raises:
        RunFailure: When a table is missing or lacks a column.
    """

    def read(record: type[Any], name: str) -> tuple[Any, ...]:
        """The rows of one table of the folder."""
        try:
            return tuple(read_table(record, out / f"{name}.parquet"))
        except (OSError, ValueError) as e:
            raise RunFailure(
                f"{out} är ingen hel resultatmapp: {name}.parquet kan inte läsas.",
                f"{out} is no complete output folder: {name}.parquet can't be read ({e}).",
            ) from e

    return Output(
        read(Document, "documents"),
        read(Requirement, "requirements"),
        read(Value, "values"),
        read(Cell, "harmonised_requirements"),
    )


def score_folder(
    gold: Path, out: Path, docs: Path | None = None, *, repair: Callable[[str], str] | None = None
) -> Scorecard:
    """The scorecard of an output folder against a gold folder.

    Rows are joined by file name (its stem is the gold's slug). On what shared measures cover, the figures are the same
    as theirs: matching, neutral items and fuzzy location of quotes are done alike.

    Args:
        gold: Folder of SLUG.json files, and of repair/gold and repair/damaged where there are any.
        out: Output folder of a run over the gold's texts.
        docs: Folder of the SLUG.txt files, where they do not lie beside the gold.
        repair: Gives the reading text of a damaged text; without it repair is not scored.

    Raises:
        RunFailure: When the gold or the output can't be read.
    """
    documents = read_gold(gold)
    files = gold_texts(gold, docs)
    texts = [(document, read_text(file)) for document, file in zip(documents, files, strict=True)]
    notes = [
        f"{document.slug}: the text is not the one the gold was written for"
        for document, file in zip(documents, files, strict=True)
        if differs(document, file)
    ]
    repaired = None
    if repair is not None and (gold / REPAIR_FOLDER / "gold").is_dir():
        repaired = score_repairs(gold / REPAIR_FOLDER, repair)
    return score_output(texts, read_output(out), repair=repaired, notes=notes)


def score_output(
    gold: Sequence[tuple[GoldDocument, str]],
    output: Output,
    *,
    repair: RepairScore | None = None,
    notes: Sequence[str] = (),
) -> Scorecard:
    """The scorecard of tables against gold documents with their texts; pure."""
    by_stem = {Path(d.file_name).stem: d for d in output.documents}
    found = {document.slug: by_stem.get(document.slug) for document, _ in gold}
    notes = [*notes, *(f"{slug}: not in the output" for slug, document in found.items() if document is None)]
    scores = {document.slug: _score(document, text, found[document.slug], output) for document, text in gold}
    wanted, left_out = merge_gold_cells([document for document, _ in gold], found)
    if left_out:
        notes.append(f"{left_out} cells left out: documents of one municipality answer differently in the gold")
    score_cells(scores, wanted, output.cells)
    every = list(scores.values())
    splits = sorted({s.split for s in every if s.split})
    return Scorecard(
        slugs=tuple(scores),
        figures=make_figures(every),
        baseline=make_figures(score_baseline(gold, wanted)),
        calibration=calibrate(j for score in every for j in score.judged),
        items=tuple(sorted(item for score in every for item in score.items)),
        splits={name: make_figures([s for s in every if s.split == name]) for name in splits if len(splits) > 1},
        repair=repair,
        notes=tuple(notes),
    )


def _score(document: GoldDocument, text: str, found: Document | None, output: Output) -> DocumentScore:
    score = DocumentScore(document.slug, document.split or "")
    document_id = found.document_id if found is not None else None
    folded = fold(text)
    requirements = [r for r in output.requirements if r.document_id == document_id]
    score_requirements(score, document, text, folded, requirements)
    score_values(score, document, text, folded, [v for v in output.values if v.document_id == document_id])
    score_metadata(score, document, found)
    return score
