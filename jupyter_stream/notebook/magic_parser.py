"""The command lines of the magics."""

from __future__ import annotations

import argparse
import shlex
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from jupyter_stream.errors import UsageMistake
from jupyter_stream.options import (
    add_download_options,
    add_upload_options,
    with_times_joined,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


# As argparse says it.
_UNKNOWN = "unrecognized arguments: "


class HelpShown(Exception):
    """The help was asked for, and is on the screen."""


class MagicParser(argparse.ArgumentParser):
    """Parses a magic's line; tells mistakes the way a notebook does.

    Parameters
    ----------
    name
        Name of the magic.
    description
        What the magic does.
    """

    def __init__(self, name: str, description: str) -> None:
        super().__init__(
            prog=f"%{name}",
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def parse_line(self, line: str) -> argparse.Namespace:
        """Parse the text that stands behind the magic's name.

        Parameters
        ----------
        line
            The text; quotes keep words together.

        Raises
        ------
        HelpShown
            The line asks for help.
        UsageMistake
            The line has a mistake.
        """
        try:
            words = shlex.split(line)
        except ValueError as error:
            self.error(f"{line}: {error}")
        # Else the parser would take the sign of our magics for one of its own.
        self.usage = self.format_usage().removeprefix("usage: ").replace("%", "%%")
        return self.parse_intermixed_args(with_times_joined(words))

    def read(self, line: str) -> argparse.Namespace | None:
        """Parse the text behind the magic's name; None when it asked for help, and got it.

        Parameters
        ----------
        line
            The text; quotes keep words together.

        Raises
        ------
        UsageMistake
            The line has a mistake.
        """
        try:
            return self.parse_line(line)
        except HelpShown:
            return None

    def flags(self) -> list[str]:
        """Return all flags in their long form."""
        return sorted(flag for flag in self._option_string_actions if flag.startswith("--"))

    def choices(self, flag: str) -> Sequence[str]:
        """Return the values that a flag allows; empty where any will do.

        Parameters
        ----------
        flag
            The flag.
        """
        action = self._option_string_actions.get(flag)
        return () if action is None or action.choices is None else list(action.choices)

    def takes_value(self, flag: str) -> bool:
        """Say whether a word is a flag that a value follows.

        Parameters
        ----------
        flag
            The word.
        """
        action = self._option_string_actions.get(flag)
        return action is not None and action.nargs != 0

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:  # noqa: ARG002
        """End the parsing without ending the kernel."""
        raise HelpShown

    def _near(self, words: str) -> str:
        flags = [word.partition("=")[0] for word in words.split() if word.startswith("--")]
        near = [known for flag in flags for known in get_close_matches(flag, self.flags(), 1)]
        return f"; did you mean {' and '.join(near)}?" if near else ""

    def error(self, message: str) -> NoReturn:
        """Tell a mistake in the line, and what was probably meant."""
        near = self._near(message.removeprefix(_UNKNOWN)) if message.startswith(_UNKNOWN) else ""
        usage = self.format_usage().rstrip()
        raise UsageMistake(f"{message}{near}\n{usage}  (more: {self.prog} --help)")


def connect_parser() -> MagicParser:
    """Return the parser of `%stream_connect`."""
    parser = MagicParser(
        "stream_connect",
        "Connect to a Kafka cluster; everything after it uses that cluster.\n"
        "Equal call: jupyter_stream.connect(TARGET)",
    )
    parser.add_argument(
        "target",
        nargs="?",
        metavar="TARGET",
        help="a profile, an address host:port, or an OpenMSIStream .config file; "
        "without it the local broker, which is started if needed",
    )
    return parser


def upload_parser() -> MagicParser:
    """Return the parser of `%stream_upload`."""
    parser = MagicParser(
        "stream_upload",
        "Send a file, or all files below a directory, to a topic; what was sent before is not\n"
        "sent again.\n"
        "Equal call: jupyter_stream.upload(PATH, TOPIC, watch=..., poll=..., settle_seconds=...,\n"
        "include=..., exclude=..., chunk_size=..., again=..., state=...)",
    )
    add_upload_options(parser)
    parser.add_argument("--to", metavar="NAME", help="name for the upload object")
    return parser


def download_parser() -> MagicParser:
    """Return the parser of `%stream_download`."""
    parser = MagicParser(
        "stream_download",
        "Write the files of a topic to a directory, each when it is complete and verified.\n"
        "Equal call: jupyter_stream.download(TOPIC, DIR, start=..., group=..., include=...,\n"
        "exclude=..., until_end=..., unfinished_seconds=..., state=..., wait_for_topic=...)",
    )
    add_download_options(parser)
    parser.add_argument("--to", metavar="NAME", help="name for the download object")
    return parser


def jobs_parser() -> MagicParser:
    """Return the parser of `%stream_jobs`."""
    return MagicParser(
        "stream_jobs", "List the jobs of this notebook.\nEqual call: jupyter_stream.list_jobs()"
    )


def stop_parser() -> MagicParser:
    """Return the parser of `%stream_stop`."""
    parser = MagicParser(
        "stream_stop",
        "Stop jobs. Equal call: the job's own .stop(), or jupyter_stream.stop_all()",
    )
    parser.add_argument(
        "job",
        nargs="*",
        metavar="JOB",
        help="a job's id (see %%stream_jobs), its name in the notebook, or its topic",
    )
    parser.add_argument("--all", action="store_true", help="stop every job")
    return parser
