"""What is known of a local broker that runs."""

from dataclasses import dataclass
from pathlib import Path

from jupyter_stream.kafka.local_broker.process import resident_memory


@dataclass(frozen=True, slots=True)
class RunningBroker:
    """A local broker that runs.

    Parameters
    ----------
    bootstrap
        The address for clients, such as 127.0.0.1:21042.
    pid
        Its process id.
    version
        The release of Kafka.
    directory
        The folder with its data, settings and log.
    log_file
        Kafka's log.
    """

    bootstrap: str
    pid: int
    version: str
    directory: Path
    log_file: Path

    def memory(self) -> int:
        """Return how many bytes of memory it holds at this moment."""
        return resident_memory(self.pid)
