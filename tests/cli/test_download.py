"""`jupyter stream download`, as a user runs it, from a real broker."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from jupyter_stream.files.uploading.split import split
from tests.cli.command import DEADLINE, run, run_on_terminal, running
from tests.files.receiving.writing import write_chunks
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> str:
    """The address of the tests' broker."""
    return kafka_broker.bootstrap


@pytest.fixture
def topic(tmp_path: Path, kafka_topic: MakeTopic, cluster: str) -> str:
    """A topic with two files, one of them below a directory."""
    topic = kafka_topic(2)
    send(tmp_path / "sent", {"a.dat": b"a" * 1000, "below/b.dat": b"b" * 2000}, topic, cluster)
    return topic


def send(folder: Path, files: dict[str, bytes], topic: str, cluster: str) -> None:
    """Write files, and upload them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    job = js.upload(folder, topic, cluster=js.connect(cluster))
    job.wait(DEADLINE)
    job.raise_if_failed()


def written(folder: Path) -> dict[str, bytes]:
    """Return the files that are there, but for what is hidden."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def test_files_are_written_and_summed_up(tmp_path: Path, topic: str, cluster: str) -> None:
    out = tmp_path / "out"
    done = run("download", topic, out, "--until-end", "--cluster", cluster)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        rf"2 files, 3\.0 kB downloaded to {out} in 0:\d\d \([\d.]+ k?B/s\)\n", done.stdout
    )
    assert written(out) == {"a.dat": b"a" * 1000, "below/b.dat": b"b" * 2000}


def test_the_next_download_goes_on_where_this_one_stopped(
    tmp_path: Path, topic: str, cluster: str
) -> None:
    out = tmp_path / "out"
    words = ["download", topic, out, "--until-end", "--cluster", cluster]
    run(*words)
    (out / "a.dat").unlink()
    send(tmp_path / "sent", {"c.dat": b"c"}, topic, cluster)
    done = run(*words)
    assert done.stdout.startswith("1 file, 1 B downloaded")
    assert written(out).keys() == {"below/b.dat", "c.dat"}

    assert run("ledger", "repair", out).returncode == 0
    done = run(*words)
    assert done.stdout.startswith("1 file, 1.0 kB downloaded"), "what is gone comes again"
    assert written(out).keys() == {"a.dat", "below/b.dat", "c.dat"}


def test_a_ledger_is_not_repaired_under_a_download(
    tmp_path: Path, topic: str, cluster: str
) -> None:
    out, state = tmp_path / "out", tmp_path / "state"
    words = ["download", topic, out, "--state", state, "--cluster", cluster]
    with running(*words) as process:
        wait_until(lambda: out.is_dir() and len(written(out)) == 2, "the files")
        done = run("ledger", "repair", out, "--state", state)
        assert done.returncode == 1
        assert f"an upload or a download uses {state}; stop it" in done.stderr
        process.terminate()
        process.communicate(timeout=DEADLINE)
    assert run("ledger", "repair", out, "--state", state).stdout == "The ledger is sound.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_files_are_written_until_a_signal(
    tmp_path: Path, topic: str, cluster: str, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    with running("download", topic, out, "--cluster", cluster) as process:
        wait_until(lambda: out.is_dir() and len(written(out)) == 2, "the first files")
        send(tmp_path / "sent", {"late.dat": b"late"}, topic, cluster)
        wait_until(lambda: "late.dat" in written(out), "the late file")
        process.send_signal(number)
        text, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, "")
    assert text.startswith(f"3 files, 3.0 kB downloaded to {out} in ")


def test_a_terminal_gets_the_numbers(tmp_path: Path, topic: str, cluster: str) -> None:
    words = ["download", topic, tmp_path / "out", "--until-end", "--cluster", cluster]
    code, out, terminal = run_on_terminal(*words)
    assert code == 0
    assert out.startswith("2 files")
    assert [line for line in terminal.screen if line] == [], "the line is taken away"
    assert all(re.match(r"[\d\[]", text) for text in terminal.drawn), terminal.drawn


def test_where_to_start_can_be_chosen(tmp_path: Path, topic: str, cluster: str) -> None:
    words = [topic, tmp_path / "out", "--until-end", "--cluster", cluster]
    assert run("download", *words, "--from", "latest").stdout.startswith("0 files")
    assert run("download", *words, "--from", "-10m").stdout.startswith("2 files")


def test_only_chosen_files_are_written(tmp_path: Path, topic: str, cluster: str) -> None:
    out = tmp_path / "out"
    words = ["download", topic, out, "--until-end", "--exclude", "a.*", "--cluster", cluster]
    assert run(*words).returncode == 0
    assert written(out).keys() == {"below/b.dat"}


def test_a_topic_is_waited_for(tmp_path: Path, kafka_topic: MakeTopic, cluster: str) -> None:
    topic = f"{kafka_topic()}-later"
    out = tmp_path / "out"
    with running("download", topic, out, "--wait", "--cluster", cluster) as process:
        assert process.stderr
        assert f"waiting: there is no topic '{topic}'" in process.stderr.readline()
        send(tmp_path / "sent", {"a.dat": b"a"}, topic, cluster)
        assert process.stderr.readline().endswith("it goes on\n")
        wait_until(lambda: written(out) == {"a.dat": b"a"}, "the file")
        process.terminate()
        _, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, "")


def test_a_file_that_is_not_complete_fails_the_command(
    tmp_path: Path, topic: str, cluster: str
) -> None:
    path = tmp_path / "half.dat"
    path.write_bytes(bytes(3000))
    chunks = list(split(path, tmp_path, chunk_size=1000))
    write_chunks(js.connect(cluster), topic, chunks[:2])
    out = tmp_path / "out"
    done = run("download", topic, out, "--until-end", "--cluster", cluster)
    assert done.returncode == 1
    assert written(out).keys() == {"a.dat", "below/b.dat"}
    assert "; 1 unfinished" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["TOPIC-", "OUT"], 1, "did you mean TOPIC"),
        (["TOPIC", "OUT", "--from", "yesterday"], 2, "'yesterday' is no place to start at"),
        (["TOPIC", "OUT", "--from"], 2, "--from: expected one argument"),
        (["TOPIC", "OUT", "--unfinished", "never"], 2, "'never' is no time"),
        (["TOPIC", "OUT", "--unfinished", "0"], 2, "'0' is no time to wait: give seconds"),
        (["TOPIC", "OUT", "--group", ""], 2, "argument --group: it is empty"),
        (["TOPIC", "OUT", "--include", ""], 2, "argument --include: it is empty"),
        (["TOPIC", "OUT/a file/below"], 1, "OUT/a file"),
        (["TOPIC"], 2, "required: DIR"),
    ],
)
def test_a_mistake_gets_a_plain_answer(
    tmp_path: Path, topic: str, cluster: str, words: list[str], code: int, text: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a file").touch()
    named = [word.replace("TOPIC", topic).replace("OUT", str(out)) for word in words]
    done = run("download", *named, "--cluster", cluster)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert text.replace("TOPIC", topic).replace("OUT", str(out)) in done.stderr
    assert "Traceback" not in done.stderr
