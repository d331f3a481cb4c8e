"""From complete to visible: files are checked and made safe in threads, then placed in batches."""

from __future__ import annotations

from concurrent import futures
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.errors import NotStored, StreamError
from jupyter_stream.files.receiving.part import Placed
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.files.receiving.register import Completion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyter_stream.files.receiving.assembly import Assembly
    from jupyter_stream.files.receiving.part import Sink
    from jupyter_stream.files.receiving.register import Register

# Waiting for a disk takes no processor: some at once are twice as fast as one.
_THREADS = 8
_MOST_AT_ONCE = 500
# Small files share a task: handing tasks to threads would cost more than what they do.
_TASK_FILES = 32
_TASK_BYTES = 1024 * 1024

_Task = list[tuple["Callable[[], None]", futures.Future[None]]]


class Results(NamedTuple):
    """What came out of one batch.

    Attributes
    ----------
    placed
        Files that are in their place.
    refused
        Files that must not be used, and why.
    trouble
        Why some of the batch stay here; None if nothing hinders.
    """

    placed: list[tuple[Assembly, Completion]]
    refused: list[tuple[Assembly, StreamError]]
    trouble: StreamError | None


class Finishing:
    """The complete files that are not in their place yet.

    Parameters
    ----------
    sink
        Where they go.
    register
        Tells which of two versions stays.
    clock
        Seconds that only go forward.
    """

    def __init__(self, sink: Sink[Any], register: Register, clock: Callable[[], float]) -> None:
        self._sink = sink
        self._register = register
        self._clock = clock
        self._threads = futures.ThreadPoolExecutor(_THREADS, "jupyter_stream seal")
        self._sealing: dict[Assembly, futures.Future[None]] = {}
        self._task: _Task = []
        self._task_bytes = 0
        self._set_back: list[Assembly] = []
        self._waiting_since = 0.0

    def __len__(self) -> int:
        return len(self._sealing)

    def add(self, assembly: Assembly) -> None:
        """Take a complete file in, and begin to check it and make it safe."""
        if not self._sealing:
            self._waiting_since = self._clock()
        self._begin(assembly)

    def remove(self, assembly: Assembly) -> None:
        """Forget a file, if it is here."""
        self._sealing.pop(assembly, None)

    def take(self, *, wait: bool) -> Results:
        """Place the files that are ready; those that meet trouble stay, and are tried again.

        Parameters
        ----------
        wait
            Whether to wait for all of them.
        """
        results = Results([], [], None)
        self._submit()
        self._try_again()
        if not wait and not self._is_worth_while():
            return results
        errors = {assembly: self._sealing[assembly].exception() for assembly in self._batch(wait)}
        sealed = [assembly for assembly, error in errors.items() if error is None]
        # Asked before anything is done, because the register may refuse to answer.
        superseded = [assembly for assembly in sealed if self._is_superseded(assembly)]
        for assembly, error in errors.items():
            if error is not None:
                results = self._set_aside(assembly, error, results)
        self._drop(superseded, results)
        results = self._place([it for it in sealed if it not in superseded], results)
        self._waiting_since = self._clock()
        return results

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    def _begin(self, assembly: Assembly) -> None:
        sealing = self._sealing[assembly] = futures.Future()
        self._task.append((assembly.begin_seal(), sealing))
        self._task_bytes += assembly.size
        if len(self._task) >= _TASK_FILES or self._task_bytes >= _TASK_BYTES:
            self._submit()

    def _submit(self) -> None:
        if self._task:
            self._threads.submit(_carry_out, self._task)
            self._task, self._task_bytes = [], 0

    def _try_again(self) -> None:
        """Seal what met trouble the last time; waited for, so that nothing piles up behind it."""
        again = [assembly for assembly in self._set_back if assembly in self._sealing]
        self._set_back.clear()
        for assembly in again:
            self._begin(assembly)
        self._submit()
        futures.wait([self._sealing[assembly] for assembly in again])

    def _is_worth_while(self) -> bool:
        patient = self._clock() < self._waiting_since + self._sink.patience
        return bool(self._sealing) and (len(self._sealing) >= _MOST_AT_ONCE or not patient)

    def _batch(self, wait: bool) -> Iterator[Assembly]:
        """Give files that are ready, no two of one path: versions are placed one after another."""
        if wait:
            futures.wait(self._sealing.values())
        seen: set[str] = set()
        for assembly, sealing in self._sealing.items():
            if len(seen) >= _MOST_AT_ONCE:
                return
            if sealing.done() and assembly.identity.path not in seen:
                yield assembly
            seen.add(assembly.identity.path)

    def _place(self, newest: list[Assembly], results: Results) -> Results:
        outcomes = self._sink.place([assembly.part for assembly in newest])
        for assembly, outcome in zip(newest, outcomes, strict=True):
            if isinstance(outcome, Placed):
                del self._sealing[assembly]
                results.placed.append((assembly, _completion(assembly, outcome)))
            else:
                results = self._set_aside(assembly, outcome, results)
        return results

    def _is_superseded(self, assembly: Assembly) -> bool:
        return self._register.is_superseded(assembly.identity, assembly.version)

    def _drop(self, superseded: list[Assembly], results: Results) -> None:
        for assembly in superseded:
            del self._sealing[assembly]
            assembly.part.abandon()
            results.placed.append((assembly, _completion(assembly, None)))

    def _set_aside(self, assembly: Assembly, error: BaseException, results: Results) -> Results:
        """Keep a file for later if its trouble may pass; else refuse it."""
        if isinstance(error, NotStored):
            self._set_back.append(assembly)
            return results._replace(trouble=error)
        if not isinstance(error, StreamError):
            raise error
        del self._sealing[assembly]
        results.refused.append((assembly, error))
        return results


def _carry_out(task: _Task) -> None:
    for seal, sealing in task:
        try:
            seal()
        except BaseException as error:  # noqa: BLE001 - it is raised where the outcome is asked for
            sealing.set_exception(error)
        else:
            sealing.set_result(None)


def _completion(assembly: Assembly, placed: Placed | None) -> Completion:
    """Describe a complete file; `placed` is None if a newer version stays in its place."""
    position = assembly.completed_by
    identity = assembly.identity
    file = None
    if placed is not None and placed.is_new:
        file = ReceivedFile(
            path=identity.path,
            size=assembly.size,
            sha512=identity.file_hash.hex(),
            mtime=assembly.mtime,
            topic=identity.topic,
            partition=position.partition,
            offset=position.offset,
            content=placed.content,
        )
    return Completion(
        identity=identity,
        version=assembly.version,
        last_offsets=assembly.last_offsets,
        size=assembly.size,
        completed_by=position,
        file=file,
        is_newest=placed is not None,
    )
