"""One coded source with what breaks offsets, for the tests of every format."""

from __future__ import annotations

from pipeline.exchange.coded import Code, Selection, Source

TEXT = "Å 😀 först.\r\nFrågor ska besvaras inom två dagar. Hot tas bort.\n"
DUTY, TIME, THREAT = "Frågor ska besvaras inom två dagar", "inom två dagar", "Hot"
CODES = [
    Code(
        "codebook/social_media", "Harmoniserade krav", codable=False, below=(Code("topic/response_time", "Svarstid"),)
    ),
    Code("topic/", "Utan harmoniserat krav"),
    Code("modality/must", "Ska"),
    Code("kind/response_time", "Svarstid (värde)"),
    Code("kind/prohibited_content", "Förbjudet innehåll", below=(Code("term/prohibited_content/threats", "hot"),)),
]


def select(words: str, *codes: str) -> Selection:
    start = TEXT.index(words)
    return Selection(start, start + len(words), codes, finding=f"id-{words[:3]}")


def source() -> Source:
    return Source(
        "doc1",
        "Ekvik: Riktlinjer",
        TEXT,
        (
            select(DUTY, "topic/response_time", "modality/must"),
            select(TIME, "kind/response_time"),
            select(THREAT, "term/prohibited_content/threats"),
            select("tas bort", "topic/", "modality/must"),
        ),
        "ekvik.txt",
    )
