"""What a request leaves out of what the laws hold, and why: beside what it asserts."""

from __future__ import annotations

from optout.domain.footing import Withheld
from optout.domain.request import Request
from optout.domain.words import Standing
from optout.planning.rights import rights_against
from optout.services.desk import Desk
from optout.store import authorizations, documents, people


def not_asserted(desk: Desk, request: Request) -> tuple[Withheld, ...]:
    """The rights that a request could not assert on the day of its words.

    That is today for a draft, else the day of its latest document, or that of its sending
    without one. By the laws as this program knows them now. Empty where the registry no longer
    has the recipient.

    Raises:
        NotFound: when its person is not stored.
    """
    if request.broker_id not in desk.registry:
        return ()
    with desk.store.reading() as session:
        person = people.get(session, request.person_id)
        permissions = authorizations.of_person(session, request.person_id)
        made = documents.of_request(session, request.id)
    day = request.sent_on or request.created_on
    if request.standing is Standing.DRAFT:
        day = desk.clock.today()
    elif made:
        day = made[-1].document.made_on
    return rights_against(desk.laws, person, desk.registry.get(request.broker_id), day,
                          acting_as=request.acting_as, authorizations=permissions).withheld
