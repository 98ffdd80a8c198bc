"""What is kept to prove something: listed, and taken away again."""

from __future__ import annotations

import sys

import click

from optout.cli import shapes
from optout.cli.frame import Command, Group, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER


@click.group("proof", cls=Group)
def proof() -> None:
    """What is kept to prove something: screenshots, receipts, letters."""


@proof.command("list", cls=Command)
@click.argument("person_id", metavar="PERSON")
@pass_state
def list_proofs(state: State, person_id: str) -> None:
    """List what is kept of a person, with requests and with looks."""
    from optout.services import evidence

    found = evidence.kept_of(state.desk, person_id)
    answer(state, [{
        "id": one.evidence.id, "broker": one.broker_id,
        "request": one.evidence.request_id or None, "looked_on": shapes.plain(one.looked_on),
        "kind": one.evidence.kind.value, "name": one.evidence.name, "size": one.evidence.size,
        "sha256": one.evidence.sha256, "added_on": shapes.plain(one.evidence.added_on)}
        for one in found], table(
        ("id", "broker", "request or look", "name", "bytes", "added on"),
        [(one.evidence.id, one.broker_id,
          one.evidence.request_id or f"look of {one.looked_on}", one.evidence.name,
          one.evidence.size, one.evidence.added_on) for one in found],
        empty="Nothing is kept of this person."))


@proof.command("remove", cls=Command)
@click.argument("evidence_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask whether it shall really go.")
@pass_state
def remove(state: State, evidence_id: str, *, yes: bool) -> None:
    """Remove one for good. That it was there and was removed stays written down.

    ID is as “optout proof list PERSON” shows it. What it proved keeps its entry.
    """
    from optout.domain.errors import Refused
    from optout.services import evidence

    evidence_id = evidence_id.strip().upper()
    found = evidence.described(state.desk, evidence_id)
    if not yes:
        if not sys.stdin.isatty():
            raise Refused(f"{found.id} is removed for good.", remedy="If you want that, add --yes.")
        click.confirm(f"Remove “{found.name}” for good?", abort=True, err=True)
    evidence.remove_evidence(state.desk, found.id, actor=OWNER)
    answer(state, {"removed": found.id}, f"{found.id} is removed from this computer.")


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(proof)
