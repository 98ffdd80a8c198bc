"""The law of every place as a page and a sheet: `optout law table`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State, absolute


@click.command("table", cls=Command)
@click.option("--out", required=True, type=click.Path(path_type=Path),
              help="A folder, made if it is not there; or the page's name, ending in .html.")
@day_option(text="The day that counts as today (default: today).")
@pass_state
def law_table(state: State, *, out: Path, on: date | None) -> None:
    """Write down who may ask whom for what, in every place.

    For each state and European country, and a few others: which rights hold against which
    recipients, for yourself and for agents, since when, by which section, within which limits
    and days, and why the rest does not. One page for reading and printing, one sheet (CSV).
    """
    from optout.clock import SystemClock
    from optout.services.law_table import writing

    made = writing.write(state.library, Path(absolute(out)), on or SystemClock().today())
    found = {"path": str(made.path), "csv": str(made.csv), "places": made.places,
             "rows": made.rows, "sha256": made.sha256}
    answer(state, found, table(("", ""), [
        ("page", found["path"]), ("sheet", found["csv"]),
        ("places", found["places"]), ("rows of the sheet", found["rows"])]))
