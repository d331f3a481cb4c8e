"""Sending bytes as a file, piece by piece, as fast as the browser takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.web import RequestHandler

PIECE = 2**20
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
LONGEST_NAME = 200


def begin_attachment(handler: RequestHandler, name: str, length: int | None = None) -> None:
    """Say that what follows is a file to be saved, and never to be shown.

    Parameters
    ----------
    handler
        The route.
    name
        What the file is called; what is not safe in a name is replaced.
    length
        How many bytes come; None if that is not known yet.
    """
    safe = _UNSAFE.sub("_", name)[-LONGEST_NAME:].lstrip(".") or "value"
    handler.set_header("Content-Type", "application/octet-stream")
    handler.set_header("Content-Disposition", f'attachment; filename="{safe}"')
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", "no-store")
    if length is not None:
        handler.set_header("Content-Length", str(length))


async def send_bytes(handler: RequestHandler, content: bytes | memoryview) -> None:
    """Send bytes; each piece when the one before is on its way.

    Parameters
    ----------
    handler
        The route.
    content
        What to send.
    """
    view = memoryview(content)
    for start in range(0, len(view), PIECE):
        handler.write(bytes(view[start : start + PIECE]))
        await handler.flush()
