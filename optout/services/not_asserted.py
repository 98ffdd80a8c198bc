"""What a request leaves out of what the laws hold, and why: beside what it asserts."""

from __future__ import annotations

from optout.domain.footing import Withheld
from optout.domain.request import Request
from optout.law.applicable import applicable
from optout.services.desk import Desk
from optout.services.people import get_person


def not_asserted(desk: Desk, request: Request) -> tuple[Withheld, ...]:
    """The rights that a request could not assert on the day on which it was made.

    By the laws as this program knows them now. Empty where the registry no longer has the
    recipient.

    Raises:
        NotFound: when its person is not stored.
    """
    if request.broker_id not in desk.registry:
        return ()
    person = get_person(desk, request.person_id)
    homes = [home.code for home in person.residences_on(request.created_on)]
    return applicable(desk.laws, homes, desk.registry.get(request.broker_id),
                      request.created_on, request.acting_as).withheld
