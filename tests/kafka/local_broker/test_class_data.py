"""Class data: recorded once, kept for one Java and one Kafka."""

from pathlib import Path

import pytest

from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.local_broker.class_data import (
    class_data_file,
    class_data_options,
    keep_class_data,
)
from jupyter_stream.kafka.local_broker.folders import default_cache
from jupyter_stream.kafka.local_broker.java import Java
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries
from jupyter_stream.kafka.local_broker.release import NAME


def test_another_java_or_kafka_has_class_data_of_its_own(tmp_path: Path) -> None:
    java, kafka = Java(tmp_path / "java", 17, "17.0.1+2"), KafkaLibraries(tmp_path, "4.3.1")
    files = {
        class_data_file(tmp_path, java, kafka),
        class_data_file(tmp_path, Java(tmp_path / "java", 17, "17.0.2+1"), kafka),
        class_data_file(tmp_path, java, KafkaLibraries(tmp_path, "4.3.2")),
        class_data_file(tmp_path, java, KafkaLibraries(tmp_path / "other", "4.3.1")),
    }
    assert len(files) == 4


def test_what_was_recorded_takes_the_place_of_the_rest(tmp_path: Path) -> None:
    kept = tmp_path / "cache" / "new.jsa"
    recording = tmp_path / "recording.jsa"
    keep_class_data(recording, kept)
    assert not kept.parent.exists()
    kept.parent.mkdir()
    (kept.parent / "old.jsa").touch()
    recording.write_bytes(b"classes")
    keep_class_data(recording, kept)
    assert [path.name for path in kept.parent.iterdir()] == ["new.jsa"]
    assert kept.read_bytes() == b"classes"


@pytest.mark.usefixtures("kafka_broker")
def test_a_first_stop_leaves_them_for_the_next_start(tmp_path: Path) -> None:
    """The shared broker sees to it that Kafka is in the user's cache.

    The Java of the machine may be one that cannot record them; then there are none.
    """
    cache = tmp_path / "cache"
    cache.mkdir()
    broker = LocalBroker(tmp_path / "kafka", cache=cache)
    (cache / NAME).symlink_to(default_cache() / NAME)
    console = tmp_path / "kafka" / "console.log"
    with broker:
        pass
    recorded = list(cache.glob("class-data/*.jsa"))
    assert len(recorded) == 1 or "ArchiveClassesAtExit is unsupported" in console.read_text()
    for kept in recorded:
        assert class_data_options(kept, kept) == [f"-XX:SharedArchiveFile={kept}"]
        with broker:
            assert console.read_text() == ""
