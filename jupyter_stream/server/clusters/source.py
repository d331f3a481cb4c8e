"""Where the profile of a cluster comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from jupyter_stream.errors import LocalBrokerError
from jupyter_stream.kafka.local_broker.log_sizes import log_sizes
from jupyter_stream.kafka.profile import BOOTSTRAP, Profile
from jupyter_stream.kafka.profile_file import load_profile
from jupyter_stream.server.clusters.state import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jupyter_stream.kafka.local_broker import LocalBroker

LOCAL = "local"


class LocalBrokerStopped(LocalBrokerError):
    """The local broker does not run."""


class Source(Protocol):
    """Finds a cluster; for use in a worker, as files and keyrings may be slow."""

    @property
    def kind(self) -> Kind:
        """Where it comes from."""

    def profile(self, known: Profile | None) -> Profile:
        """Return how to talk to the cluster.

        Parameters
        ----------
        known
            The profile that has worked so far; None if none has.

        Raises
        ------
        StreamError
            It cannot be talked to.
        """

    def sizes(self, topic: str, partitions: Iterable[int]) -> Mapping[int, int]:
        """Return what partitions take on disk, in bytes, as far as that is known.

        Parameters
        ----------
        topic
            Name of the topic.
        partitions
            Which.
        """


class NamedProfile:
    """A cluster that a profile names.

    Parameters
    ----------
    name
        The name of the profile.
    """

    kind = Kind.PROFILE

    def __init__(self, name: str) -> None:
        self._name = name

    def profile(self, known: Profile | None) -> Profile:
        """Return the profile; it is read again only when it has not worked."""
        return known or load_profile(self._name)

    def sizes(self, topic: str, partitions: Iterable[int]) -> Mapping[int, int]:  # noqa: ARG002
        """Return nothing: the client has no question for that."""
        return {}


class LocalCluster:
    """The local broker, wherever it listens now.

    Parameters
    ----------
    broker
        The local broker.
    """

    kind = Kind.LOCAL

    def __init__(self, broker: LocalBroker) -> None:
        self._broker = broker

    def profile(self, known: Profile | None) -> Profile:
        """Return a profile with the address at which it listens.

        Raises
        ------
        LocalBrokerStopped
            It does not run.
        """
        running = self._broker.status()
        if running is None:
            raise LocalBrokerStopped("the local broker does not run")
        if known is not None and known.bootstrap == running.bootstrap:
            return known
        return Profile(LOCAL, {BOOTSTRAP: running.bootstrap})

    def sizes(self, topic: str, partitions: Iterable[int]) -> Mapping[int, int]:
        """Return the sizes of its files."""
        return log_sizes(self._broker.directory, topic, partitions)
