"""Texts with labelled spans as a spaCy DocBin: what `spacy train` and other spaCy programs read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

Labelled = tuple[int, int, str]
"""Start and end (exclusive) in code points, and the label."""

_ATTRIBUTES = ["ORTH", "SPACY"]


def doc_bin(texts: Iterable[tuple[str, Mapping[str, Sequence[Labelled]], Mapping[str, str]]]) -> bytes:
    """A DocBin of texts, each given with its spans by group and what is known of it (kept in `user_data`).

    Tokens are those of spaCy's blank Swedish pipeline; a span that begins or ends inside one takes the whole token.
    Groups lie in `doc.spans`. The same texts give the same bytes. Written by spaCy 3.8, read by any 3.x.
    """
    from spacy.tokens import DocBin, SpanGroup

    language = _language()
    bin_ = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
    for text, groups, about in texts:
        doc = language.make_doc(text)
        for name, spans in sorted(groups.items()):
            found = (doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in sorted(spans))
            doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in found if span is not None])
        doc.user_data.update(sorted(about.items()))
        bin_.add(doc)
    content: bytes = bin_.to_bytes()
    return content


def join_bins(bins: Iterable[bytes]) -> bytes:
    """The DocBin of the texts of some, in their order: the same bytes as one made of all of them at once.

    What lies in a DocBin is put together as it lies there (`DocBin.to_bytes`: rows of numbers behind each other, lists
    by document): to merge them by spaCy itself takes five times as long, and spaCy a second to come.
    """
    from srsly import msgpack_dumps
    from srsly.msgpack import Unpacker

    # One for all: each that is made, as by `msgpack_loads`, looks through all that is installed.
    unpacker = Unpacker(raw=False, max_buffer_size=0)
    parts = [_unpack(unpacker, zlib.decompress(content)) for content in bins]
    if not parts:
        return doc_bin([])
    whole: dict[str, Any] = {name: parts[0][name] for name in ("version", "attrs")}
    whole |= {name: b"".join(part[name] for part in parts) for name in ("tokens", "spaces", "lengths")}
    whole["strings"] = sorted({string for part in parts for string in part["strings"]})
    whole |= {name: [x for p in parts for x in p[name]] for name in ("cats", "flags", "span_groups", "user_data")}
    return zlib.compress(msgpack_dumps(whole))


def _unpack(unpacker: Any, content: bytes) -> dict[str, Any]:
    unpacker.feed(content)
    found: dict[str, Any] = unpacker.unpack()
    return found


@lru_cache(maxsize=1)
def _language() -> Language:
    import spacy

    language = spacy.blank("sv")
    # Only tokens are made here: the limit is for parsers, whose memory grows with the text.
    language.max_length = 1 << 31
    return language
