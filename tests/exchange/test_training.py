"""Training material is read by the programs it is for, and every span is the words it was made of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from pipeline.exchange.training import GROUPS, write_training
from tests.exchange import coded_sample


def test_every_line_holds_a_text_with_its_spans_by_group(tmp_path: Path) -> None:
    write_training([coded_sample.source()], tmp_path)
    (line,) = (tmp_path / "training.jsonl").read_bytes().decode("utf-8").splitlines()
    read = json.loads(line)
    assert read["text"] == coded_sample.TEXT
    assert read["meta"]["document_id"] == "doc1"
    said = {(s["group"], s["label"]): read["text"][s["start"] : s["end"]] for s in read["spans"]}
    assert said == {
        ("requirements", "must"): "tas bort",
        ("topics", "response_time"): coded_sample.DUTY,
        ("values", "response_time"): coded_sample.TIME,
        ("values", "prohibited_content"): "Hot",
        ("terms", "threats"): "Hot",
    }


def test_spacy_reads_the_docbin(tmp_path: Path) -> None:
    write_training([coded_sample.source()], tmp_path)
    vocabulary = spacy.blank("sv").vocab
    (doc,) = DocBin(store_user_data=True).from_disk(tmp_path / "training.spacy").get_docs(vocabulary)
    assert doc.text == coded_sample.TEXT
    assert doc.user_data["document_id"] == "doc1"
    assert sorted(doc.spans) == sorted(GROUPS)
    assert [(s.text, s.label_) for s in doc.spans["requirements"]] == [
        (coded_sample.DUTY, "must"),
        ("tas bort", "must"),
    ]
    assert [(s.text, s.label_) for s in doc.spans["terms"]] == [("Hot", "threats")]


def test_the_same_sources_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    code = (
        "import importlib.util, pathlib, sys\n"
        f"spec = importlib.util.spec_from_file_location('s', {str(Path(__file__).with_name('coded_sample.py'))!r})\n"
        "m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m)\n"
        "from pipeline.exchange.training import write_training\n"
        "write_training([m.source()], pathlib.Path(sys.argv[1]))\n"
    )
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env={"PYTHONHASHSEED": seed, "PATH": ""})
    for name in ("training.jsonl", "training.spacy"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
