"""Ports: the wanted one, the last one, or any that is free."""

import socket

import pytest

from jupyter_stream.errors import PortTaken
from jupyter_stream.kafka.local_broker.ports import choose_ports, is_free


def test_a_port_in_use_is_told_to_who_asked_for_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert not is_free(taken)
        with pytest.raises(PortTaken, match=f"Port {taken} of 127.0.0.1 is in use"):
            choose_ports(taken, (None, None))
        others = choose_ports(None, (taken, taken))
    assert taken not in others


def test_the_last_ports_are_taken_again() -> None:
    last = choose_ports(None, (None, None))
    assert choose_ports(None, last) == last


def test_the_wanted_port_comes_before_the_last() -> None:
    wanted, controller = choose_ports(None, (None, None))
    last = choose_ports(None, (None, controller))
    assert choose_ports(wanted, last) == (wanted, controller)


def test_ports_are_not_those_of_outgoing_connections() -> None:
    assert all(20_000 <= port < 32_000 for port in choose_ports(None, (None, None)))
