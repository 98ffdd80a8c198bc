"""What a draft for counsel carries: the name, and a home only where counsel let it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from optout.domain.person import Counsel, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import ActingAs, Channel, Fact, NameKind, Right, Role, Sensitivity
from optout.planning.government import COUNSEL_WRITES, HELD, draft_disclosure, is_draft_only
from optout.planning.procedures import Wish, ways
from optout.planning.rights import rights_against
from tests.planning.builders import AT_RISK, AVERY, DAY, SUBSTITUTE, broker, laws, procedure

OFFICE = PostalAddress(("1 Invented Plaza",), "Oakland", "US", "CA", "94612")
PORTAL = procedure(Channel.PORTAL, Fact.FULL_NAME, Fact.CURRENT_ADDRESS, Fact.DATE_OF_BIRTH,
                   rights=(Right.ACCESS,))
AGENCY = broker("agency", PORTAL, role=Role.GOVERNMENT_SYSTEM, category="government_records",
                regulated_as=("foia",))


def counsel(**changes: Any) -> Counsel:
    return replace(Counsel(AVERY.id, "Robin Sample", OFFICE, date(2026, 11, 20), "owner"),
                   **changes)


def withheld(person: Person, named: Counsel | None) -> dict[Fact, str]:
    found = draft_disclosure(person, AGENCY, PORTAL, DAY, counsel=named)
    assert found.facts == {Fact.FULL_NAME}
    return {need.fact: need.reason for need in found.withheld}


def test_only_systems_of_agencies_are_drafts() -> None:
    assert is_draft_only(AGENCY)
    assert [role for role in Role if is_draft_only(broker(role=role))] == [Role.GOVERNMENT_SYSTEM]


@pytest.mark.parametrize("named", [None, counsel(), counsel(person_id="P-OTHER2",
                                                            may_show_home=True)])
def test_the_home_stays_out_until_this_persons_counsel_let_it_in(named: Counsel | None) -> None:
    kept = withheld(AVERY, named)
    assert kept[Fact.CURRENT_ADDRESS] == COUNSEL_WRITES[Fact.CURRENT_ADDRESS]
    assert kept[Fact.DATE_OF_BIRTH] == COUNSEL_WRITES[Fact.DATE_OF_BIRTH]


def test_counsel_lets_the_home_in_and_nothing_else() -> None:
    found = draft_disclosure(AVERY, AGENCY, PORTAL, DAY, counsel=counsel(may_show_home=True))
    assert found.facts == {Fact.FULL_NAME, Fact.CURRENT_ADDRESS}
    assert all(need.new_to_broker for need in found.needs), "they learn it by this request"
    assert [need.fact for need in found.withheld] == [Fact.DATE_OF_BIRTH]


def test_a_home_at_risk_stays_out_even_then_and_a_substitute_serves() -> None:
    allowed = counsel(may_show_home=True)
    assert "at risk" in withheld(AT_RISK, allowed)[Fact.CURRENT_ADDRESS]
    safe = replace(AT_RISK, addresses=(*AT_RISK.addresses,
                                       PersonAddress(SUBSTITUTE, substitute=True)))
    assert Fact.CURRENT_ADDRESS in draft_disclosure(
        safe, AGENCY, PORTAL, DAY, counsel=allowed).facts


def test_without_an_address_that_may_be_shown_counsel_writes_it() -> None:
    allowed = counsel(may_show_home=True)
    for person in (replace(AVERY, addresses=()), replace(AVERY, addresses=tuple(
            replace(a, sensitivity=Sensitivity.NEVER_SEND) for a in AVERY.addresses))):
        assert "None is entered" in withheld(person, allowed)[Fact.CURRENT_ADDRESS]


def test_no_way_makes_a_draft_carry_more_than_name_and_home() -> None:
    for fact, named in product(Fact, (None, counsel(), counsel(may_show_home=True))):
        way = procedure(Channel.PORTAL, fact, asked_but_optional=(Fact.PHONE,),
                        matches_on=(Fact.EMAIL,))
        found = draft_disclosure(AVERY, AGENCY, way, DAY, counsel=named)
        assert found.facts <= {Fact.FULL_NAME, Fact.CURRENT_ADDRESS}
        assert all(need.reason for need in (*found.needs, *found.withheld))
        assert {fact, Fact.PHONE} <= found.facts | {n.fact for n in found.withheld}


def test_a_name_that_may_not_leave_is_missing() -> None:
    hidden = replace(AVERY, names=(PersonName("Avery", "Sample", kind=NameKind.FORMER),))
    (lacking,) = draft_disclosure(hidden, AGENCY, PORTAL, DAY).missing
    assert (lacking.fact, bool(lacking.remedy)) == (Fact.FULL_NAME, True)


@pytest.mark.parametrize(("named", "facts"), [
    (None, {Fact.FULL_NAME}), (counsel(), {Fact.FULL_NAME}),
    (counsel(may_show_home=True), {Fact.FULL_NAME, Fact.CURRENT_ADDRESS})])
def test_the_ways_of_a_plan_disclose_what_a_draft_does(
    named: Counsel | None, facts: set[Fact]
) -> None:
    given = rights_against(laws(), AVERY, AGENCY, DAY, acting_as=ActingAs.SELF, authorizations=())
    (way,) = ways(Wish(AVERY, DAY, counsel=named), AGENCY, given, known=frozenset(Fact))
    assert way.disclosure.facts == facts
    assert [footing.law for footing in way.ask.footings] == ["us-federal-foia"]


def test_every_reason_is_a_sentence() -> None:
    for text in (*HELD.values(), *COUNSEL_WRITES.values()):
        assert text[0].isupper()
        assert text.endswith(".")
