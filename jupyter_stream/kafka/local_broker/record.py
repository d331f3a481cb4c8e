"""What the last start of a local broker has left for those who come later."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "broker.json"


@dataclass(frozen=True, slots=True)
class Record:
    """The last start.

    Parameters
    ----------
    pid
        Its process id; the process may be gone, and the number another's.
    port
        Where clients connect.
    controller_port
        Where the node talks to itself.
    version
        The release of Kafka.
    class_data
        Where the class data belong that Java records as it ends.
    """

    pid: int
    port: int
    controller_port: int
    version: str
    class_data: str


def read_record(directory: Path) -> Record | None:
    """Return what the last start has left; None if there is nothing that we understand."""
    try:
        return Record(**json.loads((directory / _FILE).read_bytes()))
    except (FileNotFoundError, TypeError, ValueError):
        return None


def write_record(directory: Path, record: Record) -> None:
    """Leave word of a start; whoever reads at this moment sees the old or the new, never a part."""
    beside = directory / f"{_FILE}.new"
    beside.write_text(json.dumps(asdict(record)))
    beside.replace(directory / _FILE)
