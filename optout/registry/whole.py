"""Files beside the data, written whole or not at all, and readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name always stands for all of the old or all of the new bytes.

    Args:
        path: where to; its folder must exist.
        content: all of it.

    Raises:
        OSError: when it cannot be written; what stood there stays, and nothing is left behind.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
