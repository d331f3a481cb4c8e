"""The command, as a user runs it: a process of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEADLINE = 60
# Who starts the tests in the background lets them, and so their programs, ignore Ctrl-C.
PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from jupyter_stream.cli.app import main; sys.exit(main())"
)
COMMAND = [sys.executable, "-W", "error", "-c", PROGRAM]


def run(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `jupyter stream` to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )


@contextmanager
def running(*words: object, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Run `jupyter stream` with its output in pipes; ended by force if the test does not end it."""
    with subprocess.Popen(
        [*COMMAND, *map(str, words)],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


class Terminal:
    """A terminal of a certain width, and what was written to it."""

    def __init__(self, columns: int) -> None:
        self._master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.text = ""
        self._reader = Thread(target=self._read)
        self._reader.start()

    def close(self) -> None:
        """Take in what was written last; the command must have ended."""
        os.close(self.slave)
        self._reader.join(DEADLINE)
        os.close(self._master)

    @property
    def screen(self) -> list[str]:
        """The lines as they stand on the screen at last."""
        return [self._overwritten(line) for line in self.text.replace("\r\n", "\n").split("\n")]

    @property
    def drawn(self) -> list[str]:
        """All that was drawn, in order."""
        return [text for text in re.split(r"[\r\n]+", self.text) if text.strip()]

    def _overwritten(self, line: str) -> str:
        shown = ""
        for text in line.split("\r"):
            shown = text + shown[len(text) :]
        return shown.rstrip()

    def _read(self) -> None:
        # The end of a terminal is an error on Linux.
        with suppress(OSError):
            while data := os.read(self._master, 4096):
                self.text += data.decode()


def run_on_terminal(*words: object, columns: int = 110) -> tuple[int, str, Terminal]:
    """Run `jupyter stream` on a terminal; give exit code, standard output, and the terminal."""
    terminal = Terminal(columns)
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=terminal.slave,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    terminal.close()
    return done.returncode, done.stdout, terminal
