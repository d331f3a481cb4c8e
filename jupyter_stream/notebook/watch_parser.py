"""The command lines of `%stream_watch` and `%%stream_watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.notebook.magic_parser import MagicParser
from jupyter_stream.options import rate, start, whole
from jupyter_stream.plots.choose import KINDS

if TYPE_CHECKING:
    from argparse import Namespace

_CALL = (
    "jupyter_stream.watch(TOPIC, ..., plot=..., apply=...,\n"
    "start=..., last=..., max_rate=..., wait_for_topic=...)"
)


def watch_parser() -> MagicParser:
    """Return the parser of `%stream_watch`."""
    parser = MagicParser(
        "stream_watch",
        "Take in what comes on topics, files or records, analyse it, and plot the results live.\n"
        f"Running the cell again replaces the watch.\nEqual call: {_CALL}",
    )
    _add_topics(parser)
    parser.add_argument(
        "--apply", metavar="FUNC", help="your function; it gets each file, or each record"
    )
    _add_options(parser)
    return parser


def watch_cell_parser() -> MagicParser:
    """Return the parser of `%%stream_watch`."""
    parser = MagicParser(
        "%stream_watch",
        "The body of the cell is the analysis of one item, which it calls `file` or `record`; the\n"
        "last expression is the result. Running the cell again puts the new analysis in the\n"
        "place of the old one, and goes on where the watch is.\n"
        f"Equal call, with a function as apply: {_CALL}",
    )
    _add_topics(parser)
    _add_options(parser)
    return parser


def watch_arguments(options: Namespace) -> dict[str, Any]:
    """Return the keyword arguments that `jupyter_stream.watch` gets for the options.

    Parameters
    ----------
    options
        What the parser has read.
    """
    return {
        "plot": options.plot,
        "start": options.start,
        "last": options.last,
        "max_rate": options.max_rate,
        "wait_for_topic": options.wait,
    }


def _add_topics(parser: MagicParser) -> None:
    parser.add_argument(
        "topics",
        nargs="+",
        metavar="TOPIC",
        help="a topic, several, or a pattern of topics such as run-*; Tab completes it",
    )


def _add_options(parser: MagicParser) -> None:
    plot = parser.add_mutually_exclusive_group()
    plot.add_argument(
        "--plot",
        choices=["auto", *KINDS],
        default="auto",
        help="how the results are shown; auto (the default) chooses by the first of them",
    )
    plot.add_argument("--no-plot", dest="plot", action="store_const", const=None, help="no plot")
    parser.add_argument(
        "--from",
        dest="start",
        type=start,
        metavar="START",
        default="earliest",
        help="earliest: all that the topic holds (the default); latest: what is written from now "
        "on; or a time (2026-03-01T12:00), how long ago (-10m, -2h, -1d), or an offset",
    )
    parser.add_argument(
        "--last",
        type=whole(1),
        metavar="N",
        default=20,
        help="how many results an overlay keeps (default 20)",
    )
    parser.add_argument(
        "--max-rate",
        type=rate("pictures"),
        metavar="HZ",
        help="show at most so many pictures a second; every item is analysed all the same",
    )
    parser.add_argument("--to", metavar="NAME", help="name for the watch object")
    parser.add_argument("--wait", action="store_true", help="wait for a topic that is not there")
