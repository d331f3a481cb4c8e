"""The settings of a topic."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from confluent_kafka.admin import (  # type: ignore[attr-defined]
    ConfigResource,
    ConfigSource,
)

from jupyter_stream.errors import ClusterRefused, TopicNotFound
from jupyter_stream.kafka.answers import answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_stream.kafka.inspection.connection import Connection


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes
    ----------
    name
        Kafka's name of it.
    value
        What it is set to; None if it is secret.
    is_default
        Whether the topic has it from the cluster, and not from a setting of its own.
    """

    name: str
    value: str | None
    is_default: bool


def topic_settings(
    connection: Connection, topics: Iterable[str], seconds: float
) -> dict[str, list[Setting]]:
    """Return the settings of topics, those that a topic was given first, each kind by name.

    Topics that are not there are left out, and those of which the cluster tells no settings: the
    right to see them is one that many readers do not have.

    Parameters
    ----------
    connection
        To the cluster.
    topics
        Of which.
    seconds
        How long it may take.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    """
    resources = [ConfigResource(ConfigResource.Type.TOPIC, topic) for topic in topics]
    if not resources:
        return {}
    asked = connection.admin.describe_configs(resources, request_timeout=seconds)
    told: dict[str, list[Setting]] = {}
    for resource, future in asked.items():
        with suppress(ClusterRefused, TopicNotFound):
            entries = answer(future, connection.bootstrap, seconds).values()
            told[resource.name] = sorted(map(_setting, entries), key=_place)
    return told


def has_gaps(settings: Iterable[Setting]) -> bool:
    """Tell whether a topic's offsets have gaps for certain: it is compacted.

    Parameters
    ----------
    settings
        Those of the topic.
    """
    return any("compact" in (one.value or "") for one in settings if one.name == "cleanup.policy")


def _place(setting: Setting) -> tuple[bool, str]:
    return setting.is_default, setting.name


def _setting(entry: object) -> Setting:
    own = ConfigSource.DYNAMIC_TOPIC_CONFIG.value
    name, value = str(entry.name), entry.value  # type: ignore[attr-defined]
    is_default = entry.source != own  # type: ignore[attr-defined]
    return Setting(name, None if entry.is_sensitive else value, is_default)  # type: ignore[attr-defined]
