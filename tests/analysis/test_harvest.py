"""What comes of an analysis is taken in in the right order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.analysis.harvest import Harvest
from jupyter_stream.analysis.plotting import Plotting
from jupyter_stream.analysis.read_item import as_it_is
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.jobs.bell import Bell
from jupyter_stream.jobs.problems import Problems
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    import pytest


def test_whoever_sees_a_result_sees_the_errors_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    harvest = Harvest(Plotting(None, "numbers", last=1), Problems(), Bell())
    first, second = (
        ReceivedRecord(Record("numbers", 0, offset, 1.0, None, b"1")) for offset in range(2)
    )
    known: list[int] = []
    extend = harvest.results.extend

    def extend_and_look(results: Any) -> None:
        known.append(len(harvest.errors.newest_last()))
        extend(results)

    monkeypatch.setattr(harvest.results, "extend", extend_and_look)
    harvest.take([(first, None, ValueError("odd"), as_it_is), (second, 1, None, as_it_is)])
    assert known == [1]
    assert harvest.results.total == 1
