"""Commands that list requests: a page after the other, and as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Command, choice, pass_state
from optout.cli.output import TABLE_ROWS, answer, json_list
from optout.cli.request_table import request_table
from optout.cli.state import State, absolute
from optout.domain.words import Standing

if TYPE_CHECKING:
    from optout.domain.listing import Listed, Place
    from optout.domain.request import Request
    from optout.services.desk import Desk


@click.command("list", cls=Command)
@click.argument("person_id", metavar="[PERSON]", required=False)
@click.option("--standing", "standings", multiple=True, type=choice(*Standing),
              help="Only those that stand so. May be repeated.")
@click.option("--broker", "broker_id", default="", metavar="ID", help="Only to this broker.")
@click.option("--late", is_flag=True, help="Only those whose broker is late today.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--after", default="", metavar="ID",
              help="Only those made after this request: the last one of the list before.")
@pass_state
def list_requests(
    state: State, *, person_id: str | None, standings: tuple[str, ...], broker_id: str,
    late: bool, limit: int | None, after: str,
) -> None:
    """List requests, of one person or of everybody."""
    from optout.domain.listing import SortBy, Wanted
    from optout.services import listing

    desk = state.desk
    wanted = Wanted(
        person_id=person_id or "", broker_id=broker_id,
        standings=tuple(Standing(word) for word in standings),
        late_by=desk.clock.today() if late else None)
    rows = islice(listing.every_row(desk, wanted, sort=SortBy.OLDEST, after=_place(desk, after)),
                  limit)
    first = list(islice(rows, TABLE_ROWS))  # a person who is not there is told before anything
    if state.as_json:
        json_list(_line(row) for row in chain(first, rows))
        return
    answer(state, None, request_table(_with_lateness(first)))
    while more := list(islice(rows, TABLE_ROWS)):
        answer(state, None, request_table(_with_lateness(more)))


@click.command("export", cls=Command)
@click.argument("person_id", metavar="[PERSON]", required=False)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              metavar="FILE", help="Where the table goes; no such file may be there yet.")
@click.option("--without-names", is_flag=True,
              help="Leave out people's names and the words kept of answers.")
@pass_state
def export(state: State, *, person_id: str | None, out: Path, without_names: bool) -> None:
    """Write requests as a CSV table that is safe to open. It is not encrypted."""
    from optout.domain.listing import Wanted
    from optout.services import csv_export

    wanted = Wanted(person_id=person_id or "")
    csv_export.write_table(state.desk, wanted, Path(absolute(out)), names=not without_names)
    answer(state, {"file": absolute(out), "columns": csv_export.COLUMNS},
           f"Written: {absolute(out)}. {csv_export.WARNING}")


def _place(desk: Desk, after: str) -> Place | None:
    from optout.domain.listing import Place
    from optout.services import requests

    if not after:
        return None
    request = requests.get_request(desk, after).request
    return Place(request.created_on, request.id)


def _line(row: Listed) -> dict[str, Any]:
    return {**shapes.request(row.request), "overdue_days": row.days_late}


def _with_lateness(rows: list[Listed]) -> Iterator[tuple[Request, int]]:
    return ((row.request, row.days_late) for row in rows)
