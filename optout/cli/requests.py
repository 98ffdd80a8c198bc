"""Commands about requests: create, list, show, mark what happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Group, choice, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.request_table import request_table
from optout.cli.state import State, absolute
from optout.domain.actor import OWNER
from optout.domain.outcome_words import RefusalReason
from optout.domain.words import ActingAs, Channel, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optout.domain.request import RequestFile


@click.group("request", cls=Group)
def request() -> None:
    """Requests to brokers, each with a life of its own."""


@request.command("create")
@click.argument("person_id", metavar="PERSON")
@click.option("--broker", "brokers", multiple=True, required=True, metavar="ID",
              help="May be repeated.")
@click.option("--right", type=choice(*Right), help="Default: the plan's best.")
@click.option("--channel", type=choice(*Channel), help="Default: the plan's best.")
@click.option("--acting-as", type=choice(*ActingAs), default=ActingAs.SELF.value,
              show_default=True, help="In which capacity the request is made.")
@day_option(text="On this day (default: today).")
@pass_state
def create(
    state: State, *, person_id: str, brokers: tuple[str, ...], right: str | None,
    channel: str | None, acting_as: str, on: date | None,
) -> None:
    """Create requests as the plan has them; all of them or none."""
    from optout.services import requests

    made = requests.create_requests(
        state.desk, person_id, brokers, right=Right(right) if right else None,
        channel=Channel(channel) if channel else None, acting_as=ActingAs(acting_as),
        actor=OWNER, on=on)
    answer(state, [shapes.request(item.request) for item in made],
           request_table((item.request, item.overdue_days) for item in made),
           f"Next: optout generate {person_id} --out letters")


@request.command("draft")
@click.argument("person_id", metavar="PERSON")
@click.option("--broker", "broker_id", required=True, metavar="ID",
              help="One system of a public agency.")
@click.option("--read", is_flag=True,
              help="You have read what this command says without it. Only then a draft is made.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIRECTORY",
              help="Write the draft into this folder too; it is made if need be.")
@day_option(text="On this day (default: today).")
@pass_state
def draft(
    state: State, *, person_id: str, broker_id: str, read: bool, out: Path | None,
    on: date | None,
) -> None:
    """Make one draft for counsel, after its questions were read. It is never sent from here."""
    from optout.services import drafts, letters

    if out is not None and not read:
        raise click.UsageError("--out writes the draft that is made: say --read, too.")
    planned = drafts.planned_draft(state.desk, person_id, broker_id, on=on)
    made = drafts.make_draft(state.desk, person_id, broker_id, actor=OWNER,
                             on=on) if read else None
    written = letters.write_documents(
        state.desk, [letters.read_document(state.desk, document.id)
                     for document in letters.documents_of(state.desk, made.request.id)],
        Path(absolute(out))) if made and out else ()
    answer(state, {"made": shapes.request(made.request) if made else None,
                   "files": [absolute(Path(item.path)) for item in written],
                   **shapes.action(planned)},
           table(("level", "what to know"), [
               (gate.level.value, f"{gate.question} {gate.explanation} {gate.remedy}".strip())
               for gate in planned.gates]),
           f"Made {made.request.id}. Give it to your lawyer; nothing was sent." if made
           else "Nothing was made. Read the above, then say it with --read.",
           *(f"Written: {item.path}. It is not encrypted: delete it when it is no longer needed."
             for item in written))


@request.command("filed")
@click.argument("request_id", metavar="ID")
@day_option(text="The day on which counsel filed it (default: today).")
@click.option("--number", default="", help="The number that the agency gave it.")
@pass_state
def filed(state: State, *, request_id: str, on: date | None, number: str) -> None:
    """Write down that counsel filed a draft. Counsel must be named for the person."""
    from optout.services import drafts

    found = drafts.filed(state.desk, request_id, on=on, number=number, actor=OWNER)
    answer(state, shapes.request_file(found), *for_people(found))


@request.command("show")
@click.argument("request_id", metavar="ID")
@pass_state
def show(state: State, request_id: str) -> None:
    """Show a request with its history and dates.

    Also what may happen next: the events that “optout request mark” takes now.
    """
    from optout.services import requests

    found = requests.get_request(state.desk, request_id)
    answer(state, shapes.request_file(found), *for_people(found), *_another_way(state, found))


@request.command("mark")
@click.argument("request_id", metavar="ID")
@click.argument("event", metavar="EVENT")
@day_option(text="The day on which it happened (default: today).")
@day_option("--received-on", text="The day on which the broker had it, where known.")
@day_option("--until", text="The new date, for an extension or a confirmation link.")
@click.option("--detail", default="", help="A note for yourself; kept encrypted.")
@click.option("--reason", type=choice(*RefusalReason),
              help="Why they refuse, with refuse or claim_partly; “optout request refusal ID” then "
                   "says what the law says of it.")
@click.option("--before-making", is_flag=True,
              help="With mark_sent: it left before the day on which it was entered here.")
@pass_state
def mark(
    state: State, *, request_id: str, event: str, on: date | None, received_on: date | None,
    until: date | None, detail: str, reason: str | None, before_making: bool,
) -> None:
    """Record what happened to a request.

    EVENT is a word such as mark_sent, bounce, acknowledge, claim_removed, refuse,
    look_not_found or undo; “optout request show ID” lists what is possible now.
    """
    from optout.services import requests

    found = requests.mark(state.desk, request_id, event, on=on, detail=detail,
                          received_on=received_on, until=until,
                          reason=RefusalReason(reason) if reason else None,
                          before_making=before_making, actor=OWNER)
    answer(state, shapes.request_file(found), *for_people(found))


def _another_way(state: State, found: RequestFile) -> Iterator[str]:
    """What is left for a request that came back, or was sent elsewhere."""
    from optout.services import next_way

    left = next_way.next_ways(state.desk, found.request.id)
    if left is None:
        return
    for way in left.ways:
        first = f"First to be settled: {' '.join(way.questions)}" if way.questions else (
            f"“optout request reroute {found.request.id} --channel {way.channel}” prepares it.")
        yield f"Another way: {way.channel}. {first}"
    yield from filter(None, [left.remains])


def for_people(found: RequestFile) -> list[Any]:
    """A request in tables: how it stands, its dates, its history, what may happen next."""
    from optout.lifecycle.overdue import NOTHING_RUNS

    shown: list[Any] = [request_table([(found.request, found.overdue_days)])]
    running = found.dates if found.request.standing not in NOTHING_RUNS else ()
    dates = [(item.law, item.right, part["acknowledge_by"], part["respond_by"],
              part["extended_respond_by"])
             for item in running for part in [shapes.deadlines(item.deadlines)]]
    if dates:
        shown.append(table(("law", "right", "acknowledge by", "respond by", "if extended"), dates))
    shown.append(table(
        ("", "event", "on", "by", "then", "note"),
        [(item.seq, item.event.value, item.on, item.actor, item.standing_after.value,
          f"{item.reason or ''} {item.detail}".strip()) for item in found.events],
        title="History", empty="Nothing has happened yet."))
    if found.follow_ups:
        shown.append(table(
            ("due", "follow-up", "state", "why"),
            [(item.due_on, item.kind.value, item.state.value, item.why)
             for item in found.follow_ups]))
    shown.append("Possible now: " + ", ".join(event.value for event in found.allowed))
    return shown


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(request)
