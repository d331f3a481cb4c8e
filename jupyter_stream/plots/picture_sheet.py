"""A sheet to draw on: three times as large as the picture, so that lines are smooth."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from jupyter_stream.plots.picture_font import lettered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

SCALE = 3


class Sheet:
    """A picture that is being drawn; all measures are pixels of the finished one.

    Parameters
    ----------
    width, height
        Its size.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), "#ffffff")
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: NDArray[np.float64], colour: str, width: float = 1.0) -> None:
        """Draw a line through points.

        Parameters
        ----------
        points
            Places, shape (n, 2).
        colour
            As in HTML.
        width
            In pixels.
        """
        thick = max(1, round(width * SCALE))
        if len(points) == 1:
            self.dot(points[0], colour, width)
        else:
            self._draw.line(_flat(points), fill=colour, width=thick, joint="curve")

    def dot(self, point: Iterable[float], colour: str, radius: float) -> None:
        """Draw a filled circle.

        Parameters
        ----------
        point
            Its middle.
        colour
            As in HTML.
        radius
            In pixels.
        """
        x, y = point
        box = [(number * SCALE) for number in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, fill=colour)

    def area(self, points: NDArray[np.float64], colour: str) -> None:
        """Fill what is within points.

        Parameters
        ----------
        points
            The corners, shape (n, 2).
        colour
            As in HTML.
        """
        self._draw.polygon(_flat(points), fill=colour)

    def box(self, corners: tuple[float, float, float, float], colour: str) -> None:
        """Fill a rectangle.

        Parameters
        ----------
        corners
            Left, top, right and bottom.
        colour
            As in HTML.
        """
        left, top, right, bottom = (round(number * SCALE) for number in corners)
        self._draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def raster(
        self, colours: NDArray[np.uint8], corners: tuple[float, float, float, float]
    ) -> None:
        """Draw pixels of their own colours.

        Parameters
        ----------
        colours
            Red, green and blue, shape (h, w, 3).
        corners
            Left, top, right and bottom of where they are drawn.
        """
        left, top, right, bottom = (round(number * SCALE) for number in corners)
        size = (max(1, right - left), max(1, bottom - top))
        pixels = Image.fromarray(colours)
        smaller = pixels.width > size[0] or pixels.height > size[1]
        way = Image.Resampling.BOX if smaller else Image.Resampling.NEAREST
        self._image.paste(pixels.resize(size, way), (left, top))

    def text(
        self,
        place: tuple[float, float],
        text: str,
        anchor: str,
        *,
        size: int = 13,
        colour: str = "#424242",
        halo: bool = False,
    ) -> None:
        """Write a line.

        Parameters
        ----------
        place
            Where its anchor is.
        text
            What is to be read.
        anchor
            What of the line is at the place, as Pillow has it: "lm", "mm", "rm", ...
        size
            Height of the font in pixels.
        colour
            As in HTML.
        halo
            Whether it is kept apart from what is beneath it.
        """
        line, font = lettered(text, size * SCALE)
        self._draw.text(
            (place[0] * SCALE, place[1] * SCALE),
            line,
            fill=colour,
            font=font,
            anchor=anchor,
            stroke_width=2 * SCALE if halo else 0,
            stroke_fill="#ffffff",
        )

    def upright(
        self,
        place: tuple[float, float],
        text: str,
        *,
        size: int = 13,
        colour: str = "#424242",
    ) -> None:
        """Write a line from the bottom to the top.

        Parameters
        ----------
        place
            Where its middle is.
        text
            What is to be read.
        size
            Height of the font in pixels.
        colour
            As in HTML.
        """
        line, font = lettered(text, size * SCALE)
        _, _, right, bottom = (round(number) for number in font.getbbox(line, anchor="lt"))
        strip = Image.new("RGB", (max(right, 1), bottom + size), "#ffffff")
        ImageDraw.Draw(strip).text((0, 0), line, fill=colour, font=font, anchor="lt")
        turned = strip.rotate(90, expand=True)
        x, y = (round(number * SCALE) for number in place)
        self._image.paste(turned, (x - bottom // 2, y - turned.height // 2))

    def text_width(self, text: str, size: int = 13) -> float:
        """Return how wide a line is, in pixels.

        Parameters
        ----------
        text
            What is to be read.
        size
            Height of the font in pixels.
        """
        line, font = lettered(text, size * SCALE)
        return font.getlength(line) / SCALE

    def png(self) -> bytes:
        """Return the finished picture as a PNG file."""
        file = io.BytesIO()
        self._image.reduce(SCALE).save(file, "PNG")
        return file.getvalue()


def _flat(points: NDArray[np.float64]) -> list[float]:
    flat: list[float] = (np.round(points * SCALE)).ravel().tolist()
    return flat
