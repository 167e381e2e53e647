"""Build the language resources of repair: python -m pipeline.swedish.building SOURCES --pairs PAIRS/train.

What SOURCES holds and where it comes from is in pipeline/swedish/models/repair/README.md.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from pipeline.swedish.building.act_sections import collect_act_sections, write_act_sections
from pipeline.swedish.building.confusable import find_groups, train_contexts
from pipeline.swedish.building.confusions import count_confusions, write_confusions
from pipeline.swedish.building.counting import compile_lexicon, count_paragraphs, write_lexicon
from pipeline.swedish.building.dictionary import expand_dictionary
from pipeline.swedish.building.ngram_counts import compile_ngrams, read_analogies
from pipeline.swedish.building.slots import tag_paragraphs, train_slots
from pipeline.swedish.building.sources import read_sources
from pipeline.swedish.lexicon import MODELS

_ENGLISH_WORDS = 20_000
_MUNICIPALITIES = Path(__file__).parent.parent / "data" / "municipalities.csv"


def main() -> None:
    """Count, compile, learn and write; the same sources give the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.swedish.building", description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument(
        "--pairs", type=Path, help="folder of NAME.gold.txt and NAME.read.txt; without it the channel stays"
    )
    parser.add_argument(
        "--hunspell", type=Path, default=Path("/usr/share/hunspell"), help="folder of sv_SE.aff and .dic"
    )
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    build_language(arguments.sources, hunspell=arguments.hunspell, out=arguments.out)
    if arguments.pairs:
        learn_channel(arguments.pairs, arguments.out)


def build_language(sources: Path, *, hunspell: Path, out: Path) -> None:
    """Write lexicon, n-gram model, the models of confusable words and of places, and the sections of acts.

    Args:
        sources: The folder of source texts.
        hunspell: The folder of the Swedish dictionary.
        out: Where the models go.
    """
    import wordfreq

    paragraphs = list(read_sources(sources))
    counts = count_paragraphs(paragraphs)
    general = wordfreq.get_frequency_dict("sv", wordlist="large")
    analogies = read_analogies(general)
    lexicon = compile_lexicon(
        expand_dictionary(hunspell / "sv_SE.aff", hunspell / "sv_SE.dic"),
        counts,
        general=general,
        english=[word for word in wordfreq.top_n_list("en", _ENGLISH_WORDS) if word.isalpha() and len(word) > 2],
        names=_read_municipalities(),
    )
    write_lexicon(lexicon, out / "lexicon.zst")
    compile_ngrams(lexicon, counts, out / "ngrams.zst", analogies=analogies)
    borrowers = {word for lent in analogies.values() for word in lent}
    train_contexts(paragraphs, find_groups(counts, lexicon, borrowers), out / "contexts.zst", analogies=analogies)
    train_slots(tag_paragraphs(paragraphs), out / "slots.zst")
    write_act_sections(collect_act_sections(paragraphs), out / "act_sections.csv")


def learn_channel(pairs: Path, out: Path) -> None:
    """Write the confusions that pairs of page texts show."""
    texts = [
        (gold.read_text("utf-8"), gold.with_name(gold.name.replace(".gold.", ".read.")).read_text("utf-8"))
        for gold in sorted(pairs.glob("*.gold.txt"))
    ]
    write_confusions(count_confusions(texts), out / "confusions.csv")


def _read_municipalities() -> list[str]:
    with _MUNICIPALITIES.open(encoding="utf-8", newline="") as stream:
        return [row["name"] for row in csv.DictReader(stream)]


if __name__ == "__main__":
    main()
