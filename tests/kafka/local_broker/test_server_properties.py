"""Settings, in the format of Java."""

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.kafka.local_broker.server_properties import as_text, server_properties


def _read_by_java(text: str) -> dict[str, str]:
    """Read a properties file with \\uXXXX escapes only, as Java does."""
    pairs = (line.split("=", 1) for line in text.splitlines())
    return {name: _unescaped(value) for name, value in pairs}


def _unescaped(value: str) -> str:
    units = value.encode("ascii").decode("unicode_escape")
    return units.encode("utf-16-be", "surrogatepass").decode("utf-16-be")


@given(st.text())
def test_any_value_survives(value: str) -> None:
    assert _read_by_java(as_text({"name": value})) == {"name": value}


def test_everything_listens_on_loopback_only() -> None:
    settings = server_properties(21042, 21043)
    addresses = "PLAINTEXT://127.0.0.1:21042,CONTROLLER://127.0.0.1:21043"
    assert settings["listeners"] == addresses
    assert settings["advertised.listeners"] == "PLAINTEXT://127.0.0.1:21042"
