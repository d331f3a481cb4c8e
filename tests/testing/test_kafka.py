"""The fixtures that users get."""

from confluent_kafka.admin import AdminClient

from jupyter_stream.kafka.local_broker import RunningBroker
from jupyter_stream.testing.kafka import MakeTopic


def test_topics_are_fresh_and_as_asked_for(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    names = [kafka_topic(), kafka_topic(partitions=5)]
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    topics = admin.list_topics(timeout=20).topics
    assert [len(topics[name].partitions) for name in names] == [1, 5]
