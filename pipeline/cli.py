"""The commands: parse, call, print; no logic."""

from __future__ import annotations

import argparse
import datetime
import io
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.ending import SIGNALLED, Terminated, ending_cleanly
from pipeline.failures import (
    DONE,
    MISSING_PROGRAM,
    NO_ROOM,
    NOT_INSTALLED,
    OUR_ERROR,
    SOME_FAILED,
    DocumentFailure,
    RunFailure,
    not_written,
)  # fmt: skip
from pipeline.usage import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.params import Params
    from pipeline.stages import Work

STAGE_NAMES = ("ingest", "repair", "outline", "extract", "compare", "report", "evaluate")
RAW, PROCESSED, GOLD, DECISIONS = Path("data/raw"), Path("data/processed"), Path("data/gold"), Path("data/decisions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name or å in a locale without it ends no run
    parsed = _parser().parse_args(arguments)
    with ending_cleanly() as asked:
        try:
            status = _status_of(parsed)
        except (Terminated, KeyboardInterrupt):  # the latter where signals are not ours to handle
            status = SOME_FAILED
            asked[:] = asked or [signal.SIGINT]
    if not asked:
        return status
    _tell("Avbrutet. Nästa körning fortsätter där den slutade.", "Interrupted. The next run goes on from here.")
    return SIGNALLED + asked[0]


def _status_of(parsed: argparse.Namespace) -> int:
    """The exit status of a command; what went wrong is told."""
    try:
        return int(parsed.run(parsed))
    except RunFailure as failure:
        _tell(failure.message.sv, failure.message.en)
        return failure.status
    except DocumentFailure as failure:
        _tell(failure.message.sv, failure.message.en)
        return MISSING_PROGRAM if failure.code in NOT_INSTALLED else SOME_FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if error.errno not in NO_ROOM or os.environ.get("JAMKA_TRACEBACK"):
            return _our_error(error)
        place = error.filename or getattr(parsed, "out", None) or tempfile.gettempdir()
        said = not_written(Path(os.fsdecode(place)), error)
        _tell(said.message.sv, said.message.en)
        return said.status
    except Exception as error:  # the last place where an error of ours can become a message
        return _our_error(error)


def _our_error(error: Exception) -> int:
    if os.environ.get("JAMKA_TRACEBACK"):
        raise error
    said = f"{type(error).__name__}: {error}"
    _tell(
        f"Ett fel i Jämka: {said}. Kör om med JAMKA_TRACEBACK=1 och rapportera det.",
        f"An error in Jämka: {said}. Run again with JAMKA_TRACEBACK=1 and report it.",
    )
    return OUR_ERROR


def _run(args: argparse.Namespace) -> int:
    from pipeline import stages
    from pipeline.alone import alone_in
    from pipeline.summary import summarise

    params = _params(args)
    if args.decisions is not None and not args.decisions.is_dir():
        raise RunFailure(f"Mappen {args.decisions} finns inte.", f"There is no folder {args.decisions}.")
    parts = _cache(args)
    with alone_in(args.out), alone_in(parts):
        with _work(args, params, sources=tuple(args.sources), out=args.out, parts=parts) as work:
            stages.run_stages(replace(work, stamp=work.parts / "run.json"))
        summary = summarise(args.out)
    if summary.awaited is not None and not summary.read:
        _tell(summary.awaited.sv, summary.awaited.en)
        return MISSING_PROGRAM
    sys.stdout.write(summary.text)
    return SOME_FAILED if summary.quarantined else DONE


def _stage(args: argparse.Namespace) -> int:
    from pipeline import stages
    from pipeline.alone import alone_in

    params = _params(args)
    parts = PROCESSED / "stages"
    args.decisions = args.decisions or DECISIONS
    if args.name == "evaluate":
        return _evaluate_stage(args, params)
    with (
        alone_in(PROCESSED),
        alone_in(parts),
        _work(args, params, sources=(RAW,), out=PROCESSED, parts=parts) as work,
    ):
        stages.run_stage(work, args.name)
    return DONE


def _evaluate_stage(args: argparse.Namespace, params: Params) -> int:
    from pipeline.evaluation import write_scorecard

    write_scorecard(_scorecard(args, params, GOLD), PROCESSED / "evaluation")
    return DONE


def _evaluate(args: argparse.Namespace) -> int:
    import json

    from pipeline.evaluation import format_scorecard, list_changes, read_scorecard
    from pipeline.tables import write_whole

    last = args.against or (args.out if args.out and args.out.exists() else None)
    earlier = read_scorecard(last) if last else None  # before hours of reading, lest it cannot be read
    card = _scorecard(args, _params(args), args.gold)
    said = format_scorecard(card, list_changes(card, earlier) if earlier is not None else None)
    if args.out:
        write_whole(args.out, json.dumps(card.as_dict(), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    sys.stdout.write(said)
    return DONE


def _scorecard(args: argparse.Namespace, params: Params, gold: Path) -> Any:
    from pipeline import stages

    with tempfile.TemporaryDirectory(prefix="jamka-") as scratch:
        folder = Path(scratch)
        args.decisions = None
        with _work(args, params, sources=(), out=folder / "out", parts=folder / "parts") as work:
            return stages.run_evaluation(work, gold)


def _repair(args: argparse.Namespace) -> int:
    from pipeline.repairing import repair_file
    from pipeline.tables import write_whole

    text = repair_file(args.file, log=args.log, params=_params(args))
    if args.out:
        write_whole(args.out, text)
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.write(text)
    return DONE


def _draft(args: argparse.Namespace) -> int:
    from pipeline.drafting import draft_to_files

    _warn_of(args.source)
    written = draft_to_files(
        args.municipality, args.source, line=args.line, choices=args.choices, out=args.out, codebook=args.codebook,
        on=args.date,
    )  # fmt: skip
    sys.stdout.write("".join(f"{path}\n" for path in written.files))
    sys.stdout.write("".join(f"Du hade ändrat i det tidigare utkastet; det finns kvar som {p}\n" for p in written.kept))
    return DONE


def _diff(args: argparse.Namespace) -> int:
    from pipeline import stages
    from pipeline.drafting import Version, check_suffix, compare_versions, write_difference

    check_suffix(args.out)
    with tempfile.TemporaryDirectory(prefix="jamka-") as scratch:
        folder = Path(scratch)
        sides = []
        for name, path in (("old", args.old), ("new", args.new)):
            out = folder / name
            with _work(args, _params(args), sources=(path,), out=out, parts=folder / f"{name}.parts") as work:
                found = stages.read_one_document(work)
            if found.outline is not None and found.extraction is not None:
                sides.append(Version(found.source.file_name, found.outline, found.extraction))
        difference = compare_versions(*sides, codebook=_params(args).extract.codebook)
    said = write_difference(difference, args.out)
    sys.stdout.write(said)
    return DONE


def _review(args: argparse.Namespace) -> int:
    from pipeline.exchange import export_review, import_project, import_review

    _warn_of(args.source)
    if args.direction == "export":
        export_review(args.source, args.file)
        sys.stdout.write(f"{args.file}\n")
    else:
        take = import_project if args.file.suffix.lower() == ".qdpx" else import_review
        sys.stdout.write(take(args.file, args.source, args.decisions or DECISIONS).text)
    return DONE


@contextmanager
def _work(
    args: argparse.Namespace, params: Params, *, sources: tuple[Path | str, ...], out: Path, parts: Path
) -> Iterator[Work]:  # fmt: skip
    """A run's folders, settings and workers."""
    from pipeline import stages
    from pipeline.executor import open_executor
    from pipeline.progress import follow

    engine, workers = getattr(args, "engine", "local"), getattr(args, "workers", 0) or params.run.workers
    with open_executor(engine, workers=workers) as executor:
        decisions = getattr(args, "decisions", None)
        yield stages.Work(sources, out, parts, params, executor, decisions, follow, tell=lambda m: _tell(m.sv, m.en))


def _params(args: argparse.Namespace) -> Params:
    """The settings of the file and the command line; a stage reads params.yaml where it is called."""
    from pipeline.params import load_params

    default = Path("params.yaml")
    path = args.params or (default if args.command in ("stage", "evaluate") and default.exists() else None)
    params = load_params(path)
    codebook, date = getattr(args, "codebook", None), getattr(args, "date", None)
    if codebook:
        params = params.model_copy(update={"extract": params.extract.model_copy(update={"codebook": str(codebook)})})
    if date:
        params = params.model_copy(update={"compare": params.compare.model_copy(update={"date": date})})
    return params


def _cache(args: argparse.Namespace) -> Path:
    """Where a run keeps what it can use again: outside the output folder, one place for each."""
    from pipeline.buckets import make_key

    root = args.cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jamka"
    return Path(root) / make_key(args.out.resolve())[:20]


def _date(said: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(said)
    except ValueError as e:
        raise argparse.ArgumentTypeError(f"{said} är inget datum; skriv ÅÅÅÅ-MM-DD (write YYYY-MM-DD)") from e


def _source(said: str) -> Path | str:
    """A path, or the address of a store as it was written."""
    return said if "://" in said and not Path(said).exists() else Path(said)


def _workers(said: str) -> int:
    if not said.isdecimal():
        raise argparse.ArgumentTypeError(f"{said} är inget antal (write a number, 0 for one a core)")
    return int(said)


def _warn_of(results: Path) -> None:
    """Tell who reads an output folder when its files may be those of two runs."""
    from pipeline.unfinished import is_marked, warning

    if is_marked(results):
        said = warning(results)
        _tell(said.sv, said.en)


def _tell(sv: str, en: str) -> None:
    sys.stderr.write(f"{sv}\n{en}\n" if sv != en else f"{sv}\n")


def _parser() -> argparse.ArgumentParser:
    """The command line as docs/commands.md describes it."""
    parser = Parser(
        prog="jamka",
        description="Jämför kommunala styrdokument krav för krav. Compares municipal policy documents.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(commands, "run", _run, "from documents to a comparison in a folder")
    run.add_argument("sources", nargs="+", type=_source, metavar="SOURCES", help="files, folders, .zip, s3://...")
    run.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the results go")
    run.add_argument("--cache", type=Path, metavar="DIR", help="where work is kept for the next run")
    run.add_argument("--decisions", type=Path, metavar="DIR", help="decisions of people (CSV files)")
    run.add_argument("--date", type=_date, metavar="D", help="the date on which the law's status is given")
    _with_engine(run)
    _with_codebook(run)

    stage = _command(commands, "stage", _stage, "one stage, as dvc.yaml calls it")
    stage.add_argument("name", choices=STAGE_NAMES, metavar="NAME", help=", ".join(STAGE_NAMES))
    stage.add_argument("--decisions", type=Path, metavar="DIR", help="default: data/decisions")
    _with_engine(stage)

    repair = _command(commands, "repair", _repair, "one damaged text in, the reading text out")
    repair.add_argument("file", type=Path, metavar="FILE")
    repair.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    repair.add_argument("--log", type=Path, metavar="FILE.csv", help="every edit, applied or suggested")

    draft = _command(commands, "draft", _draft, "a renewed guideline with its sources")
    draft.add_argument("municipality", metavar="MUNICIPALITY")
    draft.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR", help="a run's output folder")
    draft.add_argument("--line", choices=("most_common", "strictest", "median"), help="default: most_common")
    draft.add_argument("--choices", type=Path, metavar="FILE.yaml", help="the line for each requirement")
    draft.add_argument("--out", type=Path, metavar="FILE.docx", help="default: drafts/MUNICIPALITY.docx")
    draft.add_argument("--date", type=_date, metavar="D", help="the day on which the law must be in force")
    _with_codebook(draft)

    diff = _command(commands, "diff", _diff, "two versions of a guideline, requirement by requirement")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    diff.add_argument("--out", type=Path, metavar="FILE", help=".html, .docx or .csv")
    _with_codebook(diff)

    review = _command(commands, "review", _review, "a review workbook out, decisions back in")
    review.add_argument("direction", choices=("export", "import"))
    review.add_argument("file", type=Path, metavar="FILE")
    review.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR", help="a run's output folder")
    review.add_argument("--decisions", type=Path, metavar="DIR", help="default: data/decisions")

    evaluate = _command(commands, "evaluate", _evaluate, "the scorecard against hand-made gold")
    evaluate.add_argument("gold", type=Path, metavar="GOLD")
    evaluate.add_argument(
        "--out", type=Path, metavar="FILE", help="the scorecard as JSON; what it held is compared with"
    )
    evaluate.add_argument("--against", type=Path, metavar="FILE", help="an earlier scorecard: what was gained and lost")
    _with_engine(evaluate)
    return parser


def _command(commands: Any, name: str, run: Any, said: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(run=run)
    parser.add_argument("--params", type=Path, metavar="FILE", help="settings, as params.yaml")
    return parser


def _with_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--engine", default="local", metavar="local|dask://HOST:PORT")
    parser.add_argument("--workers", type=_workers, default=0, metavar="N", help="default: one a core")


def _with_codebook(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--codebook", metavar="FILE", help="a codebook's name or YAML file")


__all__ = ["main"]
