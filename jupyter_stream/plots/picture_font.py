"""The letters of pictures, from whatever fonts there are."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as BitmapFont

# They have Greek letters, signs of units and accents, which Pillow's own font has not.
WIDE_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf")
OWN_SIGNS = "°±…·"
SPELLED = {
    "µ": "u",
    "μ": "u",
    "Å": "A",
    "Ω": "Ohm",
    "⁻": "-",
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
}


def lettered(text: str, size: int) -> tuple[str, FreeTypeFont | BitmapFont]:
    """Return a text as it can be drawn, and the font for it.

    Parameters
    ----------
    text
        What is to be read; line ends become spaces.
    size
        Height of the font in pixels.
    """
    line = " ".join(text.split())
    if all(sign.isascii() or sign in OWN_SIGNS for sign in line):
        return line, _own_font(size)
    wide = _wide_font(size)
    return (_spelled(line), _own_font(size)) if wide is None else (line, wide)


@cache
def _own_font(size: int) -> FreeTypeFont | BitmapFont:
    return ImageFont.load_default(size)


@cache
def _wide_font(size: int) -> FreeTypeFont | None:
    for name in WIDE_FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def _spelled(text: str) -> str:
    """Write a text with the letters that Pillow's own font has."""
    signs = "".join(SPELLED.get(sign, sign) for sign in text)
    plain = unicodedata.normalize("NFKD", signs)
    return plain.encode("ascii", "ignore").decode()
