"""Where a person can look for themselves: the links, as careful as the person must be."""

from __future__ import annotations

from collections.abc import Iterable

from optout.planning.search import search_url
from optout.services.desk import Desk
from optout.services.people import careful_person


def search_links(desk: Desk, person_id: str, broker_ids: Iterable[str]) -> dict[str, str]:
    """The search page of each broker, filled in for the person; brokers without one are left out.

    Nothing is opened here. Whoever opens a link tells the broker the name in it and an internet
    address.

    Raises:
        NotFound: when the person or a broker is unknown.
    """
    with desk.store.reading() as session:
        person = careful_person(session, person_id)
    today = desk.clock.today()
    found = {i: search_url(person, desk.registry.get(i), today) for i in broker_ids}
    return {broker_id: link for broker_id, link in found.items() if link}
