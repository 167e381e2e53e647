"""Reading treebanks: gold sentences out of CoNLL-U files and spaCy's DocBins, and which file is for what."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.swedish.training.sentences import GoldSentence, GoldToken
from pipeline.swedish.training.upgrade import upgrade_sentences

_ADVICE = "put the files of UD_Swedish-Talbanken there"


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The sentences of a folder by what they are for; `sources` names the files."""

    train: tuple[GoldSentence, ...]
    dev: tuple[GoldSentence, ...]
    test: tuple[GoldSentence, ...]
    sources: tuple[str, ...]


def read_treebanks(folder: Path) -> Treebanks:
    """The treebanks of a folder.

    Files are told apart by name: *train* is trained on, *dev* decides when to stop, *test* is for reporting, but a
    *pud* file, which has only a test part, is trained on. Where no CoNLL-U file is for training, a DocBin is taken
    (*train*.spacy): the first release brought to today's labels, which goes through `upgrade_sentences` and which is
    thought to hold the parallel treebank (PUD) as well.

    Raises:
        FileNotFoundError: there is no file for training, or none for dev or test; the message says what to put where.
    """
    files = sorted(folder.glob("*.conllu"))
    parallel = [file for file in files if "pud" in file.name]
    rest = [file for file in files if file not in parallel]
    parts = {part: [file for file in rest if part in file.name] for part in ("train", "dev", "test")}
    bins = sorted(folder.glob("*train*.spacy"))
    for part in ("dev", "test"):
        if not parts[part]:
            raise FileNotFoundError(f"{folder}: no *{part}*.conllu; {_ADVICE}")
    if parts["train"]:
        used = parts["train"] + parallel
        train = [sentence for file in used for sentence in read_conllu(file)]
    elif bins:
        used = bins
        train = upgrade_sentences([sentence for file in bins for sentence in read_docbin(file)])
    else:
        raise FileNotFoundError(f"{folder}: no *train*.conllu and no *train*.spacy; {_ADVICE}")
    dev, test = (tuple(sentence for file in parts[part] for sentence in read_conllu(file)) for part in ("dev", "test"))
    return Treebanks(tuple(train), dev, test, tuple(file.name for file in (*used, *parts["dev"], *parts["test"])))


def read_conllu(path: Path) -> Iterator[GoldSentence]:
    """The sentences of a CoNLL-U file; ranges and empty nodes are left out, as no dependency points to them."""
    rows: list[list[str]] = []
    for line in (*path.read_text(encoding="utf-8").splitlines(), ""):
        if line.startswith("#"):
            continue
        if line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            yield GoldSentence(tuple(_read_row(index, cells) for index, cells in enumerate(rows)))
            rows = []


def _read_row(index: int, cells: list[str]) -> GoldToken:
    _, text, lemma, pos, tag, morph, head, dep, _, misc = cells
    return GoldToken(
        text=text,
        lemma=lemma,
        pos=pos,
        tag="" if tag == "_" else tag,
        morph="" if morph == "_" else morph,
        dep=dep,
        head=int(head) - 1 if head != "0" else index,
        space_after="SpaceAfter=No" not in misc,
    )


def read_docbin(path: Path) -> Iterator[GoldSentence]:
    """The sentences of a spaCy DocBin; a `dep` or `lemma` that is not set there is ""."""
    import spacy
    from spacy.tokens import DocBin

    vocabulary = spacy.blank("sv").vocab
    for doc in DocBin().from_disk(path).get_docs(vocabulary):
        for span in doc.sents:
            yield GoldSentence(
                tuple(
                    GoldToken(
                        text=token.text,
                        lemma=token.lemma_,
                        pos=token.pos_,
                        tag=token.tag_,
                        morph=str(token.morph),
                        dep="root" if token.dep_ == "ROOT" else token.dep_,
                        head=token.head.i - span.start,
                        space_after=bool(token.whitespace_),
                    )
                    for token in span
                )
            )
