"""Which tickets were used, so that each is used once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import FormatError

if TYPE_CHECKING:
    from jupyter_stream.formats.ticket import Ticket

MOST_REMEMBERED = 10_000


class SpentNonces:
    """The nonces of the tickets that were used and have not expired."""

    def __init__(self) -> None:
        self._expiry: dict[str, float] = {}

    def spend(self, ticket: Ticket, now: float) -> None:
        """Use a ticket.

        Parameters
        ----------
        ticket
            The ticket.
        now
            Seconds since 1970.

        Raises
        ------
        FormatError
            It was used before, or too many others were of late.
        """
        self._expiry = {nonce: end for nonce, end in self._expiry.items() if end >= now}
        if ticket.nonce in self._expiry:
            raise FormatError("the ticket was used before")
        if len(self._expiry) >= MOST_REMEMBERED:
            raise FormatError("too many tickets were used in a short time")
        self._expiry[ticket.nonce] = ticket.expires
