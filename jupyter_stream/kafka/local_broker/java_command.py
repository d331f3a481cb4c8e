"""The command lines that run Kafka's programs."""

import base64
import uuid
from collections.abc import Sequence
from pathlib import Path

from jupyter_stream.kafka.local_broker.java import Java
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries

PROPERTIES_FILE = "server.properties"
LOG_SETTINGS_FILE = "log4j2.xml"

# One user's broker on a small machine: a compiler and collector that cost little at the start. Out
# of memory ends it, as a broker that lives on in that state loses requests.
_FRUGAL = (
    "-Xms64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
)


def broker_mark(directory: Path) -> str:
    """Return the argument by which the broker of a folder is known among all processes."""
    return f"-Djupyter_stream.broker={directory}"


def server_command(
    java: Java, kafka: KafkaLibraries, directory: Path, heap: int, options: Sequence[str]
) -> list[str]:
    """Return the command that runs the broker, to be started in its folder.

    Parameters
    ----------
    java, kafka
        What is run.
    directory
        The broker's folder.
    heap
        The most memory for Kafka's objects, in bytes.
    options
        Further options of Java's.
    """
    log = f"-Dlog4j2.configurationFile={LOG_SETTINGS_FILE}"
    return [
        *_program(java, kafka, (f"-Xmx{heap}", *options, log, broker_mark(directory))),
        "kafka.Kafka",
        PROPERTIES_FILE,
    ]


def format_command(java: Java, kafka: KafkaLibraries) -> list[str]:
    """Return the command that prepares an empty data folder, to be run in the broker's folder."""
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    tool = ["kafka.tools.StorageTool", "format", "--ignore-formatted"]
    # With "=", since one identity in 64 begins with a dash and would be taken for an option.
    return [*_program(java, kafka), *tool, f"--cluster-id={cluster}", "-c", PROPERTIES_FILE]


def _program(java: Java, kafka: KafkaLibraries, options: Sequence[str] = ()) -> list[str]:
    return [str(java.executable), *_FRUGAL, *options, "-cp", str(kafka.directory / "*")]
