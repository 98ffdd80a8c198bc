"""All people and all requests of a small instance: the product never reads so much at once."""

from __future__ import annotations

from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpState
from optout.services import people
from optout.services.desk import Desk
from optout.services.history import files_of


def every_person(desk: Desk) -> tuple[Person, ...]:
    """Everybody, in the order of their names."""
    return tuple(people.everybody(desk))


def every_request(desk: Desk) -> tuple[RequestFile, ...]:
    """Every request of everybody, each person's oldest first."""
    return tuple(file for person in every_person(desk) for file in requests_of(desk, person.id))


def requests_of(desk: Desk, person_id: str) -> tuple[RequestFile, ...]:
    """A person's requests with all that belongs to them, oldest first."""
    with desk.store.reading() as session:
        return files_of(session, person_id, desk.clock.today())


def raised(desk: Desk) -> set[str]:
    """Ids of the tasks that a sweep has shown and that wait."""
    return {task.id for file in every_request(desk) for task in file.follow_ups
            if task.state is FollowUpState.RAISED}
