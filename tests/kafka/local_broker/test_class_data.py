"""Class data: recorded once, kept for one Java and one Kafka."""

from pathlib import Path

from jupyter_stream.kafka.local_broker.class_data import (
    class_data_file,
    class_data_options,
    keep_class_data,
)
from jupyter_stream.kafka.local_broker.java import Java
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries


def test_another_java_or_kafka_has_class_data_of_its_own(tmp_path: Path) -> None:
    java, kafka = Java(tmp_path / "java", 17, "17.0.1+2"), KafkaLibraries(tmp_path, "4.3.1")
    files = {
        class_data_file(tmp_path, java, kafka),
        class_data_file(tmp_path, Java(tmp_path / "java", 17, "17.0.2+1"), kafka),
        class_data_file(tmp_path, java, KafkaLibraries(tmp_path, "4.3.2")),
        class_data_file(tmp_path, java, KafkaLibraries(tmp_path / "other", "4.3.1")),
    }
    assert len(files) == 4


def test_they_are_recorded_unless_they_are_kept(tmp_path: Path) -> None:
    kept, recording = tmp_path / "kept.jsa", tmp_path / "recording.jsa"
    assert class_data_options(kept, recording) == [f"-XX:ArchiveClassesAtExit={recording}"]
    kept.touch()
    assert class_data_options(kept, recording) == [f"-XX:SharedArchiveFile={kept}"]


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
