"""The account after a run says what changed since the last one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.records.comparison import Change, Document
from pipeline.summary import areas_said, bodies_said, changes_said, elsewhere_said, files_said
from pipeline.tables import columns


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["gained"], "Senaste ändringen av svaren rör 1 fråga: 1 har fått svar (changes.csv)."),
        (
            ["altered", "lost", "altered", "gone", "added"],
            "Senaste ändringen av svaren rör 5 frågor: 1 har mist sitt svar, 2 har ett annat svar, 1 har kommit till, "
            "1 har försvunnit (changes.csv).",
        ),
    ],
)
def test_changes_are_counted_by_what_happened(kinds: list[str], said: str) -> None:
    assert changes_said([Change("social_media", "tone", str(i), kind, "", "") for i, kind in enumerate(kinds)]) == said


def test_documents_of_another_area_are_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "areas" / "ai_use").mkdir(parents=True)
    assert areas_said(tmp_path, [], compared=False) == [
        "Inget dokument handlar om det som körningen jämför, så jämförelsen är tom.",
        "0 dokument hör till området ai_use: tabellerna ligger i areas/ai_use, "
        "rapport och arbetsbok ger jamka run ... --codebook ai_use.",
    ]
    assert areas_said(tmp_path / "none", [], compared=True) == []


_NO_DOCUMENT = Document(
    **{name: kind() for name, (kind, _) in columns(Document).items()} | {"status": "ok"}  # type: ignore[arg-type]
)


def test_documents_that_no_codebook_asks_anything_of_are_named() -> None:
    def document(name: str, area: str, **others: Any) -> Document:
        return replace(_NO_DOCUMENT, file_name=name, policy_area=area, **others)

    asked = document("a.txt", "social_media")
    assert elsewhere_said([asked, document("copy.txt", "", duplicate_of="d1")]) == []
    assert elsewhere_said([asked, document("b.txt", ""), document("bad.pdf", "", status="quarantined")]) == [
        "1 dokument rör inget område med kodbok och jämförs inte: b.txt."
    ]
    assert elsewhere_said([document(f"{n}.txt", "") for n in range(5)]) == [
        "5 dokument rör inget område med kodbok och jämförs inte: 0.txt, 1.txt, 2.txt och 2 till."
    ]


def _file(name: str, municipality: str = "", code: str = "", **others: Any) -> Document:
    return replace(_NO_DOCUMENT, file_name=name, municipality=municipality, municipality_code=code, **others)


def test_what_became_of_the_files_adds_up_and_regions_are_no_municipalities() -> None:
    documents = [
        _file("ekby.txt", "Ekby", "9901"),
        _file("region.txt", "Region Blekinge", "10"),
        _file("bolag.txt", "Ekby bostäder AB"),
        _file("utan.txt"),
        _file("kopia.txt", duplicate_of="d1"),
        _file("trasig.pdf", status="quarantined"),
        _file("trasig_kopia.pdf", status="quarantined", duplicate_of="d2"),
    ]
    assert files_said(documents) == "7 filer: 4 dokument lästa, 1 kopia av en annan fil, 2 kunde inte läsas."
    assert bodies_said(documents, {"Ekby", "Region Blekinge", "Ekby bostäder AB", "Okänd (utan.txt)"}) == [
        "Jämförda: 1 kommun, 1 region (Region Blekinge), 1 annat organ (Ekby bostäder AB) och "
        "1 dokument utan känd kommun (utan.txt)."
    ]
    assert files_said(documents[:1]) == "1 dokument läst."
    assert bodies_said(documents, {"Ekby"}) == ["Jämförda: 1 kommun."]
    assert bodies_said(documents, set()) == []
