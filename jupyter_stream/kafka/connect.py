"""Connecting: from what the user names to a cluster that answers."""

from __future__ import annotations

from pathlib import Path

from jupyter_stream.errors import NotConnected, ProfileError
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.local_broker.progress import OnProgress, untold
from jupyter_stream.kafka.openmsistream_config import load_openmsistream_config
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.kafka.profile_file import load_profile

_current: list[Cluster] = []


def connect(target: str | Path | None = None, *, on_progress: OnProgress = untold) -> Cluster:
    """Connect to a cluster, and make it the one that everything else uses.

    Parameters
    ----------
    target
        The name of a profile in `jupyter_stream.toml`, an address `host:port`, the path of a
        configuration file of OpenMSIStream (`*.config`), or None for the local broker, which
        is started if it does not run.
    on_progress
        Told what is being done while the local broker starts; the first start fetches Kafka.

    Returns
    -------
    Cluster
        The cluster, which has answered.

    Raises
    ------
    ProfileError
        The target names nothing that is known.
    ClusterUnreachable
        No broker answers; within 10 s.
    LocalBrokerError
        The local broker does not start.
    """
    cluster = Cluster(_local(on_progress) if target is None else _profile(target))
    cluster.topics()
    _current[:] = [cluster]
    return cluster


def connected() -> Cluster | None:
    """Return the cluster connected to last; None before the first."""
    return _current[0] if _current else None


def current_cluster() -> Cluster:
    """Return the cluster connected to last.

    Raises
    ------
    NotConnected
        There is none. Nothing is started or guessed: the data might go to the wrong place.
    """
    cluster = connected()
    if cluster is None:
        raise NotConnected(
            "no cluster is connected; first run %stream_connect, or js.connect(): without a name "
            "it takes, and starts, the local broker"
        )
    return cluster


def _profile(target: str | Path) -> Profile:
    path = Path(target).expanduser()
    if path.suffix == ".config":
        if not path.is_file():
            raise ProfileError(f"there is no configuration file {path}")
        return load_openmsistream_config(path)
    if ":" in str(target):
        return Profile.from_bootstrap(str(target))
    return load_profile(str(target))


def _local(on_progress: OnProgress) -> Profile:
    running = LocalBroker().start(on_progress)
    return Profile("local broker", {"bootstrap.servers": running.bootstrap})
