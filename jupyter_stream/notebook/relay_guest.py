"""What a view is to the relay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from jupyter_stream.notebook.link import FrameLink


class RelayGuest(Protocol):
    """A view that the relay carries frames to, and messages from."""

    def attach(self, relay: FrameLink) -> None:
        """Send frames by the relay from now on.

        Parameters
        ----------
        relay
            The way to the view.
        """
        ...

    def detach(self, relay: FrameLink) -> None:
        """Send frames by this relay no more; it is closed.

        Parameters
        ----------
        relay
            The way that was attached.
        """
        ...

    def receive(self, data: dict[str, Any]) -> None:
        """Take in a message from the browser.

        Parameters
        ----------
        data
            The message.
        """
        ...
