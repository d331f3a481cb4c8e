"""Amounts as people read them: counts, bytes, durations."""

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_STEP = 1000
_MINUTE = 60
_HOUR = 3600
_DAY = 86400


def counted(number: int, one: str, many: str) -> str:
    """Name a number of things: "1 file", "2 files"."""
    return f"{number:,} {one if number == 1 else many}"


def bytes_text(count: float) -> str:
    """Write a number of bytes: "1.2 MB"."""
    value = float(count)
    units = iter(_UNITS)
    unit = next(units)
    # 999.95 would be written as 1000.0.
    while value >= _STEP - 0.05 and unit != _UNITS[-1]:
        value /= _STEP
        unit = next(units)
    return f"{value:.0f} B" if unit == "B" else f"{value:,.1f} {unit}"


def duration_text(seconds: float) -> str:
    """Write a time that passes: "0:05", "2:03:04", and for days "3 d 4 h"."""
    whole = round(seconds)
    if whole >= _DAY:
        return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
