"""`jupyter stream broker`: the local broker from the command line."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from jupyter_stream.cli.progress_line import ProgressLine
from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker

NOT_RUNNING = 3
_HIGHEST_PORT = 65535
_MEGABYTE = 1_000_000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "broker",
        help="start, stop and show the local broker",
        description="The local broker: Apache Kafka on this machine, for you alone.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    start = _add_action(actions, "start", _start, "start it, and wait until clients can use it")
    start.add_argument(
        "--port", type=_port, help="where it must listen (by default where it listened last)"
    )
    _add_action(actions, "stop", _stop, "stop it; its data are kept")
    _add_action(actions, "status", _status, f"show it; exit code {NOT_RUNNING} if it does not run")


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=purpose, description=f"The local broker: {purpose}.")
    action.add_argument("--json", action="store_true", help="answer with one JSON object")
    action.set_defaults(run=run)
    return action


def _port(text: str) -> int:
    """Read a port number.

    Raises
    ------
    ArgumentTypeError
        It is none.
    """
    if text.isascii() and text.isdecimal() and 0 < int(text) <= _HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number up to {_HIGHEST_PORT}")


def _start(arguments: argparse.Namespace) -> int:
    with ProgressLine() as progress:
        running = LocalBroker().start(progress, port=arguments.port)
    _show(running, as_json=arguments.json)
    return 0


def _stop(arguments: argparse.Namespace) -> int:
    stopped = LocalBroker().stop()
    said = "The local broker is stopped." if stopped else "The local broker was not running."
    print(json.dumps({"running": False, "stopped": stopped}) if arguments.json else said)
    return 0


def _status(arguments: argparse.Namespace) -> int:
    running = LocalBroker().status()
    if running is None:
        said = "The local broker is not running. Start it: jupyter stream broker start"
        print(json.dumps({"running": False}) if arguments.json else said)
        return NOT_RUNNING
    _show(running, as_json=arguments.json)
    return 0


def _show(running: RunningBroker, *, as_json: bool) -> None:
    facts = _facts(running)
    if as_json:
        print(json.dumps({"running": True, **facts}))
        return
    print(f"The local broker runs at {running.bootstrap}")
    facts["memory"] = f"{running.memory() / _MEGABYTE:.0f} MB"
    for name, value in list(facts.items())[1:]:
        print(f"  {name:<10}{value}")


def _facts(running: RunningBroker) -> dict[str, Any]:
    return {
        "bootstrap": running.bootstrap,
        "kafka": running.version,
        "process": running.pid,
        "memory": running.memory(),
        "folder": str(running.directory),
        "log": str(running.log_file),
    }
