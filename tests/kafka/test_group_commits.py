"""What a member tells of commits that fail."""

import pytest
from confluent_kafka import KafkaError, TopicPartition

from jupyter_stream.kafka import group_commits
from jupyter_stream.kafka.group_commits import GroupCommits

REBALANCING = KafkaError(KafkaError.ILLEGAL_GENERATION)


def test_a_rebalance_is_no_trouble() -> None:
    commits = GroupCommits()
    commits.on_commit(REBALANCING, [])
    assert commits.trouble is None
    commits.on_commit(KafkaError(KafkaError.GROUP_AUTHORIZATION_FAILED), [])
    assert "not committed" in str(commits.trouble)


def test_a_rebalance_that_does_not_end_is_trouble_until_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(group_commits, "REBALANCE_SECONDS", 0.0)
    commits = GroupCommits()
    commits.on_commit(REBALANCING, [])
    assert "not committed" in str(commits.trouble)
    commits.on_commit(None, [TopicPartition("topic", 0, 1)])
    assert commits.trouble is None
