"""The first message of a browser on the relay: which kernel, and its ticket."""

from __future__ import annotations

import json
from typing import NamedTuple

from jupyter_stream.errors import FormatError


class Introduction(NamedTuple):
    """What a browser says of itself."""

    kernel: str
    """Identity of the kernel, as the server has it."""
    ticket: str
    """The ticket that the kernel gave the view."""


def read_introduction(message: str | bytes) -> Introduction:
    """Read a browser's first message.

    Parameters
    ----------
    message
        What came.

    Raises
    ------
    FormatError
        It is no introduction.
    """
    try:
        match json.loads(message):
            case {"kernel": str(kernel), "ticket": str(ticket)}:
                return Introduction(kernel, ticket)
    except (ValueError, RecursionError):
        pass
    raise FormatError("not an introduction")
