"""Commands about closed days: list those that clocks know of, add one's own, take one out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli.frame import Day, Group, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER

if TYPE_CHECKING:
    from optout.services.own_holidays import Closed


@click.group("holidays", cls=Group)
def holidays() -> None:
    """Days on which offices are closed, so that clocks do not count them.

    The program knows the holidays of countries and states. Enter a day here that it does not
    know, such as one on which a governor closes the offices. It only ever makes a date later.
    """


@holidays.command("list")
@click.argument("region", metavar="[REGION]", required=False)
@click.option("--year", type=int, metavar="YEAR", help="Default with REGION: this year.")
@pass_state
def list_days(state: State, *, region: str | None, year: int | None) -> None:
    """List the closed weekdays of a region, or your own.

    REGION is a country or state such as US, US-CA or DE. Without it, the days that you entered.
    """
    from optout.clock import SystemClock
    from optout.services import own_holidays

    found = (own_holidays.own_days(state.library, year=year) if region is None else
             own_holidays.closed_days(
                 state.library, region, SystemClock().today().year if year is None else year))
    answer(state, [_shape(one) for one in found], table(
        ("region", "date", "weekday", "name", "entered by", "source"),
        [(one.region, one.day, f"{one.day:%A}", one.name, "you" if one.own else "the program",
          one.source) for one in found],
        empty="You have entered no closed days." if region is None
        else "No weekday is closed there in that year."))


@holidays.command("add")
@click.argument("region", metavar="REGION")
@click.argument("day", metavar="DATE", type=Day())
@click.argument("name", metavar="NAME")
@click.option("--source", default="", metavar="URL", help="Where it was announced.")
@pass_state
def add_day(state: State, *, region: str, day: date, name: str, source: str) -> None:
    """Enter a closed day of a region.

    A day of a country such as US closes every state of it. One that you entered before gets the
    new name. Open requests are counted anew.
    """
    from optout.services import own_holidays

    _unlock(state)
    closed = own_holidays.add(state.library, region, day, name, source)
    _tell(state, closed, "is closed from now on")


@holidays.command("remove")
@click.argument("region", metavar="REGION")
@click.argument("day", metavar="DATE", type=Day())
@pass_state
def remove_day(state: State, *, region: str, day: date) -> None:
    """Take out a closed day that you entered.

    Open requests are counted anew.
    """
    from optout.services import own_holidays

    _unlock(state)
    closed = own_holidays.remove(state.library, region, day)
    _tell(state, closed, "is none of your closed days any more")


def _shape(one: Closed) -> dict[str, Any]:
    return {"region": one.region, "date": one.day.isoformat(), "name": one.name, "own": one.own,
            "source": one.source}


def _unlock(state: State) -> None:
    """Open the data if that needs no question; whatever is wrong shows before anything changes."""
    if state.instance.exists():
        state.instance.unlock_from_environment()


def _tell(state: State, closed: Closed, what: str) -> None:
    from optout.services.recounting import recount

    counted = len(recount(state.instance.desk, actor=OWNER)) if state.instance.is_open else None
    said = ("Open requests are counted anew when your data is next unlocked." if counted is None
            else "No open request rests on it." if not counted
            else f"Open requests counted anew: {counted}.")
    answer(state, {**_shape(closed), "recounted": counted},
           f"{closed.day:%A} {closed.day.isoformat()} in {closed.region} ({closed.name}) {what}. "
           f"{said}")


def join(law: click.Group) -> None:
    """Add these commands to the room of the law."""
    law.add_command(holidays)
