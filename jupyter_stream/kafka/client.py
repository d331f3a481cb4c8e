"""Making librdkafka's clients, and how its words reach users."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, TypeVar

from confluent_kafka import KafkaError, KafkaException

from jupyter_stream.errors import ClusterUnreachable, ProfileError
from jupyter_stream.kafka.client_id import own_client_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.profile import Profile, Properties

logger = logging.getLogger("jupyter_stream.kafka")
# Without a handler Python would print warnings to the screen.
logger.addHandler(logging.NullHandler())

# So long a question to a cluster waits for its answer.
ANSWER_SECONDS = 8.0

QUICK_RECONNECT = {"reconnect.backoff.ms": 100, "reconnect.backoff.max.ms": 1000}

_NO_ANSWER = "no answer: a firewall may be in the way, or the address is wrong"

_CAUSES = (
    ("resolve", "the host name is not known: look for a typing mistake in the address"),
    ("refused", "nothing listens at this address: is the broker running, is the port right?"),
    ("authentication", "the user name or password was not accepted"),
    (
        "disconnected while",
        "the broker closed the connection: does it expect TLS or a password that is not set?",
    ),
    ("sasl", "user name and password (SASL) did not work: look at the profile's sasl properties"),
    ("ssl", "the encrypted connection (TLS) failed: look at the profile's ssl properties"),
    ("disconnected", "the broker closed the connection"),
    ("invalid response", "something answers there that is not Kafka: is the port right?"),
    ("brokers are down", "none of its brokers can be reached"),
    ("timed out", _NO_ANSWER),
    ("transport failure", _NO_ANSWER),
)

# Errors of the connection; what the cluster or we refuse, such as a password, stays refused.
_PASSING = frozenset(
    {
        KafkaError._TRANSPORT,  # noqa: SLF001 - the client's public names start like this
        KafkaError._RESOLVE,  # noqa: SLF001
        KafkaError._TIMED_OUT,  # noqa: SLF001
        KafkaError._ALL_BROKERS_DOWN,  # noqa: SLF001
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.BROKER_NOT_AVAILABLE,
        KafkaError.REPLICA_NOT_AVAILABLE,
        KafkaError.REQUEST_TIMED_OUT,
        KafkaError.NETWORK_EXCEPTION,
    }
)

# Which connection an error is about: `sasl_ssl://host:port/bootstrap: `, or without the scheme.
_CONNECTION = re.compile(r"^\S+/\S+: ")

# What the client says of an answer that is larger than it takes.
_TOO_LARGE = re.compile(r"Invalid response size (\d+) \(0\.\.(\d+)\)")
_TLS_ALERT = 0x15

Client = TypeVar("Client")


def make_client(
    kind: Callable[[dict[str, Any]], Client],
    profile: Profile,
    properties: Properties,
    on_error: Callable[[KafkaError], None],
) -> Client:
    """Make a client of librdkafka.

    Parameters
    ----------
    kind
        The class of the client.
    profile
        The cluster, for the error text.
    properties
        What the client is made with, beyond or instead of what all our clients share.
    on_error
        Told of librdkafka's errors, from the thread that polls the client.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property.
    """
    try:
        return kind({**_shared(), **properties, "error_cb": on_error, "logger": logger})
    except (KafkaException, TypeError, ValueError) as error:
        reason = error.args[0]
        text = reason.str() if isinstance(reason, KafkaError) else str(reason)
        raise ProfileError(f"profile {profile.name!r}: {profile.masked(text)}") from None


def _shared() -> Properties:
    return {**QUICK_RECONNECT, "client.id": own_client_id()}


def passes(error: KafkaError) -> bool:
    """Say whether an error ends by itself, when the broker is back.

    Parameters
    ----------
    error
        librdkafka's error.
    """
    return error.code() in _PASSING


def in_trouble(bootstrap: str, error: KafkaError) -> str:
    """Say that a running job has trouble with its cluster, and whether this will pass.

    Parameters
    ----------
    bootstrap
        The address of the cluster.
    error
        librdkafka's error.
    """
    cause = likely_cause(error.str())
    if passes(error):
        return f"no answer from {bootstrap}: {cause} (goes on by itself when the broker is back)"
    return f"trouble with {bootstrap}: {cause}"


def too_large(message: str) -> str | None:
    """Say that a record is larger than the client takes; None if it is something else.

    Parameters
    ----------
    message
        librdkafka's text of an error.
    """
    found = _TOO_LARGE.search(message)
    if found is None or _is_other_protocol(int(found[1])):
        return None
    size, most = (f"{int(number) / 1e6:.1f} MB" for number in found.groups())
    return (
        f"a record makes an answer of {size}, and the client takes {most}: set "
        "receive.message.max.bytes to more, for the consumer in the profile"
    )


def unreachable(bootstrap: str, message: str) -> ClusterUnreachable:
    """Say that a cluster does not answer.

    Parameters
    ----------
    bootstrap
        The address of the cluster.
    message
        librdkafka's text of the error; empty when there was none.
    """
    return ClusterUnreachable(f"no Kafka broker answers at {bootstrap}: {likely_cause(message)}")


def likely_cause(message: str) -> str:
    """Say in plain words why a broker could not be reached.

    Parameters
    ----------
    message
        librdkafka's text of the error; empty when there was none.
    """
    told = without_connection(message)
    lowered = told.lower()
    for word, cause in _CAUSES:
        if word in lowered:
            return cause
    return told or _NO_ANSWER


def without_connection(message: str) -> str:
    """Cut from a text of librdkafka's which connection it is about: `sasl_ssl://host:port/1: `.

    Parameters
    ----------
    message
        The text.
    """
    return _CONNECTION.sub("", message)


def _is_other_protocol(size: int) -> bool:
    """Say whether what was taken for a length are the first letters of HTTP, SSH, TLS and so on."""
    first = size.to_bytes(4)
    return first[0] == _TLS_ALERT or (first.isascii() and first.decode().isprintable())
