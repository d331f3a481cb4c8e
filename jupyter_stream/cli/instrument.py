"""`jupyter stream instrument`: a simulated instrument that writes real spectra with noise."""

import argparse
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path

from jupyter_stream.cli.examples import examples_folder
from jupyter_stream.errors import NotStored
from jupyter_stream.options import rate, whole

SPECTRA = ("steel", "standard", "copper", "germanium")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "instrument",
        help="simulate an instrument that writes spectra",
        description="Write files of real X-ray spectra into a folder, measured again with the "
        "noise of counting. Ctrl-C ends it.",
    )
    parser.set_defaults(run=_run)
    add = parser.add_argument
    add("--out", metavar="DIR", type=Path, required=True, help="where to write; made if need be")
    add("--rate", type=rate("files"), default=2.0, help="files per second (default: %(default)g)")
    add("--count", type=whole(0), default=0, help="files to write; 0, the default: until Ctrl-C")
    add("--steps", type=whole(1), default=10, help="files per acquisition (default: %(default)s)")
    add(
        "--spectrum",
        choices=[*SPECTRA, "all"],
        default="steel",
        help="what is measured; all: one after the other (default: %(default)s)",
    )
    add("--seed", type=whole(0), help="makes the noise the same in every run")


def _run(arguments: argparse.Namespace) -> int:
    """Write files until there are enough, or until Ctrl-C or SIGTERM, which end it in order."""
    written = 0
    try:
        with _ended_by_sigterm():
            print(_announcement(arguments), flush=True)
            for _ in islice(_files(arguments), arguments.count or None):
                written += 1
    except KeyboardInterrupt:
        pass  # the usual end
    except OSError as error:
        raise NotStored(f"cannot write spectra: {error}; choose another folder (--out)") from None
    print(f"{written} files written to {arguments.out}")
    return 0


def _announcement(arguments: argparse.Namespace) -> str:
    measured = "spectra of all samples" if arguments.spectrum == "all" else arguments.spectrum
    return f"Measuring {measured}, {arguments.rate:g} files/s, to {arguments.out}; Ctrl-C ends it"


def _files(arguments: argparse.Namespace) -> Iterable[Path]:
    sys.path.insert(0, str(examples_folder()))
    files: Iterable[Path] = import_module("instrument").replay(
        arguments.out,
        SPECTRA if arguments.spectrum == "all" else (arguments.spectrum,),
        rate=arguments.rate,
        steps=arguments.steps,
        seed=arguments.seed,
    )
    return files


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
