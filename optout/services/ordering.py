"""From a request and its plan to the order for a document: every value, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from optout.documents.languages import (
    chosen_language,
    language_of_country,
    language_of_recipient,
    primary,
)
from optout.documents.order import LetterOrder, address_lines, recipient_of
from optout.domain.errors import NotFound
from optout.domain.footing import VOLUNTARY, Deadlines
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.regions import residence_name
from optout.domain.request import Request
from optout.domain.words import ActingAs, ActionKind, Fact, Presence, Right, Role
from optout.law.deadlines import deadlines
from optout.law.reach import lives_under
from optout.planning.asks import REMOVING
from optout.planning.facts import main_name, values_of
from optout.planning.government import is_draft_only
from optout.planning.identity import ON_PAPER, reply_facts
from optout.planning.options import shows_listings_of
from optout.planning.rights import rights_against
from optout.services.desk import Desk
from optout.services.plans import Circumstances

if TYPE_CHECKING:
    from optout.documents.counsel_draft import DraftOrder


def order_for(
    desk: Desk, around: Circumstances, request: Request, action: Action, day: date, *,
    agent_name: str = "",
) -> LetterOrder | DraftOrder:
    """The order for a request's document; for a system of a public agency a draft for counsel.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        request: the request.
        action: today's plan for it; decides facts, footings and procedure.
        day: the day on the document.
        agent_name: who acts, unless the person does.

    Raises:
        MissingFact: when a value is missing.
    """
    if is_draft_only(action.broker):
        from optout.services.draft_ordering import draft_order_for

        return draft_order_for(desk.laws, around, request, action, day)
    person, broker = around.person, action.broker
    posted_from = posting_country(person, day)
    by_post = action.channel in ON_PAPER
    shows = reply_facts(person, action.channel)
    lines, country = recipient_of(broker, action.procedure, posted_from=posted_from,
                                  language=language_of_country(posted_from))
    shown = person.reply_address if Fact.REPLY_ADDRESS in shows else None
    brokers = desk.registry.brokers
    order = LetterOrder(
        reference=request.id, day=day, person_name=_name(person, day),
        broker_name=broker.name, procedure=action.procedure, footings=action.footings,
        reply_email=_mailbox(person, day) if Fact.REPLY_EMAIL in shows else "",
        sender_lines=address_lines("", shown, posted_from=country) if shown else (),
        recipient_lines=lines if by_post else (), recipient_country=country,
        person_language=primary(person.language), deadlines=_deadlines(desk, action, day),
        covers_names=tuple(brokers[i].name for i in action.covers
                           if i != broker.id and i in brokers),
        facts=_facts(desk, around, action, day), facts_withheld=action.facts_withheld,
        acting_as=request.acting_as, agent_name=agent_name,
        is_platform=action.kind is ActionKind.PLATFORM,
        asks_all=_asks_all(desk, around, request, action, day),
        signature_image=(around.signature if by_post and request.acting_as is ActingAs.SELF
                         else b""),
        unseen=not request.predecessor_id and _is_unseen(around, action))
    return replace(order, language=chosen_language(
        order, language_of_recipient(broker, action.procedure)))


def _is_unseen(around: Circumstances, action: Action) -> bool:
    """Whether nothing shows that the broker holds the person: no listing there or at its sites.

    A consumer reporting agency and an agency of the state keep files on nearly everybody, and a
    platform keeps none: the sentence would mislead there.
    """
    return (action.broker.role is Role.BROKER and action.presence is not Presence.LISTED
            and not any(around.listings.get(broker_id) for broker_id in action.covers))


def _asks_all(
    desk: Desk, around: Circumstances, request: Request, action: Action, day: date
) -> bool:
    """Whether the law gives no more that removes, or keeps unsold, than the request asks for."""
    given = rights_against(desk.laws, around.person, action.broker, day,
                           acting_as=request.acting_as,
                           authorizations=around.authorizations).offered
    asked = {(one.law, one.right) for one in action.footings}
    return all((one.law, one.right) in asked for one in given
               if one.law == action.footings[0].law and one.right in REMOVING)


def _name(person: Person, day: date) -> str:
    """The name that the document shows; empty (and so refused) when none may be sent."""
    name = main_name(person, day)
    return name.full if name else ""


def _mailbox(person: Person, day: date) -> str:
    return next(iter(values_of(person, Fact.REPLY_EMAIL, day)), "")


def posting_country(person: Person, day: date) -> str:
    """ISO 3166-1 alpha-2 of the country in which the person posts letters."""
    if person.reply_address is not None:
        return person.reply_address.country
    living = person.residences_on(day) or person.residences
    return living[0].country


def _facts(
    desk: Desk, around: Circumstances, action: Action, day: date
) -> dict[Fact, tuple[str, ...]]:
    """The values of the facts that the plan lets this document carry."""
    family = shows_listings_of(action.broker, desk.registry.brokers)
    listings = tuple(dict.fromkeys(
        url for broker_id in family for url in around.listings.get(broker_id, ())))
    found = {need.fact: values_of(around.person, need.fact, day, listing_urls=listings,
                                  every=need.fact in action.procedure.matches_on)
             for need in action.needs}
    if Fact.STATE_OF_RESIDENCE in found:
        found[Fact.STATE_OF_RESIDENCE] = _homes(desk, around.person, action, day)
    return found


def _homes(desk: Desk, person: Person, action: Action, day: date) -> tuple[str, ...]:
    """The residence that the law of the request turns on; all where it turns on none of them."""
    homes = person.residences_on(day)
    laws = [desk.laws.law(footing.law, day) for footing in action.footings
            if footing.law != VOLUNTARY.law]
    under = [home for home in homes if any(lives_under(law, home) for law in laws)]
    return tuple(dict.fromkeys(residence_name(home.code) for home in under or homes))


def _deadlines(desk: Desk, action: Action, day: date) -> dict[tuple[str, Right], Deadlines]:
    """What the laws set for each footing; a letter names the number, not the day."""
    found = {}
    for footing in action.footings:
        try:
            computed = deadlines(desk.laws, footing.law, footing.right, day, action.channel,
                                 broker=action.broker)
        except NotFound:
            continue  # voluntary
        if computed.acknowledge_by or computed.respond_by:
            found[footing.law, footing.right] = _shared(computed)
    return found


@lru_cache(maxsize=256)
def _shared(computed: Deadlines) -> Deadlines:
    """The first of several that say the same, so that a batch of orders holds each once."""
    return computed
