"""A person as a file: `person.yaml` in, `person.yaml` out, every refusal with its line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile, InvalidInput
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.words import Sensitivity
from optout.services.person_fields import person_of


def read_person_file(path: Path) -> Person:
    """Read a person from a YAML file of the shape in DESIGN, section 6.

    Raises:
        InvalidFile: with every problem, each as `file:line: field: what is wrong`.
    """
    from optout.registry import strict_yaml

    data, lines = strict_yaml.load(path, name=path.name)
    if not isinstance(data, Mapping):
        raise InvalidFile(f"{path.name} holds no person.",
                          problems=(f"{path.name}:1: the file needs `names` and `residences`.",),
                          remedy="See “person.yaml” in the README.")
    person, problems = person_of(data)
    if person is None or problems:
        raise InvalidFile(
            f"{path.name} cannot be read.",
            problems=[f"{path.name}:{strict_yaml.line_of(lines, problem.path)}: {problem}"
                      for problem in problems],
            remedy="Mend these lines and try again; nothing was stored.")
    return person


def person_from_mapping(data: Mapping[str, Any]) -> Person:
    """A person from the same shape, already taken apart (options, forms, JSON).

    Raises:
        InvalidInput: with the first problem, naming its field.
    """
    person, problems = person_of(data)
    if person is None or problems:
        first = problems[0]
        raise InvalidInput(first.message, field=first.field, remedy=first.remedy)
    return person


def person_to_mapping(person: Person) -> dict[str, Any]:
    """The person in the shape that `person_from_mapping` reads; only what is there.

    Everything in it is text, a truth value, a list or a mapping, so that it is JSON too.
    """
    found = {
        "names": [_name(name) for name in person.names],
        "emails": [_point(point) for point in person.emails],
        "phones": [_point(point) for point in person.phones],
        "addresses": [_place(place) for place in person.addresses],
        "advertising_ids": [_point(point) for point in person.advertising_ids],
        "residences": [_residence(residence) for residence in person.residences],
        "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else None,
        "at_risk": person.at_risk,
        "reply_email": person.reply_email,
        "reply_address": address_to_mapping(person.reply_address) if person.reply_address else None,
        "language": person.language,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _name(name: PersonName) -> dict[str, Any]:
    parts = {"given": name.given, "middle": name.middle, "family": name.family}
    return {**{key: value for key, value in parts.items() if value}, "kind": name.kind.value,
            **_care(name.sensitivity, name.valid_from, name.valid_to)}


def _point(point: ContactPoint) -> str | dict[str, Any]:
    care = _care(point.sensitivity, point.valid_from, point.valid_to)
    return {"value": point.value, **care} if care else point.value


def _place(place: PersonAddress) -> dict[str, Any]:
    marks = {"current": place.current, "substitute": place.substitute}
    return {**address_to_mapping(place.address),
            **{key: True for key, value in marks.items() if value},
            **_care(place.sensitivity, place.valid_from, place.valid_to)}


def _residence(residence: Residence) -> str | dict[str, Any]:
    span = _care(Sensitivity.NORMAL, residence.valid_from, residence.valid_to)
    return {"code": residence.code, **span} if span else residence.code


def address_to_mapping(address: PostalAddress) -> dict[str, Any]:
    """A postal address in the shape of the file; only what is there."""
    street = address.lines[0] if len(address.lines) == 1 else list(address.lines)
    parts = {"street": street, "city": address.city, "region": address.region,
             "postal_code": address.postal_code, "country": address.country}
    return {key: value for key, value in parts.items() if value}


def _care(
    sensitivity: Sensitivity, valid_from: date | None, valid_to: date | None
) -> dict[str, Any]:
    found = {
        "sensitivity": "" if sensitivity is Sensitivity.NORMAL else sensitivity.value,
        "valid_from": valid_from.isoformat() if valid_from else "",
        "valid_to": valid_to.isoformat() if valid_to else ""}
    return {key: value for key, value in found.items() if value}
