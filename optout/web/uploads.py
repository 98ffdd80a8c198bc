"""Files that a browser hands over: held in memory only, never in a temporary file."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request


class InMemoryRequest(Request):
    """A request whose uploads stay in memory.

    Larger uploads would otherwise lie in the clear in a temporary file while they are read; how
    large they may be at all is limited for each page.
    """

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()
