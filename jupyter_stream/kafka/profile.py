"""Profiles: which cluster, and how to talk to it."""

from __future__ import annotations

import re
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
        _refuse_user_or_scheme(self.bootstrap, f"the address of profile {self.name!r}")
        for server in self.bootstrap.split(","):
            _check_address(server.strip())

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
        # Before it becomes a name, which error texts repeat.
        _refuse_user_or_scheme(bootstrap, "an address")
        address = bootstrap.strip()
        return cls(address, {BOOTSTRAP: address})

    def masked(self, text: str) -> str:
        """Return a text without any value of a property but the address.

        Parameters
        ----------
        text
            What librdkafka says; it quotes values or parts of them.
        """
        parts = sorted(self._parts_of_values(), key=len, reverse=True)
        if not parts:
            return text
        return re.sub(rf"(?<!\w)({'|'.join(map(re.escape, parts))})(?!\w)", "***", text)

    def _parts_of_values(self) -> set[str]:
        properties = (self.broker, self.producer, self.consumer)
        values = {
            str(value) for kind in properties for name, value in kind.items() if name != BOOTSTRAP
        }
        parts = {part for value in values for part in re.split(r"[\s,]+", value)}
        return (values | parts) - {""}


def _refuse_user_or_scheme(address: str, what: str) -> None:
    # The address may hold a password by mistake, so no part of it is repeated.
    if "@" in address or "/" in address:
        raise ProfileError(f"{what} must be host:port, without user or scheme")


def _check_address(server: str) -> None:
    host, _, port = server.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ProfileError(f"{server!r} is no address; write host:port, for example localhost:9092")
