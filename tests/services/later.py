"""A request that left, and the letters that may follow it."""

from __future__ import annotations

from collections.abc import Callable

from optout.domain.actor import OWNER
from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import Purpose
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs
from optout.services import authority, letters, people, requests
from optout.services.desk import Desk
from optout.services.later_letters import LaterDetails, answer_gates, compose_later, offers_of
from tests.documents.as_text import as_text, sheet_as_text
from tests.factories import californian
from tests.services.agents import let_agent_ask

P = Purpose
REFUSED = LaterDetails(their_words="These are public records of 100 Fictional Way.")


def sent(desk: Desk, make: Callable[[], Person] | Person, broker: str = "quick-mail") -> str:
    """A request that was prepared and has left."""
    person = make if isinstance(make, Person) else people.add_person(desk, make(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, [broker], actor=OWNER)
    letters.generate(desk, person.id, request_ids=[file.request.id], actor=OWNER)
    mark(desk, file.request.id, "mark_sent")
    return file.request.id


def sent_by_agent(desk: Desk) -> tuple[str, Authorization]:
    """A request that an agent prepared and sent, and the permission for it."""
    person = people.add_person(desk, californian(), actor=OWNER)
    given = authority.add_authorization(desk, Authorization(
        "", person.id, "Robin Example", signed_on=desk.clock.today()), actor=OWNER)
    let_agent_ask(desk, person, "quick-mail")
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER,
                                       acting_as=ActingAs.AGENT)
    letters.generate(desk, person.id, actor=OWNER)
    mark(desk, file.request.id, "mark_sent")
    return file.request.id, given


def mark(desk: Desk, request_id: str, *events: str) -> None:
    for event in events:
        requests.mark(desk, request_id, event, actor=OWNER)


def may(desk: Desk, request_id: str) -> set[Purpose]:
    return {offer.purpose for offer in offers_of(desk, request_id) if not offer.unmet}


def text(words: Letter | FormSheet) -> str:
    return as_text(words) if isinstance(words, Letter) else sheet_as_text(words)


def preview(
    desk: Desk, request_id: str, purpose: Purpose, details: LaterDetails = REFUSED
) -> str:
    return text(compose_later(desk, request_id, purpose, details=details))


def person_of(desk: Desk, request_id: str) -> Person:
    return people.get_person(desk, requests.get_request(desk, request_id).request.person_id)


def complain(desk: Desk, request_id: str) -> None:
    answer_gates(desk, request_id, P.COMPLAINT, actor=OWNER)
