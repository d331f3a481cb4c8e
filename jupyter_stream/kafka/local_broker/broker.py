"""Start, stop and find the local broker."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from jupyter_stream.errors import DiskFull, LocalBrokerError
from jupyter_stream.kafka.local_broker import process
from jupyter_stream.kafka.local_broker.class_data import class_data_file, keep_class_data
from jupyter_stream.kafka.local_broker.disk_space import MEGABYTE, out_of_space, require_space
from jupyter_stream.kafka.local_broker.folders import default_cache, default_directory
from jupyter_stream.kafka.local_broker.java import find_java
from jupyter_stream.kafka.local_broker.java_command import broker_mark
from jupyter_stream.kafka.local_broker.launch import RECORDING, Launch, wait_until_ready
from jupyter_stream.kafka.local_broker.lock import locked
from jupyter_stream.kafka.local_broker.log_files import LogFiles
from jupyter_stream.kafka.local_broker.obtain import obtain_kafka
from jupyter_stream.kafka.local_broker.ports import HOST
from jupyter_stream.kafka.local_broker.progress import OnProgress, Progress, untold
from jupyter_stream.kafka.local_broker.record import Record, read_record
from jupyter_stream.kafka.local_broker.release import MIRRORS
from jupyter_stream.kafka.local_broker.running import RunningBroker

_PATIENCE = 60.0
_LOCK = "lock"
_NOTHING: Mapping[str, str] = MappingProxyType({})


class LocalBroker:
    """The broker that keeps its data in a folder of this machine, running or not.

    It runs on its own: it outlives the process that started it, and every process of the user that
    names the same folder finds the same broker. As a context manager it starts the broker and
    stops it at the end, whoever started it.

    Parameters
    ----------
    directory
        The folder for its data, settings and log; by default in the user's Jupyter data directory.
    cache
        The folder for Kafka itself; by default the user's cache.
    mirrors
        Addresses of copies of the Apache Software Foundation's folder `kafka`; by default the one
        in the environment variable JUPYTER_STREAM_KAFKA_MIRROR, or else the foundation's own.
    properties
        Settings of Kafka beyond ours, which they override.
    heap
        The most memory for Kafka's objects, in bytes; 256 MiB are enough for a few thousand
        partitions.
    minimum_free
        The room that the disk of the folder must have at a start, in bytes.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        cache: Path | None = None,
        mirrors: Sequence[str] | None = None,
        properties: Mapping[str, str] = _NOTHING,
        heap: int = 256 << 20,
        minimum_free: int = 200 * MEGABYTE,
    ) -> None:
        self.directory = (directory or default_directory()).resolve()
        self._cache = (cache or default_cache()).resolve()
        self._mirrors = _mirrors() if mirrors is None else mirrors
        self._properties = properties
        self._heap = heap
        self._minimum_free = minimum_free

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def status(self) -> RunningBroker | None:
        """Return what is known of the broker; None if it does not run.

        Raises
        ------
        LocalBrokerError
            Its folder cannot be used.
        """
        try:
            record = self._living_record()
        except OSError as error:
            raise self._unusable(error) from error
        return self._running(record) if record else None

    def start(self, on_progress: OnProgress = untold, *, port: int | None = None) -> RunningBroker:
        """Start the broker, or find it running, and return when clients can use it.

        Parameters
        ----------
        on_progress
            Told what is being done; the first start may have to fetch Kafka.
        port
            Where it must listen; by default where it listened last, or else at any free port.

        Raises
        ------
        JavaNotFound, JavaTooOld
            Kafka cannot be run.
        KafkaNotObtainable
            There is no Kafka to run.
        PortTaken
            Another program uses the port that was asked for.
        DiskFull
            The disk has no room.
        BrokerStartFailed
            Kafka ended, or did not become ready.
        LocalBrokerError
            The broker runs already, at another port than asked for, or its folder cannot be used.
        """
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with locked(self.directory / _LOCK):
                return self._running(self._started(on_progress, port))
        except OSError as error:
            raise self._unusable(error) from error

    def stop(self) -> bool:
        """Stop the broker in good order, and tell whether there was one to stop."""
        if not self.directory.is_dir():
            return False
        with locked(self.directory / _LOCK):
            record = self._living_record()
            if record and process.end(record.pid, _PATIENCE):
                keep_class_data(self.directory / RECORDING, Path(record.class_data))
            return record is not None

    def _started(self, on_progress: OnProgress, port: int | None) -> Record:
        """Return a start that clients can use, of now or of before; the lock is held."""
        record = self._living_record()
        if record is None:
            return self._launch(on_progress, port)
        if port not in (None, record.port):
            raise LocalBrokerError(
                f"The local broker runs already, at {HOST}:{record.port}. Stop it first to have "
                f"it at port {port}."
            )
        return record if self._becomes_ready(record) else self._launch(on_progress, port)

    def _becomes_ready(self, record: Record) -> bool:
        """Wait for a broker that somebody else started, perhaps a moment ago.

        Returns
        -------
        bool
            False if it ended meanwhile.

        Raises
        ------
        BrokerStartFailed
            It runs, but does not become ready.
        """
        try:
            wait_until_ready(self.directory, record, LogFiles(self.directory))
        except LocalBrokerError:
            if self._living_record() is not None:
                raise
            return False
        return True

    def _launch(self, on_progress: OnProgress, port: int | None) -> Record:
        require_space(self.directory, self._minimum_free)
        java = find_java()
        kafka = obtain_kafka(self._cache, self._mirrors, on_progress)
        on_progress(Progress(f"Starting Kafka {kafka.version}"))
        class_data = class_data_file(self._cache, java, kafka)
        launch = Launch(self.directory, java, kafka, class_data, self._heap, self._properties)
        return launch.run(port)

    def _living_record(self) -> Record | None:
        record = read_record(self.directory)
        alive = record and process.is_alive(record.pid, broker_mark(self.directory))
        return record if alive else None

    def _running(self, record: Record) -> RunningBroker:
        return RunningBroker(
            bootstrap=f"{HOST}:{record.port}",
            pid=record.pid,
            version=record.version,
            directory=self.directory,
            log_file=LogFiles(self.directory).log,
        )

    def _unusable(self, error: OSError) -> LocalBrokerError:
        if out_of_space(error):
            return DiskFull(f"The disk of {self.directory} is full. Make room and start again.")
        return LocalBrokerError(
            f"The local broker cannot use its folder {self.directory}: {error}. Check the "
            "permissions, or set JUPYTER_DATA_DIR to another place."
        )


def _mirrors() -> Sequence[str]:
    named = os.environ.get("JUPYTER_STREAM_KAFKA_MIRROR")
    return [named] if named else MIRRORS
