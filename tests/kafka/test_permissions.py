"""A cluster that does not allow everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

import jupyter_stream as js
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.profile import Profile
from tests.kafka.members import Member, write
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTHORIZER = {
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "true",
}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker that allows what nothing forbids."""
    broker = LocalBroker(tmp_path_factory.mktemp("strict"), properties=AUTHORIZER)
    yield broker.start().bootstrap
    broker.stop()


def rule(
    kind: ResourceType, name: str, operation: AclOperation, permission: AclPermissionType
) -> AclBinding:
    pattern = ResourcePatternType.LITERAL
    return AclBinding(kind, name, pattern, "User:*", "*", operation, permission)


def forbid(address: str, kind: ResourceType, name: str, operation: AclOperation) -> None:
    """Forbid an operation, and allow all others."""
    admin = AdminClient({"bootstrap.servers": address})
    rules = [
        rule(kind, name, operation, AclPermissionType.DENY),
        rule(kind, name, AclOperation.ALL, AclPermissionType.ALLOW),
    ]
    for future in admin.create_acls(rules).values():
        future.result(20)


def test_who_may_not_join_the_group_is_told_so(strict: str) -> None:
    js.connect(strict).create_topic("shared", 1)
    write(strict, "shared", [b"value"])
    forbid(strict, ResourceType.GROUP, "theirs", AclOperation.READ)
    member = Member(strict, "shared", "theirs")
    wait_until(lambda: member.step() or member.reader.trouble, "trouble")
    assert "roup authorization failed" in (member.reader.trouble or "")
    assert (member.read, member.reader.at_end, member.reader.lag()) == ([], False, None)
    member.reader.close()


def test_what_a_cluster_does_not_tell_is_not_known(strict: str) -> None:
    cluster = js.connect(strict)
    cluster.create_topic("described", 1)
    assert cluster.record_limit("described") == 16 * 2**20
    forbid(strict, ResourceType.TOPIC, "described", AclOperation.DESCRIBE_CONFIGS)
    wait_until(lambda: cluster.record_limit("described") is None, "the refusal")


def test_a_writer_that_broke_says_so_and_can_be_closed(strict: str) -> None:
    js.connect(strict).create_topic("written", 1)
    forbid(strict, ResourceType.TOPIC, "*", AclOperation.WRITE)
    forbid(strict, ResourceType.BROKER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE)
    writer = js.Cluster(Profile.from_bootstrap(strict)).writer()
    reasons: list[str | None] = []
    writer.write("written", 0, b"", b"value", reasons.append)

    def dead() -> bool:
        writer.poll(0.05)
        return writer.dead

    wait_until(dead, "the end of the writer")
    assert "uthorization failed" in (writer.trouble or "")
    writer.close()
    assert reasons
    assert reasons[0] is not None
