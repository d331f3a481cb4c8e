"""What our reader makes of a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jupyter_stream as js

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from jupyter_stream.kafka.record import Record


class Collected:
    """Watches a topic, and keeps the newest content of each path that arrived.

    Parameters
    ----------
    topic
        Name of the topic.
    cluster
        Where it is.
    """

    def __init__(self, topic: str, cluster: js.Cluster) -> None:
        self.files: dict[str, bytes] = {}
        self.watch = js.watch(topic, apply=self._keep, cluster=cluster)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.watch.stop()

    def holds(self, expected: dict[str, bytes]) -> bool:
        """Whether every expected path has arrived with the expected content."""
        return all(self.files.get(path) == content for path, content in expected.items())

    def _keep(self, file: js.ReceivedFile) -> None:
        self.files[file.path] = bytes(file.data)


def records(topic: str, cluster: js.Cluster) -> list[Record]:
    """Return all records of a topic that nobody writes to any more."""
    reader = cluster.reader(topic, "earliest")
    found: list[Record] = []
    while reader.lag() != 0:
        found += reader.read(1.0)
    reader.close()
    return found
