"""Progress: drawn anew on a terminal, one line per step elsewhere."""

import io

from jupyter_stream.cli.progress_line import ProgressLine, progress_text
from jupyter_stream.kafka.local_broker import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_known_total_makes_a_bar() -> None:
    text = progress_text(Progress("Downloading", 45_000_000, 90_000_000, "bytes"))
    assert text == f"Downloading [{'#' * 15}{'.' * 15}] 90 MB"


def test_an_unknown_total_makes_a_count() -> None:
    assert progress_text(Progress("Fetching", 12, unit="jars")) == "Fetching: 12 jars"
    assert progress_text(Progress("Starting")) == "Starting"


def test_a_terminal_shows_one_line_per_step() -> None:
    terminal = _Terminal()
    with ProgressLine(terminal) as show:
        show(Progress("Fetching", 10, unit="jars"))
        show(Progress("Fetching"))
        show(Progress("Starting"))
    assert terminal.getvalue() == "\rFetching: 10 jars\rFetching         \n\rStarting\n"


def test_a_file_gets_a_line_per_step() -> None:
    file = io.StringIO()
    with ProgressLine(file) as show:
        for done in range(3):
            show(Progress("Fetching", done, unit="jars"))
        show(Progress("Starting"))
    assert file.getvalue() == "Fetching\nStarting\n"


def test_nothing_told_shows_nothing() -> None:
    terminal = _Terminal()
    with ProgressLine(terminal):
        pass
    assert terminal.getvalue() == ""
