"""Free ports on loopback."""

import os
import random
import socket

from jupyter_stream.errors import PortTaken

HOST = "127.0.0.1"

# Below the range from which systems choose the near end of outgoing connections. A port of that
# range may be taken while the broker is down for a moment, even by a client's own attempt to
# reach it, which then ends up connected to itself.
_CHOICE = range(20_000, 32_000)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port."""
    with socket.socket() as probe:
        if os.name != "nt":
            # As Kafka does; what is left of closed connections must not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def free_port(preferred: int | None) -> int:
    """Return the preferred port if it is free, or else any that is."""
    if preferred is not None and is_free(preferred):
        return preferred
    while not is_free(port := random.choice(_CHOICE)):  # noqa: S311 - no secret
        pass
    return port


def choose_ports(wanted: int | None, last: tuple[int | None, int | None]) -> tuple[int, int]:
    """Choose where clients connect and where the controller listens.

    Parameters
    ----------
    wanted
        The port for clients that was asked for, if one was.
    last
        Both ports of the last start, which are taken again if they are free.

    Raises
    ------
    PortTaken
        Another program uses the port that was asked for.
    """
    if wanted is None:
        return free_port(last[0]), free_port(last[1])
    if not is_free(wanted):
        raise PortTaken(
            f"Port {wanted} of {HOST} is in use by another program. Ask for another one, or for "
            "none, and a free one is chosen."
        )
    return wanted, free_port(last[1])
