"""A workbook (xlsx) → its cells as text; bombs and forgeries are refused before they unfold."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from optout.domain.errors import InvalidFile

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts together; a list of every broker of a state unfolds to some 5 MB."""

MOST_PARTS = 400
MOST_COLUMNS = 702
"""Up to the column ZZ. A reference beyond would make the reader fill millions of blank cells."""

MOST_ROWS = 100_000
MOST_CELLS = 4_000_000

_PLACE = re.compile(rb"""[\s'"](?:r|ref)\s*=\s*['"]([^'"]*)['"]""")
_REFERENCE = re.compile(rb"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_WANTED = re.compile(r"\[Content_Types\]\.xml|_rels/.*|xl/.*\.(?:xml|rels)", re.IGNORECASE)


def looks_like_one(data: bytes) -> bool:
    """Whether these bytes are a zip archive, as every xlsx file is."""
    return data.startswith(b"PK\x03\x04")


def sheets(data: bytes, name: str) -> list[Iterator[Sequence[str]]]:
    """The rows of each sheet, as text.

    Raises:
        InvalidFile: when the workbook is damaged, encrypted, or larger inside than any list.
    """
    safe = _repacked(data, name)
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(safe))
        found = [book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                 for title in book.sheet_names]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 -- a panic of the reader, made in Rust, is no Exception
        raise _damaged(name) from None
    return [([_words(cell) for cell in row] for row in rows) for rows in found]


def _damaged(name: str) -> InvalidFile:
    return InvalidFile(f"{name} is a damaged workbook, or none.",
                       remedy="Get the file from the state again.")


def _repacked(data: bytes, name: str) -> bytes:
    """The parts that a sheet needs, unfolded within bounds and packed again without tricks."""
    made = io.BytesIO()
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as plain:
            parts = {part.filename: part for part in archive.infolist()}
            if len(archive.infolist()) > MOST_PARTS:
                raise _too_large(name)
            for title, part in parts.items():
                if not _WANTED.fullmatch(title):
                    continue
                with archive.open(part) as file:
                    text = file.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise _too_large(name)
                _bound(text, name)
                plain.writestr(title, text)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
            NotImplementedError, LookupError):
        raise _damaged(name) from None
    return made.getvalue()


def _bound(part: bytes, name: str) -> None:
    """Refuse a part whose cell references would unfold beyond any list of brokers."""
    if b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!ENTITY" in part:
        raise _damaged(name)
    columns, rows = 1, 1
    for place in _PLACE.findall(part):
        if b"&" in place:
            raise _damaged(name)
        for letters, digits in _pairs(_REFERENCE.fullmatch(place)):
            columns = max(columns, _column(letters or b""))
            rows = max(rows, int(digits or 0))
    if columns > MOST_COLUMNS or rows > MOST_ROWS or columns * rows > MOST_CELLS:
        raise _too_large(name)


def _pairs(reference: re.Match[bytes] | None) -> tuple[tuple[bytes | None, ...], ...]:
    """Column and row of both ends of a reference; none for an attribute that is no reference."""
    return (reference.groups()[:2], reference.groups()[2:]) if reference else ()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> InvalidFile:
    return InvalidFile(f"{name} unfolds to more than any state's list of brokers.",
                       remedy="This cannot be the right file: choose another one.")


def _words(cell: object) -> str:
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime | date):
        return cell.strftime("%m/%d/%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
