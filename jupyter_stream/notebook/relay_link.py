"""What a view sends frames through when it is relayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    from jupyter_stream.notebook.relay_connection import RelayConnection


class RelayLink:
    """Takes frames in any thread, and sends them in the relay's.

    Parameters
    ----------
    connection
        The connection to the view.
    loop
        The loop of the relay's thread.
    """

    def __init__(self, connection: RelayConnection, loop: asyncio.AbstractEventLoop) -> None:
        self._connection = connection
        self._loop = loop

    def send(self, frame: bytes) -> None:
        """Send a frame.

        Parameters
        ----------
        frame
            The frame.
        """
        self._loop.call_soon_threadsafe(self._connection.post, frame)

    def close(self) -> None:
        """Close both ends."""
        self._loop.call_soon_threadsafe(self._connection.say_goodbye)
