"""Commands that start something: the app, the demo."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, progress, table
from optout.cli.state import State, absolute

HIGHEST_PORT = 65535


@click.command("serve", cls=Command)
@click.option("--port", type=click.IntRange(0, HIGHEST_PORT), metavar="PORT",
              help="The port on 127.0.0.1 (default: 5170, or the next free one; 0: any).")
@click.option("--no-browser", is_flag=True, help="Print the link, open no browser.")
@pass_state
def serve(state: State, port: int | None, no_browser: bool) -> None:  # noqa: FBT001 -- click calls it so
    """Start the app on this machine and open it in the browser."""
    from optout.cli import serving

    serving.serve(state, port=port, open_browser=not no_browser)


@click.command("demo", cls=Command)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder to write into; made if it is not there.")
@day_option(text="The day on which the story begins (default: today).")
@pass_state
def demo(state: State, out: Path, on: date | None) -> None:
    """Do the whole job for a fictional person.

    In a throw-away data folder, for a Californian who does not exist: requests to real brokers,
    documents in DIR, replies, follow-ups, a calendar. Nothing is sent to anyone.
    """
    from optout.clock import SystemClock
    from optout.services.demo import run_in_throwaway

    with progress(state, "Three weeks pass") as tell:
        data = run_in_throwaway(Path(absolute(out)), on or SystemClock().today(), tell)
    answer(state, data, *_for_people(data, absolute(out)))


def _for_people(data: dict[str, Any], out: str) -> list[Any]:
    """The requests one by one, the follow-ups by kind, and what it all comes to."""
    kinds = Counter(document["kind"] for document in data["documents"])
    made = ", ".join(f"{kinds[kind]} {name}" for kind, name in (
        ("letter", "letters"), ("email", "e-mails"), ("form_sheet", "form sheets")))
    later: dict[str, list[str]] = defaultdict(list)
    for item in data["followups"]:
        later[item["kind"]].append(item["due_on"])
    return [
        table(("request", "broker", "law", "right", "how", "standing", "they say"),
              [(row["id"], row["broker"], row["law"], row["right"], row["channel"],
                row["standing"], row["claim"]) for row in data["requests"]],
              title=f"Requests, as they stand on {data['to']}"),
        table(("follow-up", "number", "first due", "last due"),
              [(kind, len(dates), min(dates), max(dates)) for kind, dates in later.items()],
              title="What comes next"),
        f"{len(data['requests'])} requests; {made}; {len(data['followups'])} follow-ups.",
        f"Written to {out}; the calendar is {data['calendar']}.",
        f"{data['person']['name']} does not exist, and nothing was sent to anyone."]


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(serve)
    cli.add_command(demo)
