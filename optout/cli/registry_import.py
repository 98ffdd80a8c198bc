"""The command that takes a state's own file of data brokers into the registry."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout.cli.frame import Command, choice, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State

if TYPE_CHECKING:
    from optout.services.registry_import import Import

SHOWN = 40
"""Rows of one table; the JSON answer holds all."""


@click.command("import", cls=Command)
@click.option("--from", "registry", type=choice("us-ca", "us-vt", "us-tx", "us-or"),
              required=True, help="Which state’s file it is.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2019, 2100), metavar="YEAR",
              help="The year of the filings, where the file does not tell it.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@pass_state
def import_(state: State, *, registry: str, file: Path, year: int | None, dry_run: bool) -> None:
    """Take a state’s own list of data brokers into your registry.

    FILE is what the state publishes, as CSV or xlsx. What changes is written to
    brokers.local.yaml in your data folder. The same file twice changes nothing.
    """
    from optout.clock import SystemClock
    from optout.services.registry_import import import_file

    found = import_file(state.library, registry, file, day=SystemClock().today(), year=year,
                        dry_run=dry_run)
    answer(state, found.as_dict(), *_shown(found, dry_run=dry_run))


def _shown(found: Import, *, dry_run: bool) -> list[object]:
    reading, outcome = found.reading, found.outcome
    reasons = Counter(one.reason for one in outcome.rejected)
    blocks: list[object] = [
        table(("what", "number"), [
            ("rows", reading.rows), ("year", reading.year), ("new companies", len(outcome.new)),
            ("known companies", outcome.matched), ("of these changed", len(outcome.changed)),
            ("gone since the year before", len(outcome.gone)),
            ("rows left out", len(outcome.rejected))])]
    lists = (
        ("New", ("id", "name"), [(one.id, one.name) for one in outcome.new]),
        ("Changed", ("id", "fields"), [(one.id, list(one.fields)) for one in outcome.changed]),
        ("No longer in the list", ("id", "name"), [(one.id, one.name) for one in outcome.gone]),
        ("Rows left out", ("row", "reason"),
         [(one.row, one.reason) for one in outcome.rejected]))
    for title, columns, rows in lists:
        if rows:
            blocks.append(table(columns, rows[:SHOWN], title=title))
        if len(rows) > SHOWN:
            blocks.append(f"… and {len(rows) - SHOWN} more; --json lists all.")
    if len(outcome.rejected) > SHOWN:
        blocks.append(table(("reason", "rows"), reasons.most_common(SHOWN)))
    if reading.unknown_headings:
        blocks.append(table(("headings that were not understood",),
                            [(one,) for one in reading.unknown_headings]))
    blocks.append("Nothing was written." if dry_run or not (outcome.new or outcome.changed) else
                  "Your registry is up to date.")
    return blocks
