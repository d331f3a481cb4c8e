"""How long a topic keeps records."""

from __future__ import annotations

import pytest

from jupyter_stream.kafka.inspection.retention import retention_of
from jupyter_stream.kafka.inspection.settings import Setting


def settings(**values: str) -> list[Setting]:
    return [
        Setting(name.replace("_", "."), value, is_default=False) for name, value in values.items()
    ]


@pytest.mark.parametrize(
    ("told", "seconds", "size", "compacted", "expires_in"),
    [
        (settings(retention_ms="60000", cleanup_policy="delete"), 60.0, None, False, 20.0),
        (settings(retention_ms="-1", retention_bytes="5"), None, 5, False, None),
        (settings(retention_ms="60000", cleanup_policy="compact"), None, None, True, None),
        (settings(retention_ms="60000", cleanup_policy="compact,delete"), 60.0, None, True, 20.0),
        (settings(retention_ms="10000"), 10.0, None, False, 0.0),
        ([], None, None, False, None),
    ],
)
def test_retention_is_read_from_settings(
    told: list[Setting],
    seconds: float | None,
    size: int | None,
    compacted: bool,
    expires_in: float | None,
) -> None:
    found = retention_of(told, oldest=60.0, now=100.0)
    assert (found.seconds, found.bytes, found.compacted) == (seconds, size, compacted)
    assert found.expires_in == expires_in
    assert retention_of(told, oldest=None, now=100.0).expires_in is None
