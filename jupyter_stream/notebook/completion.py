"""Tab completion of the magics: flags, their values, topics and jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.error import TryNext

from jupyter_stream.errors import StreamError
from jupyter_stream.jobs import registry
from jupyter_stream.kafka.connect import connected
from jupyter_stream.kafka.profile_file import profile_names
from jupyter_stream.notebook.magic_parser import (
    MagicParser,
    connect_parser,
    jobs_parser,
    stop_parser,
    upload_parser,
    watch_parser,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER_SECONDS = 1.0


def register_completion(shell: Any) -> None:
    """Let Tab complete the magics of jupyter_stream.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    words: dict[str, tuple[MagicParser, Callable[[int], list[str]]]] = {
        "stream_connect": (connect_parser(), _targets),
        "stream_upload": (upload_parser(), _upload_words),
        "stream_watch": (watch_parser(), lambda _: _topics()),
        "stream_jobs": (jobs_parser(), lambda _: []),
        "stream_stop": (stop_parser(), lambda _: _job_names()),
    }
    for name, (parser, positional) in words.items():
        shell.set_hook(
            "complete_command", _completer(shell, parser, positional), str_key=f"%{name}"
        )


def _completer(
    shell: Any, parser: MagicParser, positional: Callable[[int], list[str]]
) -> Callable[[Any, Any], list[str]]:
    def complete(_: Any, event: Any) -> list[str]:
        before = event.line.split()[1:]
        if event.symbol:
            before = before[:-1]
        if event.symbol.startswith("-"):
            candidates = parser.flags()
        elif before and before[-1] == "--apply":
            candidates = _functions(shell)
        elif before and parser.choices(before[-1]):
            candidates = list(parser.choices(before[-1]))
        else:
            candidates = positional(len(before))
        found = [word for word in candidates if word.startswith(event.symbol)]
        if not found:
            raise TryNext
        return found

    return complete


def _functions(shell: Any) -> list[str]:
    return sorted(
        name
        for name, value in shell.user_ns.items()
        if callable(value) and not name.startswith("_")
    )


def _targets(_: int) -> list[str]:
    try:
        return profile_names()
    except StreamError:
        return []


def _upload_words(position: int) -> list[str]:
    # The path comes first, and IPython itself completes paths.
    return _topics() if position == 1 else []


def _topics() -> list[str]:
    """Return the topics of the cluster in use; completion must not start a broker."""
    cluster = connected()
    try:
        return list(cluster.topics(ANSWER_SECONDS)) if cluster else []
    except StreamError:
        return []


def _job_names() -> list[str]:
    return [job.id for job in registry.running()]
