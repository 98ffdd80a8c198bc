"""What a safety rule looks at: an act that is about to be done, or a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from optout.domain.broker import Broker, Procedure
from optout.domain.person import Authorization, Counsel, Person
from optout.domain.words import ActingAs, Fact
from optout.planning.asks import Ask
from optout.planning.disclosure import Disclosure


class Scene(Protocol):
    """What every rule can see: the person, the day, and the broker where there is one."""

    @property
    def person(self) -> Person:
        """Whom it concerns."""
        ...

    @property
    def broker(self) -> Broker | None:
        """The recipient; None on a page that is about the person alone."""
        ...

    @property
    def day(self) -> date:
        """The day on which it is looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Act:
    """One request (or one look) that is about to be made, as far as its dangers go.

    Args:
        listed: a listing of the person was seen at the broker.
        looking: it is a look, and asks for nothing.
        counsel: to whom a draft to a public agency goes; None while nobody is named.
    """

    person: Person
    broker: Broker
    procedure: Procedure
    disclosure: Disclosure
    ask: Ask
    day: date
    acting_as: ActingAs = ActingAs.SELF
    authorizations: Sequence[Authorization] = ()
    listed: bool = False
    looking: bool = False
    counsel: Counsel | None = None

    @property
    def shown(self) -> frozenset[Fact]:
        """The facts that it hands over."""
        return self.disclosure.facts

    @property
    def demanded(self) -> frozenset[Fact]:
        """The facts that the procedure does not work without."""
        return frozenset(self.procedure.needs)
