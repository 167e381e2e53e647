"""The fonts the examples are set in: Liberation, Debian's package fonts-liberation."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path("/usr/share/fonts/truetype/liberation")
BODY, BODY_BOLD, BODY_ITALIC = (FOLDER / f"LiberationSans-{n}.ttf" for n in ("Regular", "Bold", "Italic"))
SERIF, SERIF_BOLD = (FOLDER / f"LiberationSerif-{n}.ttf" for n in ("Regular", "Bold"))
