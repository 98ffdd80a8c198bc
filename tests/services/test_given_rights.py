"""What the law gives people where they live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.domain.errors import Refused
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Confidence, Right
from optout.law.model import History, Law, LawBook
from optout.law.reach import FEDERAL
from optout.law.words import Kind, PersonClass, Recipients, Status
from optout.services.desk import Library
from optout.services.given_rights import FOR_COUNSEL, SEVERAL_STATES, rights_of
from optout.services.rights import applicable_for, questions
from optout.services.rights_values import (
    NARROWING,
    ForSome,
    LawRights,
    PersonRights,
    PlaceRights,
)
from optout.settings import Settings
from tests.conftest import MONDAY


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The program's own laws and authorities."""
    folder: Path = tmp_path_factory.mktemp("none")
    library = Library(Settings(instance=folder / "none"))
    library.laws, library.authorities  # noqa: B018  # read once for all tests of this module
    return library


@pytest.fixture
def library(shared: Library) -> Library:
    """The same, to be changed."""
    copy = Library(Settings(instance=shared._folder))
    copy.__dict__.update(shared.__dict__)
    return copy


def only(library: Library, *laws: Law) -> None:
    """Put a book of these laws in the place of the program's own."""
    library.__dict__["packaged_laws"] = LawBook(
        {law.id: History(((date.min, law),)) for law in laws}, MONDAY)
    library._laws = None


def live(library: Library, *places: str, **choices: Any) -> PersonRights:
    """What the law gives someone who lives there."""
    return rights_of(library, [Residence(place) for place in places], MONDAY, **choices)


def at(found: PersonRights, code: str) -> PlaceRights:
    """One place."""
    return next(place for place in found.places if place.code == code)


def ids(rights: Sequence[LawRights]) -> list[str]:
    """The laws."""
    return [one.law.id for one in rights]


def test_a_platform_that_asks_all_at_once_comes_first(library: Library) -> None:
    found = live(library, "US-CA")
    assert [place.code for place in found.places] == ["US-CA", FEDERAL]
    assert ids(at(found, "US-CA").laws)[:2] == ["us-ca-delete-act", "us-ca-ccpa"]
    assert "us-federal-fcra" in ids(at(found, FEDERAL).laws)
    assert at(found, FEDERAL).is_federal
    assert not at(found, "US-CA").is_federal


def test_a_right_comes_with_rule_reason_limits_and_what_is_withheld(library: Library) -> None:
    ccpa = next(one for one in at(live(library, "US-CA"), "US-CA").laws
                if one.law.id == "us-ca-ccpa")
    sale = next(one for one in ccpa.given if one.rule.right is Right.OPT_OUT_OF_SALE)
    assert sale.footing.reason == "You live in California."
    assert {limit.key for limit in ccpa.shared_limits} >= {"size_threshold"}
    assert ccpa.own_limits(sale) == ()
    correct = next(one for one in ccpa.given if one.rule.right is Right.CORRECT)
    assert [limit.key for limit in ccpa.own_limits(correct)] == ["inaccurate"]
    assert [one.right for one in ccpa.withheld] == [Right.DELETE]
    assert ccpa.hearings
    assert ccpa.changes
    assert LawRights(ccpa.law).shared_limits == ()


def test_an_agent_gets_less_and_a_power_of_attorney_more(library: Library) -> None:
    agent = live(library, "US-VA", acting_as=ActingAs.AGENT)
    assert "us-va-vcdpa" not in ids(at(agent, "US-VA").laws)
    silent, = (one for one in at(agent, "US-VA").silent if one.law.id == "us-va-vcdpa")
    assert "does not provide for agents" in silent.reason
    ccpa = live(library, "US-CA", acting_as=ActingAs.AGENT, holds_power_of_attorney=True)
    keys = {limit.key for one in at(ccpa, "US-CA").laws for given in one.given
            for limit in given.footing.limits}
    assert "power_of_attorney" in keys


def test_where_there_is_no_law_federal_law_stays(library: Library) -> None:
    found = live(library, "US-NY")
    assert at(found, "US-NY").laws == ()
    assert "us-federal-fcra" in ids(at(found, FEDERAL).laws)
    assert "eu-gdpr" in {law.id for law in found.beyond}


def test_outside_america_there_is_no_federal_law_but_its_agencies_are_bound(
    library: Library
) -> None:
    found = live(library, "DE")
    assert [place.code for place in found.places] == ["DE"]
    assert ids(at(found, "DE").laws) == ["eu-gdpr"]
    assert {"us-federal-fcra", "us-federal-foia"} <= {law.id for law in found.beyond}
    assert "us-federal-privacy-act" not in {law.id for law in found.beyond}
    assert "eu-gdpr" not in {law.id for law in found.beyond}


def test_several_homes_each_count_and_federal_law_once(library: Library) -> None:
    found = live(library, "US-CA", "US-VA", "DE", "US-CA")
    assert [place.code for place in found.places] == ["US-CA", "US-VA", "DE", FEDERAL]


def test_a_home_left_comes_last_with_its_day_and_its_doubt(library: Library) -> None:
    homes = [Residence("US-CA", valid_to=date(2026, 9, 1)), Residence("US-NY"),
             Residence("US-VA", valid_to=date(2025, 9, 1)),
             Residence("DE", valid_from=date(2027, 1, 1))]
    found = rights_of(library, homes, MONDAY)
    assert [place.code for place in found.places] == ["US-NY", FEDERAL, "US-CA"]
    left = found.places[-1]
    assert left.left_on == date(2026, 9, 1)
    keys = {limit.key for one in left.laws for limit in one.shared_limits}
    assert "still_resident" in keys


def test_a_law_that_is_not_in_force_is_silent_and_says_from_when(library: Library) -> None:
    law = replace(library.laws.law("us-va-vcdpa", MONDAY), effective=date(2027, 5, 1))
    only(library, law)
    silent, = at(live(library, "US-VA"), "US-VA").silent
    assert "1 May 2027" in silent.reason


def test_laws_of_parts_of_a_country_are_pointed_to(library: Library) -> None:
    law = replace(library.laws.law("eu-gdpr", MONDAY), id="ca-test", jurisdiction="CA-QC")
    only(library, law)
    found = live(library, "CA")
    assert [one.id for one in at(found, "CA").parts] == ["ca-test"]
    assert at(found, "CA").laws == ()
    within = live(library, "CA-QC")
    assert ids(at(within, "CA-QC").laws) == ["ca-test"]
    assert at(within, "CA-QC").parts == ()


def test_a_law_on_one_kind_of_data_says_so_up_front(library: Library) -> None:
    washington = at(live(library, "US-WA"), "US-WA")
    assert washington.only_one_kind
    assert not washington.only_shows
    health, = washington.laws
    assert [limit.key for limit in health.narrowing] == ["consumer_health_data"]
    assert all(limit.why for limit in health.narrowing)
    california = at(live(library, "US-CA"), "US-CA")
    assert not california.only_one_kind
    assert california.laws[0].narrowing == ()


def test_a_place_whose_law_only_lets_one_look_is_known(library: Library) -> None:
    assert at(live(library, "BR"), "BR").only_shows
    assert not at(live(library, "BR"), "BR").only_one_kind
    assert not at(live(library, "US-CA"), "US-CA").only_shows
    assert not at(live(library, "US-NY"), "US-NY").only_shows


def test_every_narrowing_limit_is_one_of_a_law(library: Library) -> None:
    found = {rule.limit.key for law in library.laws.all_on(MONDAY)
             for right in law.rights for rule in law.limit_rules(right)}
    assert found >= NARROWING


class TestForSomePeople:
    """Laws that a residence does not open."""

    @pytest.fixture
    def officials(self, library: Library) -> Law:
        """A law for covered persons of one state."""
        law = library.laws.law("us-va-vcdpa", MONDAY)
        return replace(law, id="us-va-officials", kind=Kind.OFFICIAL_PROTECTION, people=replace(
            law.people, people=PersonClass.COVERED_PERSONS, question="Are you a judge?"))

    @staticmethod
    def some(library: Library, place: str, *declared: str) -> ForSome:
        """The only law for some people there."""
        one, = live(library, place, declared=declared).for_some
        return one

    def test_it_is_named_but_not_used_until_the_person_says_so(
        self, library: Library, officials: Law
    ) -> None:
        only(library, officials)
        found = live(library, "US-VA")
        assert at(found, "US-VA").laws == ()
        assert at(found, "US-VA").silent == ()
        assert not self.some(library, "US-VA").declared
        assert self.some(library, "US-VA").reason == ""
        said = self.some(library, "US-VA", "us-va-officials")
        assert said.declared
        assert {one.rule.right for one in said.rights.given} >= {Right.DELETE}

    def test_it_is_not_named_elsewhere(self, library: Library, officials: Law) -> None:
        only(library, officials)
        assert live(library, "US-NY").for_some == ()

    def test_one_that_gives_nothing_says_why_whatever_is_ticked(
        self, library: Library, officials: Law
    ) -> None:
        only(library, replace(officials, status=Status.STRUCK_DOWN))
        one = self.some(library, "US-VA", "us-va-officials")
        assert not one.declared
        assert "struck" in one.reason

    def test_a_pointer_is_near_to_all_of_the_united_states(
        self, library: Library, officials: Law
    ) -> None:
        only(library, replace(officials, jurisdiction=SEVERAL_STATES, effective=None,
                              effective_note="It differs from state to state."))
        assert "state to state" in self.some(library, "US-NY").reason
        assert live(library, "DE").for_some == ()

    def test_nobody_is_asked_whether_they_are_a_citizen(
        self, library: Library, officials: Law
    ) -> None:
        citizens = replace(
            officials, id="us-records", jurisdiction=FEDERAL, recipients=Recipients.GOVERNMENT,
            never_stored=True, people=replace(
                officials.people, people=PersonClass.CITIZENS_AND_PERMANENT_RESIDENTS))
        only(library, citizens)
        for said in ((), ("us-records",)):
            one = self.some(library, "US-NY", *said)
            assert not one.declared
            assert one.reason == FOR_COUNSEL, "whatever a forged form says"
        assert questions(library, ["US-NY"], on=MONDAY) == {}
        with pytest.raises(Refused, match="your lawyer"):
            applicable_for(library, ["US-NY"], on=MONDAY, declared=["us-records"])
        assert at(live(library, "US-NY"), FEDERAL).laws == ()


def test_records_open_to_anyone_stand_under_federal_law(library: Library) -> None:
    fcra = library.laws.law("us-federal-fcra", MONDAY)
    foia = replace(
        fcra, id="us-foia", recipients=Recipients.GOVERNMENT,
        people=replace(fcra.people, people=PersonClass.ANY_PERSON))
    only(library, foia)
    rights, = at(live(library, "US-NY"), FEDERAL).laws
    given = {one.rule.right for one in rights.given}
    assert Right.ACCESS in given
    assert Right.DELETE not in given, "it is not offered"
    assert Right.FRAUD_ALERT not in given, "it is not certain"
    assert Right.DELETE in {one.right for one in rights.withheld}


def test_records_that_are_not_certain_give_nothing(library: Library) -> None:
    fcra = library.laws.law("us-federal-fcra", MONDAY)
    foia = replace(fcra, recipients=Recipients.GOVERNMENT, confidence=Confidence.LOW)
    only(library, foia)
    assert at(live(library, "US-NY"), FEDERAL).laws == ()
    only(library, replace(foia, confidence=Confidence.HIGH, not_relied_on="It is not used."))
    assert at(live(library, "US-NY"), FEDERAL).laws == ()


def test_an_agent_is_told_why_the_records_of_agencies_stay_closed(library: Library) -> None:
    act = next(one for one in live(library, "US-NY", acting_as=ActingAs.AGENT).for_some
               if one.rights.law.id == "us-federal-privacy-act")
    assert "lets an agent do is not certain" in act.reason
    assert "does not bind firms" not in act.reason
    foia = next(one for one in at(live(library, "US-NY", acting_as=ActingAs.AGENT), FEDERAL).laws
                if one.law.id == "us-federal-foia")
    assert "signed_permission" in {limit.key for limit in foia.shared_limits}
