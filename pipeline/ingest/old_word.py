"""Word 97–2003 (.doc): turned into .docx by LibreOffice where it is installed, and read as that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftPage
from pipeline.ingest.docx import read_docx

HOW_TO_GET_IT = "apt-get install libreoffice-writer (Debian, Ubuntu) / brew install --cask libreoffice (macOS)"
"""What the message says; saving the document as .docx does as well."""


def read_doc(path: Path, *, seconds: float) -> list[DraftPage]:
    """The content of a .doc as one page.

    LibreOffice runs without a window, with an empty profile of its own, and runs no macros of the document.

    Raises:
        DocumentFailure: `program_missing` without LibreOffice, `time` when it takes too long, `malformed` when it
            makes nothing of the file, and what reading a .docx raises.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise DocumentFailure("program_missing", program="LibreOffice", how=HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        source = Path(folder) / "document.doc"
        shutil.copyfile(path, source)
        command = [
            program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        _run(command, seconds=seconds)
        made = source.with_suffix(".docx")
        if not made.exists():
            raise DocumentFailure("malformed", kind="Word 97–2003 (.doc)")
        return read_docx(made)


def _run(command: list[str], *, seconds: float) -> None:
    """Run a program to its end, its children with it; after so many seconds all are killed."""
    try:
        process = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as e:
        raise DocumentFailure("program_missing", program="LibreOffice", how=HOW_TO_GET_IT) from e
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as e:
        raise DocumentFailure("time", seconds=f"{seconds:g}") from e
    finally:
        # The program is a script that starts another: all of its group go.
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
