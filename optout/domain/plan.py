"""The plan: what to do, in which order, on which footing, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import Footing, Withheld
from optout.domain.gate import Gate
from optout.domain.words import ActionKind, Channel, Effort, Fact, Presence

_BY_OWN_HAND = frozenset({ActionKind.LOOK, ActionKind.HYGIENE})

_EFFORT = {
    Channel.EMAIL: Effort.ONE_CLICK, Channel.WEB_FORM: Effort.FORM,
    Channel.POSTAL_MAIL: Effort.STAMP, Channel.FAX: Effort.STAMP,
    Channel.PHONE: Effort.PHONE_CALL, Channel.ACCOUNT: Effort.FORM,
    Channel.PLATFORM: Effort.FORM, Channel.PORTAL: Effort.FORM,
}


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that the request will carry, or lacks.

    Args:
        reason: why the procedure needs it.
        new_to_broker: nothing shows that the broker holds it already.
    """

    fact: Fact
    reason: str
    new_to_broker: bool = False


@dataclass(frozen=True, slots=True)
class MissingNeed:
    """A fact that the procedure needs and that the person has not given, with what to do."""

    fact: Fact
    remedy: str


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    Args:
        covers: ids of the brokers that it serves, its own first.
        footings: every footing of the request, best first; one letter may run several clocks.
            Never empty: `VOLUNTARY` stands where no law applies.
        minutes: the person's own time, estimated from the procedure.
        withheld: rights not offered, with reasons.
        facts_withheld: facts asked for by the procedure that are left out, with reasons.
        note: one sentence that explains the choice.
        presence: what is known of whether the broker lists the person.
        why_here: why it stands where it stands in the order, in a sentence.
        why_channel: why this channel was chosen before the others, in a sentence.
    """

    kind: ActionKind
    broker: Broker
    covers: tuple[str, ...]
    channel: Channel
    procedure: Procedure
    footings: tuple[Footing, ...]
    minutes: int
    needs: tuple[Need, ...] = ()
    missing: tuple[MissingNeed, ...] = ()
    gates: tuple[Gate, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    facts_withheld: tuple[Need, ...] = ()
    other_procedures: tuple[Procedure, ...] = ()
    note: str = ""
    presence: Presence = Presence.UNKNOWN
    why_here: str = ""
    why_channel: str = ""

    @property
    def effort(self) -> Effort:
        """What it costs the person: a click, a form, a stamp, a call, or their own hand."""
        if self.kind in _BY_OWN_HAND:
            return Effort.OWN_HAND
        return _EFFORT[self.channel]

    @property
    def footing(self) -> Footing:
        """The best footing."""
        return self.footings[0]

    @property
    def may_go_on(self) -> bool:
        """Whether nothing is missing and no gate holds."""
        return not self.missing and not any(gate.holds for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A broker that no action serves, and why."""

    broker: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The actions in order, what stays uncovered, and the person's own minutes.

    Args:
        wanted: how many brokers the person wants covered; one request to each would be the
            plan of nobody.
        served: how many of them the requests serve.
        cost: what the chosen requests cost together, in the weights of
            `optout.planning.weights`.
        least_cost: no set of requests that covers the same can cost less than this; equal to
            `cost` where the plan is proven to be the cheapest.
    """

    person_id: str
    day: date
    actions: tuple[Action, ...]
    uncovered: tuple[Uncovered, ...]
    registry_age_days: int
    wanted: int = 0
    served: int = 0
    cost: int = 0
    least_cost: int = 0

    @property
    def minutes(self) -> int:
        """The person's own time for all actions."""
        return sum(action.minutes for action in self.actions)

    @property
    def requests_saved(self) -> int:
        """How many requests fewer than one to each broker that the requests serve."""
        requests = sum(action.kind not in _BY_OWN_HAND for action in self.actions)
        return max(0, self.served - requests)
