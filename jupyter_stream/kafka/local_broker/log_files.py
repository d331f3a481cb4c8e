"""What Kafka logs and prints, from the start of its process on."""

from pathlib import Path

_MOST_READ = 1 << 20


class LogFiles:
    """Kafka's log and console output in the folder of a broker.

    Parameters
    ----------
    directory
        The broker's folder.
    """

    def __init__(self, directory: Path) -> None:
        self.log = directory / "broker.log"
        self.console = directory / "console.log"
        self._begin = self._size()

    def lines(self) -> list[str]:
        """Return what was logged and printed since this object was made, the console first."""
        return _tail(self.console, 0) + _tail(self.log, self._begin)

    def _size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0


def _tail(path: Path, begin: int) -> list[str]:
    if not path.exists():
        return []
    with path.open("rb") as file:
        size = file.seek(0, 2)
        # A log smaller than it was has been rolled over, and is all new.
        file.seek(max(begin if begin <= size else 0, size - _MOST_READ))
        return file.read().decode(errors="replace").splitlines()
