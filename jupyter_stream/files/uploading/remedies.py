"""What to do about records that a broker refuses."""

_DELETED = "If the topic was deleted, create it again, with as many partitions as before."
_REMEDIES = {
    "message size too large": (
        "Raise max.message.bytes of the topic to 1 MiB or more, so that it takes chunks."
    ),
    "unknown topic": _DELETED,
    # So the client says of records that waited when it learnt that their partition is gone.
    "broker handle destroyed": _DELETED,
    "unknown partition": _DELETED,
    "authorization failed": "Ask the cluster's administrator for the right to write to the topic.",
}
_PASSING = ("timed out", "purged")


def remedy(reason: str) -> str:
    """Say what to do about a refusal; "" if we know nothing better than to try again.

    Parameters
    ----------
    reason
        The refusal in the words of the Kafka client.
    """
    said = reason.casefold()
    return next((advice for sign, advice in _REMEDIES.items() if sign in said), "")


def passes(reason: str) -> bool:
    """Say whether a refusal only means that the broker was away for long.

    Parameters
    ----------
    reason
        The refusal in the words of the Kafka client.
    """
    return any(sign in reason.casefold() for sign in _PASSING)
