"""The tasks for calendar programs: a file, and the private address that they subscribe to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout.cli.frame import Command, Group, choice, pass_state
from optout.cli.output import answer
from optout.cli.state import State, absolute
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion

if TYPE_CHECKING:
    from optout.services.feed import FeedAddress


@click.group("calendar", cls=Group, invoke_without_command=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
              help="The .ics file to write.")
@click.option("--discretion", type=choice(*(level.value for level in Discretion)),
              help="How much its entries say: a number, also what is to be done, or also at which "
                   "company; never a name. Default: as chosen in the app, at first the number.")
@click.pass_context
def calendar(context: click.Context, *, out: Path | None, discretion: str | None) -> None:
    """Write the tasks as a calendar file.

    Any calendar program takes it in. Take in a later one: days that moved are moved, and
    tasks that are done are taken off.
    """
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise click.UsageError("Say where to write it: optout calendar --out FILE")
    from optout.services import calendar as calendars
    from optout.services import made_files

    state = context.ensure_object(State)
    level = Discretion(discretion) if discretion else None
    content = b"".join(calendars.calendar_file(state.desk, discretion=level))
    path = made_files.replace_file(content, Path(absolute(out)))
    events = content.count(b"BEGIN:VEVENT")
    cancelled = content.count(b"STATUS:CANCELLED")
    answer(state, {"path": str(path), "events": events, "cancelled": cancelled},
           f"{events - cancelled} tasks written to {path}",
           *([f"It also takes {cancelled} off that are over."] if cancelled else []))


@calendar.command("feed", cls=Command)
@click.option("--on", "wish", flag_value="on", help="Switch the address on.")
@click.option("--off", "wish", flag_value="off", help="Switch it off; nothing opens any more.")
@click.option("--renew", "wish", flag_value="renew",
              help="Make another address; the old one opens nothing any more.")
@pass_state
def feed(state: State, wish: str | None) -> None:
    """Show or change the private address for calendar programs.

    Programs on this machine read the tasks there. Whoever knows it can read the list while the
    app runs and your data is unlocked; no passphrase is asked. It answers on this machine only.
    """
    from optout.services import feed as feeds

    if wish == "on":
        feeds.switch_on(state.desk, actor=OWNER)
    elif wish == "off":
        feeds.switch_off(state.desk, actor=OWNER)
    elif wish == "renew":
        feeds.renew(state.desk, actor=OWNER)
    living = feeds.address(state.desk)
    answer(state, {"on": living is not None, "address": _address(state, living) or None},
           *_for_people(state, living))


def _for_people(state: State, living: FeedAddress | None) -> list[str]:
    if living is None:
        return ["The address is off. Switch it on with: optout calendar feed --on"]
    return [_address(state, living),
            "It works while “optout serve” runs and your data is unlocked. Give it to nobody."]


def _address(state: State, living: FeedAddress | None) -> str:
    """The address on the usual port, as the app that runs may have another one."""
    return living.on_port(state.settings.port) if living else ""


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(calendar)
