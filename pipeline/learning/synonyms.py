"""Makes the thesaurus that ships of one in the format of MyThes: python -m pipeline.learning.synonyms FILE.

FILE is th_sv_SE_v2.dat, which stands in /usr/share/mythes where the Debian package mythes-sv is installed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.codebooks.thesaurus import FILE
from pipeline.packed import write_packed

NOTICE = """\
# Synonyms of Swedish words, a word and its synonyms a line. Copyright 2009 Viggo Kann.
# THIS MATERIAL IS PROVIDED AS IS, WITH ABSOLUTELY NO WARRANTY EXPRESSED OR IMPLIED. ANY USE IS AT YOUR OWN RISK.
# Permission is hereby granted to use or copy this program for any purpose, provided the above notices are retained on
# all copies. Permission to modify the code and to distribute modified code is granted, provided the above notices are
# retained, and a notice that the code was modified is included with the above copyright notice.
# Modified: in small letters, sorted, one line a word, without words that have no synonym.
"""


def main() -> None:
    """Read, sort and write; the same file gives the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.learning.synonyms", description=__doc__)
    parser.add_argument("file", type=Path, help="a thesaurus in the format of MyThes")
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    write_packed(arguments.out, pack_synonyms(arguments.file.read_bytes()).encode("utf-8"))


def pack_synonyms(held: bytes) -> str:
    """The lines of the shipped file, of a thesaurus whose first line names its encoding.

    An entry is a line with the word and the number of its meanings, and then a line for each of these: the part of
    speech, which may be missing, and the synonyms.
    """
    encoding, *lines = held.splitlines()
    entries: dict[str, set[str]] = {}
    word = ""
    meanings = 0
    for line in (line.decode(encoding.decode("ascii")).casefold() for line in lines):
        first, *rest = line.split("|")
        if meanings:
            entries[word].update(synonym for synonym in rest if synonym not in ("", word))
            meanings -= 1
        elif rest:
            word, meanings = first, int(rest[0])
            entries.setdefault(word, set())
    told = (f"{word}|{'|'.join(sorted(synonyms))}\n" for word, synonyms in sorted(entries.items()) if synonyms)
    return NOTICE + "".join(told)


if __name__ == "__main__":
    main()
