"""Person, brokers, laws and a day in; the plan out. Same in, same out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from optout.domain.broker import Broker
from optout.domain.gate import GateAnswer
from optout.domain.look import Look
from optout.domain.person import Authorization, Counsel, Person
from optout.domain.plan import Plan
from optout.domain.wanted import Choice
from optout.domain.words import ActingAs, Channel, Fact, Right
from optout.law.model import LawBook
from optout.planning.covering import Covering
from optout.planning.gates import GateBook
from optout.planning.order import in_order
from optout.planning.planner import Planner
from optout.planning.procedures import Wish


def make_plan(
    person: Person,
    targets: Sequence[Broker],
    registry: Mapping[str, Broker],
    laws: LawBook,
    day: date,
    *,
    acting_as: ActingAs = ActingAs.SELF,
    answers: Collection[GateAnswer] = (),
    known: Mapping[str, frozenset[Fact]] | None = None,
    listing_urls: Mapping[str, tuple[str, ...]] | None = None,
    looks: Mapping[str, Look] | None = None,
    choices: Mapping[str, Choice] | None = None,
    channels: Mapping[str, Channel] | None = None,
    named: Collection[str] | None = None,
    open_requests: Collection[str] = (),
    named_in: Mapping[str, str] | None = None,
    settled: Mapping[str, str] | None = None,
    registry_checked: date,
    rules: GateBook,
    right: Right | None = None,
    channel: Channel | None = None,
    authorizations: Sequence[Authorization] = (),
    looking_first: bool = True,
    counsel: Counsel | None = None,
) -> Plan:
    """The fewest, safest, best-ordered actions that cover the targets.

    A state's platform comes first: what shows nothing to strangers is left to it. Of the rest,
    one looks first where that gives no more than a name. The others are covered by the cheapest
    set of requests: networks, letters for several brands, single ones. Each broker gets at most
    one letter, on one law. What no action serves is named with its reason.

    Args:
        person: who asks.
        targets: the brokers to cover.
        registry: every broker by id; networks and platforms are found in it.
        laws: the law book.
        day: the day of the plan.
        acting_as: in which capacity the requests are made.
        answers: what the person answered to safety gates.
        known: by broker, the facts that it is known to have about the person.
        listing_urls: by broker, the listings of the person that were seen there.
        looks: by broker, the newest look there.
        choices: by broker, what the person chose about it.
        channels: by broker, the channel that the person prefers there.
        named: targets that the person named one by one: they are asked also where a platform
            covers them. Default: all of them.
        open_requests: ids of brokers with a request that is still open; they get no other.
        named_in: by broker, the recipient of an open request that asks for it as well, as one
            letter does for several brands.
        settled: by broker, why it is not asked again now; does not hold for named ones.
        registry_checked: the day on which the registry was last checked.
        rules: the safety rules.
        right: ask for this right only.
        channel: use this channel only.
        authorizations: the permissions to act for the person.
        looking_first: whether one looks before one asks, where that is possible.
        counsel: to whom drafts to public agencies go.
    """
    planner = Planner(
        Wish(person, day, right, channel, counsel), registry, laws, acting_as, tuple(answers),
        known or {}, listing_urls or {}, looks or {}, channels or {}, tuple(authorizations), rules)
    by_id = {broker.id: broker for broker in targets}
    covering = Covering(
        planner, by_id, frozenset(by_id if named is None else named), choices or {},
        frozenset(open_requests), settled or {}, looking_first=looking_first,
        named_in=named_in or {})
    result = covering.result()
    return Plan(
        person_id=person.id, day=day, actions=in_order(result.actions, person, day),
        uncovered=result.uncovered, registry_age_days=max(0, (day - registry_checked).days),
        wanted=len(by_id), served=result.served, cost=result.cost, least_cost=result.least_cost)
