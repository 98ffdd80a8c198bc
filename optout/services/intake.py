"""Listings that people paste: matched with their brokers, kept all at once, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout.domain.broker import trust_of
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.exposure import Exposure
from optout.domain.request import Request
from optout.domain.words import BrokerStatus, Fact, Standing, Trust
from optout.registry.listing_links import Link, Why, read_link
from optout.registry.listings import sort_links
from optout.registry.pasted import links_in
from optout.services.desk import Desk, Library
from optout.services.watching import renew_watch
from optout.store import audit, exposures, people, requests

__all__ = [
    "Found", "Intake", "LeftOut", "Network", "Shown", "Unknown", "Why", "forget_exposure",
    "read_for", "read_pasted", "take_in",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A listing at a known broker.

    Args:
        url: personal data.
        gone: as far as is known, the broker is no more.
    """

    broker_id: str
    url: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A site that was named without the link of a listing; `broker_id` is empty if unknown."""

    site: str
    broker_id: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A site that no entry of the registry names, and how many links lead to it."""

    site: str
    number: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is no listing: why, at which site (may be empty), how many times."""

    why: Why
    site: str
    number: int


@dataclass(frozen=True, slots=True)
class Network:
    """Brokers of the found listings that belong together.

    Args:
        served_by: the broker whose opt-out serves them all; empty where each has its own.
    """

    brokers: tuple[str, ...]
    served_by: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was found in a pasted text.

    Args:
        new: listings that were not known before.
        known: listings that are kept already.
        shown_only: sites that were named without a link.
        unknown: sites that are in no entry.
        left_out: what is no listing.
        networks: the brokers of `new`, those that one opt-out serves together.
        kept: what was stored.
    """

    new: tuple[Found, ...] = ()
    known: tuple[Found, ...] = ()
    shown_only: tuple[Shown, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    networks: tuple[Network, ...] = ()
    kept: tuple[Exposure, ...] = ()


def read_pasted(library: Library, text: str) -> Intake:
    """What a pasted text holds; nothing is stored, and nobody is asked.

    Args:
        library: brokers and laws.
        text: links, prose with links, a page copied as text, or the source of a saved page.

    Raises:
        InvalidInput: when it is longer, or holds more links, than is taken at once.
    """
    found = sort_links(library.registry, links_in(text))
    brokers = library.registry.brokers
    new = tuple(Found(id_, link.url, brokers[id_].status is BrokerStatus.DEFUNCT)
                for id_, link in found.listings)
    counts = Counter(found.left_out)
    return Intake(
        new=new, shown_only=tuple(Shown(*one) for one in found.shown_only),
        unknown=tuple(Unknown(*one) for one in found.unknown),
        left_out=tuple(LeftOut(why, site, number) for (why, site), number in counts.items()),
        networks=networks_of(library, new))


def read_for(desk: Desk, person_id: str, text: str) -> Intake:
    """What a pasted text holds for a person; nothing is stored.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: as `read_pasted`.
    """
    intake = read_pasted(desk.library, text)
    with desk.store.reading() as session:
        people.get(session, person_id)
        return _without_known(desk.library, intake, exposures.of_person(session, person_id))


def take_in(
    desk: Desk, person_id: str, text: str, *, only: Collection[str] | None = None,
    on: date | None = None, actor: str,
) -> Intake:
    """Keep the listings of a pasted text, all of them or none.

    Args:
        desk: the opened data.
        person_id: whose listings they are.
        text: as for `read_pasted`.
        only: the addresses to keep, as `read_pasted` gives them; default: all at brokers that
            are not known to be gone.
        on: the day they were seen; default: today.
        actor: who enters them.

    Returns:
        What was found; `kept` holds what was stored. What was known is left as it is.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: as `read_pasted`, or for a day to come.
    """
    day = desk.day(on)
    if day > desk.clock.today():
        raise InvalidInput("The day on which they were seen has not come yet.", field="on",
                           remedy="Enter today or an earlier day.")
    intake = read_pasted(desk.library, text)
    now = desk.clock.now()
    with desk.store.writing() as session:
        people.get(session, person_id)
        intake = _without_known(desk.library, intake, exposures.of_person(session, person_id))
        wanted = [found for found in intake.new
                  if (not found.gone if only is None else found.url in only)]
        kept = tuple(exposures.add(session, Exposure(
            person_id=person_id, broker_id=found.broker_id, url=found.url, seen_on=day))
            for found in wanted)
        for exposure in kept:
            audit.write(session, actor, "add_exposure", exposure.id, now)
        for broker_id in dict.fromkeys(exposure.broker_id for exposure in kept):
            renew_watch(desk, session, person_id, broker_id)
    return replace(intake, kept=kept)


def forget_exposure(desk: Desk, person_id: str, exposure_id: str, *, actor: str) -> None:
    """Take back a listing that was entered by mistake.

    Raises:
        NotFound: when the person has no such listing.
        Refused: when a request that was sent rests on it, or one that is prepared carries it.
    """
    with desk.store.writing() as session:
        found = next((one for one in exposures.of_person(session, person_id)
                      if one.id == exposure_id), None)
        if found is None:
            raise NotFound("There is no such listing.", remedy="It may be removed already.")
        for request in requests.every(session, person_id):
            if _carries(desk, request, found):
                _refuse(request, found)
        exposures.remove(session, exposure_id)
        renew_watch(desk, session, person_id, found.broker_id)
        audit.write(session, actor, "forget_exposure", exposure_id, desk.clock.now())


def networks_of(library: Library, found: Iterable[Found]) -> tuple[Network, ...]:
    """The brokers of listings, those together that one opt-out is proven to serve."""
    left = dict.fromkeys(one.broker_id for one in found)
    networks: list[Network] = []
    while left:
        first = next(iter(left))
        served = [(by, tuple(id_ for id_ in left if id_ in {by, *_serves(library, by)}))
                  for by in (first, *library.registry.covered_by(first))]
        by, together = max(served, key=lambda one: (first in one[1], len(one[1])))
        networks.append(Network(together, by if len(together) > 1 else ""))
        for id_ in together:
            del left[id_]
    return tuple(networks)


def _serves(library: Library, broker_id: str) -> frozenset[str]:
    """The brokers that an opt-out also serves by more than one source's word."""
    return frozenset(cover.id for cover in library.registry.brokers[broker_id].covers
                     if trust_of(cover.basis) is not Trust.UNVERIFIED)


def _without_known(library: Library, intake: Intake, kept: Sequence[Exposure]) -> Intake:
    """The intake with what is kept already told apart, however its link is written."""
    before = {_key(one.broker_id, one.url) for one in kept}
    new = tuple(one for one in intake.new if _key(one.broker_id, one.url) not in before)
    known = tuple(one for one in intake.new if _key(one.broker_id, one.url) in before)
    return replace(intake, new=new, known=known, networks=networks_of(library, new))


def _key(broker_id: str, url: str) -> tuple[str, ...]:
    link = read_link(url)
    return (broker_id, *link.same) if isinstance(link, Link) else (broker_id, url)


def _carries(desk: Desk, request: Request, exposure: Exposure) -> bool:
    """Whether a request hands over the links of listings where the exposure stands."""
    broker = desk.registry.brokers.get(request.broker_id)
    served = {request.broker_id, *request.covers,
              *(cover.id for cover in (broker.covers if broker else ()))}
    return Fact.LISTING_URL in request.facts and exposure.broker_id in served


def _refuse(request: Request, exposure: Exposure) -> None:
    if request.standing is Standing.READY:
        raise Refused(f"The request {request.id} is prepared and carries this link.",
                      remedy="Undo its preparation first, then remove the listing.")
    if request.sent_on is not None and request.sent_on >= exposure.seen_on:
        raise Refused(f"The request {request.id} was sent with this link.",
                      remedy="It stays, so that what was sent can be shown.")
