"""The plan against brute force: it covers all that can be covered, and nothing costs less.

The rules of who can ask whom for whom are written here once more, from the issue's words: a
platform for what shows nothing to strangers, a look before a request, networks, one letter for
brands of one legal person and one desk, and single requests. Only prices come from the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.broker import Broker, Cover, SearchLink
from optout.domain.plan import Plan
from optout.domain.words import ActionKind, Channel, Fact
from optout.planning.minutes import BY_CHANNEL
from optout.planning.weights import (
    HARD_DEMAND,
    MISSING_FACT,
    NEW_FACT,
    ONE_MORE_REQUEST,
    UNPROVEN_COVER,
)
from tests.planning.builders import (
    AVERY,
    DROP,
    LISTED,
    PROVEN,
    broker,
    living_in,
    only_for,
    plan,
    procedure,
    registered,
)

SHOWN_TO_ALL, BEHIND_THE_SCENES = "people_search", "marketing"
NEEDS = (Fact.CITY_STATE, Fact.EMAIL, Fact.ALIASES, Fact.DATE_OF_BIRTH)


def price_of(need: Fact, category: str) -> int:
    """What a fact weighs: both trades live on places, one on aliases, the other on mailboxes.

    Avery has no alias. A birth date is never filled in, so it is new to nobody.
    """
    if need is Fact.DATE_OF_BIRTH:
        return HARD_DEMAND[1]
    new = (need, category) in {
        (Fact.EMAIL, SHOWN_TO_ALL), (Fact.ALIASES, BEHIND_THE_SCENES)}
    return NEW_FACT * new + MISSING_FACT * (need is Fact.ALIASES)


LETTERS = (Channel.EMAIL, Channel.POSTAL_MAIL)
CHANNELS = (*LETTERS, Channel.WEB_FORM, Channel.PHONE)
REQUESTS = (ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST)

LAWLESS = "US-WY"
"""A state that gives its people no such right."""

OPEN, ELSEWHERE, NO_WAY = "open", "elsewhere", "no way"


@dataclass(frozen=True)
class Firm:
    """A broker of a small registry, in the words of this test."""

    id: str
    channel: Channel
    need: Fact
    door: str
    also_by_post: bool
    operator: str
    mailbox: str
    category: str
    registered: bool
    searchable: bool
    covers: tuple[tuple[str, bool], ...] = ()

    @property
    def has_a_way(self) -> bool:
        return self.door == OPEN

    def price_by(self, channel: Channel) -> int:
        return (ONE_MORE_REQUEST + BY_CHANNEL[channel].minutes
                + price_of(self.need, self.category))

    @property
    def price(self) -> int:
        return self.price_by(self.first_channel)

    @property
    def first_channel(self) -> Channel:
        """Nothing but a note remains of a call, so a letter comes before it."""
        called = self.channel is Channel.PHONE and self.also_by_post
        return Channel.POSTAL_MAIL if called else self.channel

    def desks(self, *, by_law: bool) -> dict[tuple[object, ...], int]:
        """Whom its letters reach, with what they ask, tell and cost; and that cost.

        A letter that no law stands behind is not sent where another way comes first.
        """
        if not (self.has_a_way and self.operator):
            return {}
        beside = (Channel.POSTAL_MAIL,) if self.also_by_post and by_law else ()
        channels = {self.first_channel, *beside}
        prices = {channel: self.price_by(channel) for channel in channels if channel in LETTERS}
        firm = self.operator.replace(",", "").casefold()
        return {(firm, channel, self.mailbox if channel is Channel.EMAIL else "", self.need,
                 price): price for channel, price in prices.items()}

    def as_broker(self) -> Broker:
        way = procedure(self.channel, self.need)
        if self.channel is Channel.EMAIL:
            way = replace(way, email=self.mailbox)
        ways = [way, *([procedure(Channel.POSTAL_MAIL, self.need)] if self.also_by_post else [])]
        if self.door == ELSEWHERE:
            ways = [replace(way, eligible=only_for("US-NV")) for way in ways]
        return broker(
            self.id, procedures=() if self.door == NO_WAY else tuple(ways), operator=self.operator,
            category=self.category, registered_in=registered() if self.registered else (),
            search=SearchLink(url="https://broker.example/find") if self.searchable else None,
            covers=tuple(Cover(i, PROVEN if proven else LISTED) for i, proven in self.covers))


@dataclass(frozen=True)
class Case:
    """A registry, where the person lives, what is wanted, and what of it was named."""

    firms: tuple[Firm, ...]
    home: str
    wanted: frozenset[str]
    named: frozenset[str]
    looking_first: bool

    def plan(self) -> Plan:
        brokers = {firm.id: firm.as_broker() for firm in self.firms}
        targets = [b for b in brokers.values() if b.id in self.wanted]
        others = [DROP, *(b for b in brokers.values() if b.id not in self.wanted)]
        return plan(living_in(self.home, AVERY), *targets, others=others, named=self.named,
                    looking_first=self.looking_first)

    # --- the rules -----------------------------------------------------------------------------

    def reached_by_drop(self, firm: Firm) -> bool:
        """DROP is for Californians, and reaches every registered broker."""
        return self.home == "US-CA" and firm.registered

    def left_to_drop(self, firm: Firm) -> bool:
        """What strangers can see, or what was named, is asked beside it."""
        return (self.reached_by_drop(firm) and firm.id not in self.named
                and firm.category == BEHIND_THE_SCENES and not firm.searchable)

    def looked_at_first(self, firm: Firm) -> bool:
        """One looks where a name is enough to look, and where asking could follow."""
        return self.looking_first and firm.searchable and firm.has_a_way

    @property
    def to_ask(self) -> tuple[Firm, ...]:
        return tuple(f for f in self.firms if f.id in self.wanted
                     and not self.left_to_drop(f) and not self.looked_at_first(f))

    def requests(self) -> Iterator[tuple[str, frozenset[str], int]]:
        """Every request that could be made: to whom, for whom, at what price."""
        ask = {firm.id: firm for firm in self.to_ask}
        for firm in self.firms:
            if not firm.has_a_way:
                continue
            if firm.id in ask:
                yield firm.id, frozenset({firm.id}), firm.price
            family = frozenset({firm.id, *(i for i, _ in firm.covers)}) & frozenset(ask)
            helpless = any(not ask[i].has_a_way for i in family)
            if firm.covers and (len(family) > 1 or helpless):
                doubts = sum(i in family and not proven for i, proven in firm.covers)
                yield firm.id, family, firm.price + UNPROVEN_COVER * doubts
        by_law = self.home != LAWLESS
        desks = {firm.id: firm.desks(by_law=by_law) for firm in ask.values()}
        for desk, price in {d: p for those in desks.values() for d, p in those.items()}.items():
            brands = frozenset(i for i, those in desks.items() if desk in those)
            if len(brands) > 1:
                yield from ((to, brands, price) for to in brands)

    def coverable(self) -> frozenset[str]:
        return frozenset().union(*(served for _, served, _ in self.requests()))

    def least_cost(self) -> int:
        """Of all sets of requests that cover what can be covered: the definition, no more."""
        goal = self.coverable()
        # To which of the brands a letter for several goes changes nothing: one of them will do.
        requests = {(served, price) for _, served, price in self.requests()}
        sets = chain.from_iterable(combinations(requests, n) for n in range(len(requests) + 1))
        return min(sum(price for _, price in some) for some in sets
                   if goal == frozenset().union(*(served for served, _ in some)))


IDS = "abcdefg"
PARENTS = "xy"


@st.composite
def firms(draw: st.DrawFn, id_: str, *, covers_many: bool) -> Firm:
    others = [i for i in IDS if i != id_]
    covers = draw(st.lists(st.tuples(st.sampled_from(others), st.booleans()), max_size=4,
                           min_size=1, unique_by=lambda one: one[0])) if covers_many else []
    return Firm(
        id_, draw(st.sampled_from(CHANNELS)), draw(st.sampled_from(NEEDS)),
        draw(st.sampled_from((OPEN, OPEN, OPEN, ELSEWHERE, NO_WAY))),
        draw(st.booleans()),
        draw(st.sampled_from(("", "Fictional Data, Inc", "FICTIONAL DATA INC", "Other Ltd"))),
        draw(st.sampled_from(("one@broker.example", "two@broker.example"))),
        draw(st.sampled_from((SHOWN_TO_ALL, BEHIND_THE_SCENES))),
        draw(st.booleans()), draw(st.integers(0, 4)) == 0, tuple(covers))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(1, len(IDS)))
    parents = draw(st.sets(st.sampled_from(IDS[:count]), max_size=2))
    made = [draw(firms(i, covers_many=i in parents)) for i in IDS[:count]]
    made += [draw(firms(i, covers_many=True)) for i in PARENTS[:draw(st.integers(0, 2))]]
    wanted = frozenset(IDS[:count])
    named = draw(st.sampled_from((frozenset[str](), wanted)))
    return Case(tuple(made), draw(st.sampled_from(("US-CA", "US-TX", LAWLESS))), wanted, named,
                draw(st.booleans()))


def known_only(case: Case) -> Case:
    """The case without covers of brokers that its registry does not hold."""
    ids = {firm.id for firm in case.firms}
    kept = tuple(replace(firm, covers=tuple(one for one in firm.covers if one[0] in ids))
                 for firm in case.firms)
    return replace(case, firms=kept)


CASES = cases().map(known_only)


@settings(max_examples=200, deadline=None)
@given(CASES)
def test_no_set_of_requests_covers_the_same_for_less(case: Case) -> None:
    made = case.plan()
    assert made.cost == case.least_cost()
    assert made.least_cost == made.cost


@settings(max_examples=100, deadline=None)
@given(CASES)
def test_all_that_can_be_covered_is_and_the_rest_is_named(case: Case) -> None:
    made = case.plan()
    wanted = [firm for firm in case.firms if firm.id in case.wanted]
    by_drop = {firm.id for firm in wanted if case.reached_by_drop(firm)}
    looked_at = {firm.id for firm in wanted if case.looked_at_first(firm)}
    covered = {i for action in made.actions for i in action.covers} & case.wanted
    assert covered == by_drop | looked_at | case.coverable()
    assert {one.broker for one in made.uncovered} == case.wanted - covered


@settings(max_examples=100, deadline=None)
@given(CASES)
def test_the_requests_of_a_plan_are_possible_ones_and_cost_what_it_says(case: Case) -> None:
    made = case.plan()
    ask = {firm.id for firm in case.to_ask}
    chosen = [(action.broker.id, frozenset(action.covers) & ask) for action in made.actions
              if action.kind in REQUESTS]
    requests = list(case.requests())
    prices = [{price for to, those, price in requests if to == recipient and served <= those}
              for recipient, served in chosen]
    assert any(sum(some) == made.cost for some in product(*prices))


@settings(max_examples=200, deadline=None)
@given(CASES)
def test_nobody_gets_two_letters(case: Case) -> None:
    asked = [action.broker.id for action in case.plan().actions if action.kind in REQUESTS]
    assert len(asked) == len(set(asked))
