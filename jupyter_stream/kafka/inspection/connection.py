"""A connection for questions, and the address that errors name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from confluent_kafka.admin import AdminClient


class Connection(NamedTuple):
    """A connection to a cluster.

    Attributes
    ----------
    admin
        The client that asks.
    bootstrap
        The address of the cluster.
    """

    admin: AdminClient
    bootstrap: str
