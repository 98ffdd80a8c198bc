"""Why a way of asking was chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.broker import Broker, Procedure
from optout.domain.fact_words import FACT_WORDS
from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.person import Person
from optout.domain.plan import MissingNeed, Need
from optout.domain.words import ActingAs, Channel, Fact, Right, Verification
from optout.planning.asks import Ask
from optout.planning.channels import (
    PROOF,
    in_words,
    why_channel,
)
from optout.planning.disclosure import Disclosure
from optout.planning.procedures import Way, Wish, ways
from optout.planning.rights import rights_against
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    DAY,
    LISTED,
    broker,
    laws,
    living_in,
    procedure,
)

FORM = procedure(Channel.WEB_FORM)
MAIL = procedure(Channel.EMAIL)
POST = procedure(Channel.POSTAL_MAIL)
CALL = procedure(Channel.PHONE)
PORTAL = procedure(Channel.PORTAL)


def way(made: Procedure, *, tells: tuple[Fact, ...] = (), lacks: tuple[Fact, ...] = (),
        knows: tuple[Fact, ...] = (), footing: Footing = VOLUNTARY) -> Way:
    return Way(made, Ask((footing,)), Disclosure(
        (*(Need(fact, "They ask.", new_to_broker=True) for fact in tells),
         *(Need(fact, "They ask.") for fact in knows)),
        tuple(MissingNeed(fact, "Enter it.") for fact in lacks)))


def why(*found: Way, person: Person = AVERY) -> str:
    return why_channel(person, broker("x", *(w.procedure for w in found)), found)


RIGHTFUL = Footing("us-ca-ccpa", Right.DELETE)


@pytest.mark.parametrize(("found", "sentence"), [
    ((way(FORM), way(PORTAL)),
     "It is the way that they prefer themselves, and it costs the fewest minutes."),
    ((way(MAIL), way(FORM)),
     "Its exact text stays with you, and it proves most."),
    ((way(FORM), way(replace(MAIL, basis=LISTED))),
     "More than one source tells that they take it."),
    ((way(FORM), way(MAIL, knows=(Fact.CURRENT_ADDRESS,))), "It does without your address."),
    ((way(POST), way(CALL)),
     "Something in writing remains of it, and it proves most."),
    ((way(FORM), way(POST)),
     "It needs neither a stamp nor a call, and it costs the fewest minutes."),
    ((way(POST), way(procedure(Channel.POSTAL_MAIL, Fact.GOVERNMENT_ID)),
      way(FORM, tells=(Fact.PHONE, Fact.CITY_STATE))),
     ("It does not ask for an identity document, and it does without your phone number and your "
      "city.")),
    ((way(FORM), way(procedure(Channel.EMAIL, rights=(Right.ACCESS,))),
      way(FORM, lacks=(Fact.AGE,))),
     "It takes data away, where another way only shows it, and everything that it needs is there."),
    ((way(FORM, footing=RIGHTFUL), way(MAIL)),
     "A right that the law gives you can be asserted that way."),
    ((way(FORM), way(procedure(Channel.WEB_FORM, Fact.SSN, Fact.DATE_OF_BIRTH))),
     "It does not ask for your date of birth and your social security number."),
    ((way(FORM), way(procedure(Channel.WEB_FORM, verification=(Verification.ID_UPLOAD,)))),
     "It does not ask for an identity document, and it costs the fewest minutes."),
    ((way(procedure(Channel.WEB_FORM, Fact.DATE_OF_BIRTH)),
      way(procedure(Channel.WEB_FORM, Fact.DATE_OF_BIRTH, Fact.PHOTO))),
     "It does not ask for a photo of you."),
    ((way(MAIL), way(FORM, tells=(Fact.PHONE,))),
     "It does without your phone number, and it proves most."),
    ((way(MAIL), way(FORM, lacks=(Fact.LISTING_URL,))),
     "Everything that it needs is there, and it proves most."),
    ((way(FORM, tells=(Fact.FULL_NAME,)), way(PORTAL, tells=(Fact.FULL_NAME, Fact.REPLY_EMAIL))),
     "It is the way that they prefer themselves, and it costs the fewest minutes."),
])
def test_the_best_way_is_explained_by_what_decided_for_it(
    found: tuple[Way, ...], sentence: str,
) -> None:
    assert why(*found) == sentence


def test_a_person_at_risk_is_told_that_it_says_the_least() -> None:
    found = (way(FORM), way(MAIL, tells=(Fact.CURRENT_ADDRESS,)))
    assert why(*found, person=AT_RISK).endswith("your home address. It tells them the least "
                                                "about you.")
    assert "least" not in why(*found)
    assert "least" not in why(way(FORM), way(MAIL), person=AT_RISK)


def test_the_only_way_is_called_so() -> None:
    assert why(way(FORM)) == "It is the only way that is known."
    elsewhere: Broker = broker("x", FORM, MAIL)
    assert why_channel(AVERY, elsewhere, (way(MAIL),)) == (
        "Of their 2 ways only this one fits you and what is asked.")


def test_a_way_that_the_person_chose_is_called_so() -> None:
    for recipient in (broker("x", FORM, MAIL), broker("x", MAIL, FORM)):
        assert why_channel(AVERY, recipient, (way(FORM), way(MAIL))) == (
            "It is the way that you chose.")


def test_facts_are_listed_in_a_few_words() -> None:
    assert in_words([]) == ""
    assert in_words([Fact.AGE]) == "your age"
    assert in_words([Fact.AGE, Fact.PHONE, Fact.EMAIL]) == (
        "your e-mail address, your phone number and your age")
    assert in_words([Fact.AGE, Fact.PHONE, Fact.EMAIL, Fact.ALIASES]) == (
        "your other names, your e-mail address and more")


def test_every_channel_and_every_fact_is_in_the_tables() -> None:
    assert set(PROOF) == set(Channel)
    assert set(FACT_WORDS) == set(Fact)
    assert max(PROOF, key=PROOF.__getitem__) is Channel.EMAIL
    assert min(PROOF, key=PROOF.__getitem__) is Channel.PHONE


def ranked(
    person: Person, *procedures: Procedure, category: str = "people_search",
) -> list[Channel]:
    recipient = broker("x", *procedures, category=category)
    offered = rights_against(laws(), person, recipient, DAY, acting_as=ActingAs.SELF,
                             authorizations=())
    return [w.procedure.channel for w in ways(Wish(person, DAY), recipient, offered)]


def test_a_way_that_tells_a_broker_less_comes_first_for_everybody() -> None:
    asks_more = procedure(Channel.WEB_FORM, Fact.FULL_NAME, Fact.PHONE)
    asks_less = procedure(Channel.EMAIL, Fact.FULL_NAME)
    for person in (AVERY, AT_RISK, living_in("DE")):
        assert ranked(person, asks_more, asks_less, category="registered_broker") == [
            Channel.EMAIL, Channel.WEB_FORM]
    # Who finds people by phone number learns nothing new from one.
    mail = procedure(Channel.EMAIL, Fact.FULL_NAME, Fact.PHONE)
    assert ranked(AVERY, procedure(Channel.WEB_FORM, Fact.FULL_NAME), mail) == [
        Channel.EMAIL, Channel.WEB_FORM]


def test_a_way_of_which_one_source_tells_comes_after_one_that_is_known_better() -> None:
    guess = procedure(Channel.EMAIL, Fact.FULL_NAME, basis=LISTED)
    assert ranked(AVERY, guess, procedure(Channel.WEB_FORM, Fact.FULL_NAME)) == [
        Channel.WEB_FORM, Channel.EMAIL]


def test_a_way_without_the_address_of_a_home_comes_before_one_with_it() -> None:
    mail = procedure(Channel.EMAIL, Fact.FULL_NAME, Fact.CURRENT_ADDRESS)
    form = procedure(Channel.WEB_FORM, Fact.FULL_NAME, Fact.CITY_STATE)
    assert ranked(AVERY, mail, form) == [Channel.WEB_FORM, Channel.EMAIL]


def test_a_mail_comes_before_a_form_before_a_stamp_before_a_call() -> None:
    ways = [procedure(channel, Fact.FULL_NAME) for channel in (
        Channel.PHONE, Channel.POSTAL_MAIL, Channel.WEB_FORM, Channel.EMAIL)]
    assert ranked(AVERY, *ways) == [
        Channel.EMAIL, Channel.WEB_FORM, Channel.POSTAL_MAIL, Channel.PHONE]


def test_a_call_comes_after_ways_that_leave_something_in_writing() -> None:
    call = procedure(Channel.PHONE, Fact.FULL_NAME)
    assert ranked(AVERY, call, procedure(Channel.POSTAL_MAIL)) == [
        Channel.POSTAL_MAIL, Channel.PHONE]
    papers = procedure(Channel.POSTAL_MAIL, Fact.GOVERNMENT_ID)
    assert ranked(AVERY, call, papers) == [Channel.PHONE, Channel.POSTAL_MAIL]
