"""How the place in an act is written: its normal form in words."""

from __future__ import annotations

import re

_WORDS = {"sv": ("{} kap.", "{} §", "{} st.", "{} p."), "en": ("chapter {}", "section {}", "paragraph {}", "item {}")}
_ARTICLE = {"sv": "artikel", "en": "article"}


def tell_section(section: str, language: str = "sv") -> str:
    """A section's normal form in words: "K2P4S1" gives "2 kap. 4 § 1 st.", "A6P1Lc" "artikel 6.1 c"."""
    return ", ".join(_tell_one(part, language) for part in section.split("|") if part)


def _tell_one(section: str, language: str) -> str:
    european = re.fullmatch(r"A(\w+?)(?:P(\w+?))?(?:L(\w))?", section)
    if european:
        article, paragraph, letter = european.groups()
        place = f"{article}{f'.{paragraph}' if paragraph else ''}{f' {letter}' if letter else ''}"
        return f"{_ARTICLE[language]} {place}"
    swedish = re.fullmatch(r"(?:K(\d+\w?))?(?:P(\d+ ?\w?))?(?:S(\d+))?(?:N(\d+))?", section)
    if not swedish:
        return section
    said = zip(_WORDS[language], swedish.groups(), strict=True)
    return " ".join(form.format(value) for form, value in said if value)
