"""What a view sends through: its comm, and the relay when it has one."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class Message(NamedTuple):
    """What the browser is told."""

    data: dict[str, Any]
    """What can be written as JSON."""
    buffers: list[bytes]
    """Bytes that go along."""


class Link(Protocol):
    """The kernel's end of the comm of one view."""

    def send(self, data: dict[str, Any], *, buffers: list[bytes] | None = None) -> None:
        """Send a message; safe in any thread.

        Parameters
        ----------
        data
            What can be written as JSON.
        buffers
            Bytes that go along.
        """
        ...

    def close(self) -> None:
        """Close both ends; safe in any thread."""
        ...


class FrameLink(Protocol):
    """The kernel's end of a way that carries frames alone."""

    def send(self, frame: bytes) -> None:
        """Send a frame; safe in any thread.

        Parameters
        ----------
        frame
            The frame.
        """
        ...

    def close(self) -> None:
        """Close both ends; safe in any thread."""
        ...
