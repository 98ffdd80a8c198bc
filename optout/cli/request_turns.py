"""Commands at the turns of a request's life: another way, a successor, a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import choice, pass_state
from optout.cli.output import answer, table
from optout.cli.requests import for_people, request
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.words import Channel

if TYPE_CHECKING:
    from optout.services.refusals import JudgedRefusal


@request.command("reroute")
@click.argument("request_id", metavar="ID")
@click.option("--channel", type=choice(*Channel), help="Default: the best that is left.")
@pass_state
def reroute(state: State, *, request_id: str, channel: str | None) -> None:
    """Prepare a request that came back for another way.

    A way that did not go through is not taken again. Nothing is sent.
    """
    from optout.services import next_way

    found = next_way.reroute(state.desk, request_id,
                             channel=Channel(channel) if channel else None, actor=OWNER)
    answer(state, shapes.request_file(found), *for_people(found))


@request.command("continue")
@click.argument("request_id", metavar="ID")
@pass_state
def continue_(state: State, request_id: str) -> None:
    """Open the request that continues one whose listing came back."""
    from optout.services import successors

    found = successors.continue_request(state.desk, request_id, actor=OWNER)
    answer(state, shapes.request_file(found), *for_people(found),
           f"It continues {found.request.predecessor_id}, which is closed.",
           f"Next: optout generate {found.request.person_id} --out letters")


@request.command("merge")
@click.argument("keep_id", metavar="KEEP")
@click.argument("duplicate_id", metavar="DUPLICATE")
@pass_state
def merge(state: State, *, keep_id: str, duplicate_id: str) -> None:
    """End DUPLICATE, which asks for the same as KEEP.

    “optout request mark DUPLICATE undo” makes it a request of its own again.
    """
    from optout.services import merging

    found = merging.merge(state.desk, keep_id, duplicate_id, actor=OWNER)
    answer(state, shapes.request_file(found), *for_people(found))


@request.command("refusal")
@click.argument("request_id", metavar="ID")
@pass_state
def refusal(state: State, request_id: str) -> None:
    """Say what the law says of the reason for which they refused."""
    from optout.services import refusals

    found = refusals.refusal_of(state.desk, request_id)
    if found is None:
        answer(state, None, "No refusal stands.")
        return
    answer(state, _shape(found), table(
        ("law", "right", "they may refuse", "why", "citation"),
        [(one.law, one.right.value, one.verdict.value, one.why, one.citation)
         for one in found.judgements], title=found.reason.value if found.reason else "",
        empty="No reason is written down. Undo the entry, and record it with --reason."),
        "What you can do: " + (", ".join(found.steps) or "nothing more") + ".")


def _shape(found: JudgedRefusal) -> dict[str, Any]:
    return {
        "seq": found.event.seq, "reason": shapes.plain(found.reason),
        "judgements": [{
            "law": one.law, "right": one.right.value, "verdict": one.verdict.value,
            "why": one.why, "citation": one.citation, "source": one.source,
            "checked": shapes.plain(one.checked)} for one in found.judgements],
        "steps": [step.value for step in found.steps],
        "letters": [purpose.value for purpose in found.letters]}


def join(_: click.Group) -> None:
    """The commands belong to the group of requests; importing this room adds them."""
