"""Downloading: the files of a topic appear in a directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.files.ledger import Ledger, state_folder
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.files.receiving.received_ledger import (
    POSITIONS_SCHEMA,
    RECEIVED_SCHEMA,
    REFUSED_SCHEMA,
    ReceivedLedger,
)
from jupyter_stream.files.receiving.reception import Reception
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan, plan_reception
from jupyter_stream.files.receiving.topic_job import absence_of
from jupyter_stream.files.working_directory import as_named
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

# Only what came takes room on the disk, whatever is claimed.
DISK_LIMITS = AssemblyLimits(max_file_bytes=2**40, max_total_bytes=2**40)


def download(
    topic: str,
    to: str | Path,
    *,
    start: Start | str | None = None,
    group: str | None = None,
    include: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    until_end: bool = False,
    unfinished_seconds: float = 3600.0,
    state: str | Path | None = None,
    wait_for_topic: bool = False,
    cluster: Cluster | None = None,
) -> Download:
    """Download the files of a topic into a directory, in the background.

    Each file appears complete or not at all, and once, also after a restart: the ledger in the
    directory knows what was received.

    Parameters
    ----------
    topic
        Name of the topic.
    to
        The directory; made if it does not exist.
    start
        None: where the last download of this topic to this directory stopped, at first at the
        beginning. Else "earliest", "latest", a time, a time span ("-10m", or a timedelta), an
        offset, or the offset of each partition. With a group: where it has no position.
    group
        A consumer group to share the files with, on one or more machines: each file comes to one
        of its members.
    include, exclude
        Patterns of paths (`*`, `?`, `**`, `[abc]`); one without "/" is for the last name.
    until_end
        Whether to end where the topic ends now, instead of waiting for more.
    unfinished_seconds
        After so long without a new chunk an unfinished file is given up: told, and kept in the
        directory's state folder as far as it came.
    state
        Folder of the ledger; `.jupyter_stream` in the directory if not given.
    wait_for_topic
        Whether to wait for a topic that does not exist yet, instead of raising.
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    Download
        The running download.

    Raises
    ------
    UsageMistake
        An argument has a value that is not offered.
    NotStored
        The directory cannot be written to.
    LedgerError
        The ledger there cannot be used.
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
    # Absolute: the working directory may be another one later.
    folder = None if state is None else Path(state).expanduser().absolute()
    directory = Path(to).expanduser().absolute()
    return Download(cluster or current_cluster(), plan, directory, folder).start()


class Download(Reception):
    """A running download; made by `download`.

    Parameters
    ----------
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    directory
        Where files go.
    state
        Folder of the ledger; None for the one inside the directory.
    """

    def __init__(
        self, cluster: Cluster, plan: ReceptionPlan, directory: Path, state: Path | None
    ) -> None:
        # Asked before anything is made: a typing mistake shall leave nothing behind.
        absence_of(cluster, plan.topic, wait=plan.wait_for_topic)
        sink = DiskSink(directory)
        self.directory = sink.directory
        try:
            self._ledger = Ledger(
                state_folder(self.directory, state),
                *(RECEIVED_SCHEMA, POSITIONS_SCHEMA, REFUSED_SCHEMA),
            )
        except BaseException:
            sink.close()
            raise
        self._received = ReceivedLedger(self._ledger, plan.topic, selection=str(plan.chosen))
        super().__init__(
            f"download {plan.topic} to {as_named(directory)}",
            cluster,
            plan,
            sink=sink,
            limits=DISK_LIMITS,
            register=self._received,
        )

    def _begin_at(self, start: Start | None) -> Start:
        self._received.turn_to(self._cluster.topic_id(self.topic))
        # A group keeps its own position: what its other members have is not in this ledger.
        if start is None and self._plan.group is None:
            return self._received.positions() or "earliest"
        return "earliest" if start is None else start

    def _deliver(self, files: list[ReceivedFile]) -> None:
        for file in files:
            self._announce(file)

    def _keep_refused(
        self, partition: int, offset: int, reason: str, record: Record | None
    ) -> None:
        self._received.refuse(partition, offset, reason, record)

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._ledger.close()
