"""Receiving files into memory, to iterate over."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileNotInTopic
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.files.receiving.hand_over import HandOver
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.files.receiving.reception import Reception
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan, plan_reception
from jupyter_stream.jobs.job import IDLE_SECONDS
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.start import Start

ASSEMBLY_BYTES = 4 * 2**30
# So many signs of a hash tell files apart.
HASH_SIGNS = 16
_FULL = "reading waits: as many files as may wait are here, and nobody takes them"


def receive(
    topic: str,
    *,
    start: Start | str = "earliest",
    group: str | None = None,
    include: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    until_end: bool = False,
    unfinished_seconds: float = 600.0,
    wait_for_topic: bool = False,
    cluster: Cluster | None = None,
) -> FileStream:
    """Receive the files of a topic in memory, to iterate over with `for` or `async for`.

    Parameters
    ----------
    topic
        Name of the topic.
    start
        "earliest", "latest", a time, a time span ("-10m", or a timedelta), an offset, or the
        offset of each partition; with a group where it has no position.
    group
        A consumer group to share the files with: each comes to one of its members. What was
        under way when a member died comes again, to another.
    include, exclude
        Patterns of paths (`*`, `?`, `**`, `[abc]`); one without "/" is for the last name.
    until_end
        Whether the iteration ends where the topic ends now.
    unfinished_seconds
        After so long without a new chunk an unfinished file is given up.
    wait_for_topic
        Whether to wait for a topic that does not exist yet, instead of raising.
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    FileStream
        The running job: an iterator of `ReceivedFile`, and a context manager that stops it.

    Raises
    ------
    UsageMistake
        An argument has a value that is not offered.
    TopicNotFound
        There is no such topic; the text names the nearest ones.
    NotConnected
        No cluster was given, and none was connected to.
    ClusterUnreachable
        No broker answers.
    """
    plan = plan_reception(
        topic,
        start=start,
        group=group,
        include=include,
        exclude=exclude,
        until_end=until_end,
        unfinished_seconds=unfinished_seconds,
        wait_for_topic=wait_for_topic,
    )
    return FileStream(cluster or current_cluster(), plan).start()


class FileStream(Reception):
    """The files of a topic as they become complete; made by `receive`.

    When 256 MiB or 1000 files wait to be taken, reading waits. In a group the position
    moves only past files after which the next one was asked for.

    Parameters
    ----------
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    """

    def __init__(self, cluster: Cluster, plan: ReceptionPlan) -> None:
        self._hand_over = HandOver()
        self._completed = CompletedFiles()
        self._unreleased: deque[tuple[int, dict[int, int]]] = deque()
        super().__init__(
            f"receive {plan.topic}",
            cluster,
            plan,
            sink=MemorySink(),
            limits=AssemblyLimits(max_total_bytes=ASSEMBLY_BYTES),
            register=self._completed,
        )

    def __iter__(self) -> FileStream:
        return self

    def __next__(self) -> ReceivedFile:
        while not self._has_ended():
            if file := self._hand_over.take():
                return file
            self._bell.wait_for(self._can_go_on, None)
        if file := self._remaining():
            return file
        self.raise_if_failed()
        raise StopIteration

    def __aiter__(self) -> FileStream:
        return self

    async def __anext__(self) -> ReceivedFile:
        while not self._has_ended():
            if file := self._hand_over.take():
                return file
            await self._bell.heard(self._can_go_on, None)
        if file := self._remaining():
            return file
        self.raise_if_failed()
        raise StopAsyncIteration

    def find(self, sha512: str) -> ReceivedFile:
        """Return the next file with a certain content; files before it are passed over.

        Parameters
        ----------
        sha512
            The hash of the content in hexadecimal digits, or how it begins.

        Raises
        ------
        FileNotInTopic
            The iteration ended without it; this takes `until_end`, or a stop.
        JobFailed
            The topic could not be read to its end.
        """
        for file in self:
            if file.sha512.startswith(sha512.lower()):
                return file
        raise FileNotInTopic(
            f"{self.topic!r} does not hold the whole of the file whose SHA-512 begins with "
            f"{sha512[:HASH_SIGNS]}: its chunks were deleted, as the topic's retention has it, or "
            "are not all there yet. Look at the topic's files in the sidebar; whoever has the "
            "file can upload it again"
        )

    def release(self) -> None:
        """Let go of the files that were not taken."""
        self._hand_over.clear()

    def _has_ended(self) -> bool:
        return self.state.ended or self._stopping.is_set()

    def _can_go_on(self) -> bool:
        """Tell whether whoever waits for the next file has waited enough."""
        return self._hand_over.holds_files or self._has_ended()

    def _remaining(self) -> ReceivedFile | None:
        """Give what was complete before the end; after a stop nothing more."""
        return None if self._stopping.is_set() else self._hand_over.take()

    def _step(self) -> None:
        if not self._hand_over.is_full:
            super()._step()
            return
        self._publish(self.stats, _FULL)
        self._attend()
        self._commit({})
        self._hand_over.wait_for_room(IDLE_SECONDS)

    def _deliver(self, files: list[ReceivedFile]) -> None:
        self._hand_over.put(files)
        for file in files:
            self._announce(file)

    def _released(self, offsets: Mapping[int, int]) -> Mapping[int, int]:
        """Hold offsets back until the files before them were used."""
        if offsets:
            self._hold_back(dict(offsets))
        released: dict[int, int] = {}
        while self._unreleased and self._hand_over.is_used(self._unreleased[0][0]):
            released |= self._unreleased.popleft()[1]
        return released

    def _hold_back(self, offsets: dict[int, int]) -> None:
        count = self._hand_over.count
        if self._unreleased and self._unreleased[-1][0] == count:
            self._unreleased[-1][1].update(offsets)
        else:
            self._unreleased.append((count, offsets))

    def _give_away(self, partitions: set[int]) -> None:
        super()._give_away(partitions)
        # Should they come back, what was dropped is no repetition.
        self._completed.forget(self._hand_over.drop(partitions))
        for _, offsets in self._unreleased:
            for partition in partitions:
                offsets.pop(partition, None)

    def _finish_up(self) -> None:
        """Stay in the group until the last file was used, so that its position can move."""
        while self._plan.group and self._in_use() and self._goes_on():
            self._attend()
            self._hand_over.wait_for_room(IDLE_SECONDS)
        self._commit({})

    def _in_use(self) -> bool:
        return not self._hand_over.is_used(self._hand_over.count)
