"""Shell scripts in Tesseract's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

LISTED = 'if [ "$1" = --list-langs ]; then printf "List:\\nswe\\nLatin\\n"; exit 0; fi\n'
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

Faker = Callable[[str], Path]
