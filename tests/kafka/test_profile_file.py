"""Profiles in jupyter_stream.toml."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.profile_file import FILE_NAME, load_profile, profile_names

if TYPE_CHECKING:
    from pathlib import Path

LAB = """
[profiles.lab.broker]
bootstrap.servers = "kafka.lab:9093"
"security.protocol" = "SASL_SSL"
sasl.username = "reader"
sasl.password = { env = "LAB_PASSWORD" }

[profiles.lab.producer]
compression.type = "zstd"

[profiles.lab.consumer]
fetch.min.bytes = 1000

[profiles.home.broker]
bootstrap.servers = "localhost:9092"
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The profile file in a configuration directory of the test's own."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    path = tmp_path / FILE_NAME
    path.write_text(LAB)
    return path


def test_a_profile_holds_all_its_properties(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.exists()
    monkeypatch.setenv("LAB_PASSWORD", "hush")
    profile = load_profile("lab")
    assert profile.broker == {
        "bootstrap.servers": "kafka.lab:9093",
        "security.protocol": "SASL_SSL",
        "sasl.username": "reader",
        "sasl.password": "hush",
    }
    assert profile.producer == {"compression.type": "zstd"}
    assert profile.consumer == {"fetch.min.bytes": 1000}


def test_the_names_are_listed(config: Path) -> None:
    assert config.exists()
    assert profile_names() == ["home", "lab"]


def test_a_secret_that_is_not_set_names_its_variable(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.exists()
    monkeypatch.delenv("LAB_PASSWORD", raising=False)
    with pytest.raises(ProfileError, match="environment variable LAB_PASSWORD"):
        load_profile("lab")


def test_a_secret_in_a_file(config: Path, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hush\n")
    config.write_text(LAB.replace('{ env = "LAB_PASSWORD" }', f'{{ file = "{secret}" }}'))
    assert load_profile("lab").broker["sasl.password"] == "hush"
    secret.write_bytes(b"hush\xff")
    with pytest.raises(ProfileError, match="not UTF-8"):
        load_profile("lab")
    secret.unlink()
    with pytest.raises(ProfileError, match="No such file"):
        load_profile("lab")


def test_a_secret_in_the_keyring(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = ModuleType("keyring")
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    keyring.get_password = lambda service, user: {("kafka", "reader"): "hush"}.get((service, user))  # type: ignore[attr-defined]
    config.write_text(LAB.replace('{ env = "LAB_PASSWORD" }', '{ keyring = "kafka/reader" }'))
    assert load_profile("lab").broker["sasl.password"] == "hush"
    config.write_text(LAB.replace('{ env = "LAB_PASSWORD" }', '{ keyring = "kafka/nobody" }'))
    with pytest.raises(ProfileError, match="keyring has nothing for 'kafka/nobody'"):
        load_profile("lab")


def test_a_keyring_that_fails_gives_its_reason(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(service: str, user: str) -> str:
        raise RuntimeError(f"{service}/{user} is locked")

    keyring = ModuleType("keyring")
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    keyring.get_password = locked  # type: ignore[attr-defined]
    config.write_text(LAB.replace('{ env = "LAB_PASSWORD" }', '{ keyring = "kafka/reader" }'))
    with pytest.raises(ProfileError, match=r"lab\.broker: sasl\.password: .* is locked"):
        load_profile("lab")


def test_without_the_keyring_package_the_error_says_how_to_get_it(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    config.write_text(LAB.replace('{ env = "LAB_PASSWORD" }', '{ keyring = "kafka/reader" }'))
    with pytest.raises(ProfileError, match="pip install keyring"):
        load_profile("lab")


def test_an_unknown_name_gets_the_nearest(config: Path) -> None:
    assert config.exists()
    with pytest.raises(ProfileError, match="did you mean lab"):
        load_profile("lba")
    with pytest.raises(ProfileError, match="profiles: home, lab"):
        load_profile("synchrotron")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("not toml [", "cannot be read"),
        ("profiles = 3", "section"),
        ("[profiles]\nlab = 3", "section"),
        ("[profiles.lab]\nbroker = 3", "must be a section"),
        ('[profiles.lab.broker]\nbootstrap.servers = ["k:1"]', "must be a text"),
        ('[profiles.lab.borker]\nbootstrap.servers = "k:1"', "borker"),
        ("[profiles.lab.broker]\nclient.id = 'me'", "bootstrap.servers"),
    ],
)
def test_a_file_with_a_mistake_says_which(config: Path, text: str, error: str) -> None:
    config.write_text(text)
    with pytest.raises(ProfileError, match=error):
        load_profile("lab")
