"""The command that reads replies from files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from optout.cli.frame import Group, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidFile

LARGEST = 40 * 1024 * 1024
"""Bytes of one message; mail servers take no more."""


@click.group("inbox", cls=Group)
def inbox() -> None:
    """What the brokers answered."""


@inbox.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@pass_state
def import_messages(state: State, path: Path) -> None:
    """Read replies from files.

    PATH is an .eml file, an .mbox file or a folder of them. Every message is listed, whether it
    belongs to a request or not. No link in it is opened.
    """
    from optout.services import answers

    replies = [answers.import_message(state.desk, raw, actor=OWNER) for raw in messages_in(path)]
    rows = [{"message_id": reply.message_id, "request": reply.request_id or None,
             "matched_by": reply.matched_by or None,
             "reading": {"kind": reply.reading.value, "evidence": reply.evidence}}
            for reply in replies]
    answer(state, rows, table(
        ("request", "matched by", "reads as", "because"),
        [(reply.request_id, reply.matched_by, reply.reading.value, reply.evidence)
         for reply in replies],
        empty="There is no message in it."))


def messages_in(path: Path) -> Iterator[bytes]:
    """The raw messages of a file or of a folder, in the order of their names.

    Raises:
        InvalidFile: for a message that is larger than any mail server lets through.
    """
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file() and child.suffix.lower() in (".eml", ".mbox"):
                yield from messages_in(child)
    elif path.suffix.lower() == ".mbox":
        yield from _mbox(path)
    elif path.stat().st_size > LARGEST:
        raise InvalidFile(f"{path.name}: the file is too large for a message.",
                          remedy="Give one message a file, or an .mbox file.")
    else:
        yield path.read_bytes()


def _mbox(path: Path) -> Iterator[bytes]:
    import mailbox

    box = mailbox.mbox(path, create=False)
    try:
        for key in box.keys():  # noqa: SIM118 -- a mailbox is no dictionary: iterating reads messages
            yield box.get_bytes(key)
    finally:
        box.close()


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(inbox)
