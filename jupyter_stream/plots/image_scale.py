"""Where the pixels of an image stand on its axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.image import Image


class Side(NamedTuple):
    """One side of an image, evenly parted into pixels.

    Attributes
    ----------
    start, end
        The outer edges of the first and of the last pixel.
    length
        The number of pixels.
    """

    start: float
    end: float
    length: int

    def pixel(self, place: float) -> int:
        """Return the pixel at a place, the nearest one for a place outside.

        Parameters
        ----------
        place
            In units of the axis.
        """
        share = (place - self.start) / (self.end - self.start)
        return int(np.clip(np.floor(share * self.length), 0, self.length - 1))

    def pixels(self, first: float, last: float) -> slice:
        """Return the pixels whose middles are between two places.

        Parameters
        ----------
        first, last
            In units of the axis, in any order.
        """
        steps = (np.array([first, last]) - self.start) / (self.end - self.start) * self.length
        low, high = np.clip(np.sort(steps), 0, self.length)
        return slice(int(np.ceil(low - 0.5)), int(np.floor(high - 0.5)) + 1)

    def middles(self) -> NDArray[np.float64]:
        """Return where the middles of the pixels are."""
        step = (self.end - self.start) / self.length
        return self.start + step * (np.arange(self.length, dtype=np.float64) + 0.5)


class ImageScale(NamedTuple):
    """Both sides of an image: across the columns and across the rows."""

    x: Side
    y: Side


def image_scale(image: Image) -> ImageScale:
    """Return where the pixels of an image stand.

    Parameters
    ----------
    image
        The image.
    """
    height, width = image.values.shape
    return ImageScale(_side(image.x, width), _side(image.y, height))


def _side(axis: NDArray[np.float64] | None, length: int) -> Side:
    if axis is None:
        return Side(-0.5, length - 0.5, length)
    first, last = float(axis[0]), float(axis[-1])
    step = (last - first) / (length - 1) if length > 1 else 1.0
    half = step / 2 if step and np.isfinite(step) else 0.5
    return Side(first - half, last + half, length)
