"""Start Kafka in a folder and see it become ready."""

import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from jupyter_stream.kafka.local_broker import class_data, java_command, process
from jupyter_stream.kafka.local_broker.failure import explain_failure
from jupyter_stream.kafka.local_broker.java import Java
from jupyter_stream.kafka.local_broker.libraries import KafkaLibraries
from jupyter_stream.kafka.local_broker.log_files import LogFiles
from jupyter_stream.kafka.local_broker.ports import HOST, choose_ports
from jupyter_stream.kafka.local_broker.readiness import is_ready
from jupyter_stream.kafka.local_broker.record import Record, read_record, write_record
from jupyter_stream.kafka.local_broker.server_properties import (
    DATA_FOLDER,
    as_text,
    server_properties,
)

RECORDING = "class-data.jsa"
_READY_WITHIN = 60.0
_FORMATTED_WITHIN = 60.0
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Launch:
    """All that a start needs.

    Parameters
    ----------
    directory
        The broker's folder.
    java
        What runs Kafka.
    kafka
        The Kafka that is run.
    class_data
        Where its class data are kept.
    heap
        The most memory for Kafka's objects, in bytes.
    properties
        Kafka's settings beyond ours, which they override.
    """

    directory: Path
    java: Java
    kafka: KafkaLibraries
    class_data: Path
    heap: int
    properties: Mapping[str, str]

    def run(self, port: int | None) -> Record:
        """Start Kafka.

        Parameters
        ----------
        port
            Where it must listen; None for where it listened last, or else a free port.

        Raises
        ------
        PortTaken
            The port is in use.
        DiskFull
            Kafka found no room.
        BrokerStartFailed
            Kafka ended, or did not become ready in time.
        """
        last = read_record(self.directory)
        ports = choose_ports(port, (last.port, last.controller_port) if last else (None, None))
        self._write_settings(ports)
        self._format()
        return self._start(ports)

    def _write_settings(self, ports: tuple[int, int]) -> None:
        settings = {**server_properties(*ports), **self.properties}
        (self.directory / java_command.PROPERTIES_FILE).write_text(as_text(settings))
        with as_file(files(__package__) / java_command.LOG_SETTINGS_FILE) as ours:
            shutil.copyfile(ours, self.directory / java_command.LOG_SETTINGS_FILE)

    def _format(self) -> None:
        """Prepare the data folder, unless that was done before.

        Raises
        ------
        DiskFull
            There is no room for it.
        BrokerStartFailed
            Kafka refused.
        """
        if (self.directory / DATA_FOLDER / "meta.properties").exists():
            return
        done = subprocess.run(  # noqa: S603 - Java and Kafka
            java_command.format_command(self.java, self.kafka),
            cwd=self.directory,
            env=process.java_environment(),
            capture_output=True,
            timeout=_FORMATTED_WITHIN,
            check=False,
        )
        if done.returncode:
            printed = (done.stdout + done.stderr).decode(errors="replace").splitlines()
            raise explain_failure(printed, self.directory, HOST)

    def _start(self, ports: tuple[int, int]) -> Record:
        logs = LogFiles(self.directory)
        pid = process.launch(self._command(), self.directory, logs.console)
        try:
            record = Record(pid, *ports, self.kafka.version, str(self.class_data))
            write_record(self.directory, record)
            wait_until_ready(self.directory, record, logs)
        except BaseException:
            process.end(pid, _PATIENCE)
            raise
        return record

    def _command(self) -> list[str]:
        recording = self.directory / RECORDING
        recording.unlink(missing_ok=True)
        options = class_data.class_data_options(self.class_data, recording)
        return java_command.server_command(
            self.java, self.kafka, self.directory, self.heap, options
        )


def wait_until_ready(directory: Path, record: Record, logs: LogFiles) -> None:
    """Wait until clients can write and read.

    Parameters
    ----------
    directory
        The broker's folder.
    record
        Its start.
    logs
        What it says from its start on.

    Raises
    ------
    PortTaken
        The port was taken by another program in the last moment.
    DiskFull
        Kafka found no room.
    BrokerStartFailed
        Kafka ended, or did not become ready in time.
    """
    mark = java_command.broker_mark(directory)
    address = f"{HOST}:{record.port}"
    deadline = time.monotonic() + _READY_WITHIN
    if not is_ready(address, lambda: process.is_alive(record.pid, mark), deadline):
        raise explain_failure(logs.lines(), directory, address)
