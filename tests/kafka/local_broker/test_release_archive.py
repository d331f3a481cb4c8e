"""The official archive: fetched, checked, unpacked safely."""

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from jupyter_stream.errors import KafkaNotObtainable
from jupyter_stream.kafka.local_broker import Progress
from jupyter_stream.kafka.local_broker.progress import untold
from jupyter_stream.kafka.local_broker.release import ARCHIVE_NAME, NAME, VERSION
from jupyter_stream.kafka.local_broker.release_archive import fetch_release

Publish = Callable[[bytes], str]


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """Serve a folder as a mirror does; the name of the folder is `mirror`."""
    root = tmp_path / "mirror"
    root.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(root))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def publish(mirror: str, tmp_path: Path) -> Publish:
    """Give a function that puts an archive on the mirror and returns its digest."""
    assert mirror

    def put(archive: bytes) -> str:
        folder = tmp_path / "mirror" / VERSION
        folder.mkdir()
        (folder / ARCHIVE_NAME).write_bytes(archive)
        return hashlib.sha512(archive).hexdigest()

    return put


def _tar(members: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mode = 0o4777
            tar.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            tar.addfile(link)
    return file.getvalue()


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_jars_arrive_and_nothing_else(mirror: str, publish: Publish, tmp_path: Path) -> None:
    jars = {f"{NAME}/libs/a.jar": b"A" * 3_000_000, f"{NAME}/libs/b.jar": b"B"}
    archive = _tar(jars | {f"{NAME}/bin/run.sh": b"#!", f"{NAME}/libs/note.txt": b"?"})
    steps: list[Progress] = []
    fetch_release(mirror + "/", tmp_path / "cache", steps.append, sha512=publish(archive))
    assert _contents(tmp_path / "cache") == {"a.jar": b"A" * 3_000_000, "b.jar": b"B"}
    assert steps[-1] == Progress("Downloading Kafka", len(archive), len(archive), "bytes")
    assert not (tmp_path / ARCHIVE_NAME).exists()


def test_members_cannot_leave_the_folder(mirror: str, publish: Publish, tmp_path: Path) -> None:
    members = {"../../libs/up.jar": b"1", "/tmp/libs/root.jar": b"2", f"{NAME}/libs/ok.jar": b"3"}  # noqa: S108
    archive = _tar(members, links={f"{NAME}/libs/link.jar": "/etc/passwd"})
    (tmp_path / "a" / "b").mkdir(parents=True)
    fetch_release(mirror, tmp_path / "a" / "b" / "cache", untold, sha512=publish(archive))
    assert sorted(_contents(tmp_path / "a" / "b" / "cache")) == ["ok.jar", "root.jar", "up.jar"]
    assert [path.name for path in tmp_path.rglob("*.jar") if "cache" not in path.parts] == []
    modes = {path.stat().st_mode & 0o7022 for path in (tmp_path / "a/b/cache").iterdir()}
    assert modes == {0}


def test_another_archive_is_refused(mirror: str, publish: Publish, tmp_path: Path) -> None:
    publish(_tar({f"{NAME}/libs/a.jar": b"evil"}))
    with pytest.raises(KafkaNotObtainable, match=r"not the official archive: its SHA-512 begins"):
        fetch_release(mirror, tmp_path / "cache", untold)
    assert not (tmp_path / "cache").exists()
    assert not (tmp_path / ARCHIVE_NAME).exists()


def test_a_damaged_archive_is_refused(mirror: str, publish: Publish, tmp_path: Path) -> None:
    damaged = _tar({f"{NAME}/libs/a.jar": b"A" * 100_000})[:-40]
    with pytest.raises(KafkaNotObtainable, match="cannot be unpacked"):
        fetch_release(mirror, tmp_path / "cache", untold, sha512=publish(damaged))
    nonsense = hashlib.sha512(b"no archive").hexdigest()
    (tmp_path / "mirror" / VERSION / ARCHIVE_NAME).write_bytes(b"no archive")
    with pytest.raises(KafkaNotObtainable, match="cannot be unpacked"):
        fetch_release(mirror, tmp_path / "cache", untold, sha512=nonsense)


def test_a_mirror_without_the_archive_is_named(mirror: str, tmp_path: Path) -> None:
    with pytest.raises(KafkaNotObtainable, match=rf"{ARCHIVE_NAME} failed: .*404"):
        fetch_release(mirror, tmp_path / "cache", untold)
