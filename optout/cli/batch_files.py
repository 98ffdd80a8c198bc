"""The files that go with a batch of letters: one to print, its lists, its labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli.output import clean
from optout.cli.state import State, absolute
from optout.cli.watching import Bar, watched
from optout.domain.document_words import DocumentKind, LabelSheet, Purpose
from optout.domain.errors import Cancelled, NotFound

if TYPE_CHECKING:
    from optout.domain.document import MadeFile
    from optout.services.batches import Pile
    from optout.services.letters import Prepared

NO_LETTER = "None of these goes by post, so there is nothing to print in one go."


@dataclass(frozen=True, slots=True)
class BatchWish:
    """What is to be written beside the single documents.

    Args:
        one_file: all letters as one, with manifest and mail list.
        duplex: for printing on both sides.
        labels: on which sheet; None for none.
        skip: how many labels of the first sheet are used up.
    """

    one_file: bool = False
    duplex: bool = False
    labels: LabelSheet | None = None
    skip: int = 0


def write_batch(
    state: State, person_id: str, prepared: Prepared, folder: Path, wish: BatchWish
) -> tuple[list[dict[str, Any]], list[str]]:
    """Write what is wished for.

    The later letters that wait for the post are in the pile, too; what may not go today is left
    out of it and said.

    Returns:
        A row for each file, in the shape of `generate`, and what there is to say, in sentences.

    Raises:
        Cancelled: after Ctrl-C; the single files are whole then.
        Everything that `services.batches` and `write_made` raise.
    """
    from optout.services import batches
    from optout.services.paper_files import write_made
    from optout.services.pile_later import waiting_later

    made = prepared.documents
    if not (wish.one_file or wish.labels):
        return [], []
    ids = [one.request_id for one in made if one.kind is DocumentKind.LETTER]
    later = waiting_later(state.desk, person_id)
    if not (ids or later):
        return [], [NO_LETTER] if made else []
    try:
        with watched(state, "Reading") as bar:
            pile = batches.pile_of(state.desk, person_id, ids, later_ids=later,
                                   checked=prepared.checked, progress=bar)
        with watched(state, "Printing") as bar:
            rows = []
            for kind, file in _files(state, person_id, pile, wish, bar):
                path = write_made(file, folder)
                rows.append({"request": "", "broker": "", "kind": kind, "path": absolute(path),
                             "sha256": hashlib.sha256(file.content).hexdigest()})
        if state.as_json:
            for one in pile.left_out:
                click.echo(clean(f"Not in the pile: {one.sentence}"), err=True)
        return rows, list(_said(pile))
    except NotFound as nothing:
        return [], [str(nothing) if later else NO_LETTER]
    except Cancelled:
        raise Cancelled(f"Stopped: {len(made):,} files are written, each whole; the file to print "
                        "in one go is not.", remedy="Repeat the command to go on.") from None


def _said(pile: Pile) -> Iterator[str]:
    """Which later letters are in the pile, and which are not, and why."""
    for letter in pile.letters:
        if letter.purpose is not Purpose.REQUEST:
            yield f"Also in the pile: {letter.title}."
    for one in pile.left_out:
        yield f"Not in the pile: {one.sentence}"


def _files(
    state: State, person_id: str, pile: Pile, wish: BatchWish, bar: Bar
) -> Iterator[tuple[str, MadeFile]]:
    from optout.services import batches

    desk = state.desk
    if wish.one_file:
        for page in pile.papers:
            yield "batch", batches.batch_pdf(
                desk, person_id, duplex=wish.duplex, page=page, pile=pile, progress=bar)
        yield "manifest", batches.manifest(desk, person_id, duplex=wish.duplex, pile=pile)
        yield "mail_list", batches.mail_list(desk, person_id, pile=pile)
    if wish.labels:
        yield "labels", batches.label_sheet(
            desk, person_id, sheet=wish.labels, skip=wish.skip, pile=pile)
