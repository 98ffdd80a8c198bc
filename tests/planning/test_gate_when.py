"""The newer predicates, each both ways; and what an act and a page are to the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.gate import GateAnswer, GatePlace
from optout.domain.person import Authorization, Counsel, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.plan import Need
from optout.domain.words import ActingAs, Channel, Fact, GateLevel, Right, Role
from optout.planning.asks import Ask
from optout.planning.disclosure import Disclosure
from optout.planning.gates import Act, drafts_are_on, gates_at, gates_for, place_of
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    DAY,
    HOME,
    PO_BOX,
    SUBSTITUTE,
    broker,
    living_in,
    only_for,
    procedure,
    rules,
)

FORM = Channel.WEB_FORM
ICE = broker("ice", procedure(Channel.PORTAL, Fact.FULL_NAME, Fact.CURRENT_ADDRESS,
                              url="https://www.ice.gov/foia"),
             role=Role.GOVERNMENT_SYSTEM, category="government_records")
DROP = broker("california-drop", procedure(Channel.PLATFORM, Fact.FULL_NAME),
              role=Role.PLATFORM, category="state_portal")
ON = GateAnswer("government-drafts", "", accepted=True, answered_on=DAY, actor="owner")
OFF = replace(ON, accepted=False)
COUNSEL = Counsel(AVERY.id, "Robin Example", PO_BOX, DAY, "owner", may_show_home=True)


def act(person: Person = AVERY, to: Broker | None = None, *shown: Fact,
        footing: Footing = VOLUNTARY, **changes: object) -> Act:
    to = to or broker("finder", procedure(FORM))
    made = Act(person, to, to.procedures[0], Disclosure(tuple(Need(f, "") for f in shown)),
               Ask((footing,)), DAY)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of several types


def raised(made: Act, *answers: GateAnswer) -> dict[str, GateLevel]:
    return {gate.id: gate.level for gate in gates_for(made, answers, rules())}


def on_page(place: GatePlace, person: Person = AVERY, of: Broker | None = None,
            *answers: GateAnswer) -> dict[str, GateLevel]:
    return {gate.id: gate.level for gate in gates_at(
        place, person, rules(), day=DAY, broker=of, answers=answers)}


def test_an_act_is_a_draft_only_where_drafts_are_switched_on() -> None:
    assert place_of(act(to=ICE)) is GatePlace.REQUEST
    assert place_of(act(to=ICE), (ON,)) is GatePlace.GOVERNMENT_DRAFT
    assert place_of(act(to=ICE), (ON, OFF)) is GatePlace.REQUEST
    assert not drafts_are_on((replace(ON, scope="ice"),))
    assert place_of(act(to=DROP)) is GatePlace.PLATFORM
    assert place_of(act(looking=True)) is GatePlace.LOOK
    assert place_of(act()) is GatePlace.REQUEST


def test_while_drafts_are_off_an_agency_blocks_and_the_question_is_asked() -> None:
    found = raised(act(AVERY, ICE, Fact.FULL_NAME))
    assert found["government-system"] is GateLevel.BLOCK
    assert found["government-drafts"] is GateLevel.CONFIRM


def test_a_draft_says_what_there_is_to_know_and_is_never_sent() -> None:
    found = raised(act(AVERY, ICE, Fact.FULL_NAME), ON)
    assert "government-system" not in found
    assert found["no-auto-send-government"] is GateLevel.WARN
    assert {"identity-statement-conflict", "address-duty", "penalty-of-perjury",
            "electronic-only-dhs", "scam-calls", "government-drafts"} <= set(found)
    assert not any(gate.holds for gate in gates_for(
        act(AVERY, ICE, Fact.FULL_NAME), (ON,), rules()))


def test_what_concerns_homeland_security_is_not_said_of_a_court() -> None:
    court = replace(ICE, id="eoir-immigration-court")
    found = raised(act(AVERY, court, Fact.FULL_NAME), ON)
    assert "penalty-of-perjury" in found
    assert not {"identity-statement-conflict", "electronic-only-dhs", "scam-calls"} & set(found)


@pytest.mark.parametrize("shown", [Fact.CURRENT_ADDRESS, Fact.PREVIOUS_ADDRESS])
@pytest.mark.parametrize(("counsel", "blocked"), [
    (None, True), (replace(COUNSEL, may_show_home=False), True),
    (replace(COUNSEL, person_id="P-333333"), True), (COUNSEL, False)])
def test_an_address_stands_in_a_draft_only_where_counsel_of_that_person_let_it_in(
    shown: Fact, counsel: Counsel | None, *, blocked: bool,
) -> None:
    found = raised(act(AVERY, ICE, Fact.FULL_NAME, shown, counsel=counsel), ON)
    assert ("no-current-address-to-dhs" in found) is blocked


@pytest.mark.parametrize("contact", [
    {"email": "foia@ice.gov"}, {"url": "https://www.dhs.gov/foia"},
    {"url": "HTTPS://user@First.USCIS.gov./x"}, {"email": "mailto:x@mail.fbi.gov"},
    {"url": "foia.eoir.justice.gov/app"}, {"url": "https://trip.dhs.gov:443/"},
])
def test_an_agency_is_recognised_by_where_its_mail_arrives(contact: dict[str, Any]) -> None:
    own = broker("my-own-entry", procedure(FORM, **contact))
    assert raised(act(AVERY, own, Fact.FULL_NAME))["government-system"] is GateLevel.BLOCK
    assert raised(act(AVERY, own, Fact.FULL_NAME), ON)["government-system"] is GateLevel.BLOCK


@pytest.mark.parametrize("contact", [
    {"email": "privacy@notice.gov"}, {"url": "https://ice.gov.example.com/"},
    {"url": "https://example.com/?of=ice.gov"}, {"url": "https://www.donotcall.gov"},
    {"email": "ice.gov@example.com"}])
def test_nobody_else_is_taken_for_an_agency(contact: dict[str, Any]) -> None:
    own = broker("my-own-entry", procedure(FORM, **contact))
    assert "government-system" not in raised(act(AVERY, own, Fact.FULL_NAME))


def test_an_agencys_entry_under_another_role_stays_an_agency() -> None:
    posing = replace(ICE, role=Role.BROKER, procedures=(procedure(FORM),))
    assert raised(act(AVERY, posing), ON)["government-system"] is GateLevel.BLOCK


def test_what_is_not_needed_is_never_carried() -> None:
    form = broker("finder", procedure(FORM, Fact.FULL_NAME, matches_on=(Fact.PHONE,)))
    assert "minimum-data" not in raised(act(AVERY, form, Fact.FULL_NAME, Fact.PHONE))
    assert raised(act(AVERY, form, Fact.EMAIL))["minimum-data"] is GateLevel.BLOCK
    assert raised(act(AVERY, form, Fact.REPLY_EMAIL))["minimum-data"] is GateLevel.BLOCK
    letter = broker("finder", procedure(Channel.EMAIL))
    assert "minimum-data" not in raised(act(AVERY, letter, Fact.REPLY_EMAIL))


NUMBERED = replace(AVERY, names=(PersonName("A123", "456 789"),))


@pytest.mark.parametrize(("place", "to"), [
    ("request", None), ("platform", DROP), ("look", None), ("draft", ICE)])
def test_the_number_of_a_paper_leaves_by_no_way(place: str, to: Broker | None) -> None:
    made = act(NUMBERED, to, Fact.FULL_NAME, looking=place == "look")
    answers = (ON,) if place == "draft" else ()
    assert raised(made, *answers)["no-itin-anumber-to-brokers"] is GateLevel.BLOCK
    plain = replace(made, person=AVERY)
    assert "no-itin-anumber-to-brokers" not in raised(plain, *answers)


def test_phones_mailboxes_and_long_zip_codes_are_no_numbers_of_papers() -> None:
    zipped = replace(AVERY, addresses=(PersonAddress(
        replace(HOME, postal_code="901501234"), current=True),))
    made = act(zipped, None, Fact.PHONE, Fact.EMAIL, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS)
    assert "no-itin-anumber-to-brokers" not in raised(made)


def test_a_relative_is_never_named() -> None:
    assert raised(act(AVERY, None, Fact.RELATIONSHIP))["no-relative-data"] is GateLevel.BLOCK
    assert "no-relative-data" not in raised(act(AVERY, None, Fact.FULL_NAME))


@pytest.mark.parametrize("beside", [Fact.FULL_NAME, Fact.CURRENT_ADDRESS, Fact.ALIASES])
def test_a_plate_never_travels_with_a_name_or_a_place(beside: Fact) -> None:
    plates = broker("plates", procedure(FORM, Fact.LICENSE_PLATE, beside))
    assert raised(act(AVERY, plates, Fact.LICENSE_PLATE, beside))["plate-name-split"] is (
        GateLevel.BLOCK)
    assert raised(act(AVERY, plates, Fact.LICENSE_PLATE))["plate-name-split"] is GateLevel.WARN
    assert "plate-name-split" not in raised(act(AVERY, None, beside))


@pytest.mark.parametrize(("person", "eligible", "law", "blocked"), [
    (AVERY, ("US-CA",), "us-ca-ccpa", False),
    (living_in("US-TX"), ("US-CA",), "voluntary", True),
    (living_in("US-TX"), (), "us-ca-ccpa", True),
    (living_in("US-TX"), ("US",), "us-tx-tdpsa", False),
    (living_in("DE"), (), "eu-gdpr", False),
    (living_in("DE"), (), "us-federal-fcra", False),
    (replace(AVERY, residences=(Residence("US-CA", valid_to=date(2026, 9, 1)),
                                Residence("US-TX"))), ("US-CA",), "us-ca-ccpa", False),
])
def test_no_state_is_claimed_that_was_not_entered(
    person: Person, eligible: tuple[str, ...], law: str, *, blocked: bool,
) -> None:
    way = procedure(FORM, eligible=only_for(*eligible))
    made = act(person, broker("finder", way), footing=Footing(law, Right.DELETE))
    assert ("residency-truth" in raised(made)) is blocked


ALBANY = PostalAddress(("9 Nowhere Road",), "Albany", "US", "NY", "12207")
BERLIN = PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115")


@pytest.mark.parametrize(("person", "apart"), [
    (AVERY, False), (living_in("US-NY"), True), (living_in("DE"), True),
    (replace(AVERY, residences=(Residence("US-NY"), Residence("US-CA"))), False),
    (replace(living_in("DE"), addresses=(PersonAddress(BERLIN, current=True),)), False),
    (replace(living_in("US-NY"), addresses=(PersonAddress(SUBSTITUTE, substitute=True),)), False),
    (replace(AVERY, addresses=()), False),
    (replace(living_in("GB-SCT"), addresses=(PersonAddress(
        PostalAddress(("1 Made-up Row",), "Perth", "GB", "Perthshire", "PH1 0AA"),
        current=True),)), False),
    (replace(AVERY, addresses=(PersonAddress(ALBANY, current=True),)), True),
])
def test_an_address_in_another_state_than_the_residence_is_pointed_out(
    person: Person, *, apart: bool,
) -> None:
    assert ("address-not-residence" in on_page(GatePlace.PERSON, person)) is apart
    assert ("address-not-residence" in raised(act(person))) is apart


def test_evidence_is_saved_before_a_listing_goes() -> None:
    assert raised(act(listed=True))["evidence-first"] is GateLevel.WARN
    assert "evidence-first" not in raised(act())
    reads = act(listed=True, footing=Footing("us-ca-ccpa", Right.ACCESS))
    assert "evidence-first" not in raised(reads)


def test_voter_rolls_and_monitors_are_left_alone_on_every_path() -> None:
    rolls = broker("voter-files", procedure(FORM))
    monitor = broker("bi-isap-smartlink", procedure(FORM), category="supervision")
    for gate, entry in (("voter-roll", rolls), ("no-monitor-tampering", monitor)):
        assert raised(act(AVERY, entry))[gate] is GateLevel.BLOCK
        assert on_page(GatePlace.BROKER_PAGE, AVERY, entry)[gate] is GateLevel.BLOCK
        assert gate not in on_page(GatePlace.BROKER_PAGE, AVERY, broker())


def test_a_helper_is_asked_whether_the_person_signed() -> None:
    signed = Authorization("A-1", AVERY.id, "Sample Clinic", signed_on=date(2026, 1, 1))
    made = act(acting_as=ActingAs.AGENT, authorizations=(signed,))
    assert raised(made)["consent-and-authority"] is GateLevel.CONFIRM
    assert "consent-and-authority" not in raised(act())


def test_a_look_raises_only_what_concerns_a_look() -> None:
    found = raised(act(AVERY, None, Fact.FULL_NAME, Fact.INTERNET_ADDRESS, looking=True))
    assert found == {"look-is-a-disclosure": GateLevel.INFORM}
    assert raised(act(AT_RISK, None, Fact.FULL_NAME, looking=True)) == {
        "look-is-a-disclosure": GateLevel.WARN}


def test_pages_show_what_belongs_to_them_strongest_first() -> None:
    assert on_page(GatePlace.PLAN) == {
        "sequence": GateLevel.INFORM, "recheck": GateLevel.INFORM}
    at_risk = on_page(GatePlace.PLAN, AT_RISK)
    assert list(at_risk) == ["survivor-order", "sequence", "recheck"]
    assert on_page(GatePlace.PERSON) == {"local-secrecy": GateLevel.INFORM}
    system = on_page(GatePlace.BROKER_PAGE, AVERY, ICE)
    assert {"government-drafts", "no-auto-send-government", "no-deletion-promise"} <= set(system)
    assert on_page(GatePlace.BROKER_PAGE) == {}
    seller = broker("seller", reported={"sold_law_enforcement": True})
    assert on_page(GatePlace.BROKER_PAGE, AVERY, seller) == {"le-edition": GateLevel.INFORM}


def test_the_limit_of_an_opt_out_is_said_at_the_platform_and_holds_nothing() -> None:
    assert raised(act(AVERY, DROP, Fact.FULL_NAME))["no-deletion-promise"] is GateLevel.INFORM
    assert "no-deletion-promise" not in raised(act())


def test_an_answer_given_on_a_page_shows_there() -> None:
    gates = gates_at(GatePlace.BROKER_PAGE, AVERY, rules(), day=DAY, broker=ICE, answers=(ON,))
    (switch,) = [gate for gate in gates if gate.id == "government-drafts"]
    assert (switch.answered, switch.scope) == (True, "")


def test_an_act_is_no_page() -> None:
    with pytest.raises(ValueError, match="request is no page"):
        gates_at(GatePlace.REQUEST, AVERY, rules(), day=DAY)
