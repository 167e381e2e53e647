"""Pages of known Swedish text made worse, rung by rung: what scanners, copiers, telephones and stamps do to paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.examples.fonts import BODY_BOLD

Rung = Callable[[Image.Image, Any], tuple[Image.Image, int]]
"""A page at 300 dots an inch and a source of chance in; the degraded page and its dots an inch out."""


def _image(array: Any) -> Image.Image:
    return Image.fromarray(np.clip(array, 0, 255).astype(np.uint8))


def clean(page: Image.Image, _: Any) -> tuple[Image.Image, int]:
    """The page as printed."""
    return page, 300


def scanned(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """A good office scan."""
    soft = cv2.GaussianBlur(np.asarray(page), (0, 0), 0.9).astype(float)
    return _image(soft * 0.93 + 10 + chance.normal(0, 8, soft.shape)), 300


def uneven_light(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """Light from one corner and a shadow across the page."""
    grey = np.asarray(page).astype(float)
    ys, xs = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    xs, ys = xs / grey.shape[1], ys / grey.shape[0]
    light = 1.0 - 0.55 * xs - 0.15 * ys
    edge = 0.35 + 0.3 * chance.random()
    light *= np.where(ys > edge + 0.1 * xs, 0.72, 1.0)
    return _image(grey * light + chance.normal(0, 4, grey.shape)), 300


def faded(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """Print so pale that paper and ink lie forty grey levels apart."""
    grey = cv2.GaussianBlur(np.asarray(page), (0, 0), 1.0).astype(float)
    return _image(200 + (grey - 255) * 0.16 + chance.normal(0, 5, grey.shape)), 300


def speckled_with_rules(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """Dirt all over, and the ruled lines of a form between the lines of text."""
    grey = np.asarray(page).copy()
    dots = chance.random(grey.shape) < 0.004
    grown = cv2.dilate(dots.astype(np.uint8), np.ones((2, 2), np.uint8)).astype(bool)
    grey[grown] = 0
    for y in range(250, grey.shape[0] - 200, 180):
        grey[y : y + 4, 200:-200] = 40
    for x in (220, grey.shape[1] - 220):
        grey[240:-200, x : x + 4] = 40
    return _image(grey), 300


def turned(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """A page that was laid on the glass the wrong way."""
    image, dots = scanned(page, chance)
    return image.rotate(int(chance.choice([90, 180, 270])), expand=True), dots


def stamped(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """A registry stamp over the text, paler than the ink."""
    image, dots = scanned(page, chance)
    stamp = Image.new("L", (760, 330), 255)
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, 753, 323), outline=120, width=9)
    font = ImageFont.truetype(str(BODY_BOLD), 62)
    for n, line in enumerate(("KOMMUNSTYRELSEN", "Ink. 2019 -03- 1 2", "Dnr 2019/0147")):
        draw.text((50, 28 + 95 * n), line, fill=120, font=font)
    stamp = stamp.rotate(float(chance.uniform(-8, 8)), expand=True, fillcolor=255)
    x, y = int(chance.integers(900, 1500)), int(chance.integers(700, 2000))
    box = (x, y, x + stamp.width, y + stamp.height)
    under = np.asarray(image.crop(box)).astype(float)
    image.paste(_image(under * np.asarray(stamp) / 255), box)
    return image, dots


def skewed(degrees: float) -> Rung:
    """A page fed aslant by so many degrees, to either side."""

    def rung(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
        side = float(chance.choice([-1, 1]))
        image = page.rotate(side * degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
        return scanned(image, chance)

    return rung


def coarse(dots: int) -> Rung:
    """A scan at so few dots an inch."""

    def rung(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
        size = round(page.width * dots / 300), round(page.height * dots / 300)
        small = np.asarray(page.resize(size, Image.Resampling.BOX)).astype(float)
        return _image(small + chance.normal(0, 4, small.shape)), dots

    return rung


def photocopied(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """The copy of a copy: black and white, strokes eaten and blotted."""
    soft = cv2.GaussianBlur(np.asarray(page), (0, 0), 2.2).astype(float)
    rough = cv2.GaussianBlur(chance.normal(0, 60, soft.shape), (0, 0), 1.6) * 1.7
    return _image(np.where(soft + rough > 150, 255, 0)), 300


def worn_in_patches(page: Image.Image, chance: Any) -> tuple[Image.Image, int]:
    """Print whose ink came off in patches, scanned in greys: what the reading of copies was not tuned on."""
    soft = cv2.GaussianBlur(np.asarray(page), (0, 0), 2.6).astype(float)
    rough = cv2.GaussianBlur(chance.normal(0, 60, soft.shape), (0, 0), 1.6) * 1.5
    return _image(255 / (1 + np.exp(-(soft + rough - 150) / 25))), 300


RUNGS: dict[str, Rung] = {
    "clean": clean,
    "scanned": scanned,
    "uneven light": uneven_light,
    "faded print": faded,
    "speckle and rules": speckled_with_rules,
    "turned": turned,
    "stamped": stamped,
    "skewed 3 degrees": skewed(3),
    "skewed 5 degrees": skewed(5),
    "skewed 8 degrees": skewed(8),
    "70 dpi": coarse(70),
    "100 dpi": coarse(100),
    "photocopied": photocopied,
    # The last in the alphabet too: chance is drawn by a rung's place in it, and the others' pages stay as they were.
    "worn in patches": worn_in_patches,
}
