"""`jupyter stream ledger`: what was sent and received."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from jupyter_stream.cli.amounts import bytes_text, counted
from jupyter_stream.cli.ledger_export import ENDINGS, export
from jupyter_stream.cli.printable import printable
from jupyter_stream.cli.table import table_lines
from jupyter_stream.files.ledger_repair import Repair, repair_ledger
from jupyter_stream.files.ledger_report import (
    LedgerReport,
    RefusedRecord,
    TopicTotal,
    TransferredFile,
)
from jupyter_stream.options import add_state_option, whole

SHOWN = 10


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "ledger",
        help="show, export and repair what was sent and received",
        description="The ledger of a directory: which files were sent from it and received in it.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    show = _add_action(actions, "show", _show, "show what was sent and received")
    show.add_argument(
        "--limit",
        type=whole(0),
        default=SHOWN,
        help="how many of the newest files are listed (default %(default)s)",
    )
    _add_topic(show)
    write = _add_action(actions, "export", _export, "write a list of all files")
    write.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=f"where to; its ending ({', '.join(ENDINGS)}) says the format; without it CSV on "
        "standard output",
    )
    _add_topic(write)
    _add_action(
        actions,
        "repair",
        _repair,
        "rebuild a broken ledger, and forget files that are gone, so that they come again",
    )


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
) -> argparse.ArgumentParser:
    action = actions.add_parser(
        name, help=purpose, description=f"The ledger of a directory: {purpose}."
    )
    action.add_argument("directory", metavar="DIR", type=Path, help="the directory")
    add_state_option(action)
    action.set_defaults(run=run)
    return action


def _add_topic(action: argparse.ArgumentParser) -> None:
    action.add_argument("--topic", metavar="TOPIC", help="only what concerns this topic")


def _show(options: argparse.Namespace) -> int:
    with LedgerReport(options.directory, options.state) as report:
        print(printable(f"Ledger {report.path}"))
        totals = [total for total in report.totals() if options.topic in (None, total.topic)]
        if not totals:
            _tell_of_no_files(report, options.topic)
        _print_table("Files", map(_total_row, totals), right=frozenset({2, 3}))
        newest = report.newest_files(options.limit, options.topic)
        _print_table("Newest files", map(_file_row, newest), right=frozenset({4}))
        refused = list(report.refused(options.topic))
        title = f"Refused: {counted(len(refused), 'record', 'records')}"
        shown = refused[len(refused) - min(options.limit, len(refused)) :]
        _print_table(title, map(_refused_row, shown))
    return 0


def _export(options: argparse.Namespace) -> int:
    report = LedgerReport(options.directory, options.state)
    # Closed in this order also when whoever reads the list goes away in the middle.
    with report, closing(report.files(options.topic)) as files:
        count = export(files, options.file)
        if not count:
            _tell_of_no_files(report, options.topic)
    if options.file is not None:
        print(printable(f"{counted(count, 'file', 'files')} listed in {options.file}"))
    return 0


def _repair(options: argparse.Namespace) -> int:
    for line in _told(repair_ledger(options.directory, options.state)):
        print(printable(line))
    return 0


def _tell_of_no_files(report: LedgerReport, topic: str | None) -> None:
    """Say what a list without files could mean: nothing came yet, or a topic's name is wrong."""
    others = sorted({total.topic for total in report.totals()})
    wanted = "" if topic is None else f" of topic {topic!r}"
    known = f"; it has files of {', '.join(others)}" if others else ""
    text = f"jupyter stream: the ledger has no files{wanted}{known}"
    print(printable(text), file=sys.stderr)


def _told(done: Repair) -> Iterator[str]:
    """Say what was done to a ledger."""
    if done.kept_aside is None:
        yield "The ledger is sound."
    else:
        saved = ", ".join(f"{count:,} {table}" for table, count in done.saved.items())
        yield f"The ledger was broken. It is kept as {done.kept_aside}."
        yield f"Rows that could be read, and are in the new ledger: {saved}."
        yield (
            "What is not in it the next upload sends again. The next download without a group "
            "reads its topic from the start, and completes what is missing."
        )
    for kind, count in done.forgotten.items():
        yield f"Forgotten, because they are gone: {counted(count, 'file', 'files')} {kind}."
    if done.examples:
        yield f"Among them: {', '.join(done.examples)}"
    if "received" in done.forgotten:
        yield (
            "The next download without a group reads their topics from the start, and completes "
            "them again."
        )


def _print_table(
    title: str, rows: Iterable[tuple[str, ...]], right: frozenset[int] = frozenset()
) -> None:
    lines = table_lines(rows, right)
    if lines:
        print(f"\n{title}")
        print("\n".join(f"  {line}" for line in lines))


def _total_row(total: TopicTotal) -> tuple[str, ...]:
    files = counted(total.files, "file", "files")
    return total.kind, total.topic, files, bytes_text(total.bytes), f"last {_time(total.newest)}"


def _file_row(file: TransferredFile) -> tuple[str, ...]:
    return _time(file.time), file.kind, file.topic, file.path, bytes_text(file.size)


def _refused_row(record: RefusedRecord) -> tuple[str, ...]:
    return f"{record.topic} [{record.partition}] offset {record.offset}", record.reason


def _time(seconds: float) -> str:
    """Write a time as the clock on the wall shows it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
