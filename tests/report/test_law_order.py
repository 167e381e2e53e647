"""Citations of acts stand with what no longer holds first, then by the names that are shown, å, ä and ö last."""

from __future__ import annotations

from pipeline.records.comparison import LegalReference
from pipeline.report.lists import law_order
from tests.rows import row


def test_what_no_longer_holds_stands_first_and_the_rest_by_name() -> None:
    cited = [
        row(
            LegalReference,
            norm=norm,
            identifier=number,
            municipality=who,
            status_on_date=status,
            start=0,
            document_id="d",
        )
        for norm, number, who, status in (
            ("YGL", "1991:1469", "Ekby", "in_force"),
            ("BBS-lagen", "1998:112", "Ekby", "in_force"),
            ("arkivlagen", "1990:782", "Örby", "in_force"),
            ("arkivlagen", "1990:782", "Alby", "in_force"),
            ("FL", "", "Ekby", "unknown"),
            ("PUL", "1998:204", "Ekby", "repealed"),
        )
    ]
    shown = [(r.norm, r.municipality) for r in sorted(cited, key=law_order)]
    assert shown == [
        ("PUL", "Ekby"), ("FL", "Ekby"), ("arkivlagen", "Alby"), ("arkivlagen", "Örby"), ("BBS-lagen", "Ekby"),
        ("YGL", "Ekby"),
    ]  # fmt: skip
