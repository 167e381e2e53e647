"""Sources of every kind, hostile ones among them, and one whole run over them."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.stages import Work, run_stages
from pipeline.tables import read_table
from tests.folders import files

TEXTS = {
    "ale.txt": """Riktlinjer för sociala medier

Ale kommun

Antagen av kommunstyrelsen 2019-03-12

## Bemanning

Kontoansvarig ska bevaka kontot dagligen. Frågor ska besvaras inom 24 timmar på vardagar.
Förvaltningschefen beslutar om nya konton.

## Diarieföring

Inlägg som rör ett ärende ska diarieföras. Kommentarer av ringa betydelse gallras efter två månader.
Hantera personuppgifter enligt personuppgiftslagen (1998:204).
""",
    "sub/flen.txt": """# Riktlinjer för sociala medier i Flens kommun

## Ansvar

Verksamhetschefen ansvarar för att kontot bevakas. Kontoansvarig bör svara på frågor inom två arbetsdagar.

## Innehåll i kommentarer

Kommentarer som innehåller hot eller reklam ska tas bort. Det är inte tillåtet att publicera personuppgifter.
""",
    "skadad.txt": """Riktlinjer för sociala medier i Gnesta kommun

Ansvar

Kontoansvarig skall bevaka kontot dagligen och svara pa fragor inom tva dagar. Verksamhetschefen ansvarar for
att kontot bevakas. Kommentarer som innehaller hot eller reklam skall tas bort. Inlagg som ror ett arende skall
diarieforas. Forvaltningschefen beslutar om nya konton. Det ar inte tillatet att publicera personuppgifter.
""",
    "brev.txt": """Tjänsteskrivelse

Kommunstyrelsen, Tranemo kommun

Ärendebeskrivning

Förvaltningen har tagit fram riktlinjer för sociala medier.

Förslag till beslut

Kommunstyrelsen ska anta riktlinjerna. Konton ska bevakas dagligen.
""",
    "=cmd|' /C calc'!A1.txt": """=HYPERLINK("http://ond.example";"Riktlinjer för sociala medier")

Ydre kommun

## <script>alert(1)</script> @SUM(1+1)

=1+1 ska publiceras. <img src=x onerror=alert(2)> ska aldrig visas.
+46 ska besvaras av kontoansvarig inom 24 timmar. Läs javascript:alert(3) som ska tas bort.
Filen ../../etc/passwd ska sparas i ../../../tmp/ut.txt av </script><script>alert(4)</script> kommunen.
""",
}
ADDED = """Riktlinjer för sociala medier i Lomma kommun

## Ansvar

Kontoansvarig ska bevaka kontot varje vardag. Frågor ska besvaras inom tre dagar. Inlägg får inte innehålla reklam.
"""
PARAMS = Params()


def write_sources(folder: Path) -> Path:
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    write_pdf(folder / "blad.pdf")
    (folder / "tom.txt").write_bytes(b"")
    (folder / "tom_kopia.pdf").write_bytes(b"")
    (folder / "kopia.txt").write_bytes(TEXTS["ale.txt"].encode("utf-8"))
    (folder / "länk.txt").symlink_to(folder / "ale.txt")
    (folder / "mapp.pdf").mkdir()
    with zipfile.ZipFile(folder / "paket.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("inne/b.txt"), ADDED.replace("Lomma", "Svalövs"))
        archive.writestr(zipfile.ZipInfo("../../utbrytare.txt"), "Svalövs kommun ska inte hamna utanför.\n")
    return folder


def write_pdf(path: Path) -> None:
    """A page with a text layer."""
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(path), pagesize=(400, 300), invariant=True)
    lines = (
        "Riktlinjer för sociala medier i Kils kommun",
        "",
        "Kontoansvarig ska bevaka kontot varje dag.",
        "Kommentarer som innehåller hot ska tas bort av den som är ansvarig.",
    )
    for n, line in enumerate(lines):
        page.drawString(40, 250 - 20 * n, line)
    page.save()


class Run:
    """One folder of results with where its work is kept."""

    def __init__(self, executor: Executor, sources: Path, root: Path) -> None:
        self.executor, self.sources, self.out, self.parts = executor, sources, root / "out", root / "parts"

    def go(self, *, params: Params = PARAMS, decisions: Path | None = None, executor: Executor | None = None) -> Work:
        work = Work((self.sources,), self.out, self.parts, params, executor or self.executor, decisions)
        run_stages(work)
        return work

    def rows(self, name: str, record: type[Any]) -> list[Any]:
        return read_table(record, self.out / f"{name}.parquet")

    def copied(self, root: Path) -> Run:
        shutil.copytree(self.out, root / "out")
        shutil.copytree(self.parts, root / "parts")
        return Run(self.executor, self.sources, root)


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_executor(workers=1) as found:
        yield found


@pytest.fixture(scope="module")
def clean(executor: Executor, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The one whole run that the tests look at; nobody changes it."""
    run = Run(executor, write_sources(tmp_path_factory.mktemp("kallor")), tmp_path_factory.mktemp("clean"))
    run.go()
    return run


def assert_same(one: Path, two: Path) -> None:
    first, second = files(one), files(two)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(run: Run, name: str) -> list[dict[str, str]]:
    return csv_rows(run.out / f"{name}.csv")
