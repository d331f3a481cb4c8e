"""Answers that are kept, and asked for once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

import jupyter_stream as js
from jupyter_stream.kafka.inspection.kept import MOST_KEPT, Kept
from tests.waiting import wait_until


class Source:
    """Counts how often it was asked, and answers when it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = Event()
        self.fails = False

    def __call__(self) -> int:
        self.asked += 1
        number = self.asked
        assert self.may_answer.wait(20)
        if self.fails:
            raise js.ClusterUnreachable(str(number))
        return number


@pytest.fixture
def source() -> Source:
    return Source()


def test_an_answer_is_kept_for_its_time(source: Source) -> None:
    source.may_answer.set()
    kept: Kept[int] = Kept(60)
    assert [kept.get("a", source) for _ in range(3)] == [1, 1, 1]
    assert kept.get("b", source) == 2
    assert kept.get("a", source, seconds=0) == 3
    assert Kept[int](0).get("a", source) == 4


def test_errors_are_not_kept(source: Source) -> None:
    source.may_answer.set()
    source.fails = True
    kept: Kept[int] = Kept(60)
    with pytest.raises(js.ClusterUnreachable, match="1"):
        kept.get("a", source)
    source.fails = False
    assert kept.get("a", source) == 2


@pytest.mark.parametrize("fails", [False, True])
def test_many_who_wait_ask_twice_at_most(source: Source, fails: bool) -> None:
    source.fails = fails
    kept: Kept[int] = Kept(60)
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(kept.get, "a", source, seconds=0)
        wait_until(lambda: source.asked == 1, "the first question")
        others = [pool.submit(kept.get, "a", source, seconds=0) for _ in range(19)]
        wait_until(lambda: all(one.running() for one in others), "the others")
        source.may_answer.set()
        wait_until(lambda: all(one.done() for one in (first, *others)), "the answers")
    assert source.asked <= 3
    assert {one.exception() is not None for one in others} == {fails}


def test_only_so_many_answers_are_kept(source: Source) -> None:
    source.may_answer.set()
    kept: Kept[int] = Kept(60)
    for number in range(MOST_KEPT + 1):
        kept.get(number, source)
    assert kept.get(MOST_KEPT, source) == MOST_KEPT + 1
    assert kept.get(0, source) == MOST_KEPT + 2
