"""One letter to a legal person for those of its brands that take letters at one desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from optout.domain.broker import Broker, Procedure
from optout.domain.words import ActionKind, Role
from optout.planning.disclosure import hard_demands
from optout.planning.identity import LETTERS
from optout.planning.options import Candidate, stands_alone
from optout.planning.procedures import Way

_PRIORITIES = ("crucial", "high", "normal")


def joint_letters(
    wanted: Sequence[Broker],
    ways: Callable[[Broker], Sequence[Way]],
    price: Callable[[Way], int],
) -> Iterator[Candidate]:
    """One letter to a legal person for all of its wanted brands that take letters at one place.

    The law binds the legal person, whatever its sites are called. Brands are joined where a
    letter to each would go to the same contact, on the same footings and with the same facts, so
    that the one letter asks and tells nothing that a letter to each would not. It need not be
    the best way of each: ten forms are more than one stamp.

    Args:
        wanted: the brokers to be asked.
        ways: the ways of a broker by which it may be asked, best first.
        price: what a request by a way costs; the same for all that are joined, so that it does
            not matter to which of them the letter goes.
    """
    desks: dict[tuple[str, ...], dict[str, tuple[Broker, Way]]] = {}
    for broker in sorted(wanted, key=_rank):
        for way in _letters(broker, ways(broker)):
            desk = desks.setdefault(_desk(broker, way, price(way)), {})
            desk.setdefault(broker.id, (broker, way))
    for brands in desks.values():
        if len(brands) > 1:
            yield _joint(tuple(brands.values()))


def each_once(chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """The chosen requests, so that nobody is asked by two of them.

    A brand that another one serves is left out of a joint letter. Some brand always stays: a
    letter for none would not have been chosen.
    """
    served = {broker_id for one in chosen if not one.brands for broker_id in one.serves}
    for one in chosen:
        left = tuple((brand, way) for brand, way in one.brands if brand.id not in served)
        served.update(brand.id for brand, _ in left)
        yield one if len(left) == len(one.brands) else _joint(left)


def _joint(brands: tuple[tuple[Broker, Way], ...]) -> Candidate:
    ids = tuple(brand.id for brand, _ in brands)
    kind = ActionKind.JOINT if len(ids) > 1 else ActionKind.REQUEST
    return Candidate(kind, brands[0][0], ids, ids[1:], brands=brands)


def _letters(broker: Broker, ways: Sequence[Way]) -> Iterator[Way]:
    """The letters that do what the best way does, and neither ask nor tell more.

    Where no law stands behind it, a letter beside a form that works may be left unread: then
    only a letter that is the best way itself is joined.
    """
    if broker.operator and broker.role is not Role.PLATFORM and not stands_alone(broker):
        yield from (way for way in ways if way.procedure.channel in LETTERS
                    and (way is ways[0] or not way.ask.is_voluntary)
                    and hard_demands(way.procedure) <= hard_demands(ways[0].procedure)
                    and way.ask.removes is ways[0].ask.removes
                    and way.disclosure.newly_told <= ways[0].disclosure.newly_told)


def _desk(broker: Broker, way: Way, price: int) -> tuple[str, ...]:
    """What brands must share: the legal person, its desk, what is asked, told and paid."""
    return (_plain(broker.operator), broker.country, way.procedure.channel.value,
            _contact(way.procedure), str(price),
            *sorted(f"{f.law} {f.right.value}" for f in way.ask.footings), "carrying",
            *sorted(fact.value for fact in way.disclosure.facts))


def _contact(procedure: Procedure) -> str:
    if procedure.email:
        return procedure.email.casefold()
    return procedure.address.one_line().casefold() if procedure.address else procedure.phone


def _plain(operator: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in operator.casefold()).split())


def _rank(broker: Broker) -> tuple[int, str]:
    return _PRIORITIES.index(broker.priority), broker.id
