"""The report as a folder that opens from disk: the page, its scripts, and the data in parts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.exchange.coded import unpack
from pipeline.report.contents import Contents
from pipeline.report.details import municipality_part
from pipeline.report.lists import documents_part, findings_list, graph_part, laws_list, lineage_list, method_part
from pipeline.report.page_images import copy_pages
from pipeline.report.parts import part_name, script
from pipeline.report.shards import all_shards
from pipeline.report.summary import summary_part
from pipeline.swedish.texts import LANGUAGES, load_texts

ASSETS = Path(__file__).with_name("assets")

SCRIPTS = (
    "core", "marks", "printing", "table", "matrix_model", "matrix_print", "matrix_grid", "matrix", "textview", "panel",
    "evidence", "overview", "documents", "lists", "municipality", "graph_layout", "graph_picture", "graph", "method",
    "app",
)  # fmt: skip
"""The page's scripts in the order they need each other; modules can't be loaded from disk."""

FIRST_PARTS = ("texts", "summary")
"""The data that the page begins with; all else is loaded when somebody looks."""


def write_site(contents: Contents, folder: Path) -> None:
    """Write folder/report/, whole or not at all: it is made beside and then put in the old one's place."""
    beside, old, place = folder / ".report.part", folder / ".report.old", folder / "report"
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        beside.mkdir(parents=True)
        _write_page(contents, beside)
        for name, content in _parts(contents, beside):
            part = Path("data") / f"{name}.js"
            (beside / part).parent.mkdir(parents=True, exist_ok=True)
            _put(content.encode("utf-8"), beside / part, place / part)
        if place.exists():
            os.replace(place, old)
        os.replace(beside, place)
    finally:
        # Where it was not put in its place, as on a full disk, half a report would keep the room that is wanted.
        shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _put(content: bytes, target: Path, before: Path) -> None:
    """Write a file; where the report before has the same, it is that very file, under both names until the old goes.

    Of ten thousand documents all but a few are as they were: their parts are neither written nor, by who publishes the
    report with rsync, sent again.
    """
    with suppress(OSError):  # a file system without links, or none there before
        if before.stat().st_size == len(content) and before.read_bytes() == content:
            os.link(before, target)
            return
    target.write_bytes(content)


def _write_page(contents: Contents, folder: Path) -> None:
    """The page itself: markup, styles and scripts as they are, each in its own file."""
    first = [f"js/{SCRIPTS[0]}.js", *(f"data/{name}.js" for name in FIRST_PARTS), *(f"js/{s}.js" for s in SCRIPTS[1:])]
    tags = "\n".join(f'<script src="{source}"></script>' for source in first)
    page = (ASSETS / "index.html").read_text("utf-8").replace("SCRIPTS", tags)
    page = page.replace('<html lang="sv">', f'<html lang="{contents.settings.language}">')
    (folder / "index.html").write_text(page, "utf-8", newline="\n")
    for kind in ("css", "js"):
        (folder / kind).mkdir()
        for asset in sorted((ASSETS / kind).iterdir()):
            (folder / kind / asset.name).write_bytes(asset.read_bytes())


def _parts(contents: Contents, folder: Path) -> Iterator[tuple[str, str]]:
    """Every part of the data by name as a script, one at a time: together they may be larger than memory."""
    for name, content in _lists(contents):
        yield name, script(name, content)
    for document, shard in all_shards(contents).items():
        part = part_name(document)
        copy_pages(contents, document, folder / "images" / part)
        yield f"d/{part}", unpack(shard.page)


def _lists(contents: Contents) -> Iterator[tuple[str, Any]]:
    yield "texts", {language: dict(load_texts(language).words) for language in LANGUAGES}
    yield "summary", summary_part(contents)
    yield "documents", documents_part(contents)
    yield from findings_list(contents).parts("findings")
    yield from laws_list(contents).parts("laws")
    yield from lineage_list(contents).parts("lineage")
    yield "graph", graph_part(contents)
    yield "method", method_part(contents)
    for place, municipality in enumerate(contents.municipalities):
        yield f"m/{place:04d}", municipality_part(contents, municipality)
