"""The newest files, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.analysis.recent_files import RecentFiles

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.received_file import ReceivedFile


class Sized:
    """As much of a file as the limits look at."""

    def __init__(self, size: int) -> None:
        self.size = size


@given(st.lists(st.integers(0, 50)), st.integers(1, 10), st.integers(0, 100))
def test_the_newest_are_kept_within_both_limits(
    sizes: list[int], count_limit: int, byte_limit: int
) -> None:
    recent = RecentFiles(count_limit, byte_limit)
    files = [cast("ReceivedFile", Sized(size)) for size in sizes]
    for file in files:
        recent.append(file)
    kept = recent.newest_last()
    assert list(kept) == files[len(files) - len(kept) :]
    assert len(kept) <= count_limit
    assert len(kept) <= 1 or sum(file.size for file in kept) <= byte_limit
    assert bool(kept) == bool(files)
    recent.clear()
    assert recent.newest_last() == ()
