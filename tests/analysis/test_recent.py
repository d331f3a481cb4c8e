"""The newest are kept within limits, and each is counted once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.analysis.recent import Recent

MUCH = 2**20


def filled(numbers: range, count_limit: int = 10, byte_limit: int = MUCH) -> Recent[int]:
    recent = Recent[int](count_limit, byte_limit)
    recent.extend([(number, 10) for number in numbers])
    return recent


@given(st.lists(st.lists(st.integers(0, 50))), st.integers(1, 10), st.integers(0, 100))
def test_the_newest_are_kept_within_both_limits(
    parts: list[list[int]], count_limit: int, byte_limit: int
) -> None:
    recent = Recent[tuple[int, int]](count_limit, byte_limit)
    added: list[tuple[int, int]] = []
    for part in parts:
        new = [(number, size) for number, size in enumerate(part, len(added))]
        recent.extend([(one, one[1]) for one in new])
        added += new
    kept = recent.newest_last()
    assert list(kept) == added[len(added) - len(kept) :]
    assert len(kept) <= count_limit
    assert len(kept) <= 1 or sum(size for _, size in kept) <= byte_limit
    assert bool(kept) == bool(added)
    assert recent.total == len(added)


def test_the_oldest_go_by_count_and_by_bytes() -> None:
    assert filled(range(5), count_limit=3).newest_last() == (2, 3, 4)
    assert filled(range(5), byte_limit=25).newest_last() == (3, 4)
    # The newest is kept however large it is.
    assert filled(range(5), byte_limit=5).latest == 4


def test_what_came_after_a_count_and_what_is_gone() -> None:
    recent = filled(range(5), count_limit=3)
    assert recent.total == 5
    for seen, gone, newer in ((0, 2, [2, 3, 4]), (2, 0, [2, 3, 4]), (4, 0, [4]), (5, 0, [])):
        assert recent.after(seen) == (gone, newer)


def test_what_is_cleared_stays_counted() -> None:
    recent = filled(range(5))
    recent.clear()
    assert (recent.total, recent.latest, recent.newest_last()) == (5, None, ())
    recent.extend([(5, 1)])
    assert recent.after(0)[0] == 5
