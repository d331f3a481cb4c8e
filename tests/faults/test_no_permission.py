"""Directories and files that a user may not read or write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.faults.program import END_SECONDS, run, running

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_a_file_that_may_not_be_read_is_told_and_the_others_are_sent(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    source, state = tmp_path / "instrument", tmp_path / "state"
    source.mkdir()
    state.mkdir()
    state.chmod(0o777)
    for name in ("one.txt", "secret.txt", "two.txt"):
        (source / name).write_text(name)
    (source / "secret.txt").chmod(0)

    code, output = run(
        *("upload", source, topic, "--state", state, "--cluster", kafka_broker.bootstrap),
        as_mere_user=True,
    )

    assert code == 1
    assert "secret.txt" in output
    assert "Permission denied" in output
    with js.receive(topic, until_end=True, cluster=js.connect(kafka_broker.bootstrap)) as files:
        assert {file.path for file in files} == {"one.txt", "two.txt"}


def test_a_directory_that_takes_no_state_is_told_with_the_way_out(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    source = tmp_path / "instrument"
    source.mkdir()
    (source / "one.txt").write_text("one")
    source.chmod(0o555)

    code, output = run(
        "upload", source, kafka_topic(), "--cluster", kafka_broker.bootstrap, as_mere_user=True
    )

    assert code == 1
    assert "--state" in output
    assert str(source) in output
    assert "Traceback" not in output


def test_a_download_into_a_directory_that_may_not_be_written_is_refused(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    target = tmp_path / "storage"
    target.mkdir()
    target.chmod(0o555)

    code, output = run(
        *("download", kafka_topic(), target, "--until-end", "--cluster", kafka_broker.bootstrap),
        as_mere_user=True,
    )

    assert code == 1
    assert str(target) in output
    assert "Permission denied" in output
    assert "Traceback" not in output


def test_a_folder_that_may_not_be_written_holds_the_download_until_it_may(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    cluster = js.connect(kafka_broker.bootstrap)
    source, target = tmp_path / "instrument", tmp_path / "storage"
    (source / "run").mkdir(parents=True)
    (source / "run" / "one.txt").write_text("one")
    with js.upload(source, topic, cluster=cluster) as upload:
        upload.wait()
    (target / "run").mkdir(parents=True)
    target.chmod(0o777)
    (target / "run").chmod(0o555)

    with running(
        *("download", topic, target, "--until-end", "--cluster", kafka_broker.bootstrap),
        as_mere_user=True,
    ) as download:
        assert download.stdout is not None
        told = next(line for line in download.stdout if "Permission denied" in line)
        assert "run" in told
        (target / "run").chmod(0o777)
        assert download.wait(END_SECONDS) == 0
    assert (target / "run" / "one.txt").read_text() == "one"
