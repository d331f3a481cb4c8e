"""The frame of the command line: usage, exit codes, one message for a failure."""

import argparse
import subprocess
import sys

import pytest

from jupyter_stream.cli import app
from jupyter_stream.errors import StreamError


class _Command:
    """A command that does what the test wants."""

    def __init__(self, outcome: int | BaseException) -> None:
        self._outcome = outcome

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        subparsers.add_parser("try").set_defaults(run=self._run)

    def _run(self, _: argparse.Namespace) -> int:
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome


def _main(monkeypatch: pytest.MonkeyPatch, outcome: int | BaseException) -> int:
    monkeypatch.setattr(app, "_COMMANDS", (_Command(outcome),))
    return app.main(["try"])


def test_the_exit_code_is_what_the_command_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _main(monkeypatch, 0) == 0
    assert _main(monkeypatch, 7) == 7


def test_a_failure_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, StreamError("The disk is full. Make room.")) == 1
    assert capsys.readouterr() == ("", "jupyter stream: The disk is full. Make room.\n")


def test_an_interruption_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "jupyter stream: interrupted\n"


def test_other_errors_are_ours_and_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        _main(monkeypatch, ZeroDivisionError())


@pytest.mark.parametrize(
    "arguments", [[], ["no-such-command"], ["broker"], ["broker", "start", "?"]]
)
def test_wrong_usage_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        app.main(arguments)
    assert end.value.code == 2
    assert "usage: jupyter stream" in capsys.readouterr().err


def test_help_names_the_commands() -> None:
    command = [sys.executable, "-c", "from jupyter_stream.cli.app import main; main(['--help'])"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "broker" in done.stdout
    assert done.stderr == ""
