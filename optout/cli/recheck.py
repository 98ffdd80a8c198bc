"""The command that says where to look again, and records what was seen."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli import shapes
from optout.cli.frame import Command, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.outcome_words import LookResult, NoLook

if TYPE_CHECKING:
    from optout.services.recheck import Recheck

LONGEST_LINE = 4_000


@click.command("recheck", cls=Command)
@click.argument("person_id", metavar="PERSON")
@click.option("--record", "records", multiple=True, metavar="BROKER=RESULT[:REASON]",
              help="What you saw: listed, not_found or could_not_look; the last with its reason "
                   f"({', '.join(NoLook)}). May be repeated.")
@click.option("--url", metavar="URL",
              help="The link of the listing that you record. Better give -: then it is read from "
                   "standard input, and does not stay in the history of your shell.")
@click.option("--proof", metavar="FILE", type=click.Path(exists=True, dir_okay=False,
                                                         path_type=Path),
              help="A screenshot or page that shows what you record; kept encrypted.")
@click.option("--due", "due_only", is_flag=True, help="Only what is due today.")
@day_option(text="The day of the look (default: today).")
@pass_state
def recheck(
    state: State, *, person_id: str, records: tuple[str, ...], url: str | None,
    proof: Path | None, due_only: bool, on: date | None,
) -> None:
    """Where to look again, soonest first.

    Opening a link tells that company the name and your internet address; nothing is opened by
    this program. A page that is blocked or missing, or that wants a sign-in, is no proof that you
    are gone: record it as could_not_look with its reason.
    """
    from optout.services import looks
    from optout.services.recheck import recheck as due

    for option, given in (("--url", url), ("--proof", proof)):
        if given is not None and len(records) != 1:
            raise click.UsageError(f"{option} belongs to exactly one --record.")
    seen = [_result(text) for text in records]
    link = _link([result for _, result, _ in seen], url)
    picture = None if proof is None else (proof.name, proof.read_bytes())
    if len(seen) == 1:
        ((broker_id, result, reason),) = seen
        looks.record_look(state.desk, person_id, broker_id, result, reason=reason, url=link,
                          proof=picture, on=on, actor=OWNER)
    elif seen:
        looks.record_looks(state.desk, person_id, [looks.Seen(*one) for one in seen], on=on,
                           actor=OWNER)
    found = due(state.desk, person_id, due_only=due_only)
    data = [{"broker": place.broker_id, "search_url": place.search_url or None,
             "last_seen": shapes.plain(place.last_seen), "due_on": shapes.plain(place.due_on),
             "name": place.name}
            for place in found.places]
    answer(state, data, *_for_people(found))


def _result(text: str) -> tuple[str, LookResult, NoLook | None]:
    broker_id, _, words = text.partition("=")
    word, _, why = words.partition(":")
    try:
        result = LookResult(_plain(word))
    except ValueError:
        raise click.UsageError(
            f"“{text}” says no result. Write it like BROKER=not_found; the results are "
            f"{', '.join(LookResult)}.") from None
    try:
        reason = NoLook(_plain(why)) if why.strip() else None
    except ValueError:
        reason = None
    if (result is LookResult.COULD_NOT_LOOK) != (reason is not None) or (why and not reason):
        raise click.UsageError(
            f"“{text}” does not say why. Write it like BROKER=could_not_look:captcha, and no "
            f"reason with any other result; the reasons are {', '.join(NoLook)}.")
    return broker_id.strip(), result, reason


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_")


def _link(results: list[LookResult], url: str | None) -> str:
    """The link of a listing: as given, from standard input, or asked for on a terminal."""
    if url == "-":
        return sys.stdin.readline(LONGEST_LINE).strip()
    if url is None and sys.stdin.isatty() and results == [LookResult.LISTED]:
        return str(click.prompt("The link of your listing (Enter: leave it out)", default="",
                                show_default=False, err=True)).strip()
    return url or ""


def _for_people(found: Recheck) -> list[Any]:
    shown: list[Any] = [found.advice] if found.advice else []
    shown.append(table(
        ("look on", "company", "last seen", "where"),
        [(place.due_on, place.name, place.last_seen or "never", place.search_url or
          "no search link is known: look on its site") for place in found.places],
        empty="There is nothing to look at again yet."))
    return shown


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(recheck)
