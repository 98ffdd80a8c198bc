"""Commands about the law: which there are, who may invoke what, and by when."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from optout.cli import holidays, shapes
from optout.cli.frame import Group, choice, day_option, pass_state
from optout.cli.law_sheet import show_law
from optout.cli.law_table import law_table
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.words import ActingAs, Channel, Right


@click.group("law", cls=Group)
def law() -> None:
    """The laws in this program: rights, reach, deadlines."""


@law.command("list")
@click.option("--place", metavar="CODE", default="",
              help="Only laws for those who live there, like US-CA or DE.")
@day_option(text="As they stand on this day (default: today).")
@pass_state
def list_laws(state: State, *, place: str, on: date | None) -> None:
    """List the laws that this program knows.

    `status` is that of the day on which a law was last checked, `state` where it stands on the
    day that is asked about.
    """
    from optout.clock import SystemClock
    from optout.services import rights
    from optout.services.law_state import state_on

    day = on or SystemClock().today()
    laws = [{"id": one.id, "name": one.name, "jurisdiction": one.jurisdiction,
             "effective": shapes.plain(one.effective), "status": one.status.value,
             "rights": [right.value for right in one.rights], "state": state_on(one, day).value}
            for one in rights.laws_list(state.library, day, place=place)]
    answer(state, laws, table(
        ("id", "law", "where", "since", "state", "rights"),
        [(law["id"], law["name"], law["jurisdiction"], law["effective"],
          str(law["state"]).replace("_", " "), law["rights"]) for law in laws]))


@law.command("applicable")
@click.option("--residence", "residences", required=True, multiple=True, metavar="CODE",
              help="Like US-CA or DE; may be given again.")
@click.option("--moved-from", "former", multiple=True, metavar="CODE",
              help="Where the person lived within the last twelve months.")
@click.option("--broker", "broker_id", metavar="ID", help="Against this broker.")
@day_option(text="On this day (default: today).")
@click.option("--acting-as", type=choice(*ActingAs), default=ActingAs.SELF.value,
              show_default=True, help="In which capacity the request is made.")
@click.option("--power-of-attorney", is_flag=True, help="The agent holds a power of attorney.")
@click.option("--ask", is_flag=True,
              help="Ask what laws on certain people (such as officials) turn on. The answers "
                   "serve this list alone and are kept nowhere. Nobody is asked for a "
                   "citizenship.")
@pass_state
def applicable(
    state: State, *, residences: tuple[str, ...], former: tuple[str, ...],
    broker_id: str | None, on: date | None, acting_as: str, power_of_attorney: bool, ask: bool,
) -> None:
    """List the rights that a resident may assert, best first."""
    from optout.clock import SystemClock
    from optout.services import rights

    day = on or SystemClock().today()
    declared = [law_id for law_id, question in
                rights.questions(state.library, residences, on=day).items()
                if click.confirm(question, default=False, err=True)] if ask else []
    found = rights.applicable_for(
        state.library, residences, broker_id, on=day,
        acting_as=ActingAs(acting_as), holds_power_of_attorney=power_of_attorney,
        declared=declared, former=former)
    answer(
        state, [shapes.footing(item) for item in found.offered],
        table(("law", "right", "citation", "limits"),
              [(item.law, item.right.value, item.citation, [one.key for one in item.limits])
               for item in found.offered],
              empty="No law gives a right here. A voluntary request is still possible."),
        *_not_offered(found.withheld))


def _not_offered(withheld: Any) -> list[Any]:
    rows = [(item.law, shapes.plain(item.right), item.reason) for item in withheld]
    return [table(("law", "right", "why it is not offered"), rows)] if rows else []


@law.command("deadlines")
@click.argument("law_id", metavar="LAW")
@click.argument("right", metavar="RIGHT", type=choice(*Right))
@day_option("--from", text="The day on which the law's clock starts.", required=True)
@click.option("--channel", type=choice(*Channel), default=Channel.EMAIL.value, show_default=True,
              help="How the request went.")
@click.option("--calendar", metavar="REGION",
              help="Holidays of this region, such as US-NY (default: the law's own).")
@pass_state
def deadlines(
    state: State, *, law_id: str, right: str, start: date, channel: str, calendar: str | None
) -> None:
    """Compute the dates that a request starts.

    LAW and RIGHT are as in “optout law list”. Each date comes with its arithmetic.
    """
    from optout.services import rights

    found = shapes.deadlines(rights.deadlines_for(
        state.library, law_id, Right(right), start, channel=Channel(channel), calendar=calendar))
    names = {"acknowledge_by": "acknowledge by", "respond_by": "respond by",
             "extended_respond_by": "respond by, if extended"}
    answer(
        state, found,
        table(("what", "date", "how it is counted"),
              [(label, found[name] or "no number in this law",
                "\n".join(found["arithmetic"].get(name, ()))) for name, label in names.items()]),
        "Sources: " + "; ".join(dict.fromkeys(found["citations"])))


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    law.add_command(show_law)
    law.add_command(law_table)
    holidays.join(law)
    cli.add_command(law)
