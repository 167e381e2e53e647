"""Tesseract: the one place that starts it. What it needs, what it says of a page, how it is stopped."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.failures import DocumentFailure

if TYPE_CHECKING:
    from PIL import Image

HOW_TO_GET_IT = (
    "apt-get install tesseract-ocr tesseract-ocr-swe tesseract-ocr-script-latn (Debian, Ubuntu) / "
    "brew install tesseract tesseract-lang (macOS)"
)


class NotInstalledError(Exception):
    """Tesseract or a model of it is missing: no page's failure, which other readings of the page could make good."""

    def __init__(self, code: str, **details: object) -> None:
        self.failure = DocumentFailure(code, how=HOW_TO_GET_IT, **details)
        super().__init__(code)


ORDINARY, ONE_BLOCK = 3, 6
"""Page segmentation modes of Tesseract: automatic, and one block of text."""

_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_SURE = re.compile(r"x_wconf (\d+)")
_SHARE = re.compile(r"x_confs (\d+)")
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word as Tesseract sees it, in pixels of the image it was given."""

    block: int
    paragraph: int
    line: int
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str
    steps: tuple[Mapping[str, float], ...] = ()
    """What was seen at each step along the word (ocr_lattice.py), where that was asked for."""

    @property
    def place(self) -> tuple[int, int, int]:
        """The line it stands in: block, paragraph of the block, line of the paragraph."""
        return self.block, self.paragraph, self.line


@dataclass(frozen=True, slots=True)
class Manner:
    """How Tesseract is to read.

    Attributes:
        languages: Its models, such as `Latin+swe`.
        resolution: Dots an inch, which its idea of letter sizes hangs on.
        mode: Page segmentation mode.
        lattices: Whether to keep with each word what was seen at each step along it.
    """

    languages: str
    resolution: int
    mode: int = ORDINARY
    lattices: bool = False


def recognise(image: Image.Image, manner: Manner, *, seconds: float) -> list[SeenWord]:
    """The words of a page image in Tesseract's reading order, confidences from 0 to 1.

    Args:
        image: The page, prepared; grey or black and white.
        manner: How to read it.
        seconds: After so long the program is killed.

    Raises:
        NotInstalledError: When Tesseract or a model is missing.
        DocumentFailure: `time` when the page took too long, `crash` when Tesseract broke on it.
    """
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        (words,) = recognise_files([written(image, Path(folder))], manner, seconds=seconds)
    return words


def written(image: Image.Image, folder: Path) -> Path:
    """The file in an empty folder that the image was written to, uncompressed."""
    path = folder / "page.pnm"
    image.save(path, format="PPM")
    return path


def recognise_files(paths: Sequence[Path], manner: Manner, *, seconds: float) -> list[list[SeenWord]]:
    """The words of each image file, read one after the other in one run of the program.

    Raises:
        NotInstalledError: When Tesseract or a model is missing.
        DocumentFailure: `time` when the run took too long, `crash` when Tesseract broke on one of them.
    """
    import pytesseract

    models = installed_models(manner.languages)
    # A worker for each core with one thread each reads pages several times as fast as Tesseract's own threads do.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    # image_to_data does the same, but asks for the program's version first, without a time limit.
    kind = "hocr" if manner.lattices else "tsv"
    asked = f"-c tessedit_create_{kind}=1 -c lstm_choice_mode={int(manner.lattices)}"
    pages = paths[0]
    if len(paths) > 1:
        pages = pages.with_suffix(".list")
        pages.write_text("\n".join(map(str, paths)), "utf-8")
    try:
        said = pytesseract.run_and_get_output(
            str(pages), extension=kind, lang=models, timeout=seconds, return_bytes=True,
            config=f"{asked} --dpi {manner.resolution} --psm {manner.mode}",
        )  # fmt: skip
    except pytesseract.TesseractNotFoundError as e:
        raise NotInstalledError("program_missing", program="Tesseract") from e
    except pytesseract.TesseractError as e:
        raise DocumentFailure("crash") from e
    except RuntimeError as e:
        raise DocumentFailure("time", seconds=f"{seconds:g}") from e
    except (OSError, ValueError) as e:
        raise DocumentFailure("crash") from e
    if manner.lattices:
        return _words_with_steps(said, len(paths))
    return _words(said.decode("utf-8", "replace"), len(paths))


def quarter_turns(image: Image.Image, *, resolution: int, seconds: float) -> int:
    """How many quarter turns clockwise make the page upright, 0 where Tesseract cannot tell.

    Raises:
        NotInstalledError: When Tesseract is missing.
    """
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        try:
            said = pytesseract.run_and_get_output(
                str(written(image, Path(folder))),
                extension="osd",
                lang="osd",
                timeout=seconds,
                config=f"--dpi {resolution} --psm 0",
            )
        except pytesseract.TesseractNotFoundError as e:
            raise NotInstalledError("program_missing", program="Tesseract") from e
        except (RuntimeError, OSError, ValueError):
            # Too few letters to tell, or the model for it is not there: the page is taken as it lies.
            return 0
    found = re.search(r"^Rotate: (\d+)", said, re.MULTILINE)
    return int(found[1]) // 90 % 4 if found else 0


@lru_cache(maxsize=8)
def installed_models(languages: str) -> str:
    """The models under the names they have on this machine; `Latin` lies in a folder `script` in some packages.

    Raises:
        NotInstalledError: When Tesseract or a model is missing; the message says how to get it.
    """
    from pytesseract import pytesseract

    # pytesseract's own list leaves out every model whose name has a capital or a folder, and Tesseract reads on
    # without a model it does not find: so ask it here.
    try:
        said = subprocess.run(  # noqa: S603
            [pytesseract.tesseract_cmd, "--list-langs"], capture_output=True, timeout=60, check=True, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
    except FileNotFoundError as e:
        raise NotInstalledError("program_missing", program="Tesseract") from e
    except (subprocess.SubprocessError, OSError) as e:
        raise NotInstalledError("program_broken", program="Tesseract") from e
    there = set(said.stdout.split("\n")) | set(said.stderr.split("\n"))
    names = []
    for language in languages.split("+"):
        name = next((n for n in (language, f"script/{language}") if n in there), "")
        if not name:
            raise NotInstalledError("model_missing", model=language)
        names.append(name)
    return "+".join(names)


def _words(table: str, pages: int) -> list[list[SeenWord]]:
    """The words of each page in Tesseract's table; rows that make no sense are left out.

    Quotation marks are words like others here: a reader that takes them for quoting swallows the rows between two.
    """
    words: list[list[SeenWord]] = [[] for _ in range(pages)]
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        try:
            page = int(row["page_num"])
            if int(row["level"]) != 5 or not (row["text"] or "").strip() or not 1 <= page <= pages:
                continue
            words[page - 1].append(
                SeenWord(
                    int(row["block_num"]),
                    int(row["par_num"]),
                    int(row["line_num"]),
                    int(row["left"]),
                    int(row["top"]),
                    int(row["width"]),
                    int(row["height"]),
                    min(max(float(row["conf"]) / 100, 0.0), 1.0),
                    row["text"].strip(),
                )
            )
        except (KeyError, TypeError, ValueError):
            continue
    return words


def _words_with_steps(hocr: bytes, pages: int) -> list[list[SeenWord]]:
    """The words of each page in hOCR output made with lstm_choice_mode=1, each with its steps, in reading order."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(hocr, parser)
    found = root.iterfind(".//{*}div[@class='ocr_page']") if root is not None else ()
    words = [_page_words(page) for page in found][:pages]
    return words + [[] for _ in range(pages - len(words))]


def _page_words(page: Any) -> list[SeenWord]:
    words: list[SeenWord] = []
    block = paragraph = line = 0
    for element in page.iter():
        kind = element.get("class")
        if kind == "ocr_carea":
            block, paragraph, line = block + 1, 0, 0
        elif kind == "ocr_par":
            paragraph, line = paragraph + 1, 0
        elif kind in _LINES:
            line += 1
        elif kind == "ocrx_word":
            said, text = element.get("title", ""), (element.text or "").strip()
            box, sure = _BOX.search(said), _SURE.search(said)
            if text and box and sure:
                left, top, right, bottom = map(int, box.groups())
                # The figure is cut down to a whole percent.
                confidence = min((int(sure[1]) + 0.5) / 100, 1.0)
                words.append(
                    SeenWord(
                        block, paragraph, line, left, top, right - left, bottom - top, confidence, text, _steps(element)
                    )
                )
    return words


def _steps(word: Any) -> tuple[Mapping[str, float], ...]:
    steps = []
    for element in word.iter():
        if element.get("class") == "ocrx_cinfo" and element.get("id", "").startswith("timestep"):
            step: dict[str, float] = {}
            for choice in element:
                share = _SHARE.search(choice.get("title", ""))
                # The blank before a word belongs to its first letter: here it is none.
                letter = (choice.text or "").strip()
                if share:
                    step[letter] = step.get(letter, 0.0) + int(share[1]) / 100
            steps.append(step)
    return tuple(steps)
