"""Profiles: which cluster, and how to talk to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jupyter_stream.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Mapping

Properties = dict[str, "str | int | float | bool"]

BOOTSTRAP = "bootstrap.servers"


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """A named set of librdkafka properties.

    Its text form shows the name and the address only: properties may be secret.

    Parameters
    ----------
    name
        What the profile is called on screen.
    broker
        Properties for every client, `bootstrap.servers` among them.
    producer, consumer
        More properties for the one kind of client.

    Raises
    ------
    ProfileError
        The address is missing or malformed.
    """

    name: str
    broker: Mapping[str, str | int | float | bool]
    producer: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    consumer: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.bootstrap:
            raise ProfileError(f"profile {self.name!r} has no {BOOTSTRAP!r}; add it under broker")
        for server in self.bootstrap.split(","):
            _check_address(server.strip(), self.name)

    def __repr__(self) -> str:
        return f"<Profile {self.name!r} at {self.bootstrap}>"

    @property
    def bootstrap(self) -> str:
        """The address, `host:port` or several of them with commas."""
        return str(self.broker.get(BOOTSTRAP, ""))

    @classmethod
    def from_bootstrap(cls, bootstrap: str) -> Profile:
        """Make a profile out of nothing but an address.

        Parameters
        ----------
        bootstrap
            `host:port`, or several of them with commas.
        """
        return cls(bootstrap, {BOOTSTRAP: bootstrap})


def _check_address(server: str, profile: str) -> None:
    host, _, port = server.rpartition(":")
    # The address itself may hold a password by mistake, so it is not repeated.
    if "@" in server or "/" in server:
        raise ProfileError(
            f"the address of profile {profile!r} must be host:port, without user or scheme"
            if profile != server
            else "an address must be host:port, without user or scheme"
        )
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ProfileError(f"{server!r} is no address; write host:port, for example localhost:9092")
