"""Many brokers that are asked by post, in several places, and a person who asks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.places import PostalAddress
from optout.registry.registry import Registry
from optout.services import requests
from optout.services.desk import Desk

PLACES = (
    PostalAddress(("1 Invented Plaza",), "Albany", "US", "NY", "12207"),
    PostalAddress(("22 Madeup Road",), "Austin", "US", "TX", "73301"),
    PostalAddress(("3 Nowhere Lane", "Suite 400"), "Boston", "US", "MA", "02110"),
)
ABROAD = PostalAddress(("Musterweg 5",), "Köln", "DE", "", "50667")


def post_brokers(desk: Desk, count: int, places: Sequence[PostalAddress] = PLACES) -> list[str]:
    """Add so many brokers to the desk's registry; their ids, in order."""
    registry = desk.registry
    model = registry.get("slow-post")
    made = {}
    for number in range(count):
        procedure = replace(model.procedures[0], address=places[number % len(places)])
        broker = replace(model, id=f"post-{number:04}", name=f"Post {number}",
                         operator=f"Post {number} Holdings, Inc.", procedures=(procedure,))
        made[broker.id] = broker
    desk.library.__dict__["registry"] = Registry({**registry.brokers, **made}, registry.checked)
    return list(made)


def post_requests(
    desk: Desk, person: Person, count: int, places: Sequence[PostalAddress] = PLACES
) -> list[str]:
    """A draft for each of so many brokers that are asked by post; the requests' ids."""
    brokers = post_brokers(desk, count, places)
    return [file.request.id
            for file in requests.create_requests(desk, person.id, brokers, actor=OWNER)]
