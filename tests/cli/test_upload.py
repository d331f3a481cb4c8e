"""`jupyter stream upload`, as a user runs it, to a real broker."""

from __future__ import annotations

import re
import signal
import time
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.cli.command import DEADLINE, run, run_on_terminal, running
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

STAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d "


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> str:
    """The address of the tests' broker."""
    return kafka_broker.bootstrap


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory with two files, one of them below another directory."""
    folder = tmp_path / "instrument"
    (folder / "below").mkdir(parents=True)
    (folder / "a.dat").write_bytes(b"a" * 1000)
    (folder / "below" / "b.dat").write_bytes(b"b" * 2000)
    return folder


def received(cluster: str, topic: str) -> dict[str, bytes]:
    """Return what a topic holds."""
    stream = js.receive(topic, until_end=True, cluster=js.connect(cluster))
    with stream:
        return {file.path: bytes(file.data) for file in stream}


def test_files_are_sent_and_summed_up(folder: Path, kafka_topic: MakeTopic, cluster: str) -> None:
    topic = kafka_topic()
    done = run("upload", folder, topic, "--cluster", cluster)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        rf"2 files, 3\.0 kB uploaded to {topic} in 0:\d\d \([\d.]+ k?B/s\)\n", done.stdout
    )
    assert received(cluster, topic) == {"a.dat": b"a" * 1000, "below/b.dat": b"b" * 2000}


def test_a_second_time_nothing_is_sent(folder: Path, kafka_topic: MakeTopic, cluster: str) -> None:
    topic = kafka_topic()
    run("upload", folder, topic, "--cluster", cluster)
    done = run("upload", folder, topic, "--cluster", cluster)
    assert done.returncode == 0
    assert done.stdout.startswith("0 files, 0 B uploaded")
    assert done.stdout.endswith("; 2 sent before\n")
    again = run("upload", folder, topic, "--cluster", cluster, "--again")
    assert again.stdout.startswith("2 files, 3.0 kB uploaded")


def test_only_chosen_files_are_sent(folder: Path, kafka_topic: MakeTopic, cluster: str) -> None:
    topic = kafka_topic()
    (folder / "c.log").touch()
    options = ["--include", "*.dat", "--include", "*.log", "--exclude", "below/**"]
    done = run("upload", folder, topic, *options, "--cluster", cluster)
    assert done.returncode == 0
    assert received(cluster, topic).keys() == {"a.dat", "c.log"}
    assert "is excluded" in done.stderr, "nothing is left out silently"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watched_directory_is_sent_until_a_signal(
    folder: Path, kafka_topic: MakeTopic, cluster: str, number: signal.Signals
) -> None:
    topic = kafka_topic()
    words = ["upload", folder, topic, "--watch", "--settle", "0", "--cluster", cluster]
    with running(*words) as process:
        wait_until(lambda: len(received(cluster, topic)) == 2, "the first files")
        (folder / "late.dat").write_bytes(b"late")
        wait_until(lambda: "late.dat" in received(cluster, topic), "the late file")
        process.send_signal(number)
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, "")
    assert out.startswith(f"3 files, 3.0 kB uploaded to {topic} in ")


def test_a_log_gets_lines_with_their_time_and_no_bar(
    folder: Path, kafka_topic: MakeTopic, cluster: str
) -> None:
    (folder / ".hidden").touch()
    done = run("upload", folder, kafka_topic(), "--cluster", cluster)
    assert done.returncode == 0
    assert re.fullmatch(rf"{STAMP}problem: [^\r\n]*hidden[^\r\n]*\n", done.stderr)
    assert done.stdout.endswith("; 1 skipped\n")


def test_a_terminal_gets_a_bar(folder: Path, kafka_topic: MakeTopic, cluster: str) -> None:
    (folder / "large.dat").write_bytes(bytes(64 * 2**20))
    (folder / ".hidden").touch()
    code, out, terminal = run_on_terminal("upload", folder, kafka_topic(), "--cluster", cluster)
    assert code == 0
    assert out.startswith("3 files, 67.1 MB uploaded")
    bars = [text for text in terminal.drawn if text.startswith("[")]
    assert bars, terminal.text
    assert re.match(r"\[[#.]{8,30}\] +\d+%  \d of 3 files, [\d.]+ M?B of 67\.1 MB", bars[-1])
    assert all(len(text) < 110 for text in terminal.drawn if not text.startswith("problem"))
    assert [line for line in terminal.screen if line][1:] == [], "the bar is taken away"
    assert terminal.screen[0].startswith("problem: ")


def test_a_narrow_terminal_gets_numbers_in_one_line(
    folder: Path, kafka_topic: MakeTopic, cluster: str
) -> None:
    (folder / "large.dat").write_bytes(bytes(64 * 2**20))
    words = ["upload", folder, kafka_topic(), "--cluster", cluster]
    code, _, terminal = run_on_terminal(*words, columns=30)
    assert code == 0
    assert all(len(text) < 30 for text in terminal.drawn)


def test_what_cannot_be_sent_fails_the_command(
    folder: Path, kafka_topic: MakeTopic, cluster: str
) -> None:
    (folder / "con").touch()
    done = run("upload", folder, kafka_topic(), "--cluster", cluster)
    assert done.returncode == 1
    assert done.stdout.startswith("2 files, 3.0 kB uploaded"), "the others are sent"
    assert done.stderr.count(f"{folder / 'con'}") == 1
    assert re.search(r"^jupyter stream: upload .* 1 ", done.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["/no/such/place", "t"], 1, "there is no file or directory /no/such/place"),
        (["FOLDER/a.dat", "t", "--watch"], 1, "only directories can be watched"),
        (["FOLDER", "no topic"], 1, "no topic"),
        (["FOLDER", "t", "--poll"], 2, "--poll goes with --watch"),
        (["FOLDER", "t", "--settle", "0"], 2, "--settle goes with --watch"),
        (["FOLDER", "t", "--watch", "--settle", "soon"], 2, "'soon' is no time"),
        (["FOLDER", "t", "--watch", "--settle", "-1"], 2, "--settle"),
        (["FOLDER", "t", "--chunk-size", "0"], 2, "'0' is no whole number of at least 1"),
        (["FOLDER", "t", "--include", ""], 2, "it is empty"),
        (["FOLDER"], 2, "required: TOPIC"),
        ([], 2, "required: PATH, TOPIC"),
    ],
)
def test_a_mistake_gets_a_plain_answer(
    folder: Path, cluster: str, words: list[str], code: int, text: str
) -> None:
    named = [word.replace("FOLDER", str(folder)) for word in words]
    done = run("upload", *named, "--cluster", cluster)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert text in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broker_that_does_not_answer_is_told(folder: Path) -> None:
    done = run("upload", folder, "t", "--cluster", "localhost:1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing listens at this address" in done.stderr


def test_without_a_cluster_none_is_started(folder: Path, tmp_path: Path) -> None:
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("DATA", "CONFIG")}
    done = run("upload", folder, "t", **own)
    assert (done.returncode, done.stdout) == (1, "")
    for way in ("--cluster", "'default'", "jupyter stream broker start"):
        assert way in done.stderr
    assert not (tmp_path / "DATA").exists()


def test_the_profile_default_is_used(
    folder: Path, tmp_path: Path, kafka_topic: MakeTopic, cluster: str
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "jupyter_stream.toml").write_text(
        f'[profiles.default.broker]\nbootstrap.servers = "{cluster}"\n', encoding="utf-8"
    )
    done = run("upload", folder, kafka_topic(), JUPYTER_CONFIG_DIR=str(tmp_path / "config"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 files")


def test_else_a_local_broker_that_runs_is_used(
    folder: Path, tmp_path: Path, private_broker: LocalBroker
) -> None:
    private_broker.start()
    data = tmp_path / "data"
    (data / "jupyter_stream").mkdir(parents=True)
    (data / "jupyter_stream" / "broker").symlink_to(private_broker.directory)
    own = {"JUPYTER_DATA_DIR": str(data), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    done = run("upload", folder, "spectra", **own)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 files")


def test_a_broker_that_goes_away_is_told_and_waited_for(
    folder: Path, private_broker: LocalBroker
) -> None:
    cluster = private_broker.start().bootstrap
    words = ["upload", folder, "spectra", "--watch", "--settle", "0", "--cluster", cluster]
    with running(*words) as process:
        wait_until(lambda: _has_two(cluster), "the first files")
        private_broker.stop()
        assert process.stderr
        assert re.fullmatch(rf"{STAMP}waiting: .*{cluster}.*\n", process.stderr.readline())
        (folder / "late.dat").write_bytes(b"late")
        private_broker.start()
        assert re.fullmatch(rf"{STAMP}it goes on\n", process.stderr.readline())
        wait_until(lambda: "late.dat" in received(cluster, "spectra"), "the late file")
        process.terminate()
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, ""), out
    assert out.startswith("3 files")


def test_a_second_ctrl_c_ends_it_at_once(folder: Path, private_broker: LocalBroker) -> None:
    cluster = private_broker.start().bootstrap
    words = ["upload", folder, "spectra", "--watch", "--settle", "0", "--cluster", cluster]
    with running(*words) as process:
        wait_until(lambda: _has_two(cluster), "the first files")
        private_broker.stop()
        assert process.stderr
        assert "waiting" in process.stderr.readline()
        (folder / "late.dat").write_bytes(b"late")
        process.send_signal(signal.SIGINT)
        # Sooner, it would be taken for the same one.
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=DEADLINE)
    # Outside of our own code the interpreter ends by the signal itself.
    assert process.returncode in {0, 130, -signal.SIGINT}
    # What still ran is named by a warning, which is an error in tests.
    assert "KeyboardInterrupt" not in err


def _has_two(cluster: str) -> bool:
    return "spectra" in js.connect(cluster).topics() and len(received(cluster, "spectra")) == 2
