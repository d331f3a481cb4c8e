"""Get Kafka as the official release archive, checked against its pinned digest."""

import hashlib
import tarfile
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from jupyter_stream.errors import DiskFull, KafkaNotObtainable
from jupyter_stream.kafka.local_broker import release
from jupyter_stream.kafka.local_broker.disk_space import out_of_space
from jupyter_stream.kafka.local_broker.progress import OnProgress, Progress

_BLOCK_SIZE = 1 << 20
_SILENCE_LIMIT = 30.0


def fetch_release(
    mirror: str, target: Path, on_progress: OnProgress, *, sha512: str = release.ARCHIVE_SHA512
) -> None:
    """Download, check and unpack the jars of the release.

    Parameters
    ----------
    mirror
        Address of a copy of the Apache Software Foundation's folder `kafka`.
    target
        The folder for the jars; it is made. The archive lies next to it for a while.
    on_progress
        Told of each block that arrives.
    sha512
        The digest that the archive must have, in hexadecimal.

    Raises
    ------
    KafkaNotObtainable
        The archive cannot be had from there, is not the one that it should be, or is damaged.
    DiskFull
        It does not fit on the disk.
    """
    url = f"{mirror.rstrip('/')}/{release.VERSION}/{release.ARCHIVE_NAME}"
    archive = target.with_name(release.ARCHIVE_NAME)
    try:
        _check(_download(url, archive, on_progress), sha512, url)
        _unpack(archive, target)
    except OSError as error:
        if out_of_space(error):
            raise DiskFull(
                f"The disk of {target.parent} ran full while Kafka was fetched. "
                "Make room and try again."
            ) from error
        raise KafkaNotObtainable(f"{url} failed: {error}") from error
    finally:
        archive.unlink(missing_ok=True)


def _download(url: str, archive: Path, on_progress: OnProgress) -> str:
    """Store what an address gives and return its SHA-512."""
    digest = hashlib.sha512()
    with (
        urllib.request.urlopen(url, timeout=_SILENCE_LIMIT) as answer,  # noqa: S310 - digest decides
        archive.open("wb") as file,
    ):
        size = answer.headers["Content-Length"]
        total = int(size) if size else None
        for block in _blocks(answer):
            digest.update(block)
            file.write(block)
            on_progress(Progress("Downloading Kafka", file.tell(), total, "bytes"))
    return digest.hexdigest()


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stream.read(_BLOCK_SIZE), b"")


def _check(found: str, wanted: str, url: str) -> None:
    if found != wanted:
        raise KafkaNotObtainable(
            f"{url} is not the official archive: its SHA-512 begins with {found[:16]}, "
            f"not with {wanted[:16]}; nothing of it was used"
        )


def _unpack(archive: Path, target: Path) -> None:
    """Unpack the jars of `libs/` into a folder, and nothing else."""
    try:
        with tarfile.open(archive) as tar:
            jars = [member for member in tar if _is_library(member)]
            for jar in jars:
                jar.name = Path(jar.name).name
            tar.extractall(target, jars, filter="data")
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise KafkaNotObtainable(f"the archive cannot be unpacked: {error}") from error


def _is_library(member: tarfile.TarInfo) -> bool:
    folders = Path(member.name).parts[:-1]
    return member.isfile() and folders[-1:] == ("libs",) and member.name.endswith(".jar")
