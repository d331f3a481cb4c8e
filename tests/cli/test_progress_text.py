"""How far a transfer has come, in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.cli.progress_text import progress_text, progress_with_bar
from jupyter_stream.jobs.stats import JobStats

HALF = JobStats(
    files=104,
    files_total=200,
    content_bytes=520_000_000,
    content_bytes_total=1_000_000_000,
    bytes_per_second=245.1e6,
    seconds_left=65,
)


def test_with_a_known_whole_all_of_it_is_told() -> None:
    text = "104 of 200 files, 520.0 MB of 1.0 GB, 245.1 MB/s, 1:05 left"
    assert progress_text(HALF) == text
    bar = "[###############...............]"
    assert progress_with_bar(HALF, 120) == f"{bar}  52%  {text}"


def test_with_an_unknown_whole_what_is_done_is_told() -> None:
    stats = JobStats(files=1, content_bytes=5000, bytes_per_second=10.0, lag=1234)
    assert progress_text(stats) == "1 file, 5.0 kB, 10 B/s, 1,234 records behind"
    assert progress_with_bar(stats, 120) == progress_text(stats)


def test_when_nothing_is_left_it_is_up_to_date() -> None:
    stats = JobStats(
        files=2, files_total=2, content_bytes=9, content_bytes_total=9, seconds_left=0.0
    )
    assert progress_text(stats) == "2 of 2 files, 9 B of 9 B, up to date"


def test_a_download_without_lag_is_up_to_date() -> None:
    stats = JobStats(files=2, content_bytes=9, bytes_per_second=3.0, lag=0)
    assert progress_text(stats) == "2 files, 9 B, up to date"


def test_empty_files_count_by_their_number() -> None:
    stats = JobStats(files=1, files_total=2, content_bytes_total=0)
    assert progress_with_bar(stats, 80).startswith(f"[{'#' * 15}{'.' * 15}]  50%  1 of 2 files")


@pytest.mark.parametrize("width", [10, 40, 75, 76, 90, 200])
def test_a_bar_is_drawn_only_where_there_is_room(width: int) -> None:
    line = progress_with_bar(HALF, width)
    assert line.endswith(progress_text(HALF))
    assert len(line) <= max(width, len(progress_text(HALF)))
    assert line.startswith("[") == (width >= 76)


@given(
    st.builds(
        JobStats,
        files=st.integers(0, 10**7),
        files_total=st.none() | st.integers(0, 10**7),
        content_bytes=st.integers(0, 10**15),
        content_bytes_total=st.none() | st.integers(0, 10**15),
        seconds_left=st.none() | st.floats(0, 1e8),
    ),
    st.integers(0, 300),
)
def test_any_numbers_make_one_line(stats: JobStats, width: int) -> None:
    line = progress_with_bar(stats, width)
    assert "\n" not in line
    assert len(line) <= max(width, len(progress_text(stats)))
