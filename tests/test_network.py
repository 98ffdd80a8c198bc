"""The guard that keeps tests on this machine does so."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.network import NetworkUsed


def test_a_connection_to_another_machine_fails_the_test() -> None:
    with socket.socket() as way_out, pytest.raises(NetworkUsed):
        way_out.connect(("192.0.2.1", 25))


def test_a_datagram_to_another_machine_fails_the_test() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out, pytest.raises(NetworkUsed):
        way_out.sendto(b"x", ("192.0.2.1", 53))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkUsed):
        urllib.request.urlopen("http://broker.example/", timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(
            server.getsockname()[:2], timeout=5) as client:
        client.sendall(b"x")
        met, _ = server.accept()
        with met:
            assert met.recv(1) == b"x"
