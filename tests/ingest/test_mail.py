"""E-mails as they are sent: soft line ends, hidden words, wrapped attachments, names against the rules, saved pages."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import find_sources, opened_source, read_document
from pipeline.ingest.tnef import wrapped_files
from pipeline.records.reading import Reading
from tests.ingest.shown import lines_of

HEAD = "From: kommun@example.se\r\nTo: chef@example.se\r\nSubject: Riktlinje\r\nMIME-Version: 1.0\r\n"


def read(tmp_path: Path, data: bytes, name: str = "a.eml") -> Reading:
    (tmp_path / name).write_bytes(data)
    return read_document(tmp_path / name)


def parts(*inner: str) -> bytes:
    body = "".join(f"--X\r\n{part}\r\n" for part in inner)
    return f'{HEAD}Content-Type: multipart/mixed; boundary="X"\r\n\r\n{body}--X--\r\n'.encode("latin-1")


def test_soft_line_ends_go_on(tmp_path: Path) -> None:
    body = "Nämnden ska \r\nsvara.\r\nNy rad\r\n-- \r\nAnna\r\n> citat \r\n> mer"
    data = (HEAD + "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + body).encode()
    assert lines_of(read(tmp_path, data)) == ["Nämnden ska svara.", "Ny rad", "--", "Anna", "> citat", "> mer"]


def test_quoted_printable_in_an_old_encoding(tmp_path: Path) -> None:
    kind = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert lines_of(read(tmp_path, (HEAD + kind + "svara p=E5 fr=E5=\r\ngor").encode())) == ["svara på frågor"]


def test_hidden_words_of_a_letter_stand_apart_and_menus_are_text(tmp_path: Path) -> None:
    html = "<div style='display:none'>Förhandstext</div><nav>Hej,</nav><div class='footer'>Nämnden ska svara.</div>"
    reading = read(tmp_path, (HEAD + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html).encode())
    assert lines_of(reading) == ["Hej,", "Nämnden ska svara."]
    assert lines_of(reading, "navigation") == ["Förhandstext"]


OWN = "Vi har inget färdigt dokument, men så här arbetar vi i kommunen enligt beslut av kommunchefen. " + (
    "Informatören ska svara på frågor inom tre arbetsdagar och ta bort olämpliga inlägg."
)
ASKED = "Hej! Vi begär ut era riktlinjer. Ni ska svara senast den 15 november."


@pytest.mark.parametrize(
    "quoted",
    [
        f"<blockquote><p>Från: a@example.se</p><p>{ASKED}</p></blockquote>",
        f"<hr><p><b>Från:</b> Anna</p><p><b>Skickat:</b> den 5 november</p><p>{ASKED}</p>",
        f"<div class='gmail_quote'><div>Den tis 5 nov. 2024 kl 10:12 skrev Anna:<br></div><p>{ASKED}</p></div>",
        f"<p>5 nov. 2024 kl. 10:12 skrev Anna:</p><blockquote type='cite'>{ASKED}</blockquote>",
        f"<p>-----Ursprungligt meddelande-----</p><p>{ASKED}</p>",
    ],
)
def test_the_e_mail_that_is_answered_is_no_text(tmp_path: Path, quoted: str) -> None:
    kind = "Content-Type: text/html; charset=utf-8\r\n\r\n"
    reading = read(tmp_path, (HEAD + kind + f"<p>{OWN}</p>{quoted}").encode())
    assert lines_of(reading) == [OWN]
    assert lines_of(reading, "annotation")[-1] == ASKED


@pytest.mark.parametrize("quote", ["> {}", "Från: a@example.se\n{}", "On 5 Nov 2024, at 10:12, Anna wrote:\n> {}"])
def test_the_e_mail_that_is_answered_in_plain_text(tmp_path: Path, quote: str) -> None:
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    assert lines_of(read(tmp_path, (HEAD + kind + f"{OWN}\n\n{quote.format(ASKED)}").encode())) == [OWN]


@pytest.mark.parametrize(("own", "subject"), [("Se nedan.", "Riktlinje"), (OWN, "VB: Riktlinje")])
def test_what_is_sent_on_is_text(tmp_path: Path, own: str, subject: str) -> None:
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    head = HEAD.replace("Subject: Riktlinje", f"Subject: {subject}")
    reading = read(tmp_path, (head + kind + f"{own}\n\nFrån: a@example.se\n{ASKED}").encode())
    assert lines_of(reading) == [own, "Från: a@example.se", ASKED]


def test_a_short_answer_is_all_the_sender_says(tmp_path: Path) -> None:
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    head = HEAD.replace("Subject: Riktlinje", "Subject: SV: Riktlinje")
    own = "Tack för din begäran. Bifogat finner du de riktlinjer som gäller hos oss."
    assert lines_of(read(tmp_path, (head + kind + f"{own}\n\n> {ASKED}").encode())) == [own]


def test_plain_text_that_is_a_stub_gives_way_to_the_page(tmp_path: Path) -> None:
    part = "Content-Type: text/{}; charset=utf-8\r\n\r\n{}"
    for plain, wanted in (("Visa i webbläsaren.", OWN), (OWN.replace("Vi", "Vi i staben"), None)):
        body = "".join(f"--X\r\n{part.format(*one)}\r\n" for one in (("plain", plain), ("html", f"<p>{OWN}</p>")))
        data = f'{HEAD}Content-Type: multipart/alternative; boundary="X"\r\n\r\n{body}--X--\r\n'.encode()
        assert lines_of(read(tmp_path, data)) == [wanted or plain]


@pytest.mark.parametrize("ending", ["mht", "mhtml"])
def test_a_saved_web_page_is_a_web_page(tmp_path: Path, ending: str) -> None:
    data = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n--X\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<meta charset=3Dutf-8>"
        "<nav>Meny</nav><main><p>Text p=C3=A5 sidan.</p></main>\r\n--X\r\nContent-Type: text/css\r\n\r\np{}\r\n--X--"
    )
    reading = read(tmp_path, data.encode(), f"a.{ending}")
    assert lines_of(reading) == ["Text på sidan."]
    assert lines_of(reading, "footer") == []


def test_names_of_attachments_in_every_spelling(tmp_path: Path) -> None:
    data = parts(
        "Content-Type: text/plain\r\n\r\nSe bilagor",
        'Content-Type: text/plain; name="=?utf-8?B?UsOlZC50eHQ=?="\r\nContent-Disposition: attachment\r\n\r\nett',
        "Content-Type: text/plain\r\nContent-Disposition: attachment; filename*0*=utf-8'sv'F%C3%B6r; "
        'filename*1*=%20medier; filename*2=".txt"\r\n\r\ntvå',
        'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="brå.txt"\r\n\r\ntre',
    )
    reading = read(tmp_path, data)
    assert lines_of(reading, "footer") == ["Bilaga: Råd.txt", "Bilaga: För medier.txt", "Bilaga: brå.txt"]
    names = [entry.file_name for entry in find_sources([tmp_path])]
    assert names == ["a.eml", "a.eml/För medier.txt", "a.eml/Råd.txt", "a.eml/brå.txt"]


def attribute(number: int, value: bytes, level: int = 2) -> bytes:
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def wrapping(name: str, content: bytes, *, long_name: str = "") -> bytes:
    head = b"\x78\x9f\x3e\x22\x01\x00" + attribute(0x00089006, b"\x00\x00\x01\x00", level=1)
    said = long_name.encode("utf-16-le") + b"\x00\x00"
    properties = struct.pack("<IHHI", 2, 0x03, 0x0E21, 7) + struct.pack("<HHII", 0x1F, 0x3707, 1, len(said))
    properties += said + b"\x00" * (-len(said) % 4)
    data = head + attribute(0x00069002, b"\x00" * 14) + attribute(0x00018010, name.encode("cp1252") + b"\x00")
    data += attribute(0x0006800F, content)
    return data + (attribute(0x00069005, properties) if long_name else b"")


@pytest.mark.parametrize(
    ("long_name", "wanted"), [("", "RIKTLI~1.TXT"), ("Riktlinje för råd.txt", "Riktlinje för råd.txt")]
)
def test_what_outlook_packs_in_is_taken_out(tmp_path: Path, long_name: str, wanted: str) -> None:
    data = wrapping("RIKTLI~1.TXT", b"Kommunen ska svara.", long_name=long_name).decode("latin-1")
    # The wrapping goes as base64, for it is no text.
    packed = base64.encodebytes(data.encode("latin-1")).decode()
    mail = parts(
        "Content-Type: text/plain\r\n\r\nSe bilaga",
        'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n'
        f"Content-Disposition: attachment\r\n\r\n{packed}",
    )
    assert lines_of(read(tmp_path, mail), "footer") == [f"Bilaga: {wanted}"]
    found = {}
    for entry in find_sources([tmp_path]):
        with opened_source(entry) as path:
            found[entry.file_name] = path.read_bytes()
    assert found[f"a.eml/{wanted}"] == b"Kommunen ska svara."


@given(st.integers(0, 400), st.binary(max_size=30))
def test_a_broken_wrapping_ends_in_what_was_whole(cut: int, noise: bytes) -> None:
    sound = wrapping("a.txt", b"text", long_name="b.txt")
    assert wrapped_files(sound) == [("b.txt", b"text")]
    found = wrapped_files(sound[:cut] + noise)
    assert all(isinstance(name, str) for name, _ in found)
