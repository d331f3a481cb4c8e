"""What is told on a terminal, and in a log."""

import io
import re

from jupyter_stream.cli.console import Console


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_progress_below_what_is_told() -> None:
    terminal = _Terminal()
    console = Console(terminal)
    console.show("50%")
    console.tell("a problem")
    console.show("60%")
    console.clear()
    assert terminal.getvalue() == "\r50%\r   \ra problem\n\r60%\r   \r"


def test_a_shorter_text_leaves_nothing_of_the_former() -> None:
    terminal = _Terminal()
    console = Console(terminal)
    console.show("1000 files")
    console.show("2")
    assert terminal.getvalue().endswith("\r2         ")


def test_a_line_never_breaks() -> None:
    terminal = _Terminal()
    console = Console(terminal)
    console.show("x" * 1000)
    assert terminal.getvalue() == f"\r{'x' * console.width}"
    assert console.width == 79, "as long as nobody says how wide the terminal is"


def test_a_log_has_the_time_of_each_line() -> None:
    log = io.StringIO()
    console = Console(log)
    console.tell("a \x1b problem")
    line = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d a \\x1b problem\n"
    assert re.fullmatch(line, log.getvalue())
