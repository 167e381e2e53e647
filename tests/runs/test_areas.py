"""Documents of another policy area than the run's: cells of their own, in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.records.comparison import Cell, Document, Finding
from pipeline.records.requirement import Requirement
from pipeline.stages import Work, run_stages
from pipeline.summary import summarise
from pipeline.tables import read_table

SOCIAL = """Riktlinjer för sociala medier

Ale kommun

## Svar

Frågor på Facebook ska besvaras inom 24 timmar. Kontoansvarig ska följa upp kontot i sociala medier varje år.
"""
AI = """Riktlinje för användning av generativ AI

Flens kommun

## Regler

IT-chefen beslutar om vilka AI-verktyg som får användas. Personuppgifter får inte matas in i AI-verktyg.
Text som har skapats med generativ AI ska granskas av en människa innan den används.
Användningen av AI ska följas upp varje år. Anställda ska legitimera sig enligt personuppgiftslagen (1998:204).
"""


def run(folder: Path, texts: dict[str, str], params: Params | None = None) -> Path:
    """The output folder of a run over some texts; the same one each time."""
    sources, out = folder / "texts", folder / "out"
    sources.mkdir(exist_ok=True)
    for old in sources.iterdir():
        old.unlink()
    for name, text in texts.items():
        (sources / name).write_text(text, "utf-8")
    with open_executor(workers=1) as executor:
        run_stages(Work((sources,), out, folder / "parts", params or Params(), executor))
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("areas")


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    return run(folder, {"ale.txt": SOCIAL, "flen.txt": AI})


def test_the_table_holds_the_runs_own_area_alone(out: Path) -> None:
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    assert {c.codebook for c in cells} == {"social_media"}
    assert {c.municipality for c in cells} == {"Ale"}
    areas = {d.file_name: d.policy_area for d in read_table(Document, out / "documents.parquet")}
    assert areas == {"ale.txt": "social_media", "flen.txt": "ai_use"}


def test_the_other_area_has_a_table_by_its_own_codebook(out: Path) -> None:
    cells = read_table(Cell, out / "areas" / "ai_use" / "harmonised_requirements.parquet")
    assert {c.codebook for c in cells} == {"ai_use"}
    assert {c.municipality for c in cells} == {"Flen"}
    answers = {c.requirement: c for c in cells}
    assert answers["human_review"].answer == "stated"
    assert "granskas av en människa" in answers["human_review"].quote
    assert (out / "areas" / "ai_use" / "statistics.csv").exists()


def test_topics_are_those_of_the_documents_own_codebook(out: Path) -> None:
    rows = read_table(Requirement, out / "requirements.parquet")
    review = next(r for r in rows if "granskas av en människa" in r.quote)
    assert "human_review" in review.topics.split("|")


def test_what_is_found_in_a_document_by_itself_stands_in_both(out: Path) -> None:
    for place in (out, out / "areas" / "ai_use"):
        stale = [f for f in read_table(Finding, place / "findings.parquet") if f.kind == "stale_law"]
        assert [f.municipality for f in stale] == ["Flen"], place


def test_other_areas_tie_nothing_in_the_graph(out: Path) -> None:
    from pipeline.compare import read_graph

    graph = read_graph(out / "comparison_graph.json")
    document = next(d.document_id for d in read_table(Document, out / "documents.parquet") if d.file_name == "flen.txt")
    concerned = [
        t for s, t, k in graph.edges(keys=True) if k == "concerns" and graph.has_edge(f"document:{document}", s)
    ]
    assert concerned == []


def test_the_other_codebook_as_the_runs_own_gives_the_same_cells(out: Path, tmp_path: Path) -> None:
    params = Params()
    params = params.model_copy(update={"extract": params.extract.model_copy(update={"codebook": "ai_use"})})
    alone = run(tmp_path, {"ale.txt": SOCIAL, "flen.txt": AI}, params)
    beside = out / "areas" / "ai_use" / "harmonised_requirements.parquet"
    assert read_table(Cell, alone / "harmonised_requirements.parquet") == read_table(Cell, beside)
    assert [p.name for p in (alone / "areas").iterdir()] == ["social_media"]


def test_an_area_that_no_document_has_any_more_goes(folder: Path, out: Path) -> None:
    assert (out / "areas" / "ai_use").is_dir()
    run(folder, {"ale.txt": SOCIAL})
    assert list((out / "areas").iterdir()) == []


OWN_CODEBOOK = """id: epost
label_sv: E-post
label_en: E-mail
area:
  title:
    - e-post*|mejl*
  words: e-post|e-posten|mejl|mejlen
groups:
  - {id: replies, sv: Svar, en: Replies}
requirements:
  - id: mail_response
    label_sv: Svarstid för e-post
    label_en: Reply time for e-mail
    description_sv: Hur snabbt e-post ska besvaras.
    description_en: How soon e-mail is to be answered.
    group: replies
    value: duration
    stricter: sooner
    kinds: [response_time]
    cues:
      - [besvara*|svara*|besvaras]
"""
MAIL = """Riktlinjer för e-post

Orsa kommun

E-post ska besvaras inom två arbetsdagar.
"""


@pytest.fixture(scope="module")
def own_codebook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("own")
    file = folder / "epost.yaml"
    file.write_text(OWN_CODEBOOK, "utf-8")
    params = Params.model_validate({"extract": {"codebook": str(file)}})
    return run(folder, {"orsa.txt": MAIL, "ale.txt": SOCIAL}, params), file


def test_a_document_belongs_to_the_area_of_a_codebook_of_ones_own(own_codebook: tuple[Path, Path]) -> None:
    out, _ = own_codebook
    cells = read_table(Cell, out / "harmonised_requirements.parquet")
    assert [(c.codebook, c.municipality, c.value) for c in cells] == [("epost", "Orsa", "P2D weekdays")]
    documents = read_table(Document, out / "documents.parquet")
    assert {d.file_name: d.policy_area for d in documents} == {"orsa.txt": "epost", "ale.txt": "social_media"}
    assert "jämförs inte" not in summarise(out).text
