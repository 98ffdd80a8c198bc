"""Commands about the registry: what is in it, one broker, search, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from optout.cli import broker_record, registry_overlay, shapes
from optout.cli.frame import Group, pass_state
from optout.cli.output import answer, progress, table
from optout.cli.registry_import import import_
from optout.cli.state import State
from optout.cli.trouble import REFUSED
from optout.domain.fact_words import FACT_WORDS


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
          [FACT_WORDS[fact] for fact in way.needs], way.trust.value, way.checked)
         for way in broker.procedures],
        title="Ways to ask", empty="No way to ask is known.")
    old = ["Some of this was last checked long ago: look before you rely on it."] * view.stale
    answer(state, data, head, ways, *old)


@registry.command("search")
@click.argument("words", nargs=-1)
@click.option("--category", default="", help="What it deals in, such as people_search.")
@click.option("--role", default="", help="What it is, such as broker or government_system.")
@click.option("--channel", default="", help="A way to ask it, such as email or web_form.")
@click.option("--status", default="", help="active, unclear or defunct.")
@click.option("--trust", default="", help="verified, corroborated or unverified.")
@click.option("--told", default="", metavar="FLAG",
              help="What it told California, such as sold_law_enforcement.")
@click.option("--region", default="", help="Where it is or filed, such as US-CA, US or DE.")
@click.option("--registered-in", default="", help="A registry, such as us-ca.")
@click.option("--holds", default="", help="Words in what it holds or who buys it.")
@click.option("--right", default="", help="What can be asked, such as delete.")
@click.option("--regulated-as", default="", help="A law that limits rights, such as fcra.")
@click.option("--operator", default="", help="Words in the name of the company behind it.")
@pass_state
def search(state: State, /, words: tuple[str, ...], **options: str) -> None:
    """Find brokers by name, domain, alias or operator.

    Without words, the options choose alone. Typing errors are forgiven; the best match comes
    first.
    """
    from optout.clock import SystemClock
    from optout.domain.errors import InvalidInput
    from optout.services import brokers

    filters = brokers.filters_of(**options)
    text = " ".join(words)
    if not text.strip() and not filters:
        raise InvalidInput("There is nothing to look for.",
                           remedy="Give a name, or an option such as --category people_search.")
    page = brokers.search_brokers(state.library, text, filters=filters,
                                  day=SystemClock().today())
    found = [{"id": broker.id, "name": broker.name, "score": page.scores.get(broker.id)}
             for broker in page.brokers]
    answer(state, found, table(
        ("id", "name", "score"), [(hit["id"], hit["name"], hit["score"]) for hit in found],
        empty="No broker is found by these words."))


@registry.command("match")
@click.argument("url")
@pass_state
def match(state: State, url: str) -> None:
    """Say which broker a page belongs to.

    Only the site is looked at and shown; nothing is opened.
    """
    from optout.services import brokers
    from optout.services.desk import OVERLAY_FILE

    found = brokers.match(state.library, url)
    broker = found.broker
    data = {"url_host": found.host, "broker": broker.id if broker else None,
            "name": broker.name if broker else None}
    answer(state, data, f"{found.host} belongs to {broker.name} ({broker.id})." if broker else
           f"The registry does not know {found.host}. To add it, write an entry for it into "
           f"{state.settings.instance / OVERLAY_FILE} and run: optout registry check")


@registry.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--links", is_flag=True,
              help="Also ask each link whether it still works, on your own connection.")
@click.option("--only", default="", metavar="ID", help="With --links: the links of one broker.")
@click.pass_context
def check(context: click.Context, *, file: Path | None, links: bool, only: str) -> None:
    """Check a registry file.

    Without FILE, the one that came with optout, and your own corrections. Exits 1 if
    something is wrong.

    With --links, the sites see your internet address, and that somebody uses optout. Their
    answers are written to links.json in your data folder; what was asked this week is not asked
    again. A site that refuses a program is not dead: look at it yourself.
    """
    from optout.clock import SystemClock
    from optout.services import brokers

    state = context.ensure_object(State)
    result = brokers.check(file, own=None if file else state.library.overlay_file,
                           day=SystemClock().today())
    data = result.as_dict()
    shown = []
    if links or only:
        data["links"] = _links(state, file, only)
        shown = _shown(data["links"])
    problems = [("error", item) for item in data["errors"]]
    problems += [("warning", item) for item in data["warnings"]]
    answer(
        state, data,
        table(("", "line", "broker", "field", "what is wrong"),
              [(kind, item["line"], item["broker"], item["field"], item["message"])
               for kind, item in problems],
              empty="Nothing is wrong."),
        f"{data['brokers']} brokers checked.", *shown)
    if not result.ok:
        context.exit(REFUSED)


def _links(state: State, file: Path | None, only: str) -> dict[str, Any]:
    from optout.clock import SystemClock
    from optout.services.desk import Library
    from optout.services.links import check_links

    library = Library(state.settings, brokers_file=file) if file else state.library
    with progress(state, "Asking links") as told:
        return check_links(library, state.settings.instance, day=SystemClock().today(),
                           only=only, progress=told).as_dict()


def _shown(found: dict[str, Any]) -> list[Any]:
    odd = [one for one in found["answers"] if one["kind"] != "alive"]
    counts = ", ".join(f"{found[kind]} {kind.replace('_', ' ')}" for kind in (
        "alive", "moved", "gone", "refused_us", "unreachable"))
    return [
        table(("link", "brokers", "what it answers", ""),
              [(one["url"], one["brokers"], one["kind"].replace("_", " "),
                one["to"] or one["why"] or one["status"]) for one in odd],
              title="Links that do not answer as they should",
              empty="Every link that was asked is alive."),
        f"Links: {counts}; {found['left']} left for later. All answers: {found['file']}"]


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    registry.add_command(import_)
    registry_overlay.join(registry)
    broker_record.join(registry)
    cli.add_command(registry)
