"""All clusters that are served."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.profile_file import profile_names
from jupyter_stream.server.clusters.local_life import LocalLife
from jupyter_stream.server.clusters.served_cluster import ServedCluster
from jupyter_stream.server.clusters.source import LOCAL, LocalCluster, NamedProfile
from jupyter_stream.server.clusters.state import ClusterEntry, State
from jupyter_stream.server.clusters.workers import Workers
from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.kafka.local_broker import LocalBroker

IDLE_SECONDS = 600.0
SWEEP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ClusterList:
    """All clusters.

    Attributes
    ----------
    clusters
        They; the local broker first.
    default
        The name of the one to show first.
    read_only
        Whether nothing can be written to any of them.
    may_produce
        Whether records can be written.
    may_start_local
        Whether the local broker can be started and stopped from here.
    problem
        Why not all profiles are listed; None if they are.
    """

    clusters: list[ClusterEntry]
    default: str
    read_only: bool
    may_produce: bool
    may_start_local: bool
    problem: str | None


class Clusters:
    """The clusters by name; for use on the event loop.

    Parameters
    ----------
    broker
        The local broker.
    served
        The names of the profiles that are served; None for all.
    """

    def __init__(self, broker: LocalBroker, served: Sequence[str] | None) -> None:
        self._served = served
        local = ServedCluster(LOCAL, LocalCluster(broker))
        self._clusters = {LOCAL: local}
        self.life = LocalLife(broker, local)
        self._files = Workers("profiles", 1, 64)
        self._problem: str | None = None
        self._checks: set[asyncio.Task[None]] = set()
        self._sweep: asyncio.TimerHandle | None = None

    @property
    def local(self) -> ServedCluster:
        """The local broker."""
        return self._clusters[LOCAL]

    async def find(self, name: str) -> ServedCluster:
        """Return a cluster.

        Parameters
        ----------
        name
            Its name.

        Raises
        ------
        Refusal
            There is no such cluster.
        """
        if self._sweep is None:
            self._sweep_idle()
        if name not in self._clusters:
            await self._read_profiles()
        if name not in self._clusters:
            raise Refusal(
                404,
                "there is no such cluster",
                "no profile that is served has this name",
                "Choose another cluster, or add a profile to jupyter_stream.toml.",
            )
        return self._clusters[name]

    async def list(self, *, may_produce: bool, may_start_local: bool) -> ClusterList:
        """Return all clusters as far as they are known, and begin to ask those not heard of lately.

        Parameters
        ----------
        may_produce
            Whether records can be written.
        may_start_local
            Whether the local broker can be started and stopped from here.
        """
        await self._read_profiles()
        for cluster in self._clusters.values():
            if not (cluster is self.local and self.life.busy):
                self._begin(cluster)
        entries = [cluster.entry for cluster in self._clusters.values()]
        return ClusterList(
            clusters=entries,
            default=_default(entries),
            read_only=not may_produce,
            may_produce=may_produce,
            may_start_local=may_start_local,
            problem=self._problem,
        )

    def close(self) -> None:
        """Close all connections."""
        for check in self._checks:
            check.cancel()
        if self._sweep is not None:
            self._sweep.cancel()
        self._files.close()
        for cluster in self._clusters.values():
            cluster.close()

    def _begin(self, cluster: ServedCluster) -> None:
        check = asyncio.create_task(cluster.check())
        self._checks.add(check)
        check.add_done_callback(self._checks.discard)

    def _sweep_idle(self) -> None:
        """Close the connections to clusters that nobody has asked for long, now and then."""
        if self._sweep is not None:
            for cluster in self._clusters.values():
                if cluster.idle_seconds > IDLE_SECONDS:
                    cluster.forget()
        self._sweep = asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep_idle)

    async def _read_profiles(self) -> None:
        try:
            names = await self._files.run(profile_names)
        except ProfileError as error:
            self._problem = str(error)
            return
        self._problem = _hidden(names)
        wanted = {name for name in names if self._served is None or name in self._served} - {LOCAL}
        for name in self._clusters.keys() - wanted - {LOCAL}:
            self._clusters.pop(name).close()
        for name in sorted(wanted - self._clusters.keys()):
            self._clusters[name] = ServedCluster(name, NamedProfile(name))


def _hidden(names: Sequence[str]) -> str | None:
    if LOCAL not in names:
        return None
    return f"the profile {LOCAL!r} is not shown, as that is what the local broker is called"


def _default(entries: Sequence[ClusterEntry]) -> str:
    """Return the local broker if it runs, or if there is nothing else; else the first profile."""
    local, *others = entries
    return others[0].name if others and local.state is not State.CONNECTED else local.name
