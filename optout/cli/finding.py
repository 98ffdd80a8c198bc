"""The command that looks over everything."""

from __future__ import annotations

import sys

import click

from optout.cli import request_list
from optout.cli.frame import Command, pass_state
from optout.cli.output import answer, table
from optout.cli.requests import request
from optout.cli.state import State


@click.command("find", cls=Command)
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@pass_state
def find(state: State, words: tuple[str, ...]) -> None:
    """Find requests, people, companies, notes and papers.

    WORDS is a reference, a name, an address, a number, or words of a note. With “-” they are
    read from standard input, so that no name stays in the history of the shell.
    """
    from optout.services import finding

    typed = sys.stdin.read() if words == ("-",) else " ".join(words)
    found = finding.find(state.desk, typed)
    answer(state, [
        {"kind": one.kind.value, "id": one.id, "person": one.person_id or None,
         "broker": one.broker_id or None, "label": one.label} for one in found], table(
        ("kind", "id", "person", "broker", "what"),
        [(one.kind.value, one.id, one.person_id, one.broker_id, one.label) for one in found],
        empty="Nothing was found. Fewer words, or only their beginnings, find more."))


def join(cli: click.Group) -> None:
    """Add this room's commands, and those that list requests to theirs."""
    cli.add_command(find)
    request.add_command(request_list.list_requests)
    request.add_command(request_list.export)
