"""Files that mean harm or are broken, each with what a run is to make of it: a failure's code, or "" for text."""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

TEXT = "Riktlinjer för sociala medier i Kils kommun. Nämnden ska svara på frågor inom 24 timmar."
SHOWN = b"BT /F1 12 Tf 60 700 Td (Riktlinjer: svar ska ges inom 24 timmar till alla som fragar.) Tj ET"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = '[<!ENTITY x SYSTEM "file:///etc/passwd">]'
LAUGH = '[<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
) + '<!ENTITY x "&i;">]'  # fmt: skip


def pdf(*, box: str = "[0 0 595 842]", catalog: str = "", page: str = "", kids: str = "3 0 R", count: int = 1,
        more: tuple[bytes, ...] = (), content: bytes = SHOWN) -> bytes:  # fmt: skip
    """A PDF written by hand; each argument is put where it does harm."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>".encode(),
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + end


def docx(body: str = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>", doctype: str = "") -> bytes:
    """A Word file with such a body."""
    declared = f"<!DOCTYPE x {doctype}>" if doctype else ""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{DOCUMENT}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{declared}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        }
    )


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def picture(kind: str, *, size: tuple[int, int] = (300, 200), mode: str = "L", pages: int = 1) -> bytes:
    out = io.BytesIO()
    page = Image.new(mode, size, 1)
    more = {"save_all": True, "append_images": [page] * (pages - 1)} if pages > 1 else {}
    page.save(out, kind, **more)
    return out.getvalue()


def nested_mail(levels: int) -> str:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=q{n}\n\n--q{n}\n" for n in range(levels))
    return f"From: a@b.se\nMIME-Version: 1.0\n{parts}Content-Type: text/plain\n\n{TEXT}\n"


def many_members(count: int) -> bytes:
    """An archive whose list of members says the same one so many times."""
    data = packed({"a.txt": TEXT})
    listed, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entries = data[listed:end] * count
    return (
        data[:listed] + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(entries), listed, 0)
    )


def office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(2000)


def contents() -> dict[str, tuple[bytes | str, str]]:
    """Each file's name with its bytes and what is to become of it."""
    sound = docx()
    script = f'<script>alert(1)</script><p onclick="alert(2)">{TEXT} &lt;script&gt;alert(3)&lt;/script&gt;</p>'
    open_office = (
        f'<!DOCTYPE x {SECRET}><o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t='
        '"urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><t:p>&x;</t:p></o:text></o:body>'
        "</o:document-content>"
    )
    found: dict[str, tuple[bytes | str, str]] = {
        "hel.txt": (TEXT, ""),
        # encrypted
        "kontor.docx": (office("EncryptedPackage"), "encrypted"),
        # cut off, damaged
        "kapad.pdf": (pdf()[:300], "malformed"), "kapad.docx": (sound[:-200], "malformed"),
        "kapad.png": (picture("PNG")[:60], "malformed"), "kapad.html": (f"<html><body><p>{TEXT}<div><p>mer", ""),
        "kapad.rtf": (r"{\rtf1\ansi {\b " + TEXT.replace("å", "a").replace("ö", "o").replace("ä", "a"), ""),
        "kapad.zip": (packed({"a.txt": TEXT})[:-30], "malformed"),
        "kapad.doc": (office("WordDocument"), "malformed"),
        "ring.pdf": (pdf(kids="2 0 R 2 0 R", count=2), "malformed"), "noll.pdf": (pdf(kids="", count=0), "malformed"),
        "ring.tiff": (b"II*\0" + struct.pack("<IHHHIII", 8, 1, 256, 4, 1, 10, 8),
                      "malformed"),
        "djup.docx": (docx("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000), "malformed"),
        "djup.html": (f"<html><body><p>{TEXT}</p>" + "<div>" * 50_000, ""),
        "djup.eml": (nested_mail(3000), "malformed"),
        "djup.rtf": (r"{\rtf1 " + "{" * 50_000 + "x", "malformed"), "djup.zip": (_in_itself(6), "unsupported"),
        # a page that never begins, behind comments without number
        "kommentarer.txt": ("<!---->" * 500 + TEXT, ""),
        "kommentarer.html": ("<!-- a -->" * 400 + f"<p>{TEXT}</p>", ""),
        # empty
        "tom.pdf": (b"", "empty"), "blank.txt": (" \n\t\n", "no_text"), "blank.png": (picture("PNG"), "no_text"),
        # another ending than it should have
        "egentligen-docx.pdf": (docx(f"<w:p><w:r><w:t>{TEXT} Ja.</w:t></w:r></w:p>"), ""),
        "egentligen-pdf.txt": (pdf(), ""), "egentligen-text.pdf": (f"{TEXT} Text.", ""),
        "egentligen-html.doc": (f"<html><body><p>{TEXT} Webb.</p></body></html>", ""),
        "program.pdf": (b"MZ" + bytes(200), "unsupported"),
        # bombs
        "bomb.png": (picture("PNG", size=(20_000, 20_000), mode="1"), "too_many_pixels"),
        "bomb.zip": (packed({"a.txt": "a" * 30_000_000}), "archive_too_large"),
        "bomb.docx": (docx(" " * 45_000_000), "too_large"), "skratt.docx": (docx("&x;", LAUGH), "malformed"),
        "många.zip": (many_members(30_000), "archive_too_large"),
        "sidor.pdf": (pdf(kids="3 0 R " * 10_000, count=10_000), "too_many_pages"),
        "sidor.tiff": (picture("TIFF", size=(8, 8), pages=2_001), "too_many_pages"),
        # page boxes
        "stor.pdf": (pdf(box="[0 0 1000000 1000000]"), "too_many_pixels"), "vänd.pdf": (pdf(box="[595 842 0 0]"), ""),
        "ingen.pdf": (pdf(box="[0 0 0 0]"), ""), "tal.pdf": (pdf(box="[0 0 1e30 nan]"), ""),
        # what would act
        "skript.pdf": (pdf(catalog="/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"), ""),
        "start.pdf": (pdf(catalog="/OpenAction<</S/Launch/F(calc.exe)>>"), ""),
        "bilaga.pdf": (pdf(catalog="/Names<</EmbeddedFiles<</Names[(x) 6 0 R]>>>>",
                           more=(b"<</Type/Filespec/F(../../x.exe)/EF<</F 7 0 R>>>>",
                                 b"<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream")), ""),
        "länk.pdf": (pdf(page="/Annots[<</Type/Annot/Subtype/Link/Rect[50 690 300 720]"
                              "/A<</S/URI/URI(javascript:alert\\(1\\))>>>>]"), ""),
        "yttre.docx": (docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", SECRET), "malformed"),
        "yttre.odt": (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": open_office}),
                      "malformed"),
        "yttre.html": (f"<!DOCTYPE html {SECRET}><html><body><p>{TEXT} &x;</p></body></html>", ""),
        "skript.html": (f"<html><head><title><script></title></head><body>{script}</body></html>", ""),
        # NULs
        "nollor.txt": (TEXT.encode() * 3 + b"\x00", ""), "bara-nollor.pdf": (bytes(5000), "unsupported"),
        "nollor.html": (f"<html><body><p>{TEXT}\x00</p></body></html>", ""),
        # names
        "ny\nrad.txt": (f"{TEXT} 1", ""), "-rf.txt": (f"{TEXT} 2", ""), "--out=x.txt": (f"{TEXT} 3", ""),
        "a..txt": (f"{TEXT} 4", ""), "a\u030a.txt": (f"{TEXT} 5", ""), "=cmd.txt": (f"{TEXT} 6", ""),
        "\u202egnp.txt": (f"{TEXT} 7", ""), "x" * 250 + ".txt": (f"{TEXT} 8", ""),
        "namn.zip": (packed({"../../ut.txt": f"{TEXT} 9", "/etc/x.txt": f"{TEXT} 10", "C:\\y.txt": f"{TEXT} 11"}), ""),
    }  # fmt: skip
    return found


def _in_itself(times: int) -> bytes:
    data = packed({"a.txt": TEXT})
    for _ in range(times):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo("a.zip"), data)
        data = out.getvalue()
    return data


def no_files(folder: Path) -> dict[str, str]:
    """What looks like documents and is none; each with its failure's code."""
    (folder / "mapp.pdf").mkdir()
    makers: dict[str, Callable[[Path], None]] = {
        "slinga": lambda p: p.symlink_to(p.name), "sig-själv": lambda p: p.symlink_to("."),
        "länk.txt": lambda p: p.symlink_to("/etc/passwd"), "borta.pdf": lambda p: p.symlink_to("finns-inte"),
        "rör.txt": os.mkfifo,
    }  # fmt: skip
    for name, make in makers.items():
        make(folder / name)
    codes = dict.fromkeys([*makers, "mapp.pdf"], "not_a_file")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        try:
            listening.bind("sockel.txt")
        finally:
            os.chdir(here)
    codes["sockel.txt"] = "not_a_file"
    closed = folder / "stängd.txt"
    closed.write_text(f"{TEXT} Stängd.", "utf-8")
    closed.chmod(0)
    # Who may do everything reads it all the same.
    codes["stängd.txt"] = "" if os.access(closed, os.R_OK) else "unreadable"
    return codes


def write_hostile(folder: Path) -> dict[str, str]:
    """Write them all; what is to become of each by name, members of archives left out."""
    expected = no_files(folder)
    for name, (content, code) in contents().items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        expected[name] = code
    expected.pop("namn.zip")
    return expected
