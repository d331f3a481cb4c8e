"""The local broker: Apache Kafka itself, one node, on this machine, for this user."""

from jupyter_stream.kafka.local_broker.broker import LocalBroker
from jupyter_stream.kafka.local_broker.progress import Progress
from jupyter_stream.kafka.local_broker.running import RunningBroker

__all__ = ["LocalBroker", "Progress", "RunningBroker"]
