"""Why a relay was closed, as the ends of its WebSockets tell each other."""

from __future__ import annotations

from enum import IntEnum


class CloseCode(IntEnum):
    """Codes of the range that WebSockets leave to applications."""

    NOT_UNDERSTOOD = 4400
    """What came is no message of ours."""
    REFUSED = 4403
    """There was no ticket, or one that must not be used."""
    UNREACHABLE = 4404
    """The kernel does not answer where the ticket says; it may be on another machine."""
    GONE = 4410
    """The kernel closed its end."""
