"""The command `jupyter stream`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from jupyter_stream.cli import broker, download, examples, instrument, ledger, upload
from jupyter_stream.cli.printable import printable
from jupyter_stream.errors import StreamError
from jupyter_stream.options import with_times_joined

# Each has `add_parser(subparsers)`, which sets `run`, a function of the parsed arguments that
# returns the exit code.
_COMMANDS = (upload, download, ledger, broker, instrument, examples)

_INTERRUPTED = 130
# As a shell has it for a program that SIGPIPE ended.
_NOBODY_READS = 141


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
    words = sys.argv[1:] if argv is None else argv
    arguments = _parser().parse_args(with_times_joined(words))
    try:
        return int(arguments.run(arguments))
    except StreamError as error:
        print(f"jupyter stream: {printable(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("jupyter stream: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Else Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jupyter stream", description="Kafka streams in Jupyter, from the command line."
    )
    parser.add_argument("--version", action="version", version=version("jupyter_stream"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add_parser(commands)
    return parser
