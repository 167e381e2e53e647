"""Reading a rendered page with Tesseract's `eng` model: a tool of the builder, never of a run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def read_page_image(image: Path, *, dpi: int, model: str = "eng", seconds: int = 120) -> str:
    """What Tesseract prints for a page image.

    Args:
        image: The page as a PNG file.
        dpi: Its dots an inch.
        model: Tesseract's model; "eng" knows no å, ä, ö.
        seconds: Time limit, after which the child is killed.

    Raises:
        subprocess.SubprocessError: Tesseract failed or took too long.
    """
    finished = subprocess.run(  # noqa: S603 - fixed arguments, no shell
        ["tesseract", str(image), "stdout", "-l", model, "--psm", "6", "--dpi", str(dpi)],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        check=True,
        timeout=seconds,
    )
    return finished.stdout.decode("utf-8").replace("\f", "")
