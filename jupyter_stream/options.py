"""The options of uploads and downloads, the same on the command line and in a magic."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.uploading.upload_options import SETTLE_SECONDS
from jupyter_stream.kafka.start import parse_start

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

UNFINISHED_SECONDS = 3600.0

_UPLOAD = ("watch", "poll", "include", "exclude", "chunk_size", "again", "state")
_DOWNLOAD = ("start", "group", "include", "exclude", "until_end", "state")


def add_upload_options(parser: ArgumentParser) -> None:
    """Add what an upload needs to a parser.

    Parameters
    ----------
    parser
        The parser of a command or a magic.
    """
    add = parser.add_argument
    add("path", metavar="PATH", help="a file or a directory")
    add("topic", metavar="TOPIC", help="created if it does not exist")
    add("--watch", action="store_true", help="go on with files that appear or change later")
    add(
        "--poll",
        action="store_true",
        help="with --watch: look again and again instead of asking the system for changes; for "
        "network shares, whose changes it does not tell",
    )
    add(
        "--settle",
        type=seconds,
        metavar="SECONDS",
        help="with --watch: a file counts as complete when unchanged for so long (default "
        f"{SETTLE_SECONDS:g})",
    )
    _add_choice_of_files(parser)
    add(
        "--chunk-size",
        type=whole(1),
        metavar="BYTES",
        help="how large the pieces are that files travel in (default 524288, or less if the topic "
        "takes no records of that size)",
    )
    add("--again", action="store_true", help="send also what the ledger says was sent before")
    add_state_option(parser)


def add_download_options(parser: ArgumentParser) -> None:
    """Add what a download needs to a parser.

    Parameters
    ----------
    parser
        The parser of a command or a magic.
    """
    add = parser.add_argument
    add("topic", metavar="TOPIC", help="the topic")
    add("directory", metavar="DIR", help="where the files go; made if it is not there")
    add(
        "--from",
        dest="start",
        type=start,
        metavar="START",
        help="earliest, latest, a time (2026-03-01T12:00), how long ago (-10m, -2h, -1d) or an "
        "offset; by default where the last download to DIR stopped, at first earliest",
    )
    add(
        "--group",
        type=filled,
        metavar="NAME",
        help="share the topic's files with others of this group",
    )
    _add_choice_of_files(parser)
    add(
        "--until-end",
        action="store_true",
        help="end when everything is read that was there at the start",
    )
    add(
        "--unfinished",
        type=some_seconds,
        metavar="SECONDS",
        help="give a file up when no more of it has come for so long (default "
        f"{UNFINISHED_SECONDS:g})",
    )
    add_state_option(parser)
    add("--wait", action="store_true", help="wait for a topic that is not there")


def add_state_option(parser: ArgumentParser) -> None:
    """Add `--state` to a parser.

    Parameters
    ----------
    parser
        The parser of a command or a magic.
    """
    parser.add_argument(
        "--state",
        # In a notebook no shell has expanded it.
        type=lambda text: Path(text).expanduser(),
        metavar="FOLDER",
        help="where the ledger is kept (default .jupyter_stream in the directory)",
    )


def upload_arguments(options: Namespace) -> dict[str, Any]:
    """Return the keyword arguments that `jupyter_stream.upload` gets for the options.

    Parameters
    ----------
    options
        What the parser has read.

    Raises
    ------
    UsageMistake
        Options that need `--watch` are there without it.
    """
    for name, given in (("poll", options.poll), ("settle", options.settle is not None)):
        if given and not options.watch:
            raise UsageMistake(f"--{name} goes with --watch")
    arguments = {name: getattr(options, name) for name in _UPLOAD}
    if options.settle is not None:
        arguments["settle_seconds"] = options.settle
    return arguments


def download_arguments(options: Namespace) -> dict[str, Any]:
    """Return the keyword arguments that `jupyter_stream.download` gets for the options.

    Parameters
    ----------
    options
        What the parser has read.
    """
    arguments = {name: getattr(options, name) for name in _DOWNLOAD}
    if options.unfinished is not None:
        arguments["unfinished_seconds"] = options.unfinished
    return {**arguments, "wait_for_topic": options.wait}


def with_times_joined(words: Sequence[str]) -> list[str]:
    """Join `--from` and a time such as `-10m`, which argparse would take for another option.

    Parameters
    ----------
    words
        The words of a command line.
    """
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--from" and word[:1] == "-" and word[1:2].isdecimal():
            joined[-1] = f"--from={word}"
        else:
            joined.append(word)
    return joined


def seconds(text: str) -> float:
    """Read a time in seconds.

    Raises
    ------
    ArgumentTypeError
        It is none.
    """
    number = _number(text)
    if 0 <= number < math.inf:
        return number
    raise ArgumentTypeError(f"{text!r} is no time: give seconds, 0 or more")


def some_seconds(text: str) -> float:
    """Read a time in seconds that does take time.

    Raises
    ------
    ArgumentTypeError
        It is none.
    """
    number = seconds(text)
    if number > 0:
        return number
    raise ArgumentTypeError(f"{text!r} is no time to wait: give seconds, more than 0")


def rate(what: str) -> Callable[[str], float]:
    """Return a reader of numbers a second.

    Parameters
    ----------
    what
        What there are so many of.
    """

    def read(text: str) -> float:
        number = _number(text)
        if 0 < number < math.inf:
            return number
        raise ArgumentTypeError(f"{text!r} is no rate: give {what} a second, more than 0")

    return read


def filled(text: str) -> str:
    """Read a word that must not be empty, as one from a variable that is not set would be.

    Raises
    ------
    ArgumentTypeError
        It is empty.
    """
    if text:
        return text
    raise ArgumentTypeError("it is empty")


def whole(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers that are not below the least."""

    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and int(text) >= least:
            return int(text)
        raise ArgumentTypeError(f"{text!r} is no whole number of at least {least}")

    return read


def start(text: str) -> str:
    """Check where a download is to start.

    Raises
    ------
    ArgumentTypeError
        The text says no such place.
    """
    try:
        parse_start(text)
    except UsageMistake as error:
        raise ArgumentTypeError(str(error)) from None
    return text


def _number(text: str) -> float:
    """Read a number; what is none gives the float that is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _add_choice_of_files(parser: ArgumentParser) -> None:
    for name, purpose in (("include", "only files"), ("exclude", "leave files out")):
        parser.add_argument(
            f"--{name}",
            action="append",
            type=filled,
            default=[],
            metavar="GLOB",
            help=f"{purpose} whose name, or path if there is a / in the GLOB, is like this; may "
            "be given several times",
        )
