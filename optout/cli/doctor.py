"""The command that looks after the set-up."""

from __future__ import annotations

import contextlib

import click

from optout.cli.frame import Command
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.cli.trouble import REFUSED
from optout.domain.errors import OptoutError


@click.command("doctor", cls=Command)
@click.option("--audit", is_flag=True,
              help="Compare every request with its history, not only those that changed last.")
@click.pass_context
def doctor(context: click.Context, audit: bool) -> None:  # noqa: FBT001 -- click hands it over
    """Say what is set up and what is missing.

    Exits 1 if something is missing. Without a passphrase at hand it looks from outside only.
    """
    from optout.services.doctor import examine

    state = context.ensure_object(State)
    with contextlib.suppress(OptoutError):  # whatever keeps it closed is among the findings
        if state.instance.exists():
            state.instance.unlock_from_environment()
    findings = examine(state.instance, audit=audit)
    fine = all(finding.ok for finding in findings)
    data = {"ok": fine, "findings": [
        {"ok": finding.ok, "what": finding.what, "remedy": finding.remedy}
        for finding in findings]}
    answer(state, data, table(
        ("", "what", "what to do"),
        [("fine" if finding.ok else "look", finding.what, finding.remedy)
         for finding in findings]))
    if not fine:
        context.exit(REFUSED)


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(doctor)
