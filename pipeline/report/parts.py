"""Data as scripts: the report opens from disk, where a page may load scripts and nothing else."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

import orjson

_ESCAPES = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}
_PLAIN = re.compile(r"[0-9A-Za-z_-]{1,80}")


def inert_json(content: Any) -> str:
    """The content as JSON that is the same inside a script, an attribute or a page, and never ends any of them."""
    try:
        said = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # Half a surrogate pair can't be written as UTF-8; a damaged source may hold one.
        plain = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
        said = re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m.group()):04x}", plain).encode("utf-8")
    for sign, escaped in _ESCAPES.items():  # a fifth of the time that translate takes
        said = said.replace(sign, escaped)
    return said.decode("utf-8")


def script(name: str, content: Any) -> str:
    """A script that hands one part of the data to the page under a name."""
    return f"window.JAMKA.register({inert_json(name)},{inert_json(content)});\n"


def part_name(identifier: str) -> str:
    """A file name for an id: the id itself where it is plain, else a hash of it."""
    if _PLAIN.fullmatch(identifier):
        return identifier
    return "x" + sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:24]
