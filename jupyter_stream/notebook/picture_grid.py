"""Several pictures as one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence


def picture_grid(pictures: Sequence[bytes | None], columns: int) -> bytes | None:
    """Put pictures side by side, row by row; None where there is none at all.

    Parameters
    ----------
    pictures
        PNG pictures; None leaves its place empty.
    columns
        How many stand in a row.
    """
    opened = [png and Image.open(io.BytesIO(png)) for png in pictures]
    present = [image for image in opened if image]
    if not present:
        return None
    width = max(image.width for image in present)
    height = max(image.height for image in present)
    rows = -(-len(opened) // columns)
    whole = Image.new("RGB", (columns * width, rows * height), "white")
    for place, image in enumerate(opened):
        if image:
            whole.paste(image, (place % columns * width, place // columns * height))
    buffer = io.BytesIO()
    whole.save(buffer, "PNG")
    return buffer.getvalue()
