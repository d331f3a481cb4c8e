"""Where Kafka comes from, in which order, and what is said if it comes from nowhere."""

import shutil
import socket
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from jupyter_stream.errors import DiskFull, KafkaNotObtainable
from jupyter_stream.kafka import local_broker
from jupyter_stream.kafka.local_broker import Progress, release
from jupyter_stream.kafka.local_broker.maven import fetch_with_maven
from jupyter_stream.kafka.local_broker.obtain import obtain_kafka
from jupyter_stream.kafka.local_broker.progress import untold


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Leave a machine without Maven; the folder is on the PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for tool in ("sh", "mkdir", "touch"):
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("KAFKA_HOME", raising=False)
    return folder


@pytest.fixture
def dead_mirror() -> str:
    """Return the address of a mirror where nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


def _install_maven(tools: Path, script: str) -> None:
    (tools / "mvn").write_text(f"#!/bin/sh\n{script}\n")
    (tools / "mvn").chmod(0o755)


def _make_home(home: Path, *jars: str) -> Path:
    (home / "libs").mkdir(parents=True)
    for jar in jars:
        (home / "libs" / jar).touch()
    return home


@pytest.mark.usefixtures("tools")
def test_without_any_source_all_are_named(dead_mirror: str, tmp_path: Path) -> None:
    with pytest.raises(KafkaNotObtainable) as failure:
        obtain_kafka(tmp_path / "cache", [dead_mirror, dead_mirror], untold)
    text = str(failure.value)
    assert "Maven (mvn) is not on the PATH" in text
    assert text.count(f"{dead_mirror}/{release.VERSION}/{release.ARCHIVE_NAME} failed") == 2
    assert "let KAFKA_HOME point to it" in text
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_failing_maven_gives_its_reason(tools: Path, dead_mirror: str, tmp_path: Path) -> None:
    _install_maven(tools, "echo '[INFO] Scanning'; echo '[ERROR] Unknown host x'; exit 1")
    with pytest.raises(KafkaNotObtainable, match="Maven failed: Unknown host x; http"):
        obtain_kafka(tmp_path, [dead_mirror], untold)
    _install_maven(tools, "exit 1")
    with pytest.raises(KafkaNotObtainable, match="Maven failed: it gave no reason"):
        obtain_kafka(tmp_path, [dead_mirror], untold)


def test_a_disk_that_runs_full_is_no_reason_to_try_further(tools: Path, tmp_path: Path) -> None:
    _install_maven(tools, "echo '[ERROR] x.jar: No space left on device'; exit 1")
    with pytest.raises(DiskFull, match="while Maven fetched Kafka"):
        obtain_kafka(tmp_path, [], untold)


def test_what_was_fetched_stays_in_the_cache(tools: Path, tmp_path: Path) -> None:
    """Maven's file names are told as they come, those of Maven's own jars too."""
    _install_maven(
        tools,
        'for last in "$@"; do case $last in -DoutputDirectory=*) out=${last#*=};; esac; done\n'
        'mkdir "$out"; touch "$out/a-1.jar"\n'
        "echo 'Downloaded from there: https://there/x/a-1.jar (5 kB at 9 kB/s)'\n"
        "echo 'Downloaded from there: https://there/x/a-1.pom (5 kB at 9 kB/s)'\n"
        "echo 'Downloaded from there: https://there/y/b-2.jar (5 kB at 9 kB/s)'",
    )
    steps: list[Progress] = []
    fetched = obtain_kafka(tmp_path / "cache", [], steps.append)
    assert [step.done for step in steps] == [0, 1, 2]
    assert (fetched.directory / "a-1.jar").exists()
    assert fetched.version == release.VERSION

    _install_maven(tools, "exit 1")
    assert obtain_kafka(tmp_path / "cache", [], untold) == fetched
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [release.NAME]


def test_who_comes_second_uses_what_the_first_fetched(tools: Path, tmp_path: Path) -> None:
    """While Maven works for us, somebody else fills the cache."""
    first = tmp_path / "cache" / release.NAME
    _install_maven(
        tools,
        'for last in "$@"; do case $last in -DoutputDirectory=*) out=${last#*=};; esac; done\n'
        f'mkdir "$out" "{first}"; touch "{first}/first.jar" "$out/second.jar"',
    )
    fetched = obtain_kafka(tmp_path / "cache", [], untold)
    assert [path.name for path in fetched.directory.iterdir()] == ["first.jar"]


def test_kafka_home_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = _make_home(tmp_path / "home", "kafka_2.13-4.2.0.jar", "kafka-clients-4.2.0.jar")
    monkeypatch.setenv("KAFKA_HOME", str(home))
    kafka = obtain_kafka(tmp_path / "cache", [], untold)
    assert (kafka.directory, kafka.version) == (home / "libs", "4.2.0")


@pytest.mark.parametrize(
    ("jars", "reason"),
    [
        ((), r"is no unpacked Kafka release: .*libs lacks"),
        (("kafka_2.13-4.2.0.jar",), r"is no unpacked Kafka release"),
        (
            ("kafka_2.13-3.9.1.jar", "kafka-clients-3.9.1.jar"),
            r"is Kafka 3\.9\.1, but .* 4 or newer",
        ),
    ],
)
def test_a_wrong_kafka_home_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jars: tuple[str, ...], reason: str
) -> None:
    monkeypatch.setenv("KAFKA_HOME", str(_make_home(tmp_path / "home", *jars)))
    with pytest.raises(KafkaNotObtainable, match=reason):
        obtain_kafka(tmp_path / "cache", [], untold)


def test_maven_and_the_archive_give_the_same_release() -> None:
    pom = Path(local_broker.__file__).with_name("pom.xml")
    space = {"m": "http://maven.apache.org/POM/4.0.0"}
    kafka = ET.parse(pom).find("m:dependencies/m:dependency", space)  # noqa: S314 - ours
    assert kafka is not None
    named = [kafka.findtext(f"m:{part}", "", space) for part in ("artifactId", "version")]
    assert "-".join(named) == release.NAME


def test_the_real_maven_brings_kafka_and_its_logging(tmp_path: Path) -> None:
    steps: list[Progress] = []
    fetch_with_maven(tmp_path / "libs", steps.append)
    jars = {jar.name for jar in (tmp_path / "libs").iterdir()}
    assert f"{release.NAME}.jar" in jars
    assert {jar.rsplit("-", 1)[0] for jar in jars} >= {"kafka-clients", "log4j-slf4j-impl"}
    assert steps[0] == Progress("Maven fetches Kafka")
