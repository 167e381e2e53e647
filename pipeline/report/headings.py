"""Under which heading a finding is told: of what is outdated, by what it is."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.records.comparison import Finding
from pipeline.swedish.renames import find_old_names

OUTDATED: Mapping[str, str] = {
    "role": "stale_role", "term": "stale_term", "crime": "stale_term",
    "document": "stale_document", "guidance": "stale_document",
}  # fmt: skip
"""By the kind of what changed; authorities, services and platforms have names, and stay stale_name."""

OLD_WORD = "stale_word"
"""A word that nobody is asked for any more, though it means the same: "skall"."""
ENDED = "stale_ended"
"""What has gone out of date is the document itself, by its own words."""


def heading_of(finding: Finding) -> str:
    """The finding's heading by its name among the texts: its kind, or what kind of name has gone out of date."""
    if finding.kind != "stale_name":
        return finding.kind
    names = find_old_names(finding.quote)
    if not names:
        return ENDED
    rename = names[0].rename
    return OLD_WORD if (rename.kind, rename.change) == ("term", "gradual") else OUTDATED.get(rename.kind, finding.kind)
