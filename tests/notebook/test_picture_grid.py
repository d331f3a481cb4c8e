"""Several pictures as one."""

from __future__ import annotations

import io

from PIL import Image

from jupyter_stream.notebook.picture_grid import picture_grid


def plain(colour: str, width: int = 40, height: int = 30) -> bytes:
    """Return a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def opened(png: bytes | None) -> Image.Image:
    """Read a picture."""
    assert png is not None
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_pictures_stand_row_by_row() -> None:
    whole = opened(picture_grid([plain("red"), plain("lime"), plain("blue")], 2))
    assert whole.size == (80, 60)
    assert whole.getpixel((1, 1)) == (255, 0, 0)
    assert whole.getpixel((41, 1)) == (0, 255, 0)
    assert whole.getpixel((1, 31)) == (0, 0, 255)
    assert whole.getpixel((41, 31)) == (255, 255, 255)


def test_a_place_without_a_picture_stays_empty() -> None:
    whole = opened(picture_grid([None, plain("red", 50)], 2))
    assert whole.size == (100, 30)
    assert whole.getpixel((1, 1)) == (255, 255, 255)
    assert whole.getpixel((51, 1)) == (255, 0, 0)


def test_nothing_to_see_is_no_picture() -> None:
    assert picture_grid([None, None], 2) is None
