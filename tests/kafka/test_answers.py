"""What a cluster says instead of an answer, as one of our errors."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.kafka import answers
from jupyter_stream.kafka.answers import NobodyLeads, answer
from jupyter_stream.kafka.inspection.connection import Connection
from jupyter_stream.kafka.inspection.offsets import LATEST, Question

if TYPE_CHECKING:
    from jupyter_stream.errors import StreamError
    from jupyter_stream.kafka.local_broker import RunningBroker


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (KafkaError.UNKNOWN_TOPIC_OR_PART, js.TopicNotFound),
        (KafkaError.NOT_LEADER_FOR_PARTITION, NobodyLeads),
        (KafkaError.FENCED_LEADER_EPOCH, NobodyLeads),
        (KafkaError.UNKNOWN_LEADER_EPOCH, NobodyLeads),
        (KafkaError._TRANSPORT, js.ClusterUnreachable),
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, js.ClusterRefused),
    ],
)
def test_errors_become_ours(code: int, kind: type[StreamError]) -> None:
    future: Future[Any] = Future()
    future.set_exception(KafkaException(KafkaError(code)))
    with pytest.raises(kind):
        answer(future, "host:1", 1)


def test_no_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "GRACE_SECONDS", 0.0)
    with pytest.raises(js.ClusterUnreachable, match="host:1"):
        answer(Future(), "host:1", 0.01)


def test_a_leader_is_waited_for_but_not_for_long(kafka_broker: RunningBroker) -> None:
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    connection = Connection(admin, kafka_broker.bootstrap)
    begin = time.monotonic()
    with pytest.raises(js.TopicNotFound):
        Question(connection, [("not-there", 0)], LATEST, 5).all()
    assert time.monotonic() - begin < 10
    assert Question(connection, [], LATEST, 5).all() == {}
