"""Commands about the letters that come after a request: which may be written, and write one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout.cli.frame import choice, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.requests import request
from optout.cli.state import State, absolute
from optout.domain.actor import OWNER
from optout.domain.document_words import Purpose
from optout.domain.later import EVENT_OF_PURPOSE, LATER_PURPOSES, LaterDetails
from optout.domain.words import Channel, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from optout.domain.gate import Gate


@request.command("letters")
@click.argument("request_id", metavar="ID")
@day_option(text="As of this day (default: today).")
@pass_state
def letters(state: State, request_id: str, on: date | None) -> None:
    """List the letters that could follow a request.

    Each that may not be written today says what it still waits for.
    """
    from optout.services import later_letters

    offers = later_letters.offers_of(state.desk, request_id, on=on)
    answer(state, [{"purpose": one.purpose.value, "unmet": one.unmet} for one in offers],
           table(("letter", "may be written", "because"),
                 [(one.purpose.value, not one.unmet, one.unmet) for one in offers]))


@request.command("letter")
@click.argument("request_id", metavar="ID")
@click.argument("purpose", metavar="PURPOSE", type=choice(*LATER_PURPOSES))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the letter into this file, too.")
@click.option("--demanded", multiple=True, type=choice(*Fact), metavar="FACT",
              help="What they asked for to prove identity, by name; may be repeated.")
@click.option("--their-words", default="", metavar="TEXT",
              help="Their own words, to be quoted.")
@click.option("--authority", default="", metavar="NAME",
              help="For a complaint: to whom (default: the likeliest).")
@click.option("--channel", type=choice(*Channel), help="Default: as the request went.")
@click.option("--read", is_flag=True,
              help="For a complaint: you have read what this command says without it.")
@day_option(text="The date on it (default: today).")
@pass_state
def letter(
    state: State, *, request_id: str, purpose: str, out: Path | None, demanded: tuple[str, ...],
    their_words: str, authority: str, channel: str | None, read: bool, on: date | None,
) -> None:
    """Write a letter that follows a request. It is kept, and nothing is sent or marked.

    PURPOSE is reminder, identity_answer, refusal_answer, appeal or complaint; “optout request
    letters ID” says which may be written today.
    """
    from optout.services import later_letters, made_files

    kind = Purpose(purpose)
    if out is not None:
        made_files.require_free(Path(absolute(out)))
    if read:
        later_letters.answer_gates(state.desk, request_id, kind, actor=OWNER)
    _require_read(later_letters.gates_of(state.desk, request_id, kind))
    made = later_letters.write_later(
        state.desk, request_id, kind, details=LaterDetails(
            tuple(Fact(fact) for fact in demanded), their_words, authority),
        channel=Channel(channel) if channel else None, actor=OWNER, on=on)
    path = "" if out is None else str(
        made_files.write_file(made.content, Path(absolute(out))))
    answer(state, {"request": made.request_id, "purpose": made.purpose.value,
                   "kind": made.kind.value, "path": path, "sha256": made.sha256},
           f"Kept with {made.request_id}: {made.file_name}.",
           *([f"Written to {path}. It is not encrypted: delete it when it is no longer needed."]
             if path else []),
           "Nothing was sent. When you have sent it: "
           f"optout request mark {made.request_id} {EVENT_OF_PURPOSE[made.purpose]}")


def _require_read(gates: Iterable[Gate]) -> None:
    """Make sure that what is to be known before a letter was read.

    Raises:
        GateClosed: with all of it, and how to say that it was read.
    """
    from optout.domain.errors import GateClosed

    held = [gate for gate in gates if gate.holds]
    if held:
        raise GateClosed(
            " ".join(f"{gate.question} {gate.explanation}" for gate in held),
            gates=tuple(gate.id for gate in held),
            remedy=held[0].remedy or "Nothing was written. If you want it, say it with --read.")


def join(cli: click.Group) -> None:
    """Its commands belong to the group of the requests, which is there already."""
    del cli
