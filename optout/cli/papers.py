"""The command that writes documents into a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout.cli import shapes
from optout.cli.frame import Command, choice, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State, absolute
from optout.cli.watching import watched
from optout.domain.actor import OWNER
from optout.domain.document_words import LabelSheet
from optout.domain.errors import Cancelled

if TYPE_CHECKING:
    from optout.services.letters import Prepared
    from optout.services.paper_files import WrittenDocument


@click.command("generate", cls=Command)
@click.argument("person_id", metavar="PERSON")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder to write into; made if it is not there.")
@day_option(text="The date on the documents (default: today).")
@click.option("--one-file", is_flag=True,
              help="Also all letters that go by post as one file to print, in posting order, with "
                   "a manifest and a list for certified or registered mail; reminders, appeals and "
                   "complaints that are written and have not left are in it, too.")
@click.option("--duplex", is_flag=True,
              help="With --one-file: every letter begins on a sheet of its own when printed on "
                   "both sides.")
@click.option("--labels", type=choice(*(sheet.value for sheet in LabelSheet)),
              help="Also address labels, on this sheet.")
@click.option("--skip", type=click.IntRange(min=0), default=0, metavar="N",
              help="With --labels: so many labels of the first sheet are used up.")
@pass_state
def generate(
    state: State, *, person_id: str, out: Path, on: date | None, one_file: bool, duplex: bool,
    labels: str | None, skip: int,
) -> None:
    """Write letters, e-mails and form sheets into a folder.

    A request that was generated before gives the same files again, byte for byte; one whose law
    changed before it left is written anew. Ctrl-C stops between two files.
    """
    from optout.cli.batch_files import BatchWish, write_batch

    if duplex and not one_file:
        raise click.UsageError("--duplex needs --one-file.")
    if skip and not labels:
        raise click.UsageError("--skip needs --labels.")
    prepared, written = _written(state, person_id, out, on)
    rows = [{"request": item.request, "broker": item.broker, "kind": shapes.plain(item.kind),
             "path": absolute(Path(item.path)), "sha256": item.sha256} for item in written]
    wish = BatchWish(one_file, duplex, LabelSheet(labels) if labels else None, skip)
    more, notes = write_batch(state, person_id, prepared, Path(absolute(out)), wish)
    rows += more
    answer(
        state, rows,
        table(("request", "broker", "what", "file"),
              [(row["request"], row["broker"], row["kind"], Path(str(row["path"])).name)
               for row in rows],
              empty="There is nothing to write. Create requests first: optout request create."),
        *notes,
        f"Written to {absolute(out)}. These files are not encrypted: keep them where only you "
        "can read them, and delete them when they are no longer needed.")


def _written(
    state: State, person_id: str, out: Path, on: date | None
) -> tuple[Prepared, tuple[WrittenDocument, ...]]:
    """Prepare, then write; whoever stops it is told how many files are whole."""
    from optout.services import letters

    try:
        with watched(state, "Preparing") as bar:
            made = letters.prepare(state.desk, person_id, actor=OWNER, on=on, progress=bar)
    except Cancelled as stopped:
        raise Cancelled(
            f"Stopped: no file is written yet; {stopped.done:,} of {stopped.total:,} documents "
            "are prepared, and stay so.", remedy="Repeat the command to go on.") from None
    with watched(state, "Writing") as bar:
        return made, letters.write_documents(
            state.desk, made.documents, Path(absolute(out)), checked=made.checked, progress=bar)


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(generate)
