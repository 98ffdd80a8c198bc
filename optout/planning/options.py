"""The requests that could be made, each with the brokers that it would serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from optout.domain.broker import Broker, Procedure, trust_of
from optout.domain.words import ActionKind, BrokerStatus, Role, Trust
from optout.planning.identity import LETTERS
from optout.planning.procedures import Way

_PRIORITIES = ("crucial", "high", "normal")

_OF_AN_AGENCY = "government_records"


def is_programme(broker: Broker) -> bool:
    """Whether it is a programme that one applies to for protection, and no recipient."""
    return broker.category == "protective_programs"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One request that could be made.

    Args:
        kind: what it is in the plan.
        broker: whom it goes to.
        serves: ids of the wanted brokers that it serves.
        also: ids of the brokers that its document names beside the recipient.
        unproven: ids of wanted brokers of which nobody has proven that it serves them.
    """

    kind: ActionKind
    broker: Broker
    serves: tuple[str, ...]
    also: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name that no other candidate has."""
        return f"{self.kind.value} {self.broker.id}"


def single(broker: Broker) -> Candidate:
    """A request for one broker alone.

    A programme of an industry or an agency, such as OptOutPrescreen, speaks for many at once
    by what it is: that is a joint opt-out, though no single broker's whole record goes by it.
    """
    if broker.role is Role.PLATFORM:
        kind = ActionKind.PLATFORM
    elif broker.role is Role.PROGRAM and broker.category != _OF_AN_AGENCY:
        kind = ActionKind.JOINT
    else:
        kind = ActionKind.REQUEST
    return Candidate(kind, broker, (broker.id,))


def networks(
    wanted: Sequence[Broker], registry: Mapping[str, Broker], can_ask: Callable[[Broker], bool],
) -> Iterator[Candidate]:
    """One opt-out that serves several: the parent's, by the registry's `covers`.

    A parent that nobody asked for is asked for two wanted brokers or more, or for one that has
    no way of its own: each recipient more is one more that learns of the person.

    Args:
        wanted: the brokers to be asked.
        registry: every broker by id.
        can_ask: whether a request to a broker is possible.
    """
    ids = {broker.id for broker in wanted}
    for parent in registry.values():
        if not parent.covers or parent.status is BrokerStatus.DEFUNCT:
            continue
        family = dict.fromkeys((parent.id, *(cover.id for cover in parent.covers)))
        serves = tuple(i for i in family if i in ids)
        lone = len(serves) == 1 and (serves[0] == parent.id or can_ask(registry[serves[0]]))
        if serves and not lone and can_ask(parent):
            yield Candidate(
                ActionKind.NETWORK, parent, serves, tuple(family)[1:],
                tuple(cover.id for cover in parent.covers
                      if cover.id in serves and trust_of(cover.basis) is Trust.UNVERIFIED))


def joint_letters(
    wanted: Sequence[Broker], best: Callable[[Broker], Way | None],
) -> Iterator[Candidate]:
    """One letter to a legal person for all of its wanted brands that take letters at one place.

    The law binds the legal person, whatever its sites are called. Brands are joined only where
    the best way of each is a letter to the same contact, on the same footings and with the same
    facts, so that the one letter asks and tells nothing that a letter to each would not.

    Args:
        wanted: the brokers to be asked.
        best: the best way of a broker; None where there is none.
    """
    found = sorted(
        ((_desk(broker, way), _rank(broker), broker) for broker in wanted
         if (way := best(broker)) is not None and broker.operator
         and broker.role is not Role.PLATFORM and way.procedure.channel in LETTERS),
        key=lambda item: item[:2])
    for _, group in groupby(found, key=lambda item: item[0]):
        brokers = [broker for _, _, broker in group]
        if len(brokers) > 1:
            ids = tuple(broker.id for broker in brokers)
            yield Candidate(ActionKind.JOINT, brokers[0], ids, ids[1:])


def _desk(broker: Broker, way: Way) -> tuple[str, ...]:
    """What brands must share: the legal person, its desk, what is asked and what is told."""
    return (_plain(broker.operator), broker.country, way.procedure.channel.value,
            _contact(way.procedure),
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
