"""Profiles, and that they keep their secrets."""

import pytest

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.profile import Profile


def test_an_address_is_a_profile() -> None:
    profile = Profile.from_bootstrap("kafka.lab:9092,kafka2.lab:9093")
    assert profile.bootstrap == "kafka.lab:9092,kafka2.lab:9093"


def test_the_text_form_shows_no_property() -> None:
    profile = Profile("lab", {"bootstrap.servers": "k:1", "sasl.password": "hush"})
    assert repr(profile) == "<Profile 'lab' at k:1>"
    assert "hush" not in f"{profile} {profile!r}"


@pytest.mark.parametrize(
    "address", ["kafka", "kafka:", ":9092", "kafka:port", "kafka:70000", "a:1,b"]
)
def test_a_malformed_address_is_refused(address: str) -> None:
    with pytest.raises(ProfileError, match="write host:port"):
        Profile.from_bootstrap(address)


def test_an_address_is_named_without_blanks() -> None:
    assert Profile.from_bootstrap(" kafka.lab:9092 ").name == "kafka.lab:9092"


@pytest.mark.parametrize(
    "address",
    [
        "user:hush@kafka:9092",
        " user:hush@kafka:9092",
        "sasl://user:hush@kafka:9092",
        "user:hush@kafka:9092,kafka2:9092",
        "user:hush,hush@kafka:9092",
        "user:hush,x/kafka:9092",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ProfileError, match="without user or scheme") as caught:
        Profile.from_bootstrap(address)
    assert "hush" not in str(caught.value)


def test_a_profile_needs_an_address() -> None:
    with pytest.raises(ProfileError, match=r"bootstrap\.servers"):
        Profile("lab", {})


def test_a_text_is_masked() -> None:
    profile = Profile(
        "lab",
        {"bootstrap.servers": "k:1", "sasl.password": "hunter2!", "sasl.username": "hunter"},
        {"acks": 7, "client.id": ""},
        {"ssl.key.pem": "BEGIN me, END"},
    )
    text = 'Invalid value "hunter2!" (not 70, but 7) of hunter at k:1: me'
    assert profile.masked(text) == 'Invalid value "***" (not 70, but ***) of *** at k:1: ***'
    assert Profile.from_bootstrap("k:1").masked("as it is") == "as it is"
