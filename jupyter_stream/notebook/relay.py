"""Which views may be relayed, and the server that is there while some may."""

from __future__ import annotations

import logging
import time
from threading import Lock
from typing import TYPE_CHECKING

from jupyter_stream.formats.ticket import Purpose, new_ticket, write_ticket
from jupyter_stream.notebook.relay_server import RelayServer

if TYPE_CHECKING:
    from jupyter_stream.notebook.relay_guest import RelayGuest

logger = logging.getLogger("jupyter_stream.notebook")


class Relay:
    """Gives views tickets for the relay; its server runs from the first to the last of them.

    Parameters
    ----------
    key
        The kernel's connection key.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._lock = Lock()
        self._server: RelayServer | None = None

    def admit(self, name: str, guest: RelayGuest) -> str | None:
        """Return a ticket for a view; None if the kernel has no key, or is not let listen.

        Parameters
        ----------
        name
            Identity of the view.
        guest
            The view.
        """
        if not self._key:
            return None
        try:
            port = self._expect(name, guest)
        except OSError as error:
            logger.warning("frames go over comms, since the relay cannot listen: %s", error)
            return None
        return write_ticket(new_ticket(Purpose.VIEW, name, port, time.time()), self._key)

    def dismiss(self, name: str) -> None:
        """Relay a view no more.

        Parameters
        ----------
        name
            Identity of the view; one that was never admitted is left alone.
        """
        with self._lock:
            server = self._server
            if server is None or server.guests.pop(name, None) is None:
                return
            server.disconnect(name)
            if not server.guests:
                self._server = None
                server.stop()

    def _expect(self, name: str, guest: RelayGuest) -> int:
        """Return the port at which a view is expected from now on."""
        with self._lock:
            if self._server is None:
                self._server = RelayServer(self._key)
            self._server.guests[name] = guest
            return self._server.port
