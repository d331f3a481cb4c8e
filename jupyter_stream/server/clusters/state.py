"""What is known of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether a cluster can be asked."""

    CONNECTED = "connected"
    """It answered last."""
    CONNECTING = "connecting"
    """It was not heard of yet, or is being started."""
    UNREACHABLE = "unreachable"
    """It did not answer last, or its profile cannot be used."""
    STOPPED = "stopped"
    """The local broker does not run."""


class Kind(StrEnum):
    """Where a cluster comes from."""

    LOCAL = "local"
    """The local broker."""
    PROFILE = "profile"
    """A profile of jupyter_stream.toml."""


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """A cluster, as the page shows it.

    Attributes
    ----------
    name
        The name of the profile, or "local".
    bootstrap
        Its address; None while that is unknown.
    kind
        Where it comes from.
    state
        Whether it can be asked.
    reason
        Why not, or what is being done; None if there is nothing to say.
    """

    name: str
    bootstrap: str | None
    kind: Kind
    state: State
    reason: str | None
