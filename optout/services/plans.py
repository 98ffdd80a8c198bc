"""Plans: what to do for a person, and the answers to the safety questions that plans ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.errors import NotFound, Refused
from optout.domain.gate import GateAnswer
from optout.domain.look import Look
from optout.domain.person import Authorization, Counsel, Person
from optout.domain.plan import Action, Plan
from optout.domain.request import Request
from optout.domain.wanted import Choice, PlanWish, Wanted
from optout.domain.words import (
    ActingAs,
    ActionKind,
    BrokerStatus,
    Channel,
    Fact,
    GateLevel,
    Right,
    Role,
)
from optout.planning.plan import make_plan
from optout.planning.wanted import brokers_of
from optout.services.desk import Desk
from optout.services.open_requests import past_of
from optout.services.people import careful_person
from optout.store import (
    audit,
    authorizations,
    choices,
    counsel,
    disclosures,
    exposures,
    gates,
    wishes,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def plan_for(
    desk: Desk, person_id: str, *, wanted: Wanted | None = None, brokers: Sequence[str] = (),
    categories: Sequence[str] = (), on: date | None = None,
    acting_as: ActingAs = ActingAs.SELF, channel: Channel | None = None,
    right: Right | None = None, channels: Mapping[str, Channel] | None = None,
    looking_first: bool = True,
) -> Plan:
    """The fewest, safest, best-ordered actions that cover what the person wants covered.

    What is wanted is said here, or else as it was kept for the person; where nothing was kept,
    it is everything relevant where the person lives or has lived. Brokers at which a listing of
    the person was seen are always part of a wish that is not only for brokers named one by one.

    Args:
        desk: the opened data.
        person_id: for whom.
        wanted: what to cover.
        brokers: ids to cover, each asked on its own also where a platform covers it.
        categories: all living brokers of these categories, too.
        on: as of this day; default: today.
        acting_as: in which capacity the requests would be made.
        channel: use this channel only.
        right: ask for this right only.
        channels: by broker, the channel that the person prefers there.
        looking_first: whether one looks before one asks, where that tells no more than a name.

    Raises:
        NotFound: when the person, a broker or a category is unknown.
    """
    if brokers or categories:
        check_known(desk, brokers, categories)
        more = wanted or Wanted()
        wanted = replace(more, brokers=(*more.brokers, *brokers),
                         categories=(*more.categories, *categories))
    with desk.store.reading() as session:
        person = careful_person(session, person_id)
        around = circumstances_of(session, person)
        wanted = wanted or wish_kept(wishes.get(session, person_id))
    targets = meant_by(desk, around, wanted)
    return plan_of(desk, around, targets, day=desk.day(on), acting_as=acting_as,
                   channel=channel, right=right, channels=channels,
                   named=frozenset(wanted.brokers), looking_first=looking_first)


def wish_kept(wish: PlanWish) -> Wanted:
    """What is to be covered by a wish that is kept; everything relevant where none is."""
    return Wanted(relevant=True) if wish.set_on is None else wish.wanted


def meant_by(desk: Desk, around: Circumstances, wanted: Wanted) -> tuple[Broker, ...]:
    """The brokers that a wish means for a person, each once, the named ones first."""
    brokers = desk.registry.brokers
    found = {b.id: b for b in brokers_of(wanted, around.person, brokers)}
    if wanted != Wanted(brokers=wanted.brokers):
        found.update((i, brokers[i]) for i in around.listings
                     if i not in found and i in brokers
                     and brokers[i].status is not BrokerStatus.DEFUNCT)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a plan must know of a person's past, read once for many plans.

    Args:
        person: as `careful_person` gives it.
        answers: the answers to safety questions that count.
        known: by broker, the facts that it has from us.
        listings: by broker, the addresses of the listings seen there.
        asked: requests that stand in the way of another one to the same broker.
        authorizations: the permissions to act for the person.
        looks: by broker, the newest look there.
        choices: by broker, what the person chose about it.
        settled: by broker, why it is not asked again now.
        counsel: to whom drafts to public agencies go; None while nobody is named.
        signature: the person's scanned signature for letters on paper; empty where none is kept
            or none is needed.
    """

    person: Person
    answers: tuple[GateAnswer, ...]
    known: Mapping[str, frozenset[Fact]]
    listings: Mapping[str, tuple[str, ...]]
    asked: tuple[Request, ...]
    authorizations: tuple[Authorization, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    counsel: Counsel | None = None
    signature: bytes = b""


def circumstances_of(session: Session, person: Person) -> Circumstances:
    """Read within the caller's transaction; `person` as `careful_person` gives it."""
    seen = exposures.of_person(session, person.id)
    listings: dict[str, tuple[str, ...]] = {}
    for exposure in seen:
        listings[exposure.broker_id] = (*listings.get(exposure.broker_id, ()), exposure.url)
    past = past_of(session, person.id, seen)
    return Circumstances(
        person=person, answers=gates.answers(session, person.id),
        known=disclosures.known_facts(session, person.id), listings=listings,
        asked=past.asked, authorizations=authorizations.of_person(session, person.id),
        looks=past.looks, choices=choices.of_person(session, person.id),
        settled=past.settled, counsel=counsel.get(session, person.id))


def plan_of(
    desk: Desk, around: Circumstances, targets: Sequence[Broker], *, day: date,
    acting_as: ActingAs = ActingAs.SELF, channel: Channel | None = None,
    right: Right | None = None, channels: Mapping[str, Channel] | None = None,
    named: Collection[str] | None = None, setting_aside: str = "", looking_first: bool = True,
) -> Plan:
    """A plan from circumstances that were read before.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        targets: the brokers to cover.
        day: as of this day.
        acting_as: in which capacity the requests would be made.
        channel: use this channel where a broker has it.
        right: ask for this right only; then only open requests for it stand in the way.
        channels: by broker, the channel that the person prefers there.
        named: the targets that the person named one by one; default: all of them.
        looking_first: whether one looks before one asks; a request that somebody makes by their
            own decision is made without a look.
        setting_aside: the id of a request that does not stand in the way, so that it can be
            planned anew.
    """
    brokers = desk.registry.brokers
    asked = [request for request in around.asked if request.id != setting_aside
             and (right is None or any(f.right is right for f in request.footings))]
    # Whom a platform reaches is decided on the day of the plan, not by the request's copy.
    named_in = {i: request.broker_id for request in asked for i in request.covers
                if request.channel is not Channel.PLATFORM}
    return make_plan(
        around.person, targets, brokers, desk.laws, day,
        acting_as=acting_as, answers=around.answers, known=around.known,
        listing_urls=around.listings, looks=around.looks, choices=around.choices,
        settled=around.settled, channels=channels, named=named,
        open_requests={request.broker_id for request in asked}, named_in=named_in,
        registry_checked=desk.registry.checked, rules=desk.gates, right=right, channel=channel,
        authorizations=around.authorizations, looking_first=looking_first,
        counsel=around.counsel)


def action_again(
    desk: Desk, around: Circumstances, request: Request, day: date
) -> Action | None:
    """The action that today's plan has for an existing request; None when it has none.

    The same rights are asked for that the request asks for: when the plan by itself would ask
    for others, it is made for the request's best right alone. A request that asked for what the
    plan of its own day asked for by itself asks for what today's does: laws begin and change.
    """
    brokers = desk.registry.brokers
    own = brokers.get(request.broker_id)
    if own is None:
        return None
    # It was made already: no other request, and no choice made since, stands in its way.
    around = replace(around, asked=(), choices={})
    # A platform reaches whom it reaches; the brands of a network are planned together.
    others = () if own.role is Role.PLATFORM else request.covers
    targets = [brokers[i] for i in dict.fromkeys((own.id, *others)) if i in brokers]

    def planned(on: date, right: Right | None = None) -> Action | None:
        plan = plan_of(desk, around, targets, day=on, acting_as=request.acting_as,
                       channel=request.channel, right=right, setting_aside=request.id,
                       looking_first=False)
        return next((a for a in plan.actions if a.broker.id == request.broker_id
                     and a.channel is request.channel), None)

    asked = _rights(request)
    by_itself = planned(day)
    if by_itself is not None and (
            _rights(by_itself) == asked or _rights(planned(request.created_on)) == asked):
        return by_itself
    return planned(day, request.footing.right)


def _rights(asking: Request | Action | None) -> frozenset[Right]:
    return frozenset(one.right for one in asking.footings) if asking else frozenset()


def check_known(desk: Desk, brokers: Sequence[str], categories: Sequence[str] = ()) -> None:
    """Make sure that the registry knows every broker and category.

    Raises:
        NotFound: for a broker (naming near ones) or a category that is not there.
    """
    registry = desk.registry
    for broker_id in brokers:
        registry.get(broker_id)
    known = {broker.category for broker in registry.all()} if categories else set()
    for category in categories:
        if category not in known:
            raise NotFound(f"There is no category “{category}”.",
                           remedy=f"Known are: {', '.join(sorted(known))}.")


def answer_gate(
    desk: Desk, person_id: str, gate_id: str, *, scope: str = "", accepted: bool, actor: str
) -> GateAnswer:
    """Remember the person's answer to a safety question; the newest answer counts.

    Args:
        desk: the opened data.
        person_id: who answers, or for whom.
        gate_id: the question's stable name.
        scope: the broker that the question is about; unused where it is about the person.
        accepted: whether the act may go on.
        actor: who answered.

    Raises:
        NotFound: when there is no such person, broker or question.
        Refused: when the gate cannot be opened by an answer, only by mending its cause.
    """
    rule = desk.gates.rule(gate_id)
    if rule.per_broker:
        desk.registry.get(scope)
    answer = GateAnswer(gate=gate_id, scope=scope if rule.per_broker else "", accepted=accepted,
                        answered_on=desk.clock.today(), actor=actor)
    with desk.store.writing() as session:
        person = careful_person(session, person_id)
        if accepted and rule.level_for(person) is GateLevel.BLOCK:
            raise Refused("This safeguard cannot be answered away.", remedy=rule.remedy)
        gates.record(session, person_id, answer)
        audit.write(session, actor, "answer_gate", person_id, desk.clock.now())
    return answer


def action_for(plan: Plan, broker_id: str) -> Action:
    """The action of a plan that asks a broker, or the network that it belongs to.

    A state platform that reaches the broker is an action of its own, asked for by its own id.

    Raises:
        Refused: with the plan's reason when none does.
    """
    own = (a for a in plan.actions if a.broker.id == broker_id)
    shared = (a for a in plan.actions
              if a.kind is not ActionKind.PLATFORM and broker_id in a.covers)
    found = next(own, None) or next(shared, None)
    if found is not None:
        return found
    reason = next((u.reason for u in plan.uncovered if u.broker == broker_id), "")
    raise Refused(f"No request can be made to “{broker_id}”. {reason}".strip())
