"""Tickets that a kernel and its Jupyter server show each other."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.nonces import MOST_REMEMBERED, SpentNonces
from jupyter_stream.formats.ticket import (
    LIFETIME_SECONDS,
    Purpose,
    Ticket,
    new_ticket,
    read_ticket,
    write_ticket,
)

KEY = b"a connection key"
NOW = 1000.0


def written(purpose: Purpose = Purpose.VIEW, key: bytes = KEY) -> str:
    """Write a ticket."""
    return write_ticket(new_ticket(purpose, "view-1", 4321, NOW), key)


@given(st.sampled_from(Purpose), st.text(max_size=100), st.integers(1, 65535))
def test_what_was_written_is_read(purpose: Purpose, view: str, port: int) -> None:
    ticket = new_ticket(purpose, view, port, NOW)
    assert read_ticket(write_ticket(ticket, KEY), KEY, purpose, NOW) == ticket


def test_no_two_tickets_are_alike() -> None:
    assert len({written() for _ in range(100)}) == 100


@given(st.data())
def test_a_ticket_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    text = written()
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda char: char != text[at]))
    with pytest.raises(FormatError):
        read_ticket(text[:at] + other + text[at + 1 :], KEY, Purpose.VIEW, NOW)


@given(st.text())
def test_garbage_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_ticket(text, KEY, Purpose.VIEW, NOW)


def test_a_ticket_of_another_kernel_is_refused() -> None:
    with pytest.raises(FormatError, match="was not written with this kernel's key"):
        read_ticket(written(key=b"another key"), KEY, Purpose.VIEW, NOW)


def test_a_kernel_without_a_key_opens_nothing() -> None:
    with pytest.raises(FormatError, match="was not written with this kernel's key"):
        read_ticket(written(key=b""), b"", Purpose.VIEW, NOW)


def test_a_ticket_is_of_use_for_its_purpose_alone() -> None:
    with pytest.raises(FormatError, match="for view, not for server"):
        read_ticket(written(Purpose.VIEW), KEY, Purpose.SERVER, NOW)


@pytest.mark.parametrize("later", [LIFETIME_SECONDS + 0.1, 1e9, -0.1])
def test_a_ticket_is_of_use_for_a_short_time(later: float) -> None:
    text = written()
    assert read_ticket(text, KEY, Purpose.VIEW, NOW + LIFETIME_SECONDS)
    with pytest.raises(FormatError, match="expired"):
        read_ticket(text, KEY, Purpose.VIEW, NOW + later)


@pytest.mark.parametrize(
    "content", [b"no JSON", b"[]", b"{}", b"null", b'["nonsense", "v", 1, "n", 1]', b'["view"]']
)
def test_what_the_key_holder_wrote_wrongly_is_refused(content: bytes) -> None:
    genuine = Ticket(Purpose.VIEW, "v", 1, "n", NOW)
    assert write_ticket(genuine, KEY).startswith(
        urlsafe_b64encode(json.dumps(genuine).encode()).decode()
    )
    with pytest.raises(FormatError, match="not a ticket"):
        read_ticket(_signed(content), KEY, Purpose.VIEW, NOW)


def test_a_ticket_is_used_once() -> None:
    spent = SpentNonces()
    ticket = new_ticket(Purpose.VIEW, "view-1", 4321, NOW)
    spent.spend(ticket, NOW)
    with pytest.raises(FormatError, match="used before"):
        spent.spend(ticket, NOW + LIFETIME_SECONDS)
    spent.spend(new_ticket(Purpose.VIEW, "view-1", 4321, NOW), NOW)


def test_no_more_nonces_are_remembered_than_fit() -> None:
    spent = SpentNonces()
    ticket = new_ticket(Purpose.VIEW, "view-1", 4321, NOW)
    for number in range(MOST_REMEMBERED):
        spent.spend(ticket._replace(nonce=str(number)), NOW)
    with pytest.raises(FormatError, match="too many"):
        spent.spend(ticket, NOW)
    spent.spend(ticket, NOW + LIFETIME_SECONDS + 1)


def _signed(content: bytes) -> str:
    from jupyter_stream.formats.ticket import _signature  # noqa: PLC0415 - to forge with the key

    encoded = urlsafe_b64encode(content)
    return f"{encoded.decode()}.{_signature(encoded, KEY)}"
