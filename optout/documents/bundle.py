"""Several documents in one ZIP file, the same bytes for the same documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import RawIOBase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from optout.domain.document import Document

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OWNER_ONLY = 0o100600
_UNIX = 3


class _Pipe(RawIOBase):
    """What was written since it was last emptied; it cannot go back, so nothing piles up."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It can be written to, and nothing else."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take all of the data."""
        self._waiting += data
        return len(memoryview(data))

    def emptied(self) -> bytes:
        """What waits."""
        data = bytes(self._waiting)
        self._waiting.clear()
        return data


def zip_parts(documents: Iterable[Document], day: date) -> Iterator[bytes]:
    """The documents as a ZIP, in their order, piece by piece; one document is held at a time.

    The files are readable by their owner only.

    Args:
        documents: with their content; equal names get a number.
        day: the date that each file bears.
    """
    pipe, taken = _Pipe(), set[str]()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as bundle:
        for document in documents:
            name = _free_name(document.file_name, taken)
            taken.add(name)
            entry = ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            entry.create_system = _UNIX
            entry.external_attr = _OWNER_ONLY << 16
            entry.compress_type = ZIP_DEFLATED
            bundle.writestr(entry, document.content)
            yield pipe.emptied()
    yield pipe.emptied()


def _free_name(wanted: str, taken: set[str]) -> str:
    """The bare file name, numbered if another document has it already."""
    path = PurePosixPath(wanted.replace("\\", "/").rpartition("/")[2] or "document")
    name, number = path.name, 1
    while name in taken:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name
