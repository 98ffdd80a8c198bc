"""Steps without a letter: what a person does with their own hand, and when it helps most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import VOLUNTARY
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.words import ActionKind, BrokerStatus, Channel, Fact, Right, Trust
from optout.planning.facts import shown_address
from optout.planning.minutes import OWN_STEPS, minutes_for

_UNITED_STATES = "US"


class When(StrEnum):
    """Whether a step comes before the requests, after them, or whenever it suits."""

    FIRST = "first"
    AFTER = "after"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class HygieneStep:
    """One thing to do by one's own hand. The program sends nothing and hands nothing over.

    Args:
        broker: the entry whose facts and sources it stands on.
        title: what is done, in a few words.
        why: what it brings, and what it does not.
        steps: what to do, in order.
        minutes: the person's own time.
        done_when: how one knows that it is done, as a sentence.
        procedure: the way of the entry that it uses; without an address where it has none.
    """

    broker: Broker
    title: str
    why: str
    steps: tuple[str, ...]
    minutes: int
    when: When
    done_when: str
    procedure: Procedure

    @property
    def checked(self) -> date:
        """The day up to which the facts behind it were checked."""
        return self.procedure.checked or max(source.checked for source in self.broker.sources)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom steps are looked for.

    Args:
        registry: every broker by id.
        wanted: the brokers that the plan is to cover.
    """

    person: Person
    registry: Mapping[str, Broker]
    day: date
    wanted: tuple[Broker, ...]

    @property
    def homes(self) -> frozenset[str]:
        """The codes of where the person lives, with the wider ones that contain them."""
        return frozenset(code for home in self.person.residences_on(self.day)
                         for code in home.containing())

    @property
    def lives_in_the_states(self) -> bool:
        """Whether what only exists in the United States helps."""
        return _UNITED_STATES in self.homes

    @property
    def has_substitute(self) -> bool:
        """Whether an address is set that may be shown in place of the home."""
        shown = shown_address(self.person, self.day)
        return shown is not None and shown.substitute

    def wants(self, *categories: str) -> bool:
        """Whether a broker of one of these categories is to be covered."""
        return any(broker.category in categories for broker in self.wanted)


@dataclass(frozen=True, slots=True)
class Rule:
    """When an entry of the registry calls for a step, and which.

    Args:
        entry: the id of the entry.
        applies: for whom.
        ways: the procedures that it uses; the step is left out where the entry has none of them,
            unless it needs none.
        steps: what to do, from the circumstances and those procedures.
        without: the channel of a step that needs no procedure; None where it cannot do without.
    """

    entry: str
    when: When
    title: str
    why: str
    done_when: str
    applies: Callable[[Asked], bool]
    ways: Callable[[Asked, Broker], Sequence[tuple[Broker, Procedure]]]
    steps: Callable[[Asked, Sequence[tuple[Broker, Procedure]]], Iterator[str]]
    without: Channel | None = None


def _own_ways(asked: Asked, entry: Broker) -> list[tuple[Broker, Procedure]]:
    """The first way of an entry that is open where the person lives."""
    return [(entry, way) for way in entry.procedures
            if not way.eligible.residences or asked.homes.intersection(way.eligible.residences)
            ][:1]


def _freezes(asked: Asked, entry: Broker) -> list[tuple[Broker, Procedure]]:
    """The first way to freeze the file at each bureau that feeds the trade in credit headers."""
    bureaus = [asked.registry[i] for i in entry.related if i in asked.registry]
    found = [(bureau, next((way for way in bureau.procedures if Right.FREEZE in way.rights), None))
             for bureau in bureaus if bureau.category == "credit_bureau"
             and bureau.status is not BrokerStatus.DEFUNCT]
    return [(bureau, way) for bureau, way in found if way is not None]


def _number(phone: str) -> str:
    """An American number the way it is dialled; any other as it stands."""
    american = phone.startswith("+1") and len(phone) == len("+12125550100")
    return f"{phone[2:5]}-{phone[5:8]}-{phone[8:]}" if american else phone


def _programme_steps(
    _: Asked, ways: Sequence[tuple[Broker, Procedure]],
) -> Iterator[str]:
    yield "Use a phone or a computer that nobody watches."
    for _broker, way in ways:
        doubt = ("" if way.trust is not Trust.UNVERIFIED else
                 " Nobody has checked this number: if somebody else answers, hang up and ask an "
                 "advocate for the right one.")
        yield (f"Call {_number(way.phone)} and ask for an advocate who helps with the "
               f"application.{doubt}")
    if not ways:
        yield ("Ask the Secretary of State or the Attorney General of your state, or an advocate "
               "for survivors, how to enrol. Most states have such a programme.")
    yield ("Do not say your address on the call. The application asks for it: give it to the "
           "programme and to your advocate, and to nobody else.")
    yield ("Enrol first. Then give the new address to the offices that write to you. Requests to "
           "brokers come last, and none of them is to show your home.")
    yield ("Enter the substitute address here and mark it as one. Requests then show it wherever "
           "an address is asked for.")


def _phone_steps(asked: Asked, _: Sequence[tuple[Broker, Procedure]]) -> Iterator[str]:
    if asked.person.at_risk:
        yield ("If somebody else set up the phone or can unlock it, speak with an advocate first: "
               "they may notice what changed.")
    yield ("Write the phone’s advertising id down and enter it here. Brokers of location find you "
           "by it, and once it is deleted nobody can look it up.")
    yield ("Take location away from every app that does not need it, and set it to approximate "
           "for the others.")
    yield "On an iPhone, switch off the setting that lets apps ask to track."
    yield ("On Android, delete the advertising id, but only after the requests to brokers of "
           "location are sent.")


def _freeze_steps(asked: Asked, ways: Sequence[tuple[Broker, Procedure]]) -> Iterator[str]:
    for bureau, way in ways:
        yield (f"{bureau.name}: open {way.url} and ask for a freeze." if way.url else
               f"{bureau.name}: call {_number(way.phone)} and ask for a freeze.")
    if any(Fact.SSN in way.needs for _, way in ways):
        yield ("They ask for the date of birth and the social security number. Enter them in the "
               "bureau’s own form, and nowhere else.")
    yield ("Give the address that the bureau has already, never a new one."
           if asked.person.at_risk else "Give the address that the bureau has already.")
    yield ("Keep what each gives you to lift the freeze. Lift it before you apply for a loan, a "
           "flat or a job that checks the file.")


def _as_the_entry_says(
    asked: Asked, ways: Sequence[tuple[Broker, Procedure]],
) -> Iterator[str]:
    for _, way in ways:
        yield f"Open {way.url}."
        yield from way.steps
        if asked.person.at_risk:
            yield "Enter only what brokers hold already, never a new number or address."


RULES: tuple[Rule, ...] = (
    Rule("address-confidentiality-programs", When.FIRST,
         "Get an address that may be shown",
         "An address programme gives you one and passes your mail on. It is made for survivors of "
         "violence, stalking or trafficking; some states take others too. It does not work "
         "backwards: it takes nothing out of what brokers have.",
         "It is done when the substitute address stands among your addresses here.",
         lambda asked: (asked.person.at_risk and asked.lives_in_the_states
                        and not asked.has_substitute),
         _own_ways, _programme_steps, Channel.PHONE),
    Rule("app-location-feeds", When.FIRST,
         "Stop your phone from giving away where it is",
         "Apps sell where phones are. The settings keep most new positions out of that trade; "
         "requests only reach what was sold before. Your carrier and the maker of the phone still "
         "know.",
         "It is done when the advertising id is noted and no app has location without need.",
         lambda asked: asked.person.at_risk or asked.wants("location"),
         lambda *_: (), _phone_steps, Channel.ACCOUNT),
    Rule("credit-header-data", When.ANY,
         "Freeze your credit files",
         "A freeze keeps new lenders out of your file, which makes it hard to borrow in your name. "
         "It does not stop the sale of your name and address: do it beside the requests, not in "
         "their place.",
         "It is done when each bureau has confirmed the freeze.",
         lambda asked: asked.lives_in_the_states and (
             asked.person.at_risk or asked.wants("credit_header")),
         _freezes, _freeze_steps),
    Rule("optoutprescreen", When.ANY,
         "Stop offers of credit",
         "Lenders get your name and address for offers that you never asked for. One request "
         "serves all four bureaus. It stops the offers and nothing else.",
         "It is done when the page confirms it; offers on their way may still arrive.",
         lambda asked: asked.lives_in_the_states and asked.wants("credit_bureau"),
         _own_ways, _as_the_entry_says),
    Rule("donotcall", When.ANY,
         "Register your number against sales calls",
         "It is the national register against sales calls. It takes your number out of no "
         "broker’s files.",
         "It is done when you have used the link that comes by e-mail.",
         lambda asked: (asked.lives_in_the_states and bool(asked.person.phones)
                        and asked.wants("marketing", "phone_lookup")),
         _own_ways, _as_the_entry_says),
)
"""The steps without a letter, in the order in which they are offered.

What a sentence says of the world stands in the entry that it names, with source and date.
"""


def _step(rule: Rule, asked: Asked) -> HygieneStep | None:
    entry = asked.registry.get(rule.entry)
    if entry is None or not rule.applies(asked):
        return None
    ways = rule.ways(asked, entry)
    if ways:
        procedure = ways[0][1] if ways[0][0] is entry else Procedure(
            ways[0][1].channel, rights=(Right.FREEZE,),
            checked=min((way.checked for _, way in ways if way.checked), default=None))
    elif rule.without is not None:
        procedure = Procedure(rule.without)
    else:
        return None
    estimate = OWN_STEPS.get(entry.category) if rule.without is not None else None
    return HygieneStep(
        broker=entry, title=rule.title, why=rule.why, steps=tuple(rule.steps(asked, ways)),
        minutes=(estimate.minutes if estimate else sum(minutes_for(way) for _, way in ways)),
        when=rule.when, done_when=rule.done_when, procedure=procedure)


def steps_for(
    person: Person, registry: Mapping[str, Broker], day: date, *,
    wanted: Collection[str] = (), asked: Collection[str] = (),
) -> tuple[HygieneStep, ...]:
    """What helps this person besides requests, in the order in which it is offered.

    Args:
        person: for whom.
        registry: every broker by id.
        day: decides where the person lives and which address may be shown.
        wanted: ids of the brokers that the plan is to cover.
        asked: ids of entries that the plan deals with already by an action; they get no step.
    """
    circumstances = Asked(person, registry, day,
                          tuple(registry[i] for i in wanted if i in registry))
    found = (_step(rule, circumstances) for rule in RULES if rule.entry not in asked)
    return tuple(step for step in found if step is not None)


def action_of(step: HygieneStep) -> Action:
    """The step as an action of a plan. It carries no fact: the program sends nothing."""
    return Action(
        kind=ActionKind.HYGIENE, broker=step.broker, covers=(step.broker.id,),
        channel=step.procedure.channel, procedure=replace(step.procedure, steps=step.steps),
        footings=(VOLUNTARY,), minutes=step.minutes,
        note=f"{step.title}. {step.why} {step.done_when}")
