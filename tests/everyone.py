"""All people and all requests of a small instance: tests may read it whole, the product never does."""

from __future__ import annotations

from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.services import people, requests
from optout.services.desk import Desk


def every_person(desk: Desk) -> tuple[Person, ...]:
    """Everybody, in the order of their names."""
    return tuple(people.everybody(desk))


def every_request(desk: Desk) -> tuple[RequestFile, ...]:
    """Every request of everybody, each person's oldest first."""
    return tuple(file for person in every_person(desk)
                 for file in requests.list_requests(desk, person.id))
