"""The table written as a page and as a sheet, both whole or neither."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from optout.domain.errors import InstanceUnusable
from optout.law.calendar import plain
from optout.services.desk import Library
from optout.vault.atomic import write_whole

NAME = "law-table.html"
OTHER_DAYS = (date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 1))
"""Beside today: the days around the changes that are known, and one when they are behind."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """The two files.

    Args:
        places: how many places it tells of.
        rows: of the sheet, without its head.
        sha256: of the page, in hex.
    """

    path: Path
    csv: Path
    places: int
    rows: int
    sha256: str


def write(library: Library, target: Path, on: date) -> WrittenTable:
    """Write the law of every place as `law-table.html` and `law-table.csv`.

    Args:
        library: the laws.
        target: a folder, which is made if need be; or the page's own name, ending in `.html`.
        on: the day that counts as today.

    Raises:
        DiskFull: when there is no room; nothing is left behind.
        InstanceUnusable: when the folder cannot be written.
    """
    from optout.documents.law_table import page
    from optout.services.law_table.places import places
    from optout.services.law_table.rows import table_days
    from optout.services.law_table.sections import (
        federal_blocks,
        federal_overview,
        gather,
        index_of,
        sections,
    )
    from optout.services.law_table.sheet import as_csv, rows_of

    book = library.laws
    days = table_days(book, on, OTHER_DAYS)
    answers = gather(book, places(), days)
    rows = list(rows_of(answers))
    made_of = sections(book, answers, on)
    made = page({
        "today": plain(on), "last": plain(days[-1]), "checked": plain(book.checked),
        "laws": len(book.histories), "sections": made_of, "index": index_of(made_of),
        "federal": federal_blocks(answers, book),
        "federal_overview": federal_overview(answers, book, on)})
    path = target if target.suffix == ".html" else target / NAME
    sheet = path.with_suffix(".csv")
    _make(path.parent)
    _both(path, made, sheet, as_csv(rows))
    return WrittenTable(
        path=path, csv=sheet, places=len({one.place for one in answers}), rows=len(rows),
        sha256=hashlib.sha256(made).hexdigest())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InstanceUnusable(f"The folder {folder} cannot be made.",
                               remedy="Name another folder with --out.") from error


def _both(path: Path, made: bytes, sheet: Path, cells: bytes) -> None:
    before = sheet.read_bytes() if sheet.is_file() else None
    write_whole(sheet, cells)
    try:
        write_whole(path, made)
    except BaseException:  # a page and a sheet that disagree would be worse than none
        if before is None:
            sheet.unlink(missing_ok=True)
        else:
            write_whole(sheet, before)
        raise
