"""How far a transfer has come, in one line."""

from jupyter_stream.cli.amounts import bytes_text, counted, duration_text
from jupyter_stream.cli.progress_bar import BAR_WIDTH, progress_bar
from jupyter_stream.jobs.stats import JobStats

_SHORTEST_BAR = 8
_PERCENT_WIDTH = len("[] 100%  ")


def progress_text(stats: JobStats) -> str:
    """Say how many files and bytes are over, how fast it goes, and how long it will take.

    Parameters
    ----------
    stats
        The numbers of an upload or a download.
    """
    parts = [_files(stats), _content(stats)]
    if _is_up_to_date(stats):
        parts.append("up to date")
    elif stats.bytes_per_second:
        parts.append(f"{bytes_text(stats.bytes_per_second)}/s")
    if stats.seconds_left:
        parts.append(f"{duration_text(stats.seconds_left)} left")
    if stats.lag:
        parts.append(f"{counted(stats.lag, 'record', 'records')} behind")
    return ", ".join(parts)


def progress_with_bar(stats: JobStats, width: int) -> str:
    """Say the same after a bar, which is drawn where the whole is known and there is room.

    Parameters
    ----------
    stats
        The numbers of an upload or a download.
    width
        How many characters the line may have.
    """
    text = progress_text(stats)
    share = _share(stats)
    room = min(BAR_WIDTH, width - len(text) - _PERCENT_WIDTH)
    if share is None or room < _SHORTEST_BAR:
        return text
    done, total = share
    return f"{progress_bar(done, total, room)} {100 * done // total:3}%  {text}"


def _files(stats: JobStats) -> str:
    if stats.files_total is None:
        return counted(stats.files, "file", "files")
    return f"{stats.files:,} of {counted(stats.files_total, 'file', 'files')}"


def _content(stats: JobStats) -> str:
    done = bytes_text(stats.content_bytes)
    total = stats.content_bytes_total
    return done if total is None else f"{done} of {bytes_text(total)}"


def _is_up_to_date(stats: JobStats) -> bool:
    """Say whether nothing is left: of what is known, or of the topic."""
    if stats.content_bytes_total is None:
        return stats.lag == 0
    return stats.seconds_left == 0


def _share(stats: JobStats) -> tuple[int, int] | None:
    """Return what is done and the whole: of bytes, or of files when all are empty."""
    if stats.content_bytes_total:
        return min(stats.content_bytes, stats.content_bytes_total), stats.content_bytes_total
    if stats.files_total and stats.content_bytes_total == 0:
        return min(stats.files, stats.files_total), stats.files_total
    return None
