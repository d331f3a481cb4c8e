"""The benchmark of records runs, and its sides read the right data; speed is not asserted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.benchmarks.live.records import KINDS, Row, WrongRecords, fill, main, rate_of

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker


def test_a_quick_run_measures_every_side(
    kafka_broker: RunningBroker, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--quick", "--bootstrap", kafka_broker.bootstrap, "--kind", "msgpack", "json"])
    lines = capsys.readouterr().out.splitlines()[2:]
    assert len(lines) == 4
    for line in lines:
        assert re.fullmatch(
            r"\| \w+ \| (idle|busy) (\| \d+ ){4}(\| \d+\.\d\d ){3}\| (yes|no) \|", line
        )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["decoding loop", "watch"])
def test_a_side_that_reads_other_records_ends_the_benchmark(
    kafka_broker: RunningBroker, kind: str, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = js.connect(kafka_broker.bootstrap)
    topic = fill(cluster, kind, 3000)
    rate_of(side, (kind, "idle"), kafka_broker.bootstrap, topic, 3000)
    monkeypatch.setattr("tests.benchmarks.live.records.DIFFERENT", 999)
    with pytest.raises(WrongRecords, match="the last record read is"):
        rate_of(side, (kind, "idle"), kafka_broker.bootstrap, topic, 3000)


def test_the_target_is_judged_by_the_plain_loop() -> None:
    loops = {"plain loop": 100e3, "tuned loop": 200e3, "decoding loop": 50e3}
    rates = {**loops, "watch": 49e3}
    row = Row("json", "idle", rates)
    numbers = ("100", "200", "50", "49", "0.49", "0.24", "0.98")
    assert row.cells == ("json", "idle", *numbers, "no")
    assert row._replace(rates={**rates, "watch": 50e3}).cells[-1] == "yes"
