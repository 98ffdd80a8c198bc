"""Commands that write papers for people: forms to sign, leaflets, the report, a case file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout.cli.frame import Command, choice, day_option, pass_state
from optout.cli.output import answer, table
from optout.cli.people import person
from optout.cli.state import State, absolute
from optout.domain.actor import OWNER
from optout.domain.document_words import PaperKind

if TYPE_CHECKING:
    from optout.domain.document import MadeFile

_OUT = click.Path(path_type=Path, dir_okay=False)
_LANGUAGE = "Of the words: en or es (default: the person’s)."


@person.command("papers")
@click.argument("person_id", metavar="PERSON")
@pass_state
def list_papers(state: State, person_id: str) -> None:
    """List the papers that can be made for a person."""
    from optout.services import papers

    offers = papers.papers_of(state.desk, person_id)
    answer(state, [{"kind": one.kind.value, "unmet": one.unmet} for one in offers],
           table(("kind", "not today, because"), [(one.kind.value, one.unmet) for one in offers]))


@person.command("paper")
@click.argument("person_id", metavar="PERSON")
@click.argument("kind", metavar="KIND", type=choice(*PaperKind))
@click.option("--out", required=True, type=_OUT, help="The PDF file to write.")
@click.option("--language", default="", help=_LANGUAGE)
@click.option("--authorization", "authorization_id", default="", metavar="ID",
              help="The authorization that it speaks of.")
@click.option("--agent", default="", help="Who is to act, in a new authorization.")
@day_option("--from", text="The first day of a new authorization.")
@day_option("--until", text="The last day of a new authorization.")
@click.option("--company", "companies", multiple=True,
              help="A new authorization is for this company; may be repeated.")
@click.option("--discreet", is_flag=True, help="Name no company.")
@day_option(text="The date on the paper (default: today).")
@pass_state
def paper(
    state: State, *, person_id: str, kind: str, out: Path, language: str, authorization_id: str,
    agent: str, start: date | None, until: date | None, companies: tuple[str, ...],
    discreet: bool, on: date | None,
) -> None:
    """Write one paper for a person.

    KIND is a word such as authorization, authorization_us_ca, revocation, cover_letter,
    what_we_do, safety or progress; “optout person papers PERSON” says which can be made.
    """
    from optout.domain.papers import PlannedAuthorization
    from optout.services import papers

    made = papers.paper_for(
        state.desk, person_id, PaperKind(kind), language=language,
        authorization_id=authorization_id, discreet=discreet, on=on,
        planned=PlannedAuthorization(agent, start, until, companies))
    _write(state, made, out)


@click.command("report", cls=Command)
@click.argument("person_id", metavar="PERSON")
@click.option("--out", required=True, type=_OUT, help="The PDF file to write.")
@click.option("--language", default="", help=_LANGUAGE)
@click.option("--bundle", "request_id", default="", metavar="REQUEST",
              help="Write the whole case of this request instead, private details left out.")
@day_option(text="As of this day (default: today).")
@pass_state
def report(
    state: State, *, person_id: str, out: Path, language: str, request_id: str, on: date | None
) -> None:
    """Write how everything stands, or the case of a request."""
    if request_id and language:
        raise click.UsageError("The case of a request has one language: leave out --language.")
    if request_id:
        _write(state, _bundle(state, person_id, request_id, on), out)
        return
    from optout.services import papers

    _write(state, papers.paper_for(state.desk, person_id, PaperKind.PROGRESS, language=language,
                                   on=on), out)


def _bundle(state: State, person_id: str, request_id: str, on: date | None) -> MadeFile:
    """The case of a request of this person."""
    from optout.domain.errors import NotFound
    from optout.services import case_bundle, requests

    found = requests.get_request(state.desk, request_id).request
    if found.person_id != person_id:
        raise NotFound(f"{found.id} is no request of {person_id}.",
                       remedy=f"See optout request list {person_id}.")
    return case_bundle.case_bundle(state.desk, found.id, actor=OWNER, on=on)


def _write(state: State, made: MadeFile, out: Path) -> None:
    from optout.services.made_files import write_pdf

    written = write_pdf(made, Path(absolute(out)))
    answer(state, {"path": str(written.path), "sha256": written.sha256,
                   "pages": written.pages},
           f"Written: {written.path}. It is not encrypted: keep it where only you can read it, and "
           "delete it when it is no longer needed.")


def join(cli: click.Group) -> None:
    """Add this room's commands; those about one person hang below “person”."""
    cli.add_command(report)
