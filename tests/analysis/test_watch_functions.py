"""Functions of users: replaced while data flow, and doing whatever they should not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import jupyter_stream as js
from tests.analysis.records import DEADLINE, write_json
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture
def numbers(cluster: js.Cluster, kafka_topic: MakeTopic) -> str:
    """A topic with the numbers 0 to 9."""
    topic = kafka_topic()
    write_json(cluster, topic, *range(10))
    return topic


class Gate:
    """A function that stands still at one number until it is let go."""

    def __init__(self, number: int) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.called = 0
        self._number = number

    def __call__(self, record: js.ReceivedRecord) -> Any:
        self.called += 1
        if record.value == self._number:
            self.reached.set()
            self.go_on.wait(DEADLINE)
        return record.value


def values(watch: js.Watch) -> list[Any]:
    return [result.value for result in watch.results]


def test_an_error_comes_with_its_record_and_its_traceback(
    cluster: js.Cluster, numbers: str
) -> None:
    def fussy(record: js.ReceivedRecord) -> float:
        return 1.0 / float(record.value - 3)

    with js.watch(numbers, apply=fussy, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=9)
        (error,) = watch.errors
        assert isinstance(error.item, js.ReceivedRecord)
        assert error.item.value == 3
        assert isinstance(error.error, ZeroDivisionError)
        assert "in fussy" in error.traceback
        # The frames hold whatever the function had in its variables.
        assert error.error.__traceback__ is None
        assert "json>: ZeroDivisionError: " in repr(error)
        wait_until(lambda: watch.stats.errors == 1, "the count on the card")
        assert watch.problems[0].detail.startswith(f"{numbers} [0] offset 3\n")


def test_the_analysis_is_replaced_without_losing_or_repeating_anything(
    cluster: js.Cluster, numbers: str
) -> None:
    gate = Gate(4)
    with js.watch(numbers, apply=gate, plot=None, cluster=cluster) as watch:
        assert gate.reached.wait(DEADLINE)
        watch.replace_analysis(lambda record: -record.value)
        gate.go_on.set()
        assert watch.wait(DEADLINE, n=10)
        assert values(watch) == [0, 1, 2, 3, 4, -5, -6, -7, -8, -9]
        watch.replace_analysis(None)
        write_json(cluster, numbers, 10)
        assert watch.wait(DEADLINE, n=11)
        assert watch.latest == 10


def test_a_function_that_always_fails_is_trouble_until_it_is_replaced(
    cluster: js.Cluster, numbers: str
) -> None:
    with js.watch(
        numbers, apply=lambda record: record.data["energy"], plot=None, cluster=cluster
    ) as watch:
        wait_until(lambda: "no result of 10 items so far" in str(watch.trouble), "the trouble")
        watch.replace_analysis(lambda record: record.value)
        wait_until(lambda: watch.trouble is None, "the end of the trouble")
        write_json(cluster, numbers, 10)
        assert watch.wait(DEADLINE, n=1)
        assert watch.trouble is None


def test_a_function_that_blocks_is_told_and_replaced(
    cluster: js.Cluster, numbers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.analysis.STUCK_SECONDS", 0.2)
    monkeypatch.setattr("jupyter_stream.analysis.analysis.PATIENCE_SECONDS", 0.2)
    gate = Gate(4)
    with js.watch(numbers, apply=gate, plot=None, cluster=cluster) as watch:
        wait_until(lambda: watch.trouble, "the trouble")
        assert f"the analysis of {numbers} [0] 4 has been running for" in str(watch.trouble)
        # What came before it is there.
        assert values(watch) == [0, 1, 2, 3]
        watch.replace_analysis(lambda record: -record.value)
        assert watch.wait(DEADLINE, n=10)
        assert values(watch) == [0, 1, 2, 3, -4, -5, -6, -7, -8, -9]
        wait_until(lambda: watch.problems, "what is told of the old function")
        assert watch.problems[0].title == "A function was left running"
        assert f"the analysis of {numbers} [0] 4" in watch.problems[0].detail
        wait_until(lambda: watch.trouble is None, "the end of the trouble")
        # What the old function returns in the end is of no use to anybody.
        gate.go_on.set()
        wait_until(lambda: _analyses() == 1, "the end of the old thread")
        write_json(cluster, numbers, 11)
        assert watch.wait(DEADLINE, n=11)
        assert values(watch)[4:] == [-4, -5, -6, -7, -8, -9, -11]
    assert gate.called == 5


def test_a_watch_stops_though_its_function_blocks(
    cluster: js.Cluster, numbers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.analysis.STOP_SECONDS", 0.2)
    gate = Gate(4)
    watch = js.watch(numbers, apply=gate, plot=None, cluster=cluster)
    assert gate.reached.wait(DEADLINE)
    watch.stop()
    assert watch.state == "finished"
    assert values(watch) == [0, 1, 2, 3]
    assert watch.problems[0].title == "A function was left running"
    gate.go_on.set()
    wait_until(lambda: _analyses() == 0, "the end of the thread")
    assert watch.stats.results == 4
    assert gate.called == 5


def test_what_waits_behind_a_slow_function_is_bounded(
    cluster: js.Cluster, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.inbox.MOST_ITEMS", 1)
    monkeypatch.setattr("jupyter_stream.kafka.topic_consumer.BATCH_RECORDS", 5)
    topic = kafka_topic()
    write_json(cluster, topic, *range(100))
    gate = Gate(0)
    with js.watch(topic, apply=gate, plot=None, cluster=cluster) as watch:
        assert gate.reached.wait(DEADLINE)
        wait_until(lambda: (watch.stats.lag or 0) > 50, "the lag")
        assert watch.stats.records <= 15
        gate.go_on.set()
        assert watch.wait(DEADLINE, n=100)
        assert values(watch) == list(range(100))
        wait_until(lambda: watch.stats.lag == 0, "the end of the lag")


def test_a_pause_holds_everything_and_nothing_is_lost(cluster: js.Cluster, numbers: str) -> None:
    gate = Gate(4)
    with js.watch(numbers, apply=gate, plot=None, cluster=cluster) as watch:
        assert gate.reached.wait(DEADLINE)
        watch.pause()
        gate.go_on.set()
        wait_until(lambda: watch.state == "paused", "the pause")
        wait_until(lambda: len(watch.results) == 5, "the end of what was under way")
        write_json(cluster, numbers, 10)
        wait_until(lambda: watch.stats.lag == 1, "the lag of the pause")
        assert not watch.wait(0.5, n=6)
        assert watch.stats.records_per_second == 0.0
        watch.resume()
        assert watch.wait(DEADLINE, n=11)
        assert values(watch) == list(range(11))
        wait_until(lambda: watch.state == "running", "the watch to run again")


def test_a_function_that_is_replaced_while_paused_begins_after_it(
    cluster: js.Cluster, numbers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.analysis.PATIENCE_SECONDS", 0.1)
    gate = Gate(4)
    with js.watch(numbers, apply=gate, plot=None, cluster=cluster) as watch:
        assert gate.reached.wait(DEADLINE)
        watch.pause()
        watch.replace_analysis(lambda record: -record.value)
        wait_until(lambda: watch.problems, "the old function to be left")
        assert values(watch) == [0, 1, 2, 3]
        watch.resume()
        assert watch.wait(DEADLINE, n=10)
        assert values(watch)[4:] == [-4, -5, -6, -7, -8, -9]
        gate.go_on.set()


def test_results_that_change_their_shape_are_told_and_the_plot_goes_on(
    cluster: js.Cluster, numbers: str
) -> None:
    def changing(record: js.ReceivedRecord) -> Any:
        return np.ones((3, 3)) * np.nan if record.value in (4, 5) else np.full(8, record.value)

    with js.watch(numbers, apply=changing, plot="spectrum", cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=10)
        wait_until(lambda: watch.stats.errors == 2, "what was told")
        assert "shape (3, 3)" in watch.problems[0].detail
        assert "Traceback" not in watch.problems[0].detail
        assert watch.plot is not None
        assert watch.plot.since(0).header["total"] == 8
        assert len(watch.results) == 10


class Nonsense:
    """Raises whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(f"no {name}")

    def __sizeof__(self) -> int:
        raise RuntimeError("no size")

    def __repr__(self) -> str:
        raise RuntimeError("no text")


def endless() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


@pytest.mark.parametrize(
    "make", [Nonsense, endless, lambda: "text", object, lambda: range(9), dict]
)
@pytest.mark.parametrize("plot", ["auto", "spectrum", "series", "image", None])
def test_nonsense_is_a_result_like_any_other_and_hurts_nobody(
    cluster: js.Cluster, numbers: str, make: Callable[[], Any], plot: Any
) -> None:
    with js.watch(
        numbers,
        apply=lambda record: record.value * 1.0 if record.value > 6 else make(),
        plot=plot,
        cluster=cluster,
    ) as watch:
        assert watch.wait(DEADLINE, n=10)
        assert watch.latest == 9.0
        assert watch.state == "running"


def test_auto_chooses_again_for_another_function(cluster: js.Cluster, numbers: str) -> None:
    with js.watch(numbers, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=10)
        first = watch.plot
        assert first is not None
        assert first.kind == "series"
        watch.replace_analysis(lambda record: record.value + 0.5)
        write_json(cluster, numbers, 10)
        assert watch.wait(DEADLINE, n=11)
        assert watch.plot is first
        watch.replace_analysis(lambda record: np.full(9, record.value))
        write_json(cluster, numbers, 11)
        assert watch.wait(DEADLINE, n=12)
        assert watch.plot is not None
        assert watch.plot.kind == "spectrum"
        assert watch.plot.since(0).header["total"] == 1
        assert str(watch.plot_choice).startswith("spectrum: ")
        assert not watch.errors


async def asynchronous(record: js.ReceivedRecord) -> Any:
    return record


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"apply": asynchronous}, "apply=asynchronous is an async function"),
        ({"last": 0}, "last=0 is no number of results"),
        ({"max_rate": 0}, "max_rate=0 is no rate"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    cluster: js.Cluster, numbers: str, options: dict[str, Any], text: str
) -> None:
    with pytest.raises(js.UsageMistake, match=text):
        js.watch(numbers, cluster=cluster, **options)


def _analyses() -> int:
    return sum(thread.name == "jupyter_stream analysis" for thread in threading.enumerate())
