"""Kafka's settings for one node on one machine."""

from collections.abc import Mapping

from jupyter_stream.kafka.local_broker.ports import HOST

DATA_FOLDER = "data"
PROBE_TOPIC = "__jupyter_stream_probe"
_MEBIBYTE = 1 << 20
_PLAIN = range(0x20, 0x7F)


def server_properties(port: int, controller_port: int) -> dict[str, str]:
    """Return the settings of the one node that is broker and controller.

    Paths are relative to the working directory, so that no character in the name of a home folder
    can disturb Kafka's lists or the Java properties format.

    Parameters
    ----------
    port
        Where clients connect.
    controller_port
        Where the node talks to itself.
    """
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{HOST}:{controller_port}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "log.dirs": DATA_FOLDER,
        **_one_node(),
        **_small_memory(),
        **_topics(),
    }


def _one_node() -> dict[str, str]:
    """Settle for one copy of Kafka's own topics, and for few of their partitions.

    A rebalance delay makes sense where many members start together; here it is only waiting. And
    after a crash the node waits for its former self to time out: 9 s by default, here 3.
    """
    return {
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "4",
        "group.initial.rebalance.delay.ms": "0",
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
    }


def _small_memory() -> dict[str, str]:
    """Keep what Kafka holds in memory below its small heap, however fast clients write."""
    return {
        "socket.request.max.bytes": str(64 * _MEBIBYTE),
        "queued.max.request.bytes": str(64 * _MEBIBYTE),
        "log.cleaner.dedupe.buffer.size": str(16 * _MEBIBYTE),
        "num.network.threads": "2",
        "num.io.threads": "4",
    }


def _topics() -> dict[str, str]:
    """Say how topics behave unless they are made otherwise.

    Topics are made on purpose: one that appears because of a typing error hides the error. A
    record may have 16 MiB, so that an image of 2048 x 2048 points of two bytes, or of
    1024 x 1024 of eight, fits with its envelope.
    """
    return {
        "num.partitions": "1",
        "auto.create.topics.enable": "false",
        "delete.topic.enable": "true",
        "message.max.bytes": str(16 * _MEBIBYTE),
        "replica.fetch.max.bytes": str(16 * _MEBIBYTE),
        "log.retention.hours": str(7 * 24),
    }


def as_text(properties: Mapping[str, str]) -> str:
    """Write settings in the format of Java's properties files."""
    return "".join(f"{name}={_escaped(value)}\n" for name, value in properties.items())


def _escaped(value: str) -> str:
    r"""Write what is not plain ASCII as \\uXXXX, as Java reads these files as Latin-1."""
    units = value.encode("utf-16-be")
    codes = (int.from_bytes(units[i : i + 2]) for i in range(0, len(units), 2))
    return "".join(
        chr(code) if code in _PLAIN and code != ord("\\") else f"\\u{code:04x}" for code in codes
    )
