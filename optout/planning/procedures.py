"""Which of a recipient's procedures serves this person, and which of those is the best."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import Applicable
from optout.domain.person import Counsel, Person
from optout.domain.words import BrokerStatus, Channel, Fact, Right, Trust
from optout.planning.asks import REMOVING, Ask, ask_for, why_no_courtesy
from optout.planning.disclosure import Disclosure, disclosure, guarded, hard_demands
from optout.planning.government import draft_disclosure, is_draft_only

_CONTACT: Mapping[Channel, Callable[[Procedure], object]] = {
    Channel.EMAIL: lambda p: p.email,
    Channel.WEB_FORM: lambda p: p.url,
    Channel.POSTAL_MAIL: lambda p: p.address,
    Channel.PHONE: lambda p: p.phone,
    Channel.FAX: lambda p: p.phone,
    Channel.ACCOUNT: lambda p: p.url or p.steps,
    Channel.PLATFORM: lambda p: p.url,
    Channel.PORTAL: lambda p: p.url,
}
"""Where a request by each channel goes; a procedure without it cannot be used."""


TURN: Mapping[Channel, int] = {
    Channel.EMAIL: 0,
    Channel.PLATFORM: 1, Channel.WEB_FORM: 1, Channel.PORTAL: 1, Channel.ACCOUNT: 1,
    Channel.POSTAL_MAIL: 2, Channel.FAX: 2,
    Channel.PHONE: 3,
}
"""The turn of a channel between ways that ask and tell alike (DESIGN, What flows).

A mail keeps its exact text and takes the fewest minutes; a form leaves a page; a letter proves
well and costs a walk; a call leaves nothing but a note.
"""

_REMOVING = frozenset({*REMOVING, Right.OPT_OUT_PRESCREEN})


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what, on which day, by which way; the same for every broker of a plan.

    Args:
        counsel: to whom drafts to public agencies go; decides whether the home stands in them.
    """

    person: Person
    day: date
    right: Right | None = None
    channel: Channel | None = None
    counsel: Counsel | None = None

    def is_taken_by(self, procedure: Procedure) -> bool:
        """Whether a procedure takes requests for the right; one that says nothing takes all."""
        return not procedure.rights or self.right in {None, Right.VOLUNTARY, *procedure.rights}


@dataclass(frozen=True, slots=True)
class Way:
    """A procedure that serves, with what it would ask for and hand over."""

    procedure: Procedure
    ask: Ask
    disclosure: Disclosure


def _is_dead(broker: Broker, procedure: Procedure) -> bool:
    dead = {contact.value.strip().casefold() for contact in broker.dead_contacts}
    used = (procedure.email, procedure.url, procedure.phone,
            procedure.address.one_line() if procedure.address else "")
    return any(value.strip().casefold() in dead for value in used if value)


def _lives_there(wish: Wish, procedure: Procedure) -> bool:
    where = {code for home in wish.person.residences_on(wish.day) for code in home.containing()}
    return not procedure.eligible.residences or bool(where & set(procedure.eligible.residences))


def _serves(wish: Wish, broker: Broker, procedure: Procedure) -> bool:
    return not _why_not(wish, broker, procedure)


def _why_not(wish: Wish, broker: Broker, procedure: Procedure) -> str:
    """Why a procedure cannot be used; "" if it can."""
    if wish.channel is not None and procedure.channel is not wish.channel:
        return f"It takes no requests by {wish.channel.replace('_', ' ')}."
    if not _CONTACT[procedure.channel](procedure):
        return "Where its requests go is not known."
    if _is_dead(broker, procedure):
        return "Its known address does not answer any more."
    if not _lives_there(wish, procedure):
        return "Its way out is only open to people who live elsewhere."
    if wish.right is not None and not wish.is_taken_by(procedure):
        return f"None of its ways takes a request to {_words(wish.right)}."
    return ""


def _words(right: Right) -> str:
    return right.replace("_", " ")


def _rank(
    wish: Wish, way: Way, *, law_offers: bool,
) -> tuple[bool, int, int, bool, bool, bool, bool, int]:
    """The less a procedure demands the better; the registry's order decides between equals.

    A way that removes comes before one that only shows, then one without identity papers or
    birth date before one with them. Facts that would be new to the broker count next; then what
    the person lacks; then whether a right that the law gives can be asked for this way, and
    whether it does without the address of a home. Of what is left, a way that is known to be
    taken comes before one of which a single source tells, and then a mail before a form before a
    stamp before a call.
    """
    new = sum(guarded(wish.person, need, wish.day) for need in way.disclosure.needs)
    only_shows = wish.right is None and not can_remove(way)
    return (only_shows, hard_demands(way.procedure), new, bool(way.disclosure.missing),
            law_offers and way.ask.is_voluntary, Fact.CURRENT_ADDRESS in way.disclosure.facts,
            way.procedure.trust is Trust.UNVERIFIED,
            TURN[way.procedure.channel])


def can_remove(way: Way) -> bool:
    """Whether data goes away by it; a courtesy counts where the procedure is not for other ends."""
    rights = way.procedure.rights
    fits = not rights or Right.VOLUNTARY in rights or bool(set(rights) & _REMOVING)
    return way.ask.removes and (fits or not way.ask.is_voluntary)


def ways(
    wish: Wish,
    broker: Broker,
    applicable: Applicable,
    *,
    known: Collection[Fact] = (),
    listing_urls: Sequence[str] = (),
) -> tuple[Way, ...]:
    """The ways that serve, best first; empty when none does."""
    found: list[Way] = []
    for procedure in broker.procedures:
        if not _serves(wish, broker, procedure):
            continue
        ask = ask_for(applicable, procedure, wish.right)
        if ask.footings:
            shown = _draft(wish, broker, procedure) if is_draft_only(broker) else disclosure(
                wish.person, broker, procedure, ask.footings, wish.day,
                known=known, listing_urls=listing_urls)
            found.append(Way(procedure, ask, shown))
    law_offers = bool(applicable.offered)
    return tuple(sorted(found, key=lambda way: _rank(wish, way, law_offers=law_offers)))


def _draft(wish: Wish, broker: Broker, procedure: Procedure) -> Disclosure:
    return draft_disclosure(wish.person, broker, procedure, wish.day, counsel=wish.counsel)


def why_none(wish: Wish, broker: Broker, applicable: Applicable) -> str:
    """Why no way serves, in a sentence or two that is true of this broker."""
    if broker.status is BrokerStatus.DEFUNCT:
        return "It has gone out of business; there is nobody left to ask."
    if not broker.procedures:
        return broker.cannot or "We know no way to ask it."
    reasons = [_why_not(wish, broker, procedure) for procedure in broker.procedures]
    if all(reasons):
        # The reason of the way that is preferred, among those by the channel that was asked for.
        return next((r for p, r in zip(broker.procedures, reasons, strict=True)
                     if wish.channel is None or p.channel is wish.channel), reasons[0])
    if wish.right is None:
        return next(filter(None, (why_no_courtesy(applicable, p) for p in broker.procedures)),
                    "It only serves people who live elsewhere.")
    withheld = next((w.reason for w in applicable.withheld if w.right is wish.right), "") or next(
        (w.reason for w in applicable.withheld if w.right is None), "")
    return f"The right to {_words(wish.right)} is not offered here. {withheld}".strip()
