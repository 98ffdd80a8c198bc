"""The sentences of a plan: why this action, what it covers, what to know before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.person import Person
from optout.domain.words import ActionKind, BrokerStatus, Fact, Presence, Role
from optout.planning.disclosure import hard_demands
from optout.planning.options import Candidate
from optout.planning.procedures import Way

_MOST_NAMES = 3


def _names(ids: tuple[str, ...], registry: Mapping[str, Broker]) -> str:
    names = [registry[i].name if i in registry else i for i in ids]
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def platform_note(
    platform: Broker, reached: tuple[str, ...], wanted: tuple[str, ...],
    left_to_it: tuple[str, ...],
) -> str:
    """What one request through a platform does, and what it leaves to other requests.

    Args:
        platform: the platform.
        reached: every broker that it reaches.
        wanted: those of them that the person wants covered.
        left_to_it: those of them that get no request of their own.
    """
    others = len(wanted) - len(left_to_it)
    number = (f"{len(wanted)} of those you chose" if len(wanted) < len(reached)
              else f"at least {len(reached)}, all of them among those you chose")
    does = (f"One request through {platform.name} reaches every broker that is registered there: "
            f"{number}.")
    if not others:
        return f"{does} It works by its own clock, and repeats by itself."
    if not left_to_it:
        return f"{does} It works by its own clock, so those you chose get a request of their own."
    return (f"{does} Nothing more is planned for {len(left_to_it)} of them. Each of the other "
            f"{others} gets a request as well, or the opt-out of another covers it: you named it, "
            "or it shows records to anyone today while the platform takes months.")


ONE_DESK = "One letter reaches all of these brands; another way would have to be gone for each."
"""Why a letter for several goes by post or mail though the best way of each brand is another."""


def note(
    person: Person,
    broker: Broker,
    ways: tuple[Way, ...],
    *,
    candidate: Candidate,
    presence: Presence,
    platform: Broker | None = None,
    registry: Mapping[str, Broker],
    listed: bool = False,
) -> str:
    """Why this way was chosen for this broker, in a few short sentences.

    Args:
        person: who asks.
        broker: the recipient.
        ways: its ways, best first.
        candidate: what the request is, and whom it serves.
        presence: what is known of whether the broker lists the person.
        platform: the platform that covers the broker as well.
        registry: every broker by id.
        listed: a listing was seen there, or at one that its opt-out covers.
    """
    also = [] if platform is None else [f"{platform.name} covers it as well."]
    return " ".join((*_of_several(candidate, registry), *also, *_of_way(broker, ways),
                     *_of_presence(person, broker, presence, listed=listed)))


def look_note(broker: Broker, before: Look | None) -> str:
    """Why one looks before one asks, and what a look is.

    Args:
        broker: where to look.
        before: the last look, where it found nothing and is no longer believed.
    """
    begin = (f"You found nothing on {before.looked_on.isoformat()}; listings come back. "
             if before else "")
    return (f"{begin}Look whether {broker.name} lists you, and enter what you saw: whoever does "
            f"not list you need not learn of you. {broker.notes}").strip()


def _of_several(candidate: Candidate, registry: Mapping[str, Broker]) -> Iterator[str]:
    count = len(candidate.serves)
    if candidate.kind is ActionKind.NETWORK:
        yield (f"One opt-out at {candidate.broker.name} covers {count} of the brokers you chose."
               if count > 1 else
               f"The opt-out at {candidate.broker.name} covers it; it has no way of its own.")
    elif candidate.also:
        yield (f"One letter to {candidate.broker.operator} names all {count} of its brands that "
               "you chose.")
    if candidate.unproven:
        yield (f"That it covers {_names(candidate.unproven, registry)} is not proven: look there "
               "afterwards.")


def _of_way(broker: Broker, ways: tuple[Way, ...]) -> Iterator[str]:
    best = ways[0]
    if best.ask.is_voluntary:
        yield ("No law that this program holds stands behind this request; it asks them to follow "
               "their own rules.")
    preferred = broker.procedures[0]
    if preferred is not best.procedure and hard_demands(preferred) > hard_demands(best.procedure):
        yield "Their preferred way asks for more of you than this one."
    elif Fact.LISTING_URL in preferred.needs and Fact.LISTING_URL not in best.disclosure.facts:
        yield "If you find your listing there and enter its link, a shorter way opens."


def _of_presence(
    person: Person, broker: Broker, presence: Presence, *, listed: bool,
) -> Iterator[str]:
    if not listed and presence is Presence.NOT_FOUND:
        yield "You looked and found nothing there: asking tells them about you."
    elif person.at_risk and broker.search is not None and not listed:
        yield "Nothing shows that they list you. Look first: asking tells them about you."
    elif not listed and broker.role is Role.BROKER:
        yield "Nothing shows that they hold you: the request says so, and carries the least."
    if broker.status is BrokerStatus.UNCLEAR:
        yield "It is not clear whether they are still in business."
