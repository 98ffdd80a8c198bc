"""What a person can have covered, each offer with the number of companies that it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.wanted import Wanted
from optout.domain.words import BrokerStatus
from optout.planning.government import is_draft_only
from optout.planning.wanted import brokers_of
from optout.web.categories import category_name

TOLD = ("sold_law_enforcement", "sold_federal_government", "sold_foreign_actor")
"""Of whom the page offers those that told California so; a wish may name other flags."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One box to tick.

    Args:
        value: what the form sends.
        number: how many companies it means; with several boxes they overlap.
        ticked: it is part of the wish.
    """

    value: str
    number: int
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that the page offers."""

    relevant: Offer
    location: Offer
    told: tuple[Offer, ...]
    categories: tuple[Offer, ...]
    by_hand: int


def offers_for(
    person: Person, registry: Mapping[str, Broker], wanted: Wanted, *, suggest: bool,
) -> Offers:
    """What the page offers a person.

    Args:
        person: decides what is relevant.
        registry: every company by id.
        wanted: the wish so far.
        suggest: tick what is recommended, as nothing was chosen yet.
    """
    def number(wish: Wanted) -> int:
        return sum(1 for _ in brokers_of(wish, person, registry))

    flags = tuple(dict.fromkeys((*TOLD, *wanted.told)))
    kinds = Counter(b.category for b in registry.values()
                    if b.status is not BrokerStatus.DEFUNCT and not is_draft_only(b))
    return Offers(
        relevant=Offer("relevant", number(Wanted(relevant=True)), wanted.relevant or suggest),
        location=Offer("location", number(Wanted(location=True)), wanted.location),
        told=tuple(Offer(flag, number(Wanted(told=(flag,))), flag in wanted.told)
                   for flag in flags),
        categories=tuple(Offer(kind, kinds[kind], kind in wanted.categories)
                         for kind in sorted(kinds, key=lambda k: category_name(k).casefold())),
        by_hand=sum(1 for i in wanted.brokers if i in registry))


def wanted_from(form: MultiDict[str, str], offers: Offers, before: Wanted) -> Wanted:
    """The wish of a sent form; what it does not offer is not taken, what was named stays."""
    def ticked(name: str, known: tuple[Offer, ...]) -> tuple[str, ...]:
        sent = set(form.getlist(name))
        return tuple(offer.value for offer in known if offer.value in sent)

    return Wanted(
        relevant="relevant" in form, location="location" in form,
        told=ticked("told", offers.told), categories=ticked("category", offers.categories),
        brokers=before.brokers)
