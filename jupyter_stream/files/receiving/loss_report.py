"""What is told of records that are gone, and of files that can't become complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.assemble import Assembler
    from jupyter_stream.jobs.problems import Problems
    from jupyter_stream.kafka.record_reader import RecordReader

_NAMED = 10


class LossReport:
    """Tells of each loss once.

    Parameters
    ----------
    topic
        Name of the topic.
    assembler
        Knows the files.
    problems
        Where losses are told.
    """

    def __init__(self, topic: str, assembler: Assembler, problems: Problems) -> None:
        self._topic = topic
        self._assembler = assembler
        self._problems = problems
        self._abandoned = 0
        self._reader: RecordReader | None = None
        self._lost = self._restarted = 0

    def of_files(self) -> int:
        """Tell of files that were given up since the last call; give their number."""
        given_up = self._assembler.counters.abandoned - self._abandoned
        self._abandoned += given_up
        for file in self._assembler.abandoned[-given_up:] if given_up else ():
            self._problems.add("A file never became complete", f"{file.summary}. {file.kept}")
        return given_up

    def of_records(self, reader: RecordReader) -> int:
        """Tell of records that were deleted before they were read; give their number."""
        self._turn_to(reader)
        lost, self._lost = reader.lost - self._lost, reader.lost
        if not lost:
            return 0
        names = [file.path for file in self._assembler.unfinished[:_NAMED]]
        middle = f"; in the middle were {', '.join(names)}" if names else ""
        self._problems.add(
            "Records were deleted before they were read",
            f"{lost} records of {self._topic}: its retention is shorter than what was still to "
            f"be read{middle}",
        )
        return lost

    def of_topic(self, reader: RecordReader) -> bool:
        """Tell of a topic that was made anew, and say whether it was since the last call."""
        self._turn_to(reader)
        restarted, self._restarted = reader.restarted - self._restarted, reader.restarted
        if not restarted:
            return False
        self._problems.add(
            "The topic was made anew",
            f"{self._topic} is shorter than what was read of it; it is read from its start",
        )
        return True

    def at_end(self) -> None:
        """Tell of the files that are not complete."""
        for file in self._assembler.unfinished:
            self._problems.add("A file is not complete at the end of the topic", file.summary)

    def _turn_to(self, reader: RecordReader) -> None:
        """Begin to count anew: a member that came back to its group has another reader."""
        if reader is not self._reader:
            self._reader = reader
            self._lost = self._restarted = 0
