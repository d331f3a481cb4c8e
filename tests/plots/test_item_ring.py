"""The newest items of a plot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.item_ring import Item, ItemRing
from tests.plots.marks import mark


def filled(capacity: int, byte_limit: int, sizes: list[int]) -> ItemRing[int]:
    ring: ItemRing[int] = ItemRing(capacity, byte_limit)
    for number, size in enumerate(sizes, 1):
        ring.append(Item(number, number, mark(number), size, size))
    return ring


@given(st.integers(1, 5), st.integers(0, 30), st.lists(st.integers(0, 20), max_size=20))
def test_the_newest_stay_as_far_as_they_fit(
    capacity: int, byte_limit: int, sizes: list[int]
) -> None:
    kept = [item.value for item in filled(capacity, byte_limit, sizes).items()]
    assert kept == sizes[len(sizes) - len(kept) :]
    assert len(kept) <= capacity
    assert sum(kept) <= byte_limit or len(kept) == 1
    if len(kept) < min(capacity, len(sizes)):
        assert sum(sizes[len(sizes) - len(kept) - 1 :]) > byte_limit


@given(st.integers(0, 12))
def test_a_view_gets_what_it_does_not_know(known: int) -> None:
    newer = filled(6, 100, [1] * 10).newer(known)
    assert [item.serial for item in newer] == list(range(max(known, 4) + 1, 11))


def test_a_smaller_ring_keeps_the_newest() -> None:
    ring = filled(6, 100, [1] * 10)
    ring.resize(2)
    assert [item.serial for item in ring.items()] == [9, 10]
    ring.clear()
    assert ring.items() == ()
