"""Which law applies beyond the states’ privacy laws: Europe, and consumer reporting agencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.words import Confidence, Right
from optout.law.applicable import applicable
from optout.law.model import History
from optout.law.parts import WhoMayInvoke
from optout.law.reach import EEA
from optout.law.words import PersonClass, Recipients, Status
from tests.law.applied import (
    CCPA,
    DROP,
    FCRA,
    GDPR,
    NEW_LAW,
    TODAY,
    VCDPA,
    ask,
    keys,
    laws,
    one,
    pairs,
    reason,
)
from tests.law.samples import (
    AGENCY,
    BROKER,
    GERMAN,
    MIXED,
    NATIONWIDE,
    SPECIALTY,
    UNKNOWN_COUNTRY,
    book,
)

# Europe

def test_the_eea_has_thirty_states() -> None:
    assert len(EEA) == 30
    assert not {"GB", "CH", "US"} & EEA


@pytest.mark.parametrize("residence", [*sorted(EEA), "FR-75"])
def test_a_resident_of_the_eea_has_the_gdpr_against_any_broker(residence: str) -> None:
    far = ask(residence, BROKER)
    assert laws(far) == {GDPR}
    assert all("targeting" in keys(footing) for footing in far.offered)
    assert "targeting" in keys(one(ask(residence, UNKNOWN_COUNTRY), GDPR, Right.DELETE))
    near = ask(residence, GERMAN)
    assert not any({"targeting", "establishment"} & keys(f) for f in near.offered)


def test_the_gdpr_puts_erasure_and_objection_first() -> None:
    assert pairs(ask("DE", GERMAN)) == [(GDPR, right) for right in (
        Right.DELETE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING, Right.RESTRICT, Right.ACCESS,
        Right.CORRECT)]


def test_a_broker_established_in_the_eea_is_bound_wherever_the_person_lives() -> None:
    for residence in ("US-NY", "US-CA", "GB", "BR"):
        found = ask(residence, GERMAN)
        assert GDPR in laws(found)
        assert "establishment" in keys(one(found, GDPR, Right.DELETE))
    assert GDPR not in laws(ask("US-NY", BROKER))


def test_without_a_broker_only_the_residence_counts() -> None:
    assert laws(ask("US-CA", None)) == {CCPA, DROP, FCRA}
    assert laws(ask("US-VA", None)) == {VCDPA, FCRA}
    assert laws(ask("US-NY", None)) == {FCRA}
    assert laws(ask("DE", None)) == {GDPR}
    assert laws(ask("GB", None)) == {"gb-uk-gdpr"}
    assert "targeting" not in keys(one(ask("DE", None), GDPR, Right.DELETE))


# Consumer reporting agencies

def test_the_fcra_binds_agencies_only() -> None:
    for residence in ("US-CA", "US-VA", "US-NY"):
        found = ask(residence, BROKER)
        assert FCRA not in laws(found)
        assert "not known to be a consumer reporting agency" in reason(found, FCRA)
        for agency in (AGENCY, NATIONWIDE, SPECIALTY):
            assert ask(residence, agency).offered[0].law == FCRA


def test_some_data_under_the_fcra_makes_no_firm_an_agency() -> None:
    for residence in ("US-CA", "US-VA", "US-NY"):
        under_it = [f for f in ask(residence, MIXED).offered if f.law == FCRA]
        assert under_it
        for footing in under_it:
            assert "consumer_reporting_agency" in keys(footing)
            assert "is a consumer reporting agency" not in footing.reason
    assert "consumer_reporting_agency" not in keys(one(ask("US-NY", AGENCY), FCRA, Right.ACCESS))
    for residence, law in (("US-CA", CCPA), ("US-VA", VCDPA)):
        assert ask(residence, MIXED).offered[0].law == law
        assert ask(residence, MIXED).offered[-1].law == FCRA


def test_a_consumer_file_is_shown_corrected_and_frozen_but_not_deleted() -> None:
    for residence in ("US-CA", "US-VA"):
        for day in (TODAY, NEW_LAW):
            found = ask(residence, NATIONWIDE, day)
            assert not [pair for pair in pairs(found) if pair[1] is Right.DELETE]
            assert [right for law, right in pairs(found) if law == FCRA][:3] == [
                Right.ACCESS, Right.FREEZE, Right.DISPUTE]
    assert "corrected and frozen" in reason(ask("US-VA", AGENCY), VCDPA, Right.DELETE)
    assert "Dispute what is wrong" in reason(ask("US-VA", AGENCY), FCRA, Right.DELETE)


def test_state_rights_against_an_agency_leave_its_files_out() -> None:
    for broker in (AGENCY, MIXED):
        state = [f for f in ask("US-VA", broker).offered if f.law == VCDPA]
        assert state
        assert all("fcra_file" in keys(footing) for footing in state)
    assert (VCDPA, Right.DELETE) in pairs(ask("US-VA", MIXED))


def test_a_freeze_binds_nationwide_agencies_only() -> None:
    assert (FCRA, Right.FREEZE) in pairs(ask("US-NY", NATIONWIDE))
    for agency in (AGENCY, SPECIALTY, MIXED):
        found = ask("US-NY", agency)
        assert (FCRA, Right.FREEZE) not in pairs(found)
        assert "nationwide" in reason(found, FCRA, Right.FREEZE)
    assert "nationwide_agency" in keys(one(ask("US-NY", None), FCRA, Right.FREEZE))


def test_without_a_broker_the_fcra_comes_last_and_with_its_limit() -> None:
    found = ask("US-VA", None)
    assert [law for law, _ in pairs(found)].index(FCRA) == 6
    assert all("consumer_reporting_agency" in keys(f) for f in found.offered if f.law == FCRA)


def test_the_fcra_protects_people_abroad_against_american_agencies_only() -> None:
    assert FCRA in laws(ask("DE", NATIONWIDE))
    german_agency = replace(AGENCY, country="DE")
    assert laws(ask("DE", german_agency)) == {GDPR}
    assert FCRA not in laws(ask("US-NY", german_agency))


def test_a_right_known_with_low_confidence_is_never_offered() -> None:
    for broker in (None, AGENCY, NATIONWIDE):
        assert (FCRA, Right.FRAUD_ALERT) not in pairs(ask("US-NY", broker))
    virginia = book().histories[VCDPA].versions[0][1]
    low = replace(virginia, low_confidence_fields=("rights.delete",))
    doubtful = replace(book(), histories={VCDPA: History(((date.min, low),))})
    assert (VCDPA, Right.DELETE) not in pairs(applicable(doubtful, ["US-VA"], BROKER, TODAY))
    whole = replace(virginia, confidence=Confidence.LOW)
    nothing = replace(book(), histories={VCDPA: History(((date.min, whole),))})
    found = applicable(nothing, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert "not certain enough" in reason(found, VCDPA)


@pytest.mark.parametrize(("changed", "why"), [
    ({"effective": None}, "no single date"),
    ({"status": Status.STRUCK_DOWN}, "struck"),
    ({"recipients": Recipients.NOBODY}, "gives no right to send a request"),
    ({"people": WhoMayInvoke(PersonClass.COVERED_PERSONS, "Virginia", "Judges only.")},
     "certain people only: Judges only."),
])
def test_a_law_that_gives_this_person_nothing_says_why(
    changed: dict[str, Any], why: str
) -> None:
    virginia = replace(book().laws[VCDPA], **changed)
    other = replace(book(), histories={VCDPA: History(((date.min, virginia),))})
    found = applicable(other, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert why in reason(found, VCDPA)
