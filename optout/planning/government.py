"""Systems of public agencies: a request to one is a draft for counsel, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.domain.person import Counsel, Person
from optout.domain.plan import MissingNeed, Need
from optout.domain.words import Fact, Role
from optout.planning.disclosure import Disclosure, is_new
from optout.planning.facts import shown_address, values_of
from optout.planning.reasons import REASONS, REMEDIES

HELD: Mapping[str, str] = {
    "alone": "A draft for a lawyer is made alone, from the page of its system, and never together "
             "with other requests.",
    "counsel-files": "The program never sends this. A lawyer decides about it and files it.",
    "no-counsel": "No lawyer is named for this person, so nobody can have filed it.",
}
"""Why a draft is held, by what holds it."""

COUNSEL_WRITES: Mapping[Fact, str] = {
    Fact.CURRENT_ADDRESS: "Where you live, work or go to school stays out unless your lawyer has "
                          "confirmed that it may stand there.",
    Fact.PREVIOUS_ADDRESS: "An address stands here only if your lawyer writes it in.",
    Fact.DATE_OF_BIRTH: "Your lawyer writes it in by hand, if the request is made at all.",
    Fact.GOVERNMENT_ID: "Never attached here. Your lawyer decides which paper is shown.",
    Fact.SSN: "Never filled in here. Your lawyer decides.",
    Fact.PHOTO: "Never attached here. Your lawyer decides.",
    Fact.ACCOUNT: "Your lawyer files from an account of their own.",
    Fact.REPLY_EMAIL: "Answers go to your lawyer, not to you.",
    Fact.REPLY_ADDRESS: "Answers go to your lawyer, not to you.",
}
"""What a draft leaves to counsel's pen, and why."""

_LEFT_TO_COUNSEL = "Left empty: your lawyer decides."
_AT_RISK = ("Your home stays hidden because you are at risk. Your lawyer writes an address in by "
            "hand, if one must stand there.")
_NONE_ENTERED = "None is entered that may be shown. Your lawyer writes it in by hand."
_ALLOWED = "They ask for it, and your lawyer has confirmed that it may stand there."


def is_draft_only(broker: Broker) -> bool:
    """Whether a request to it is only ever a draft for counsel."""
    return broker.role is Role.GOVERNMENT_SYSTEM


def draft_disclosure(
    person: Person, broker: Broker, procedure: Procedure, day: date, *,
    counsel: Counsel | None = None,
) -> Disclosure:
    """What a draft for counsel carries, and what it leaves to counsel's pen.

    It carries the name, and the home address only where counsel confirmed that it may stand
    there. Answers go to counsel: nothing of the person's reply identity is shown.

    Args:
        person: whose records are asked for.
        broker: the system.
        procedure: how it takes requests.
        day: decides which names and addresses hold.
        counsel: to whom the draft goes; None while nobody is named.
    """
    needs = [Need(Fact.FULL_NAME, REASONS[Fact.FULL_NAME], new_to_broker=True)]
    missing = () if values_of(person, Fact.FULL_NAME, day) else (
        MissingNeed(Fact.FULL_NAME, REMEDIES[Fact.FULL_NAME]),)
    withheld: list[Need] = []
    for fact in dict.fromkeys((*procedure.needs, *procedure.asked_but_optional)):
        if fact is Fact.FULL_NAME:
            continue
        reason = _kept_back(person, fact, day, counsel)
        if reason:
            withheld.append(Need(fact, reason))
        else:
            needs.append(Need(fact, _ALLOWED, is_new(person, broker, fact, ())))
    return Disclosure(tuple(needs), missing, withheld=tuple(withheld))


def _kept_back(person: Person, fact: Fact, day: date, counsel: Counsel | None) -> str:
    """Why a fact stays out of a draft; "" for the one that counsel let in."""
    may_show = counsel is not None and counsel.person_id == person.id and counsel.may_show_home
    if fact is not Fact.CURRENT_ADDRESS or not may_show:
        return COUNSEL_WRITES.get(fact, _LEFT_TO_COUNSEL)
    if person.at_risk and shown_address(person, day) is None:
        return _AT_RISK
    return "" if values_of(person, fact, day) else _NONE_ENTERED
