"""What all tests share: a real broker for the whole run, and time for slow machines."""

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["jupyter_stream.testing.kafka"]

# A machine with other work is slow now and then, which is no failure.
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("any machine")

# Tests that run side by side only with others: those that make and use one environment of
# OpenMSIStream's, and those that fill the machine with a browser and a Jupyter server.
TOGETHER = {
    "interop": "openmsistream",
    "benchmarks/test_transfer": "openmsistream",
    "e2e": "browser",
    "benchmarks/test_live": "browser",
}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give tests that must not run side by side to one process."""
    for path, group in TOGETHER.items():
        if item.nodeid.startswith(f"tests/{path}"):
            item.add_marker(pytest.mark.xdist_group(group))
