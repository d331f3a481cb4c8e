"""The jars of a Kafka release on this machine."""

import re
from dataclasses import dataclass
from pathlib import Path

from jupyter_stream.errors import KafkaNotObtainable

_OLDEST_MAJOR = 4


@dataclass(frozen=True, slots=True)
class KafkaLibraries:
    """A Kafka that can be run.

    Parameters
    ----------
    directory
        The folder that holds the jars.
    version
        The release, such as 4.3.1.
    """

    directory: Path
    version: str


def libraries_in_home(home: Path) -> KafkaLibraries:
    """Return the Kafka that KAFKA_HOME points to.

    Raises
    ------
    KafkaNotObtainable
        It is no Kafka, or one too old for running without ZooKeeper as we do.
    """
    libraries = home / "libs"
    versions = [
        match[1]
        for jar in libraries.glob("kafka_*.jar")
        if (match := re.fullmatch(r"kafka_\d\.\d+-(\d+(?:\.\d+)+)\.jar", jar.name))
    ]
    if not versions or not list(libraries.glob("kafka-clients-*.jar")):
        raise KafkaNotObtainable(
            f"KAFKA_HOME={home} is no unpacked Kafka release: {libraries} lacks the jars kafka_* "
            "and kafka-clients-*. Let it point to the unpacked folder, or unset it, and Kafka is "
            "fetched for you."
        )
    if int(versions[0].split(".")[0]) < _OLDEST_MAJOR:
        raise KafkaNotObtainable(
            f"KAFKA_HOME={home} is Kafka {versions[0]}, but the local broker needs Kafka "
            f"{_OLDEST_MAJOR} or newer. Unset it, and Kafka is fetched for you."
        )
    return KafkaLibraries(libraries, versions[0])
