"""Commands about permissions to act for a person: write down, list, take back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Group, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.people import person
from optout.cli.state import State
from optout.domain.actor import OWNER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optout.domain.person import Authorization


@click.group("authorization", cls=Group)
def authorization() -> None:
    """Signed permissions to act for a person."""


@authorization.command("add")
@click.argument("person_id", metavar="PERSON")
@click.option("--agent", required=True, help="The person or office that may act.")
@day_option("--signed-on", text="The day of the signature (default: today).")
@day_option("--until", text="The last day on which it holds (default: until taken back).")
@click.option("--power-of-attorney", is_flag=True, help="It is a power of attorney.")
@pass_state
def add(
    state: State, *, person_id: str, agent: str, signed_on: date | None, until: date | None,
    power_of_attorney: bool,
) -> None:
    """Write down a permission that the person signed."""
    from optout.domain.person import Authorization
    from optout.services import authority

    kept = authority.add_authorization(state.desk, Authorization(
        "", person_id, agent, state.desk.day(signed_on), until,
        power_of_attorney=power_of_attorney), actor=OWNER)
    answer(state, _shape(state, kept), _table(state, [kept]))


@authorization.command("list")
@click.argument("person_id", metavar="PERSON")
@pass_state
def list_authorizations(state: State, person_id: str) -> None:
    """List a person’s permissions, ended ones too."""
    from optout.services import authority

    found = authority.authorizations_of(state.desk, person_id)
    answer(state, [_shape(state, one) for one in found], _table(state, found))


@authorization.command("revoke")
@click.argument("authorization_id", metavar="ID")
@day_option(text="The first day on which it no longer holds (default: today).")
@pass_state
def revoke(state: State, authorization_id: str, on: date | None) -> None:
    """Write down that the person took a permission back."""
    from optout.services import authority

    revoked = authority.revoke_authorization(state.desk, authorization_id, on=on, actor=OWNER)
    answer(state, _shape(state, revoked), _table(state, [revoked]),
           f"The paper for it: optout person paper {revoked.person_id} revocation "
           f"--authorization {revoked.id} --out revocation.pdf")


def _shape(state: State, one: Authorization) -> dict[str, Any]:
    return {**shapes.plain(one), "living": one.living_on(state.desk.day(None))}


def _table(state: State, found: Sequence[Authorization]) -> Any:
    return table(
        ("id", "agent", "signed", "until", "taken back", "power of attorney", "holds today"),
        [(one.id, one.agent_name, one.signed_on, one.ends_on, one.revoked_on,
          one.power_of_attorney, one.living_on(state.desk.day(None))) for one in found],
        empty="No authorization is written down for this person.")


def join(_cli: click.Group) -> None:
    """Add this room's commands below “person”, which joins by itself."""
    person.add_command(authorization)
