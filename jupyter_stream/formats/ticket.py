"""Tickets: short-lived proofs of who speaks, between a kernel and its Jupyter server.

Both know the kernel's connection key. Whoever holds a ticket proves that someone who knows the key
wrote it, for one purpose, one view and one port, not long ago. A ticket is JSON and its HMAC, both
in base64, with a dot between.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from enum import StrEnum
from typing import Any, NamedTuple

from jupyter_stream.errors import FormatError

LIFETIME_SECONDS = 30.0
LONGEST_TEXT = 1024
NONCE_BYTES = 16
_DOMAIN = b"jupyter_stream relay 1"


class Purpose(StrEnum):
    """What a ticket is for, so that none can be used for something else."""

    VIEW = "view"
    """From the kernel, by way of a view: the server may relay to this view."""
    SERVER = "server"
    """From the server: it is the one that looks after this kernel."""
    KERNEL = "kernel"
    """From the kernel: it is the one that listens at this port."""


class Ticket(NamedTuple):
    """What a ticket says."""

    purpose: Purpose
    view: str
    """Which view of the kernel's it is for."""
    port: int
    """Where the kernel listens, on the machine that both are on."""
    nonce: str
    """What makes it different from all others."""
    expires: float
    """When it becomes void, in seconds since 1970."""


def new_ticket(purpose: Purpose, view: str, port: int, now: float) -> Ticket:
    """Make a ticket that nobody has seen.

    Parameters
    ----------
    purpose
        What it is for.
    view
        Which view it is for.
    port
        Where the kernel listens.
    now
        Seconds since 1970.
    """
    return Ticket(purpose, view, port, secrets.token_hex(NONCE_BYTES), now + LIFETIME_SECONDS)


def write_ticket(ticket: Ticket, key: bytes) -> str:
    """Write a ticket as text that nobody without the key can write.

    Parameters
    ----------
    ticket
        What it says.
    key
        The kernel's connection key; not empty.
    """
    content = urlsafe_b64encode(json.dumps(ticket).encode())
    return f"{content.decode()}.{_signature(content, key)}"


def read_ticket(text: str, key: bytes, purpose: Purpose, now: float) -> Ticket:
    """Read a ticket, and check that it is genuine, for this purpose, and not void.

    Parameters
    ----------
    text
        The ticket as it was written.
    key
        The kernel's connection key; an empty one, of a kernel without signatures, opens nothing.
    purpose
        What it must be for.
    now
        Seconds since 1970.

    Raises
    ------
    FormatError
        The ticket must not be used.
    """
    content, dot, signature = text[:LONGEST_TEXT].encode(errors="replace").partition(b".")
    if not key or not dot or not hmac.compare_digest(signature, _signature(content, key).encode()):
        raise FormatError("the ticket was not written with this kernel's key")
    ticket = _ticket(content)
    if ticket.purpose != purpose:
        raise FormatError(f"the ticket is for {ticket.purpose}, not for {purpose}")
    if not now <= ticket.expires <= now + LIFETIME_SECONDS:
        raise FormatError("the ticket has expired, or the clock was set back since it was written")
    return ticket


def _signature(content: bytes, key: bytes) -> str:
    # A key of its own, so that no ticket is a signature of a Jupyter message, or the reverse.
    return hmac.digest(hmac.digest(key, _DOMAIN, "sha256"), content, "sha256").hex()


def _ticket(content: bytes) -> Ticket:
    try:
        fields: list[Any] = json.loads(urlsafe_b64decode(content))
        purpose, view, port, nonce, expires = fields
        return Ticket(Purpose(purpose), str(view), int(port), str(nonce), float(expires))
    except (Base64Error, ValueError, TypeError) as error:
        raise FormatError(f"not a ticket: {error}") from None
