"""The properties that our clients share, and how librdkafka's words reach users."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from confluent_kafka import KafkaError

    from jupyter_stream.kafka.profile import Profile

logger = logging.getLogger("jupyter_stream.kafka")
# Without a handler Python would print warnings to the screen.
logger.addHandler(logging.NullHandler())

QUICK_RECONNECT = {"reconnect.backoff.ms": 100, "reconnect.backoff.max.ms": 1000}

_NO_ANSWER = "no answer: a firewall may be in the way, or the address is wrong"

_CAUSES = (
    ("resolve", "the host name is not known: look for a typing mistake in the address"),
    ("refused", "nothing listens at this address: is the broker running, is the port right?"),
    ("authentication", "the user name or password was not accepted"),
    ("sasl", "user name and password (SASL) did not work: look at the profile's sasl properties"),
    ("ssl", "the encrypted connection (TLS) failed: look at the profile's ssl properties"),
    (
        "disconnected",
        "the broker closed the connection: does it expect TLS or a password that is not set?",
    ),
    ("invalid response", "something answers there that is not Kafka: is the port right?"),
    ("timed out", _NO_ANSWER),
    ("transport failure", _NO_ANSWER),
)


def client_properties(
    profile: Profile,
    own: Mapping[str, str | int | float | bool],
    on_error: Callable[[KafkaError], None],
) -> dict[str, Any]:
    """Return what a client is made with; the profile's properties win over ours.

    Parameters
    ----------
    profile
        The cluster.
    own
        Our properties for this kind of client.
    on_error
        Told of librdkafka's errors, from the thread that polls the client.
    """
    return {
        **QUICK_RECONNECT,
        **own,
        **profile.broker,
        "error_cb": on_error,
        "logger": logger,
    }


def in_trouble(bootstrap: str, message: str) -> str:
    """Say that a running job has lost its cluster, and that this will pass.

    Parameters
    ----------
    bootstrap
        The address of the cluster.
    message
        librdkafka's text of the error.
    """
    return (
        f"no answer from {bootstrap}: {likely_cause(message)} "
        "(goes on by itself when the broker is back)"
    )


def likely_cause(message: str) -> str:
    """Say in plain words why a broker could not be reached.

    Parameters
    ----------
    message
        librdkafka's text of the error; empty when there was none.
    """
    lowered = message.lower()
    for word, cause in _CAUSES:
        if word in lowered:
            return cause
    return message or _NO_ANSWER
