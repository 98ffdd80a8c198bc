"""The parts of a plan’s order: what harms most, as a table with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.words import ActionKind, Presence

SHOWS_HOMES = frozenset({"people_search", "phone_lookup", "background_check"})
"""Categories whose sites show strangers where somebody lives; that is their trade."""

SHOWS_RECORDS = frozenset({"court_records", "genealogy", "license_records", "property_records",
                           "vehicle_records"})
"""Categories whose sites show strangers single records about people."""

DECIDES = frozenset({"credit_bureau", "specialty_report", "risk"})
"""Categories whose word counts when somebody wants a flat, a loan or a job."""

PASSES_ON = frozenset({"credit_header", "address_trade"})
"""Categories that live on handing names and addresses on to other firms."""

WATCHES = {
    "location": "its trade is where people are",
    "license_plates": "its trade is where cars were seen",
    "face_search": "its trade is to find people by their face",
}
"""Categories that know where somebody was, or who somebody is on a picture, and how to say it."""

ADDRESS_PROGRAMMES = "protective_programs"
"""The category of address-confidentiality programmes, such as Safe at Home."""

_TOLD = (
    ("sold_law_enforcement", "it told a state that it sold or shared data to law enforcement"),
    ("sold_foreign_actor", "it told a state that it sold or shared data to a foreign actor"),
    ("sold_federal_government",
     "it told a state that it sold or shared data to the federal government"),
    ("collects_precise_location", "it told a state that it collects people’s precise location"),
)
"""What a broker told a state about itself that weighs in the order, heaviest first."""


_OWN_HAND = {
    "location": "requests to brokers of location need what you note down in this step",
    "credit_header": "credit files feed other brokers, and this step needs no letter",
}
"""Why a step without a letter comes early, by the category of its entry."""


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom and on which day steps are put in order."""

    person: Person
    day: date

    @property
    def countries(self) -> frozenset[str]:
        """Where the person lives or has lived."""
        return frozenset(home.country for home in self.person.residences)

    def is_dealt_in_by(self, broker: Broker) -> bool:
        """Whether something shows that a broker deals in people where this one lives."""
        return deals_here(broker, self.countries)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the order; each step stands in the first whose condition it meets.

    Args:
        reason: why this part stands where it stands.
        holds: the condition.
        why: the beginning of the sentence that a step of this part shows, in lower case.
    """

    name: str
    reason: str
    holds: Callable[[Action, Asker], bool]
    why: Callable[[Action], str]


def told(broker: Broker) -> str:
    """The heaviest thing that a broker told a state about itself; "" if nothing of weight."""
    return next((words for flag, words in _TOLD if broker.reported.get(flag)), "")


def feeds_others(broker: Broker) -> bool:
    """Whether other brokers are known to buy or copy what it holds."""
    return broker.category in PASSES_ON or any("brokers" in buyer for buyer in broker.buyers)


def _where_it_deals(broker: Broker) -> frozenset[str]:
    """The countries that are known of it; a filing with a state tells of the United States."""
    filed = ("US",) if broker.registered_in else ()
    return frozenset({*(broker.active_in or (broker.country,)), *filed}) - {""}


def deals_elsewhere(broker: Broker, countries: frozenset[str]) -> bool:
    """Whether all that is known of a broker points to other countries than these."""
    known = _where_it_deals(broker)
    return bool(known) and known.isdisjoint(countries)


def deals_here(broker: Broker, countries: frozenset[str]) -> bool:
    """Whether something shows that a broker deals in people of one of these countries."""
    return not countries.isdisjoint(_where_it_deals(broker))


def reach(action: Action) -> int:
    """How many brokers a step serves besides its own."""
    return len(set(action.covers) - {action.broker.id})


def _is_own(action: Action, category: str) -> bool:
    return action.kind is ActionKind.HYGIENE and action.broker.category == category


def _listed(action: Action) -> bool:
    return action.presence is Presence.LISTED


def says(words: str) -> Callable[[Action], str]:
    """The same words for every step."""
    return lambda _: words


def _platform_why(action: Action) -> str:
    others = reach(action)
    return (f"one request there reaches {others} brokers" if others > 1
            else "it is the way that the state itself offers")


def own_hand_why(action: Action) -> str:
    """Why a step without a letter stands before the letters of its stage."""
    return _OWN_HAND.get(action.broker.category, "it needs no letter and asks nobody")


def _told_why(action: Action) -> str:
    return told(action.broker) or WATCHES[action.broker.category]


def _feeds_why(action: Action) -> str:
    return ("firms of its kind pass names and addresses on to others"
            if action.broker.category in PASSES_ON else "other brokers buy from it")


FIRST: tuple[Stage, ...] = (
    Stage("safe-address-first",
          "Whoever asks before there is an address that may be shown has to show the home.",
          lambda a, who: who.person.at_risk and _is_own(a, ADDRESS_PROGRAMMES),
          says("for your safety an address that may be shown comes before any request")),
    Stage("platform", "One request that reaches everybody saves the most letters.",
          lambda a, _: a.kind is ActionKind.PLATFORM, _platform_why),
    Stage("own-phone",
          "What the phone gives away while someone is looking is newer than any record.",
          lambda a, who: who.person.at_risk and _is_own(a, "location"),
          says("what your phone gives away today is newer than any record")),
    Stage("seen-home", "A home that was seen on show is being shown right now.",
          lambda a, _: _listed(a) and a.broker.category in SHOWS_HOMES,
          says("your listing was seen there, and sites of its kind show home addresses to "
                "anyone")),
    Stage("seen", "What was seen is certain; all else is a guess.",
          lambda a, _: _listed(a), says("your listing was seen there")),
)
"""What stands before everything else: it is certain, or it makes the rest safe or needless."""

STAGES: tuple[Stage, ...] = (
    Stage("shows-homes", "Strangers look here first, and need nothing but a name.",
          lambda a, who: a.broker.category in SHOWS_HOMES and who.is_dealt_in_by(a.broker),
          says("sites of its kind show home addresses to anyone")),
    Stage("shows-records", "Strangers can read it too, though it says less about a home.",
          lambda a, who: a.broker.category in SHOWS_RECORDS and who.is_dealt_in_by(a.broker),
          says("sites of its kind show records about people to anyone")),
    Stage("feeds-others", "What goes at the source does not come back at those that copy it.",
          lambda a, _: feeds_others(a.broker), _feeds_why),
    Stage("decides", "A wrong line there can cost a flat or a loan, but no stranger reads it.",
          lambda a, _: a.broker.category in DECIDES,
          says("firms of its kind are asked before someone gets a loan, a flat or a job")),
    Stage("may-show", "It shows people to strangers, but perhaps none of this country.",
          lambda a, _: a.broker.category in SHOWS_HOMES | SHOWS_RECORDS,
          says("sites of its kind show people to anyone, though it is not known for which "
                "countries")),
    Stage("watches-or-sells",
          "What it told a state about itself needs no guess, and weighs more than advertising.",
          lambda a, _: bool(told(a.broker)) or a.broker.category in WATCHES, _told_why),
    Stage("rest", "It shows nothing to strangers and nothing worse is known of it.",
          lambda *_: True, says("nothing more pressing is known of it")),
)
"""By harm. They are gone through twice: what is weighty first, then everything else."""

LAST: tuple[Stage, ...] = (
    Stage("elsewhere", "A broker of other countries is the least likely to hold the person.",
          lambda a, who: deals_elsewhere(a.broker, who.countries),
          says("nothing shows that it deals in people where you live")),
    Stage("faces-last", "A picture is what a person at risk should hand over last of all.",
          lambda a, who: who.person.at_risk and a.broker.category == "face_search",
          says("pictures come last, after everything that needs none")),
)
"""What stands behind all of these, whatever else is true of it."""
