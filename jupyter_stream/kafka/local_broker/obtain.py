"""Where Kafka comes from: KAFKA_HOME, the cache, Maven, or the official release archive."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_stream.errors import KafkaNotObtainable
from jupyter_stream.kafka.local_broker import release
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries, libraries_in_home
from jupyter_stream.kafka.local_broker.maven import fetch_with_maven
from jupyter_stream.kafka.local_broker.progress import OnProgress
from jupyter_stream.kafka.local_broker.release_archive import fetch_release

_Fetch = Callable[[Path, OnProgress], None]


def obtain_kafka(cache: Path, mirrors: Sequence[str], on_progress: OnProgress) -> KafkaLibraries:
    """Return a Kafka that can be run, fetching it into the cache if need be.

    Parameters
    ----------
    cache
        The folder for what was fetched; it is made.
    mirrors
        Addresses of copies of the Apache Software Foundation's folder `kafka`, tried in turn.
    on_progress
        Told how far fetching has come.

    Raises
    ------
    KafkaNotObtainable
        KAFKA_HOME is wrong, or no way to get Kafka worked; the text names each.
    DiskFull
        Kafka does not fit on the disk of the cache.
    """
    if home := os.environ.get("KAFKA_HOME"):
        return libraries_in_home(Path(home))
    cached = cache / release.NAME
    if not cached.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        _fetch(cached, mirrors, on_progress)
    return KafkaLibraries(cached, release.VERSION)


def _fetch(cached: Path, mirrors: Sequence[str], on_progress: OnProgress) -> None:
    """Try one source after the other until one has filled the cache."""
    sources: list[_Fetch] = [fetch_with_maven, *(partial(fetch_release, url) for url in mirrors)]
    reasons = []
    for source in sources:
        try:
            _fill(cached, source, on_progress)
        except KafkaNotObtainable as error:
            reasons.append(str(error))
        else:
            return
    raise KafkaNotObtainable(
        f"Kafka {release.VERSION} is not on this machine and could not be fetched: "
        f"{'; '.join(reasons)}. Connect to the network once, install Maven, or unpack a Kafka "
        "release and let KAFKA_HOME point to it."
    )


def _fill(cached: Path, source: _Fetch, on_progress: OnProgress) -> None:
    """Fetch beside the final place and rename, so that the cache never holds half a Kafka."""
    with TemporaryDirectory(dir=cached.parent, prefix=".fetching-") as scratch:
        fetched = Path(scratch) / "libs"
        source(fetched, on_progress)
        try:
            fetched.rename(cached)
        except OSError:
            # Somebody else fetched it at the same time and was first.
            if not cached.is_dir():
                raise
