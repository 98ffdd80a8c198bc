"""The least that a request hands over, fact by fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.person import ContactPoint, Person
from optout.domain.words import Channel, Fact, Right, Verification
from optout.planning.disclosure import Disclosure, disclosure, hard_demands
from tests.planning.builders import AT_RISK, AVERY, DAY, PO_BOX, broker, procedure

CCPA = Footing("us-ca-ccpa", Right.OPT_OUT_OF_SALE, citation="Cal. Civ. Code 1798.120")
FORM = Channel.WEB_FORM


def hand_over(
    way: Procedure, person: Person = AVERY, footing: Footing = VOLUNTARY,
    to: Broker | None = None, *, known: frozenset[Fact] = frozenset(),
    urls: tuple[str, ...] = (),
) -> Disclosure:
    return disclosure(person, to or broker("finder", way), way, (footing,), DAY,
                      known=known, listing_urls=urls)


def facts(made: Disclosure) -> list[Fact]:
    return [need.fact for need in made.needs]


def test_a_form_gets_exactly_what_it_needs() -> None:
    made = hand_over(procedure(FORM, Fact.LISTING_URL, Fact.REPLY_EMAIL), footing=CCPA,
                     urls=("https://finder.example/1",))
    assert facts(made) == [Fact.LISTING_URL, Fact.REPLY_EMAIL]
    assert made.missing == ()


def test_an_e_mail_carries_also_the_name_and_the_reply_mailbox() -> None:
    assert facts(hand_over(procedure(Channel.EMAIL, Fact.CITY_STATE))) == [
        Fact.FULL_NAME, Fact.CITY_STATE, Fact.REPLY_EMAIL]


def test_a_letter_that_stands_on_a_states_law_says_which_state() -> None:
    assert Fact.STATE_OF_RESIDENCE in facts(hand_over(procedure(), footing=CCPA))
    federal = Footing("us-federal-fcra", Right.ACCESS)
    assert Fact.STATE_OF_RESIDENCE not in facts(hand_over(procedure(), footing=federal))
    assert Fact.STATE_OF_RESIDENCE not in facts(hand_over(procedure()))


def test_paper_shows_the_parts_of_the_reply_identity_that_are_set() -> None:
    way = procedure(Channel.POSTAL_MAIL)
    assert facts(hand_over(way)) == [Fact.FULL_NAME, Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS]
    only_mail = replace(AVERY, reply_address=None)
    assert facts(hand_over(way, only_mail)) == [Fact.FULL_NAME, Fact.REPLY_EMAIL]
    neither = hand_over(way, replace(AVERY, reply_address=None, reply_email=""))
    assert [m.fact for m in neither.missing] == [Fact.REPLY_ADDRESS]


def test_what_the_person_lacks_is_missing_and_says_what_to_do() -> None:
    made = hand_over(procedure(FORM, Fact.PHONE, Fact.LISTING_URL), replace(AVERY, phones=()))
    assert [m.fact for m in made.missing] == [Fact.PHONE, Fact.LISTING_URL]
    assert all(m.remedy.endswith(".") for m in made.missing)


@pytest.mark.parametrize("fact", [
    Fact.DATE_OF_BIRTH, Fact.SSN, Fact.GOVERNMENT_ID, Fact.PHOTO])
def test_what_only_the_persons_own_hand_may_give_is_withheld_with_a_reason(fact: Fact) -> None:
    made = hand_over(procedure(FORM, Fact.FULL_NAME, fact))
    assert facts(made) == [Fact.FULL_NAME]
    (kept,) = made.withheld
    assert kept.fact is fact
    assert "Never" in kept.reason
    assert made.missing == ()


def test_what_is_asked_but_optional_is_left_empty() -> None:
    way = procedure(FORM, Fact.FULL_NAME, asked_but_optional=(Fact.PHONE, Fact.DATE_OF_BIRTH))
    made = hand_over(way)
    assert facts(made) == [Fact.FULL_NAME]
    assert [k.fact for k in made.withheld] == [Fact.PHONE, Fact.DATE_OF_BIRTH]


def test_what_a_platform_matches_on_is_offered_where_the_person_has_it() -> None:
    way = procedure(Channel.PLATFORM, Fact.FULL_NAME,
                    matches_on=(Fact.EMAIL, Fact.PHONE, Fact.ADVERTISING_ID))
    made = hand_over(way)
    assert facts(made) == [Fact.FULL_NAME, Fact.EMAIL, Fact.PHONE]
    assert made.missing == ()


def test_at_risk_what_a_platform_matches_on_is_left_to_ones_own_hand() -> None:
    way = procedure(Channel.PLATFORM, Fact.FULL_NAME, matches_on=(Fact.EMAIL, Fact.PHONE))
    made = hand_over(way, replace(AVERY, at_risk=True))
    assert facts(made) == [Fact.FULL_NAME]
    assert [k.fact for k in made.withheld] == [Fact.EMAIL, Fact.PHONE]
    assert all("never a new number" in k.reason for k in made.withheld)


def test_choosing_ones_record_is_no_value_and_does_not_hold_the_request_back() -> None:
    made = hand_over(procedure(FORM, Fact.FULL_NAME, Fact.RECORD_SELECTION))
    assert [k.fact for k in made.withheld] == [Fact.RECORD_SELECTION]
    assert made.missing == ()


def test_the_name_never_travels_with_the_phones_advertising_id() -> None:
    person = replace(AVERY, advertising_ids=(
        ContactPoint("00000000-0000-0000-0000-000000000001"),))
    for channel in (Channel.EMAIL, FORM):
        made = hand_over(procedure(channel, Fact.FULL_NAME, Fact.ADVERTISING_ID,
                                   Fact.CURRENT_ADDRESS), person)
        assert Fact.ADVERTISING_ID in facts(made)
        assert not {Fact.FULL_NAME, Fact.CURRENT_ADDRESS} & set(facts(made))
        assert "must not meet" in made.withheld[0].reason


def test_a_plate_is_entered_by_hand_and_never_beside_the_name() -> None:
    made = hand_over(procedure(FORM, Fact.FULL_NAME, Fact.LICENSE_PLATE))
    assert facts(made) == []
    assert {k.fact for k in made.withheld} == {Fact.FULL_NAME, Fact.LICENSE_PLATE}


def test_the_home_of_a_person_at_risk_is_missing_and_the_remedy_is_a_substitute() -> None:
    made = hand_over(procedure(FORM, Fact.CURRENT_ADDRESS), AT_RISK)
    (lacking,) = made.missing
    assert "substitute address" in lacking.remedy


def new(made: Disclosure) -> set[Fact]:
    return {need.fact for need in made.needs if need.new_to_broker}


def test_facts_that_the_trade_lives_on_are_not_new_to_a_broker() -> None:
    way = procedure(FORM, Fact.FULL_NAME, Fact.PHONE, Fact.EMAIL, Fact.REPLY_EMAIL)
    assert new(hand_over(way)) == {Fact.EMAIL, Fact.REPLY_EMAIL}
    marketing = broker("lists", way, category="marketing")
    assert new(hand_over(way, to=marketing)) == {Fact.REPLY_EMAIL}
    unknown = broker("odd", way, category="unheard_of", holds=("mobile phones",))
    assert new(hand_over(way, to=unknown)) == {Fact.FULL_NAME, Fact.EMAIL, Fact.REPLY_EMAIL}


def test_for_people_at_risk_only_what_is_known_of_them_is_not_new() -> None:
    way = procedure(FORM, Fact.FULL_NAME, Fact.PHONE, Fact.LISTING_URL)
    assert new(hand_over(way, AT_RISK)) == {Fact.FULL_NAME, Fact.PHONE}
    seen = hand_over(way, AT_RISK, urls=("https://finder.example/1",))
    assert new(seen) == {Fact.PHONE}
    assert new(hand_over(way, AT_RISK, known=frozenset({Fact.PHONE}))) == {Fact.FULL_NAME}


def test_a_procedure_asks_little_a_birth_date_or_papers() -> None:
    assert hard_demands(procedure(FORM, Fact.FULL_NAME)) == 0
    assert hard_demands(procedure(FORM, Fact.DATE_OF_BIRTH)) == 1
    assert hard_demands(procedure(FORM, Fact.DATE_OF_BIRTH, Fact.SSN)) == 2
    assert hard_demands(procedure(FORM, verification=(Verification.ID_UPLOAD,))) == 2


def test_every_need_has_a_reason_in_plain_words() -> None:
    made = hand_over(procedure(Channel.POSTAL_MAIL, *Fact), replace(AVERY, reply_address=PO_BOX))
    assert all(need.reason.endswith(".") for need in (*made.needs, *made.withheld))
    assert len(facts(made)) == len(set(facts(made)))
