"""What is due, what is done about it, and reminders of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.words import FollowUpKind

if TYPE_CHECKING:
    from optout.domain.request import FollowUp

MOST_TYPED = 4_000
"""Characters that are read from a pipe; more than any task keeps."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be done about one task."""

    done: str | None
    snooze: str | None
    until: date | None
    not_needed: str | None
    reason: str | None
    reopen: str | None

    def check(self) -> bool:
        """Whether anything is to be done at all.

        Raises:
            UsageError: for more than one act, or for one without what it needs.
        """
        acts = [one for one in (self.done, self.snooze, self.not_needed, self.reopen) if one]
        if len(acts) > 1:
            raise click.UsageError(
                "Do one thing at a time: --done, --snooze, --not-needed or --reopen.")
        if bool(self.snooze) != (self.until is not None):
            raise click.UsageError("--snooze and --until belong together.")
        if bool(self.not_needed) != (self.reason is not None):
            raise click.UsageError("--not-needed and --reason belong together.")
        return bool(acts)


@click.command("due", cls=Command)
@day_option(text="As of this day (default: today).")
@click.option("--within", default=0, type=click.IntRange(min=0), metavar="DAYS",
              help="Also what falls due within so many days.")
@click.option("--person", "person_id", metavar="ID", help="Of this person only.")
@click.option("--done", metavar="TASK", help="This task is done.")
@click.option("--snooze", metavar="TASK", help="Put this task off; with --until.")
@day_option("--until", text="The day on which it comes back.")
@click.option("--not-needed", metavar="TASK", help="This task is not needed; with --reason.")
@click.option("--reason", metavar="TEXT",
              help="Why it is not needed; “-” reads it from a pipe, so that no history of the "
                   "shell keeps it.")
@click.option("--reopen", metavar="TASK",
              help="Marking this task as done, not needed or put off was a mistake.")
@pass_state
def due(
    state: State, *, on: date | None, within: int, person_id: str | None, done: str | None,
    snooze: str | None, until: date | None, not_needed: str | None, reason: str | None,
    reopen: str | None,
) -> None:
    """List the tasks that wait for you, or do something about one."""
    from optout.services import followups

    wish = _Wish(done, snooze, until, not_needed, reason, reopen)
    if wish.check():
        task = _act(state, wish)
        answer(state, shapes.follow_up(task), _told(task))
        return
    rows = shapes.due(followups.due(state.desk, on=on, within_days=within, person_id=person_id))
    answer(state, rows, table(
        ("task", "due", "days late", "what", "broker", "request", "why"), _lines(rows),
        empty="Nothing waits for you."))


@click.command("remind", cls=Command)
@click.argument("request_id", metavar="REQUEST")
@day_option(text="The day of the reminder.", required=True)
@click.option("--words", required=True, metavar="TEXT",
              help="What to be reminded of; “-” reads it from a pipe, so that no history of the "
                   "shell keeps it.")
@pass_state
def remind(state: State, request_id: str, on: date, words: str) -> None:
    """Keep a reminder of your own about a request."""
    from optout.services import followups

    task = followups.remind_me(state.desk, request_id=request_id, on=on, words=_typed(words),
                               actor=OWNER)
    answer(state, shapes.follow_up(task), _told(task))


def _lines(rows: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    """A line for each task; those of one request together, the most urgent first.

    A reminder of the person's own stands for itself.
    """
    together: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        own = row["kind"] == FollowUpKind.OWN_REMINDER or not row["request"]
        together.setdefault(row["id"] if own else row["request"], []).append(row)
    for of_one in together.values():
        for place, row in enumerate(of_one):
            about = ("", "") if place else (row["broker_name"], row["request"] or "")
            yield (row["id"], row["due_on"], max(row["days_overdue"], 0) or "",
                   f"  also {row['kind']}" if place else row["kind"], *about,
                   row["words"] or row["why"])


def _act(state: State, wish: _Wish) -> FollowUp:
    from optout.services import followups

    if wish.done:
        return followups.finish(state.desk, wish.done, actor=OWNER)
    if wish.snooze and wish.until:
        return followups.snooze(state.desk, wish.snooze, wish.until, actor=OWNER)
    if wish.not_needed:
        return followups.not_needed(state.desk, wish.not_needed, _typed(wish.reason or ""),
                                    actor=OWNER)
    return followups.take_back(state.desk, wish.reopen or "", actor=OWNER)


def _typed(words: str) -> str:
    return sys.stdin.read(MOST_TYPED) if words == "-" else words


def _told(task: FollowUp) -> str:
    shown = f", shown from {task.shown_on.isoformat()} on" if task.state in {
        "waiting", "raised"} else ""
    return f"{task.id}: {task.kind}, {task.state}{shown}."


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(due)
    cli.add_command(remind)
