"""The line to a mail server, on which no answer takes for ever and none goes on without end.

The standard library waits anew for each piece of an answer, and reads lines of an answer as long
as they come: a server, or whoever sits on the way before the line is protected, could hold up
the work of every hour by one sign at a time, or fill the memory.
"""

from __future__ import annotations

import io
import smtplib
import socket
import time
from typing import Any

LONGEST_ANSWER = 64 * 1024
"""Bytes; what servers say of themselves has a few hundred."""


class _Ear(io.RawIOBase):
    """What a server says; each answer has its time and its room."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        super().__init__()
        self._line = line
        self._seconds = seconds
        self._until = 0.0
        self._room = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def next_answer(self) -> None:
        """Begin to count anew."""
        self._until = time.monotonic() + self._seconds
        self._room = LONGEST_ANSWER

    def readinto(self, buffer: Any) -> int:
        """Hear the next piece.

        Raises:
            TimeoutError: when the answer takes too long, or is too long.
        """
        left = self._until - time.monotonic()
        if left <= 0 or self._room <= 0:
            raise TimeoutError
        self._line.settimeout(left)
        try:
            count = self._line.recv_into(buffer)
        finally:
            self._line.settimeout(self._seconds)  # what is said to the server has its own time
        self._room -= count
        return count


class _Patient(smtplib.SMTP):
    """Speaks as the library does, and hears by an ear of its own."""

    _ear: _Ear

    def getreply(self) -> tuple[int, bytes]:
        """The next answer of the server; one that does not end closes the line."""
        if self.file is None:  # a new line, or one that is protected from now on
            assert self.sock is not None
            self._ear = _Ear(self.sock, float(self.timeout))
            self.file = io.BufferedReader(self._ear)
        self._ear.next_answer()
        return super().getreply()


class PlainLine(_Patient):
    """Open at first; it may be protected later."""


class ProtectedLine(_Patient, smtplib.SMTP_SSL):
    """Protected from the first word on."""
