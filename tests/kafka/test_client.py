"""What librdkafka says, in the words that users see."""

from __future__ import annotations

import pytest
from confluent_kafka import KafkaError

from jupyter_stream.kafka.client import in_trouble, likely_cause, too_large


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("Failed to resolve 'x:1'", "host name"),
        ("Connection refused", "nothing listens"),
        ("SASL authentication error: bad", "user name or password"),
        ("SSL handshake failed", "TLS"),
        (
            "Disconnected while requesting ApiVersion: connecting to a SSL listener?",
            "closed the connection",
        ),
        ("Disconnected", "closed the connection"),
        ("2/2 brokers are down", "none of its brokers"),
        ("Something new", "Something new"),
        ("", "firewall"),
    ],
)
@pytest.mark.parametrize(
    "connection", ["", "sasl_ssl://ssl.lab:9093/bootstrap: ", "sasl.lab:9092/1: "]
)
def test_likely_causes(connection: str, message: str, cause: str) -> None:
    assert cause in likely_cause(connection + message)


def test_the_connection_is_no_cause() -> None:
    told = likely_cause("sasl_ssl://kafka.lab:9093/bootstrap: Connection setup timed out")
    assert told == likely_cause("timed out")


def test_a_record_that_is_too_large_is_told_with_the_remedy() -> None:
    said = "Receive failed: Invalid response size {} (0..100000000): increase it"
    told = too_large(said.format(120_000_200))
    assert "answer of 120.0 MB, and the client takes 100.0 MB" in str(told)
    assert "receive.message.max.bytes" in str(told)
    # Of HTTP, of TLS.
    for letters in (b"HTTP", b"\x15\x03\x03\x00"):
        size = said.format(int.from_bytes(letters))
        assert too_large(size) is None
        assert "is not Kafka" in likely_cause(size)
    assert too_large("Receive failed: Disconnected") is None


@pytest.mark.parametrize(
    "code", [KafkaError._TRANSPORT, KafkaError._RESOLVE, KafkaError._ALL_BROKERS_DOWN]
)
def test_trouble_with_the_connection_passes(code: int) -> None:
    assert "goes on by itself" in in_trouble("kafka.lab:9092", KafkaError(code))


@pytest.mark.parametrize(
    "code",
    [
        KafkaError._AUTHENTICATION,
        KafkaError._SSL,
        KafkaError.TOPIC_AUTHORIZATION_FAILED,
        KafkaError._INVALID_ARG,
    ],
)
def test_trouble_with_what_is_refused_does_not_pass_by_itself(code: int) -> None:
    told = in_trouble("kafka.lab:9092", KafkaError(code))
    assert told.startswith("trouble with kafka.lab:9092: ")
    assert "by itself" not in told
