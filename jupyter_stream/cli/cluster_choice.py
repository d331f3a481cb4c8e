"""Which cluster a command uses."""

import argparse

from jupyter_stream.errors import NotConnected
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.connect import connect
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.profile_file import profile_names

DEFAULT_PROFILE = "default"


def add_cluster_option(parser: argparse.ArgumentParser) -> None:
    """Add `--cluster` to a command."""
    parser.add_argument(
        "--cluster",
        metavar="TARGET",
        help="a profile, an address host:port, or an OpenMSIStream .config file; by default the "
        f"profile {DEFAULT_PROFILE!r} if there is one, else the local broker if it runs",
    )


def chosen_cluster(target: str | None) -> Cluster:
    """Connect to the cluster that the user means.

    Parameters
    ----------
    target
        What the user named; None for the default. Nothing is started unasked: on a machine that
        nobody looks at, the data would go to the wrong place.

    Raises
    ------
    NotConnected
        Nothing was named, and there is no default.
    ClusterUnreachable
        No broker answers; within 10 s.
    ProfileError
        The target names nothing that is known.
    """
    if target is not None:
        return connect(target)
    if DEFAULT_PROFILE in profile_names():
        return connect(DEFAULT_PROFILE)
    running = LocalBroker().status()
    if running is None:
        raise NotConnected(
            "no cluster was named: give --cluster host:port or --cluster PROFILE, or configure "
            f"the profile {DEFAULT_PROFILE!r} in jupyter_stream.toml, or start the local broker: "
            "jupyter stream broker start"
        )
    return connect(running.bootstrap)
