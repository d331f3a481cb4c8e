"""`jupyter stream examples`: the examples, copied to a folder of one's own."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_path

from jupyter_stream.errors import NoSuchPath, NotStored

_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "examples",
        help="copy the examples to a folder",
        description="Copy the quickstart, the example spectra and the simulated instrument to a "
        "folder. Files that are there already are never overwritten.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="made if it is not there")
    parser.set_defaults(run=_run)


def examples_folder() -> Path:
    """Return where the examples are: in this checkout, or where the wheel installed them.

    Raises
    ------
    NoSuchPath
        They are at neither place.
    """
    root = Path(__file__).parents[2]
    checkout = [root / "examples"] if (root / "pyproject.toml").is_file() else []
    places = [*checkout, *map(Path, jupyter_path("jupyter_stream", "examples"))]
    for place in places:
        if (place / "instrument.py").is_file():
            return place
    searched = ", ".join(map(str, places))
    raise NoSuchPath(
        f"the examples are not installed; searched {searched}. Install jupyter_stream again"
    )


def copy_examples(source: Path, target: Path) -> Iterator[tuple[Path, str]]:
    """Copy the files that are not there yet; tell what became of each.

    Parameters
    ----------
    source
        The folder of the examples.
    target
        Where to copy them; made if it is not there.

    Yields
    ------
    tuple
        A path relative to the target, and "copied", "unchanged" (it was there, with the same
        content) or "kept" (it was there, and differs).

    Raises
    ------
    OSError
        The target can't be made or written.
    """
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.is_file() and _LEFT_OUT.isdisjoint(name.parts):
            yield name, _copy(path, target / name)


def _copy(source: Path, target: Path) -> str:
    content = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # "x" fails on a file that is there, so nobody's changes are lost even in a race.
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return "unchanged" if target.read_bytes() == content else "kept"
    return "copied"


def _run(arguments: argparse.Namespace) -> int:
    done: Counter[str] = Counter()
    try:
        for name, outcome in copy_examples(examples_folder(), arguments.folder):
            done[outcome] += 1
            if outcome == "kept":
                print(f"kept {arguments.folder / name}: yours differs from the example")
    except OSError as error:
        raise NotStored(f"cannot write the examples: {error}; choose another folder") from None
    counts = ", ".join(f"{number} {outcome}" for outcome, number in done.items())
    print(f"Examples in {arguments.folder}: {counts}")
    return 0
