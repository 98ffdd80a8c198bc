"""Requests as a table for other programs: safe to open, written row by row.

The standard library's `csv` writes what RFC 4180 asks for and takes rows one at a time; nothing
else is needed. What it does not know is that spreadsheets run a cell that begins like a formula.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from optout.domain.errors import InvalidInput
from optout.domain.listing import Listed, SortBy, Wanted
from optout.services.desk import Desk
from optout.services.listing import every_row

FILE_NAME = "optout-requests.csv"
MARK = "\ufeff"
"""At the head of the file: without it, Excel takes UTF-8 for the letters of another age."""

WARNING = ("The file is not encrypted: whoever can open it sees whom you asked and what came of "
           "it. Delete it when it is no longer needed.")

COLUMNS: dict[str, str] = {
    "reference": "the reference on every document",
    "person_id": "the program’s own id of the person, without meaning",
    "person": "the person’s name",
    "company_id": "the program’s own id of the company",
    "company": "the company’s name",
    "channel": "how it was or will be asked",
    "law": "the id of the law that the request rests on first, or “voluntary”",
    "right": "what is asked for first",
    "standing": "where the request stands",
    "they_say": "what the company says; its word alone",
    "their_words": "the words that you kept of its answer",
    "last_look": "what was seen at the last look",
    "last_look_on": "on which day",
    "made_on": "the day on which the request was made",
    "sent_on": "the day on which it was sent",
    "received_on": "the day on which the company had it, where known",
    "moved_on": "the day of the latest event",
    "late_since": "the first day on which the company may be called late, if it is late today",
    "days_late": "how many days late it is today",
    "next_on": "the day of the next open task",
    "next_task": "what that task is",
    "follows": "the reference of the request that this one continues",
    "merged_into": "the reference of the request that this one repeats",
}
"""The columns in their order, and what each holds. Days are written like 2026-11-23."""

PERSONAL = frozenset({"person", "their_words"})
"""Columns that are left out where names are not wanted."""

_BEGINS_A_FORMULA = "=+@＝＋－＠-"
_PASSED_OVER = "' \u00a0\u3000"
_FIRST = rf"[{_PASSED_OVER}]*[\t\r\n{_BEGINS_A_FORMULA}]"
_LATER = rf"[\"{_PASSED_OVER}]*[{_BEGINS_A_FORMULA}]"
_BREAK = r"(?<=[;\t\r\n])"
"""Where a cell comes to an end for spreadsheets that divide at semicolons, as in much of Europe."""

_DANGER = re.compile(rf"\A(?={_FIRST})|{_BREAK}(?={_LATER})")
_CHUNK = 200


def table_of(
    desk: Desk, wanted: Wanted, *, sort: SortBy = SortBy.MADE, names: bool = True,
) -> Iterator[bytes]:
    """The table piece by piece, in UTF-8 with its mark, each line ended by CR LF.

    Args:
        desk: the opened data.
        wanted: which requests.
        sort: in which order.
        names: with people's names and the words that were kept of answers.

    Raises:
        NotFound: when no such person is stored.
    """
    columns = [name for name in COLUMNS if names or name not in PERSONAL]
    rows = every_row(desk, wanted, sort=sort)
    first = list(islice(rows, 1))  # so that a person who is not there is told before the head
    return _pieces(columns, ([_cells(row)[name] for name in columns]
                             for row in chain(first, rows)))


def safe(cell: str) -> str:
    """A cell of which no spreadsheet takes anything for a formula; nothing in it is lost."""
    return _DANGER.sub("'", cell)


def written(rows: Iterable[Iterable[str]]) -> str:
    """Rows as RFC 4180 has them, every cell in quotation marks."""
    kept = io.StringIO(newline="")
    csv.writer(kept, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [safe(cell) for cell in row] for row in rows)
    return kept.getvalue()


def _pieces(columns: list[str], rows: Iterator[list[str]]) -> Iterator[bytes]:
    yield (MARK + written([columns])).encode()
    while chunk := list(islice(rows, _CHUNK)):
        yield written(chunk).encode()


def _cells(row: Listed) -> dict[str, str]:
    request, task = row.request, row.next_task
    return {
        "reference": request.id, "person_id": request.person_id, "person": row.person_name,
        "company_id": request.broker_id, "company": row.broker_name,
        "channel": request.channel, "law": request.footing.law,
        "right": request.footing.right, "standing": request.standing,
        "they_say": request.claim or "", "their_words": request.claim_words,
        "last_look": request.last_look or "", "last_look_on": _iso(request.last_look_on),
        "made_on": _iso(request.created_on), "sent_on": _iso(request.sent_on),
        "received_on": _iso(request.received_on), "moved_on": _iso(request.moved_on),
        "late_since": _iso(request.late_from) if row.days_late else "",
        "days_late": str(row.days_late or ""),
        "next_on": _iso(task.shown_on) if task else "", "next_task": task.kind if task else "",
        "follows": request.predecessor_id, "merged_into": request.merged_into,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def write_table(
    desk: Desk, wanted: Wanted, path: Path, *, names: bool = True,
) -> Path:
    """Write the table into a new file that only its owner can read; never over another file.

    Returns:
        Where it lies.

    Raises:
        InvalidInput: when there is such a file already, or its folder cannot be written.
        NotFound: when no such person is stored.
    """
    path = path.absolute()
    pieces = table_of(desk, wanted, names=names)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise InvalidInput(f"There is a file {path} already.", field="out",
                           remedy="Choose another name, or remove that file first.") from error
    except OSError as error:
        raise InvalidInput(f"The file {path} cannot be written.", field="out",
                           remedy="Choose a folder that exists and that you may "
                                  "write to.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
