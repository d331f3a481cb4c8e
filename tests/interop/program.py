"""OpenMSIStream's programs, running."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Self

from tests.interop.environment import older, openmsistream
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The configuration names the address by this variable, as theirs may.
ADDRESS_VARIABLE = "INTEROP_KAFKA"
CONFIGURATION = f"""
[DEFAULT]

[broker]
bootstrap.servers = ${ADDRESS_VARIABLE}

[producer]
linger.ms = 100
key.serializer = StringSerializer
value.serializer = DataFileChunkSerializer

[consumer]
group.id = create_new
auto.offset.reset = earliest
enable.auto.commit = True
key.deserializer = StringDeserializer
value.deserializer = DataFileChunkDeserializer
"""
_QUIT_SECONDS = 30.0


class Program:
    """One of OpenMSIStream's programs, started; as a context manager it is gone at the end.

    Parameters
    ----------
    name
        The program, such as DataFileUploadDirectory.
    arguments
        Its command line.
    folder
        Where it runs, and where what it says is kept.
    address
        Kafka's address, for its configuration.
    with_older
        Whether to run the older version.
    """

    def __init__(
        self,
        name: str,
        *arguments: str | Path,
        folder: Path,
        address: str,
        with_older: bool = False,
    ) -> None:
        home = older() if with_older else openmsistream()
        self._said = folder / f"{name}.txt"
        environment = os.environ | {ADDRESS_VARIABLE: address, "PYTHONUNBUFFERED": "1"}
        environment.pop("PYTHONPATH", None)
        if with_older:
            environment["PYTHONPATH"] = str(home)
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [str(home / "bin" / name), *map(str, arguments)],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.communicate()

    @property
    def said(self) -> str:
        """What it has said so far."""
        return self._said.read_text(errors="replace")

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        """Return as soon as a condition holds; fail when it does not, or the program has ended."""

        def holds() -> object:
            assert self.process.poll() is None, f"the program ended:\n{self.said}"
            return condition()

        wait_until(holds, what)

    def quit(self) -> int:
        """Tell it to end, as its manual says, and return its exit code."""
        self.process.communicate(b"quit\n", timeout=_QUIT_SECONDS)
        return self.process.returncode
