"""Registry stamps on scans: set apart with their own text; headings, boxes and pale print are none."""

from __future__ import annotations

from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFont

from pipeline.ingest import read_document
from pipeline.ingest.stamps import lift_stamps
from tests.ingest.shown import lines_of

LINES = (
    "Kommunens verksamheter ska svara på frågor i sociala medier.",
    "Den som ansvarar för kontot ska bevaka det varje vardag.",
    "Innan ett inlägg tas bort ska det sparas av registrator.",
    "Sekretessbelagda uppgifter får inte publiceras där.",
) * 3
Colour = tuple[int, int, int]
BLUE: Colour = (60, 70, 190)
GREY: Colour = (125, 125, 125)


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts/VeraBd.ttf"), size)


def printed(heading: Colour = (0, 0, 0)) -> Image.Image:
    page = Image.new("RGB", (1654, 1100), "white")
    draw = ImageDraw.Draw(page)
    draw.text((120, 60), "Riktlinjer för sociala medier", fill=heading, font=font(52))
    plain = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts/Vera.ttf"), 32)
    for n, line in enumerate(LINES):
        draw.text((120, 200 + n * 56), line, fill=(0, 0, 0), font=plain)
    return page


def stamped(colour: Colour, *, tilt: float = 5, at: tuple[int, int] = (700, 300)) -> Image.Image:
    stamp = Image.new("RGB", (560, 240), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((4, 4, 555, 235), outline=colour, width=6)
    for n, line in enumerate(("KOMMUNSTYRELSEN", "Inkom 2019-03-12", "Dnr 2019/0147")):
        draw.text((40, 20 + 68 * n), line, fill=colour, font=font(42))
    stamp = stamp.rotate(tilt, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    page = printed()
    box = (*at, at[0] + stamp.width, at[1] + stamp.height)
    page.paste(ImageChops.multiply(page.crop(box), stamp), box)
    return page


@pytest.mark.tesseract
@pytest.mark.parametrize("colour", [BLUE, GREY])
def test_a_stamp_over_the_text_is_set_apart(tmp_path: Path, colour: Colour) -> None:
    stamped(colour).save(tmp_path / "a.png", dpi=(200, 200))
    reading = read_document(tmp_path / "a.png")
    body = "\n".join(lines_of(reading))
    apart = "\n".join(lines_of(reading, "stamp"))
    assert "STYRELSEN" in apart
    assert "STYRELSEN" not in body
    assert "Dnr" not in body
    assert body.count("får inte publiceras") == 3
    assert "1 stamp lifted" in reading.pages[0].choice


@pytest.mark.parametrize("tilt", [-6, 4])
def test_a_stamp_is_found_where_it_lies(tilt: float) -> None:
    _, stamps = lift_stamps(stamped(BLUE, tilt=tilt), resolution=200)
    assert len(stamps) == 1
    x0, top, x1, bottom = stamps[0].box
    assert abs(x0 - 700) < 20
    assert abs(top - 300) < 20
    assert abs((x1 - x0) - 580) < 40
    assert bottom > 500


def test_a_coloured_heading_is_no_stamp() -> None:
    page = printed(heading=BLUE)
    lifted, stamps = lift_stamps(page, resolution=200)
    assert not stamps
    assert lifted is page


def test_a_box_of_the_prints_own_is_no_stamp() -> None:
    page = printed()
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 900, 800, 1080), outline=BLUE, width=5)
    draw.text((130, 930), "Har du frågor?", fill=BLUE, font=font(40))
    draw.text((130, 1000), "Ring kommunen.", fill=BLUE, font=font(40))
    assert not lift_stamps(page, resolution=200)[1]


def test_pale_print_alone_is_no_stamp() -> None:
    page = printed().point(lambda v: 150 + v * 0.4)
    assert not lift_stamps(page, resolution=200)[1]
