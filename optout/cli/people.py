"""Commands about people: add, list, show, and who their lawyer is."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli.frame import Group, pass_state
from optout.cli.output import TABLE_ROWS, answer, json_list, table
from optout.cli.state import State
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput

if TYPE_CHECKING:
    from optout.domain.person import Person

_ADDRESS_PARTS = ("street", "city", "region", "postal_code", "country")


@click.group("person", cls=Group)
def person() -> None:
    """The people for whom requests are made."""


@person.command("add")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False),
              help="Read the person from a YAML file with the fields that “optout person "
                   "show ID --json” shows, but for its id.")
@click.option("--given", default="", help="Given name.")
@click.option("--middle", default="", help="Middle name.")
@click.option("--family", default="", help="Family name.")
@click.option("--alias", "aliases", multiple=True, metavar="“GIVEN FAMILY”",
              help="Another name in use; may be repeated.")
@click.option("--email", "emails", multiple=True, help="May be repeated.")
@click.option("--phone", "phones", multiple=True, help="Like +1 415 555 0142; may be repeated.")
@click.option("--address", "addresses", multiple=True,
              metavar="“STREET; CITY; REGION; POSTAL CODE; COUNTRY”",
              help="The first is the current one; may be repeated.")
@click.option("--residence", "residences", multiple=True, metavar="CODE",
              help="Where the person lives, like US-CA or DE; may be repeated.")
@click.option("--date-of-birth", metavar="DATE", help="Kept here; never sent by default.")
@click.option("--at-risk", is_flag=True,
              help="Someone is looking for this person, or others use this computer.")
@click.option("--reply-email", metavar="EMAIL", help="The mailbox that requests show.")
@click.option("--reply-address", metavar="“STREET; CITY; REGION; POSTAL CODE; COUNTRY”",
              help="The postal address that letters show.")
@click.option("--language", metavar="CODE", help="Of the person (default: en).")
@pass_state
def add(state: State, /, file: Path | None, **given: Any) -> None:
    """Add a person, from options or from a file."""
    from optout.services import people, person_file

    entered = {name: value for name, value in given.items() if value}
    if file is not None and entered:
        raise click.UsageError("Give either --file or the other options, not both.")
    read = (person_file.read_person_file(file) if file is not None
            else person_file.person_from_mapping(as_mapping(entered)))
    added = people.add_person(state.desk, read, actor=OWNER)
    data = {**person_file.person_to_mapping(added), "id": added.id}
    answer(state, data, f"Added {added.id}. Next: optout plan {added.id}")


def as_mapping(entered: dict[str, Any]) -> dict[str, Any]:
    """The options as person.yaml would say them; what was not entered is left out.

    Raises:
        InvalidInput: when an address has more than its five parts.
    """
    made: dict[str, Any] = {"names": _names(entered)}
    for name in ("emails", "phones", "residences"):
        if name in entered:
            made[name] = list(entered[name])
    if "addresses" in entered:
        made["addresses"] = [
            {**_address(text, f"addresses[{place}]"), "current": place == 0}
            for place, text in enumerate(entered["addresses"])]
    if "reply_address" in entered:
        made["reply_address"] = _address(entered["reply_address"], "reply_address")
    for name in ("date_of_birth", "at_risk", "reply_email", "language"):
        if name in entered:
            made[name] = entered[name]
    return made


def _names(entered: dict[str, Any]) -> list[dict[str, str]]:
    main = {part: entered.get(part, "") for part in ("given", "middle", "family")}
    names = [{**{k: v for k, v in main.items() if v or k != "middle"}, "kind": "legal"}]
    for alias in entered.get("aliases", ()):
        first, _, rest = alias.strip().rpartition(" ")
        names.append({"given": first, "family": rest, "kind": "alias"})
    return names


def _address(text: str, field: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) > len(_ADDRESS_PARTS):
        raise InvalidInput(
            "The address has too many parts.", field=field,
            remedy="Write it as “street; city; region; postal code; country”.")
    return {name: part for name, part in zip(_ADDRESS_PARTS, parts, strict=False) if part}


@person.command("list")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--after", default="", metavar="PERSON",
              help="Only those behind this person: the last one of the list before.")
@pass_state
def list_people(state: State, *, limit: int | None, after: str) -> None:
    """List the people, by their names."""
    from optout.services import people

    found = islice(map(_line, people.everybody(state.desk, after)), limit)
    first = list(islice(found, TABLE_ROWS))  # somebody who is not there is told before anything
    if state.as_json:
        json_list(chain(first, found))
        return
    answer(state, None, _table(first))
    while more := list(islice(found, TABLE_ROWS)):
        answer(state, None, _table(more))


def _line(one: Person) -> dict[str, Any]:
    return {"id": one.id, "name": one.main_name.full, "at_risk": one.at_risk,
            "residences": [place.code for place in one.residences]}


def _table(lines: list[dict[str, Any]]) -> Any:
    return table(
        ("id", "name", "lives in", "at risk"),
        [(line["id"], line["name"], line["residences"], line["at_risk"]) for line in lines],
        empty="Nobody has been added yet. Add someone with “optout person add”.")


@person.command("show")
@click.argument("person_id", metavar="PERSON")
@pass_state
def show(state: State, person_id: str) -> None:
    """Show what is known about a person."""
    from optout.services import people, person_file

    found = people.get_person(state.desk, person_id)
    data = {"id": found.id, **person_file.person_to_mapping(found)}
    answer(state, data, table(("", ""), [row for row in _rows(found) if row[1]]))


@person.command("counsel")
@click.argument("person_id", metavar="PERSON")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False),
              help="Name the lawyer, read from a file like counsel.yaml (see the README).")
@click.option("--remove", is_flag=True, help="Forget the lawyer, and what they confirmed.")
@pass_state
def counsel(state: State, /, person_id: str, file: Path | None, *, remove: bool) -> None:
    """Show, name or remove the lawyer who gets the drafts."""
    from optout.services import counsel as services
    from optout.services.counsel_file import counsel_to_mapping, read_counsel_file

    if file is not None and remove:
        raise click.UsageError("Give either --file or --remove, not both.")
    if remove:
        services.remove_counsel(state.desk, person_id, actor=OWNER)
    elif file is not None:
        services.set_counsel(state.desk, person_id, read_counsel_file(file), actor=OWNER)
    found = services.counsel_of(state.desk, person_id)
    data = counsel_to_mapping(found) if found else None
    answer(state, data, table(
        ("", ""), [] if found is None else [
            ("name", found.name), ("organisation", found.organisation),
            ("office", found.address.one_line()),
            ("home address in drafts", "may stand there" if found.may_show_home else "stays out"),
            ("entered on", found.confirmed_on)],
        empty="No lawyer is named for this person."))


def _rows(found: Person) -> list[tuple[str, str]]:
    """What is known, a line for each thing."""
    lists = {
        "names": [f"{name.full} ({name.kind.value})" for name in found.names],
        "e-mails": [point.value for point in found.emails],
        "phones": [point.value for point in found.phones],
        "addresses": [place.address.one_line() + " (current)" * place.current
                      for place in found.addresses],
        "lives in": [place.code for place in found.residences],
        "born": [str(found.date_of_birth or "")],
        "at risk": ["yes" if found.at_risk else ""],
        "reply e-mail": [found.reply_email],
        "reply address": [found.reply_address.one_line() if found.reply_address else ""],
        "advertising ids": [point.value for point in found.advertising_ids],
        "language": [found.language],
    }
    return [("id", found.id), *((name, "\n".join(lines)) for name, lines in lists.items())]


def join(cli: click.Group) -> None:
    """Add this room's commands."""
    cli.add_command(person)
