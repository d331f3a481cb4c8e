"""What a view sends through, whichever way it takes to the browser."""

from __future__ import annotations

from typing import Any, Protocol


class Link(Protocol):
    """The kernel's end of the way to one view."""

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
