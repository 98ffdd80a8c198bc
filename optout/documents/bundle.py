"""Several documents in one ZIP file, the same bytes for the same documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from optout.domain.document import Document

_OWNER_ONLY = 0o100600
_UNIX = 3


def zip_bytes(documents: Iterable[Document], day: date) -> bytes:
    """The documents as a ZIP, in their order; files are readable by their owner only.

    Args:
        documents: with their content; equal names get a number.
        day: the date that each file bears.
    """
    out, taken = BytesIO(), set[str]()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for document in documents:
            name = _free_name(document.file_name, taken)
            taken.add(name)
            entry = ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            entry.create_system = _UNIX
            entry.external_attr = _OWNER_ONLY << 16
            entry.compress_type = ZIP_DEFLATED
            bundle.writestr(entry, document.content)
    return out.getvalue()


def _free_name(wanted: str, taken: set[str]) -> str:
    """The bare file name, numbered if another document has it already."""
    path = PurePosixPath(wanted.replace("\\", "/").rpartition("/")[2] or "document")
    name, number = path.name, 1
    while name in taken:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name
