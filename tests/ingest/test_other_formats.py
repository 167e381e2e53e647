"""OpenDocument, rich text, e-mail, old Word: words in order, what is deleted or hidden left out, attachments read."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.failures import DocumentFailure
from pipeline.ingest import find_sources, opened_source, read_document
from pipeline.records.reading import Reading
from tests.ingest.shown import lines_of

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")

ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    '<office:automatic-styles><text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    "</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def lines(reading: Reading) -> list[tuple[str, str]]:
    return [(line.style, reading.text[line.start : line.end]) for line in reading.lines if line.role == "body"]


def odt(path: Path, body: str, *, manifest: str = "", styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(body).replace("<text:list-style", f"{styles}<text:list-style", 1))
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return path


def test_an_opendocument_text(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>struket</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Syfte</text:h>'
        "<text:p>Vi<text:s text:c='2'/>ska<text:tab/>svara<text:line-break/>snabbt<text:note><text:note-body>"
        "<text:p>Noten</text:p></text:note-body></text:note>.</text:p>"
        '<text:list text:style-name="L"><text:list-item><text:p>ett</text:p></text:list-item><text:list-item>'
        "<text:p>två</text:p><text:list><text:list-item><text:p>inre</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    reading = read_document(odt(tmp_path / "a.odt", body))
    assert lines(reading) == [
        ("heading", "Syfte"), ("plain", "Vi  ska\tsvara"), ("plain", "snabbt."), ("list_item", "1. ett"),
        ("list_item", "2. två"), ("list_item", "  - inre"), ("table_row", "a\tb"),
    ]  # fmt: skip
    assert reading.lines[0].level == 2
    assert [reading.text[n.start : n.end] for n in reading.lines if n.role == "footnote"] == ["Noten"]


def test_an_encrypted_opendocument_says_so(tmp_path: Path) -> None:
    path = odt(tmp_path / "a.odt", "<text:p>x</text:p>", manifest='<m xmlns="urn:m"><encryption-data/></m>')
    with pytest.raises(DocumentFailure) as failure:
        read_document(path)
    assert failure.value.code == "encrypted"


@pytest.mark.parametrize(
    ("rtf", "wanted"),
    [
        (rb"{\rtf1\ansi N\'e4mnden ska svara.\par Nytt stycke.}", ["Nämnden ska svara.", "Nytt stycke."]),
        (rb"{\rtf1\ansi\uc1 \u229?tg\u228\'e4rd och \u8211 -tecken}", ["åtgärd och –tecken"]),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x;}{\info{\title t}}text}", ["text"]),
        (rb"{\rtf1 synlig{\v dold}{\deleted struken} mer}", ["synlig mer"]),
        (rb"{\rtf1 rad\line ny rad\tab flik \{klammer\} \bullet }", ["rad", "ny rad\tflik {klammer} •"]),
        (rb"{\rtf1\mac \'8a\'8c}", ["äå"]),
        (rb"{\rtf1\trowd\pard\intbl Roll\cell Ansvar\cell\row\pard Efter}", ["Roll\tAnsvar", "Efter"]),
        (rb"{\rtf1 oavslutad {grupp", ["oavslutad grupp"]),
    ],
)
def test_rich_text(tmp_path: Path, rtf: bytes, wanted: list[str]) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf)
    assert [text for _, text in lines(read_document(path))] == wanted


def test_size_and_boldness_of_rich_text(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\pard\plain\fs32{\b S\'e5 svarar vi}\par\pard\plain\fs22 Kontot {\b ska} bevakas.\par"
        rb"\pard\plain{\b\fs22 Ansvar\b0 :}\par}"
    )
    found = read_document(path)
    assert [(line.size, line.bold) for line in found.lines] == [(16.0, True), (11.0, False), (11.0, True)]


def test_a_text_box_of_rich_text_stands_before_its_paragraph_and_a_bullet_is_readable(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fnil\fcharset2 Symbol{\*\falt Bookshelf};}}F\'f6rst.\par "
        rb"Kontot{\shp{\*\shpinst\shpleft1{\sp{\sn wzName}{\sv Textruta}}{\shptxt\pard{\b Fakta}\par En sida.\par}}"
        rb"{\shprslt{\*\do{\dptxbxtext Fakta}}}} ska bevakas.\par{\f1\u61623\'3f}\tab hot\par"
        rb"{\header{\shp{\*\shpinst{\shptxt Kommunen\par}}}}}"
    )
    reading = read_document(path)
    assert [(line.role, reading.text[line.start : line.end]) for line in reading.lines] == [
        ("body", "Först."), ("body", "Fakta"), ("body", "En sida."), ("body", "Kontot ska bevakas."),
        ("body", "•\thot"), ("header", "Kommunen"),
    ]  # fmt: skip


def test_headings_lists_heads_and_feet_of_rich_text(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s3\outlinelevel1 Min egen;}{\s4\b Rubrik 3;}}"
        rb"{\header Kommunen\par}{\headerf Kommunen\par}"
        rb"{\footer Sida 1}\pard\outlinelevel0 Riktlinje\par\pard\s3 Ansvar\par\pard\s4 Chefen\par\pard Text\par"
        rb"{\listtext\f3\u61623?\tab}\ilvl0 punkt\par\pard{\listtext 1.\tab}\ilvl1 steg\par}"
    )
    reading = read_document(path)
    assert [(line.style, line.level, reading.text[line.start : line.end]) for line in reading.lines] == [
        ("heading", 1, "Riktlinje"), ("heading", 2, "Ansvar"), ("heading", 3, "Chefen"), ("plain", 0, "Text"),
        ("list_item", 1, "- punkt"), ("list_item", 2, "  1. steg"), ("plain", 0, "Kommunen"), ("plain", 0, "Sida 1"),
    ]  # fmt: skip
    assert [line.role for line in reading.lines] == ["body"] * 6 + ["header", "footer"]


def test_heads_feet_and_title_of_an_opendocument_text(tmp_path: Path) -> None:
    path = odt(tmp_path / "a.odt", '<text:p text:style-name="Title">Riktlinje</text:p><text:p>Text</text:p>')
    head = "<style:header><text:p>Kommunen</text:p></style:header><style:footer><text:p>Sida</text:p></style:footer>"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "styles.xml",
            '<s xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
            f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><style:master-page>{head}</style:master-page></s>',
        )
    reading = read_document(path)
    assert [(line.role, line.style, reading.text[line.start : line.end]) for line in reading.lines] == [
        ("body", "heading", "Riktlinje"), ("body", "plain", "Text"), ("header", "plain", "Kommunen"),
        ("footer", "plain", "Sida"),
    ]  # fmt: skip


HIDDEN = (
    '<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P8" style:family="paragraph" style:parent-style-name="T3"/>'
    '<style:style style:name="Bilaga" style:family="paragraph" style:list-style-name=""/>'
)
COUNTED = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
)


def test_what_an_opendocument_text_hides_and_how_it_counts_headings(tmp_path: Path) -> None:
    def heading(level: int, words: str, more: str = "") -> str:
        return f'<text:h text:outline-level="{level}" {more}>{words}</text:h>'

    body = (
        heading(1, "Syfte") + heading(2, "Mål") + heading(3, "Delmål") + heading(2, "Medel")
        + heading(1, "Bilaga", 'text:style-name="Bilaga"')
        + f"<text:list><text:list-item>{heading(1, 'Ansvar')}</text:list-item></text:list>" + heading(2, "Chefen")
        + '<text:p>Synlig. <text:span text:style-name="T3">Mallens hjälptext.</text:span>Mer.</text:p>'
        '<text:p text:style-name="P8">Dold.</text:p>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>Dold.</text:p>'
        '<text:section text:display="none"><text:p>Dold.</text:p></text:section>'
        "<text:p>Slut<text:hidden-text text:is-hidden='true'>Dold.</text:hidden-text>.</text:p>"
    )  # fmt: skip
    path = odt(tmp_path / "a.odt", body, styles=HIDDEN)
    with zipfile.ZipFile(path, "a") as archive:
        end = "</office:automatic-styles>"
        archive.writestr("styles.xml", ODT.format("").replace(end, end + COUNTED))
    assert lines(read_document(path)) == [
        ("heading", "1. Syfte"), ("heading", "1.1 Mål"), ("heading", "Delmål"), ("heading", "1.2 Medel"),
        ("heading", "Bilaga"), ("heading", "2. Ansvar"), ("heading", "2.1 Chefen"),
        ("plain", "Synlig. Mer."), ("plain", "Slut."),
    ]  # fmt: skip


def test_rich_text_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1" + b"{" * 5000 + b"x")
    with pytest.raises(DocumentFailure) as failure:
        read_document(path)
    assert failure.value.code == "malformed"


MAIL = """From: Registrator <kommun@example.se>
To: chef@example.se
Subject: =?utf-8?q?Riktlinjer_f=C3=B6r_sociala_medier?=
MIME-Version: 1.0
Content-Type: {}

{}"""


@pytest.mark.parametrize(
    ("kind", "body", "wanted"),
    [
        ("text/plain; charset=iso-8859-1", "Nämnden ska svara.\n\nHälsning", ["Nämnden ska svara.", "Hälsning"]),
        ("text/html; charset=iso-8859-1", "<p>Nämnden ska</p><p>svara</p>", ["Nämnden ska", "svara"]),
        ("text/plain; charset=nonsense", "Nämnden", ["Nämnden"]),
    ],
)  # fmt: skip
def test_an_e_mail(tmp_path: Path, kind: str, body: str, wanted: list[str]) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL.format(kind, body).encode("iso-8859-1"))
    reading = read_document(path)
    assert [text for _, text in lines(reading)] == wanted
    head = lines_of(reading, "header")
    assert head[-1] == "Ämne: Riktlinjer för sociala medier"


def test_attachments_are_named(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.se", "Bilaga"
    message.set_content("Se bilagan.")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="../riktlinje.pdf")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    reading = read_document(path)
    assert lines_of(reading, "footer") == ["Bilaga: ../riktlinje.pdf"]


def test_documents_attached_to_an_email_are_documents(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "b@example.se", "Vidare"
    inner.set_content("Det vidarebefordrade brevet.")
    inner.add_attachment("Nämnden ska besluta.".encode(), maintype="text", subtype="plain", filename="beslut.txt")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("rutin.txt", "Registrator diarieför.")
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.se", "Riktlinjer"
    message.set_content("Här kommer riktlinjerna.")
    message.add_attachment(b"Kommunen ska svara.", maintype="text", subtype="plain", filename="../../riktlinje.txt")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="alla.zip")
    message.add_attachment(inner)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logga.png", disposition="inline")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    said = {}
    for entry in find_sources([tmp_path]):
        with opened_source(entry) as path:
            reading = read_document(path, file_name=entry.file_name)
            said[entry.file_name] = reading.text.split("\n\n")[0].split("\n")[0]
    assert said == {
        "a.eml": "Från: a@example.se",
        "a.eml/alla.zip/rutin.txt": "Registrator diarieför.",
        "a.eml/riktlinje.txt": "Kommunen ska svara.",
        "a.eml/Vidare.eml": "Från: b@example.se",
        "a.eml/Vidare.eml/beslut.txt": "Nämnden ska besluta.",
    }


def test_an_old_word_file_without_libreoffice_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.doc").write_bytes(OLD_WORD)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentFailure) as failure:
        read_document(tmp_path / "a.doc")
    assert failure.value.code == "program_missing"
    assert "LibreOffice" in failure.value.message.sv


def test_a_converter_that_makes_nothing_of_a_file_is_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.doc").write_bytes(OLD_WORD)
    (tmp_path / "soffice").write_text("#!/bin/sh\nexit 0\n", "utf-8")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentFailure) as failure:
        read_document(tmp_path / "a.doc")
    assert failure.value.code == "malformed"


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "a.rtf"
    source.write_text(r"{\rtf1\ansi N\u228?mnden ska svara inom en arbetsdag.\par}", "ascii")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    reading = read_document(tmp_path / "a.doc")
    assert reading.source.media_type == "application/msword"
    assert "Nämnden ska svara inom en arbetsdag." in reading.text
