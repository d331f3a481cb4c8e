"""A member of a group in a process of its own, which a test may stop or kill.

Each line that it is sent makes it read once; it answers with a line of what it has read, as JSON,
and commits it. Started with: address, topic, group, and its properties as JSON.
"""

from __future__ import annotations

import json
import sys

from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.profile import Profile


def main(address: str, topic: str, group: str, properties: str) -> None:
    """Read when told to."""
    profile = Profile("member", {"bootstrap.servers": address}, consumer=json.loads(properties))
    reader = Cluster(profile).group_reader(
        topic, group, "earliest", on_revoked=lambda _partitions: None
    )
    for _ in sys.stdin:
        records = reader.read(0.2)
        reader.commit({record.partition: record.offset + 1 for record in records})
        print(json.dumps([(record.partition, record.offset) for record in records]), flush=True)
    reader.close()


main(*sys.argv[1:])
