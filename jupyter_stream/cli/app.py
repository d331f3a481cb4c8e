"""The command `jupyter stream`."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version

from jupyter_stream.cli import broker, examples, instrument
from jupyter_stream.errors import StreamError

# Each has `add_parser(subparsers)`, which sets `run`, a function of the parsed arguments that
# returns the exit code.
_COMMANDS = (broker, examples, instrument)

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    argv
        The arguments after the name of the program; by default those of this process.

    Returns
    -------
    int
        0 for success; 1 for a failure, told on standard error in one message; 2 for wrong usage;
        others as the command says.
    """
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except StreamError as error:
        print(f"jupyter stream: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("jupyter stream: interrupted", file=sys.stderr)
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jupyter stream", description="Kafka streams in Jupyter, from the command line."
    )
    parser.add_argument("--version", action="version", version=version("jupyter_stream"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add_parser(commands)
    return parser
