"""Commands about the registry: what is in it, one broker, search, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from optout.cli import shapes
from optout.cli.frame import Group, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.cli.trouble import REFUSED


@click.group("registry", cls=Group)
def registry() -> None:
    """Brokers, and how each lets people out."""


@registry.command("stats")
@pass_state
def stats(state: State) -> None:
    """Count the brokers by kind, channel and trust."""
    from optout.services import brokers

    found: Any = shapes.plain(brokers.stats(state.library))
    rows: list[tuple[str, object]] = []
    for key, value in found.items():
        if isinstance(value, dict):
            rows.extend((f"{key}: {name}", count) for name, count in value.items())
        else:
            rows.append((key, value))
    answer(state, found,
           table(("what", "number"), [(name.replace("_", " "), n) for name, n in rows]))


@registry.command("show")
@click.argument("broker_id", metavar="ID")
@pass_state
def show(state: State, broker_id: str) -> None:
    """Show one broker as it was loaded, with its sources."""
    from optout.clock import SystemClock
    from optout.services import brokers

    view = brokers.show_broker(state.library, broker_id, day=SystemClock().today())
    data = {**shapes.plain(view.broker), "covered_by": shapes.plain(view.covered_by),
            "stale": view.stale, "line": view.line, "trust": view.broker.trust.value}
    for shape, procedure in zip(data["procedures"], view.broker.procedures, strict=True):
        shape["trust"] = procedure.trust.value
    broker = view.broker
    head = table(("", ""), [
        ("id", broker.id), ("name", broker.name), ("role", broker.role.value),
        ("category", broker.category), ("status", broker.status.value),
        ("domains", broker.domains), ("covers", [item.id for item in broker.covers]),
        ("covered by", view.covered_by), ("holds", broker.holds), ("notes", broker.notes)])
    ways = table(
        ("channel", "where", "needs", "trust", "checked"),
        [(way.channel.value, way.email or way.url or way.phone or
          (way.address.one_line() if way.address else ""),
          [fact.value for fact in way.needs], way.trust.value, way.checked)
         for way in broker.procedures],
        title="Ways to ask", empty="No way to ask is known.")
    old = ["Some of this was last checked long ago: look before you rely on it."] * view.stale
    answer(state, data, head, ways, *old)


@registry.command("search")
@click.argument("words", nargs=-1, required=True)
@pass_state
def search(state: State, words: tuple[str, ...]) -> None:
    """Find brokers by name, domain or alias.

    Typing errors are forgiven; the best match comes first.
    """
    found = [{"id": broker.id, "name": broker.name, "score": score}
             for broker, score in state.library.registry.search(" ".join(words))]
    answer(state, found, table(
        ("id", "name", "score"), [(hit["id"], hit["name"], hit["score"]) for hit in found],
        empty="No broker is found by these words."))


@registry.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, file: Path | None) -> None:
    """Check a registry file.

    Without FILE, the one that came with optout. Exits 1 if something is wrong.
    """
    from optout.services import brokers

    state = context.ensure_object(State)
    result = brokers.check(file)
    data = result.as_dict()
    problems = [("error", item) for item in data["errors"]]
    problems += [("warning", item) for item in data["warnings"]]
    answer(
        state, data,
        table(("", "line", "broker", "field", "what is wrong"),
              [(kind, item["line"], item["broker"], item["field"], item["message"])
               for kind, item in problems],
              empty="Nothing is wrong."),
        f"{data['brokers']} brokers checked.")
    if not result.ok:
        context.exit(REFUSED)


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(registry)
