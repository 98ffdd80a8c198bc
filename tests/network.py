"""Sockets that reach this machine only."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

_OWN_NAMES = frozenset({"", "localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 -- names, nothing is bound


class NetworkUsed(BaseException):
    """Something tried to leave this machine; no `except Exception` may hide it."""


def is_here(host: Any) -> bool:
    """Whether a host is this machine, without asking any name server."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in _OWN_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def closed() -> Iterator[None]:
    """Refuse every way out of this machine until the block ends."""
    patch = [(socket.socket, name, _guarded(getattr(socket.socket, name)))
             for name in ("connect", "connect_ex", "sendto")]
    looked_up = [(socket, name, _asked(getattr(socket, name)))
                 for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in (*patch, *looked_up)]
    try:
        for owner, name, guard in (*patch, *looked_up):
            setattr(owner, name, guard)
        yield
    finally:
        for owner, name, original in before:
            setattr(owner, name, original)


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(arguments[-1][0]):
            raise NetworkUsed(f"a connection to {arguments[-1][0]!r}")
        return original(self, *arguments)
    return guarded


def _asked(original: Callable[..., Any]) -> Callable[..., Any]:
    def asked(host: Any, *arguments: Any, **named: Any) -> Any:
        if not is_here(host):
            raise NetworkUsed(f"a look-up of the name {host!r}")
        return original(host, *arguments, **named)
    return asked
